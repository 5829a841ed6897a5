package main

func main() {
	c := make(chan int)
	var s string
	select {
	case s = <-c:
	case c <- "a":
	case x := <-c:
	case x, ok := <-c:
		_ = ok
	case <-s:
	}
}
