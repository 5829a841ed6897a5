package main

import "fmt"

var grid [4][5]int
var names = [...]string{2: "two", 0: "zero"}

type matrix [3][3]float64

func (m matrix) mul(n matrix) (r matrix) {
	for i := range m {
		for j := range n[0] {
			for k := range n {
				r[i][j] += m[i][k] * n[k][j]
			}
		}
	}
	return
}

func (m *matrix) scale(f float64) {
	for i := range m {
		for j := range m[i] {
			m[i][j] *= f
		}
	}
}

func sum(a [4]int) (s int) {
	for i := 0; i < len(a); i++ {
		s += a[i]
		a[i] = 0
	}
	return s
}

func main() {
	for i := range grid {
		for j := range grid[i] {
			grid[i][j] = i * j
		}
	}
	row := grid[3]
	grid[3][4] = -1
	fmt.Println(row, grid[3], len(grid), len(grid[0]), cap(row[:2]))
	fmt.Println(len(names), names)
	id := matrix{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}
	m := matrix{{1, 2, 3}, {4, 5, 6}, {7, 8, 9}}
	m.scale(2)
	fmt.Println(m.mul(id) == m, m.mul(m)[2])
	a := [4]int{1, 2, 3, 4}
	fmt.Println(sum(a), a)
	i := 2
	a[i], i = 10, 3
	fmt.Println(a, i)
	i, a[i] = 0, 20
	fmt.Println(a, i)
	var small [3][2]int
	for k := 0; k < 6; k++ {
		small[k/2][k%2] = k * k
	}
	fmt.Println(small)
	board := [3][3]rune{}
	for r := range board {
		for c := range board[r] {
			board[r][c] = '.'
		}
	}
	board[1][1] = 'X'
	for _, line := range board {
		fmt.Println(string(line[:]))
	}
	b := a
	p := &b
	p[0]++
	for i, v := range p {
		p[3-i] = v
	}
	fmt.Println(a, b, *p)
	for i, v := range b {
		b[(i+1)%4] = v
	}
	fmt.Println(b)
	var big [1000]int
	big[999] = 5
	c := big
	c[999]++
	fmt.Println(big[999], c[999], len(c))
	type key [2]int
	seen := map[key]string{{1, 2}: "a", {3, 4}: "b"}
	fmt.Println(seen[key{3, 4}], seen[[2]int{1, 2}])
	pa := [...]*int{new(int), new(int)}
	*pa[1] = 4
	fmt.Println(*pa[0], *pa[1])
	bools := [5]bool{true, 3: true}
	n := 0
	for _, b := range bools {
		if b {
			n++
		}
	}
	fmt.Println(n, bools)
	fmt.Println([]int{5: 1, 2, 1: 7}, [...]string{'a' - 'a': "x"})
}
