// Three closed channels.
package main

import "fmt"

func main() {
	a, b, c := make(chan int), make(chan int), make(chan int)
	close(a)
	close(b)
	close(c)
	select {
	case <-a:
		fmt.Println("a")
	case <-b:
		fmt.Println("b")
	case <-c:
		fmt.Println("c")
	}
}
