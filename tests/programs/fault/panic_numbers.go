// A panic with a number names its type.
package main

type code int

func main() {
	panic(code(7))
}
