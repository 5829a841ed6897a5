// A receive that nobody sends.
package main

import "fmt"

func main() {
	ch := make(chan int)
	fmt.Println(<-ch)
}
