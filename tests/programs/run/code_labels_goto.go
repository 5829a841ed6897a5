package main

import "fmt"

func primes(n int) (out []int) {
	i := 2
next:
	if i > n {
		goto done
	}
	for j := 2; j*j <= i; j++ {
		if i%j == 0 {
			i++
			goto next
		}
	}
	out = append(out, i)
	i++
	goto next
done:
	return
}

func search(g [][]int, want int) (int, int) {
rows:
	for r, row := range g {
		for c, v := range row {
			switch {
			case v < 0:
				continue rows
			case v == want:
				return r, c
			case v > 100:
				break rows
			}
		}
	}
	return -1, -1
}

func main() {
	fmt.Println(primes(30))
	g := [][]int{{1, -1, 7}, {2, 7}, {101, 3}, {3}}
	fmt.Println(search(g, 7))
	fmt.Println(search(g, 3))
	n := 0
outer:
	for {
		for {
			n++
			if n == 5 {
				break outer
			}
			if n%2 == 0 {
				continue outer
			}
		}
	}
	fmt.Println(n)
sw:
	switch n {
	case 5:
		for i := 0; ; i++ {
			if i == 3 {
				break sw
			}
		}
		fmt.Println("unreachable")
	}
	c := make(chan int, 3)
	c <- 1
	c <- 2
	close(c)
sel:
	for {
		select {
		case v, ok := <-c:
			if !ok {
				break sel
			}
			fmt.Print(v, " ")
			continue sel
		}
	}
	i := 0
loop:
	for i < 10 {
		i++
		switch {
		case i == 2:
			continue
		case i == 4:
			break
		case i > 5:
			break loop
		default:
			fmt.Print("i", i, " ")
		}
	}
	fmt.Println(i)
	{
		x := 1
	retry:
		x *= 3
		if x < 50 {
			goto retry
		}
		fmt.Println(x)
	}
	for i, j := 0, 9; i < j; i, j = i+1, j-1 {
		if i == 2 {
			continue
		}
		if j == 6 {
			break
		}
		fmt.Print(i, j, " ")
	}
	fmt.Println()
	var fs []func()
	k := 0
again:
	v := k
	fs = append(fs, func() { fmt.Print(v, " ") })
	k++
	if k < 3 {
		goto again
	}
	for _, f := range fs {
		f()
	}
	fmt.Println()
}
