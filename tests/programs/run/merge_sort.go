// Halves are sorted by goroutines and merged through channels.
package main

import "fmt"

func sorted(xs []int) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		if len(xs) <= 1 {
			for _, x := range xs {
				out <- x
			}
			return
		}
		left, right := sorted(xs[:len(xs)/2]), sorted(xs[len(xs)/2:])
		l, lok := <-left
		r, rok := <-right
		for lok || rok {
			if lok && (!rok || l <= r) {
				out <- l
				l, lok = <-left
			} else {
				out <- r
				r, rok = <-right
			}
		}
	}()
	return out
}

func main() {
	for x := range sorted([]int{5, 2, 9, 1, 5, 6, -3, 8, 0}) {
		fmt.Print(x, " ")
	}
	fmt.Println()
}
