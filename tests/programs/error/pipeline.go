package main

func gen(nums ...int) <-chan int {
	out := make(chan int)
	go func() {
		for _, n := range nums {
			out <- n
		}
		close(out)
	}
	return out
}

func sq(in <-chan int) <-chan int {
	out := make(chan int)
	go func() {
		for n := range in {
			out <- n * n
		}
		close(in)
	}()
}

func merge(cs ...<-chan int) <-chan int { return nil }

func main() {
	c := gen(1, "2", 3)
	for v := range sq(c) {
		var s string = v
	}
	out := merge(c, sq)
	out <- 1
}
