package main

func main() {
	delete(1, 2)
	delete(map[string]int{}, 1)
	delete(map[string]int{})
	close(1)
	close(make(<-chan int))
	close(make(chan<- int))
	clear(1)
	clear("a")
	clear([]int{})
}
