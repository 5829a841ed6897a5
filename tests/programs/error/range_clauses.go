package main

func main() {
	for i := range 1.5 {
	}
	for i, j := range 3 {
	}
	for i, j := range make(chan int) {
	}
	for range main {
	}
	for i := range make(chan<- int) {
	}
	for i := range "abc" {
		i = "a"
	}
	var s string
	for s = range []int{1} {
	}
	for _, s = range []int{1} {
	}
	var p *[]int
	for range p {
	}
	for range nil {
	}
}
