package main

import "fmt"

func grade(n int) string {
	switch {
	case n >= 90:
		return "A"
	case n >= 80:
		return "B"
	}
	return "F"
}

func falls(n int) (s string) {
	switch n {
	case 1:
		s += "one "
		fallthrough
	case 2:
		s += "two "
	case 3, 4:
		s += "few "
		if n == 4 {
			break
		}
		s += "three "
	default:
		s += "many "
	}
	return
}

func find(grid [][]int, want int) (int, int) {
outer:
	for i, row := range grid {
		for j, v := range row {
			if v < 0 {
				continue outer
			}
			if v == want {
				return i, j
			}
			if v == 1000 {
				break outer
			}
		}
	}
	return -1, -1
}

func collatz(n int) (steps int) {
again:
	if n == 1 {
		return
	}
	if n%2 == 0 {
		n /= 2
	} else {
		n = 3*n + 1
	}
	steps++
	goto again
}

func main() {
	fmt.Println(grade(95), grade(85), grade(1))
	for i := range 6 {
		fmt.Print(falls(i), "|")
	}
	fmt.Println()
	fmt.Println(find([][]int{{1, -1, 5}, {2, 5}}, 5))
	fmt.Println(find([][]int{{1000, 5}, {5}}, 5))
	fmt.Println(collatz(27))
	for i, j := 0, 10; i < j; i, j = i+1, j-2 {
		fmt.Print(i, ",", j, " ")
	}
	fmt.Println()
	if x := 5; x > 10 {
		fmt.Println("big")
	} else if y := x * 2; y == 10 {
		fmt.Println("ten", x, y)
	}
	n := 0
	for n < 3 {
		n++
	}
	for {
		n++
		if n > 10 {
			break
		}
		if n%2 == 0 {
			continue
		}
		fmt.Print(n, " ")
	}
	fmt.Println()
	switch x := any(n).(type) {
	case int:
		fmt.Println("int", x)
	}
	switch f := func() int { fmt.Println("once"); return 2 }; f() {
	case 1, 2, 3:
		fmt.Println("small")
	}
	for i := range 3 {
		switch i {
		case 1:
			continue
		}
		fmt.Print(i)
	}
	fmt.Println()
	for range 2 {
		fmt.Print("x")
	}
	var arr [3]int
	for i := range arr {
		arr[i] = i * i
	}
	for i, v := range &arr {
		fmt.Print(i, v, " ")
	}
	fmt.Println(arr)
}
