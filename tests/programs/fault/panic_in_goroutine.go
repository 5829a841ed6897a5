// A panic in any goroutine ends the program.
package main

func main() {
	ch := make(chan int)
	go func() {
		panic("in a goroutine")
	}()
	<-ch
}
