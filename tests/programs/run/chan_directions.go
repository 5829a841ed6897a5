// A channel converts to either of its directions.
package main

import "fmt"

func send(out chan<- int, v int) { out <- v }
func receive(in <-chan int) int  { return <-in }

func main() {
	ch := make(chan int, 1)
	send(ch, 7)
	var in <-chan int = ch
	fmt.Println(receive(in))
	fmt.Printf("%T %T %T\n", ch, in, (chan<- int)(ch))
}
