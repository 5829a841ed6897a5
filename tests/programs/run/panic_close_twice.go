// Closing twice panics, and so does closing nil.
package main

import "fmt"

func try(ch chan int) (text string) {
	defer func() { text = fmt.Sprint(recover()) }()
	close(ch)
	return "closed"
}

func main() {
	ch := make(chan int)
	fmt.Println(try(ch))
	fmt.Println(try(ch))
	fmt.Println(try(nil))
}
