package main

func main() {
	var c chan int
	var s chan<- int
	var r <-chan int
	c <- "a"
	r <- 1
	<-s
	x := <-s
	1 <- 2
	<-1
	s = c
	r = c
	c = s
	c = r
	r = s
	for range s {
	}
	var d chan string = c
	_ = d
}
