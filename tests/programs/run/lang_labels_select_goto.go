package main

import "fmt"

func main() {
	i := 0
loop:
	for {
		switch {
		case i == 2:
			i += 2
			continue loop
		case i > 5:
			break loop
		}
		fmt.Print(i, " ")
		i++
	}
	fmt.Println()
	n := 0
retry:
	n++
	if n < 3 {
		goto retry
	}
	fmt.Println(n)
block:
	switch {
	default:
		if n == 3 {
			break block
		}
		fmt.Println("skipped")
	}
	ch := make(chan int, 1)
sel:
	select {
	case ch <- 1:
		if n == 3 {
			break sel
		}
		fmt.Println("skipped")
	}
	for j := 0; j < 2; j++ {
		for k := 0; ; k++ {
			if k == 2 {
				break
			}
			fmt.Print(j, k, " ")
		}
	}
	fmt.Println()
}
