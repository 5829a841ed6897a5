// A recovered value that is thrown again.
package main

func main() {
	defer func() {
		panic(recover())
	}()
	panic("once more")
}
