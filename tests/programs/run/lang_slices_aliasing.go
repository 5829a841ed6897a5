package main

import "fmt"

func change(s []int) { s[0] = 99 }

func grow(s []int) []int { return append(s, 7) }

func main() {
	a := []int{1, 2, 3, 4, 5}
	b := a[1:3]
	fmt.Println(b, len(b), cap(b))
	b[0] = 20
	b = append(b, 30)
	fmt.Println(a, b)
	c := a[1:3:3]
	c = append(c, 40)
	c[0] = 50
	fmt.Println(a, c, cap(a[:2:4]))
	change(a[2:])
	fmt.Println(a)
	d := make([]int, 2, 10)
	e := grow(d)
	fmt.Println(d, e, d[:3], len(d[:10]))
	var n []int
	fmt.Println(n == nil, len(n), n[:0] == nil, append(n, 1), append([]int(nil)) == nil)
	k := copy(a, a[1:])
	fmt.Println(k, a, copy(make([]byte, 3), "hello"))
	arr := [5]int{1, 2, 3, 4, 5}
	s := arr[:]
	s[4] = 50
	arr2 := arr
	arr2[0] = 100
	fmt.Println(arr, arr2, s)
	matrix := make([][]int, 3)
	for i := range matrix {
		matrix[i] = make([]int, 3)
		for j := range matrix[i] {
			matrix[i][j] = i * j
		}
	}
	fmt.Println(matrix)
	a = append(a[:1], a[2:]...)
	fmt.Println(a, append([]byte("x"), "yz"...))
	clear(a)
	fmt.Println(a)
	x := []int{1, 2, 3}
	for i, v := range x {
		x = append(x, v*10)
		if i == 0 {
			x[1] = 77
		}
	}
	fmt.Println(x)
}
