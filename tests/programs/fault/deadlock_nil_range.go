// A range over a nil channel.
package main

func main() {
	var ch chan int
	for range ch {
	}
}
