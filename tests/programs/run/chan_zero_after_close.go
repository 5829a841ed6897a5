// A closed channel gives the zero value of its type.
package main

import "fmt"

type point struct{ x, y int }

func main() {
	a, b, c, d := make(chan string), make(chan point), make(chan *point), make(chan error)
	close(a)
	close(b)
	close(c)
	close(d)
	fmt.Printf("%q %v %v %v\n", <-a, <-b, <-c, <-d)
}
