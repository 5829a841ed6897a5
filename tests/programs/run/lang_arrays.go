package main

import "fmt"

type grid [3][3]rune

func (g *grid) set(r, c int, v rune) { g[r][c] = v }
func (g grid) String() string {
	s := ""
	for _, row := range g {
		for _, c := range row {
			if c == 0 {
				c = '.'
			}
			s += string(c)
		}
		s += "/"
	}
	return s
}

func sum(a [4]int) (t int) {
	for _, v := range a {
		t += v
	}
	a[0] = 1000
	return
}

func main() {
	var g grid
	g.set(1, 1, 'x')
	h := g
	h.set(0, 2, 'o')
	fmt.Println(g, h, g == h)
	a := [4]int{1, 2, 3, 4}
	fmt.Println(sum(a), a, len(a))
	b := [...]string{2: "c", 0: "a"}
	fmt.Println(len(b), b, fmt.Sprintf("%q", b))
	p := &a
	p[2] = 30
	for i := range p {
		p[i]++
	}
	fmt.Println(a, len(p))
	i := 3
	a[i], a[i-1] = a[i-1], a[i]
	fmt.Println(a, a[1:3])
	nested := [2][2]int{{1, 2}, {3, 4}}
	row := nested[1]
	row[0] = 9
	fmt.Println(nested, row)
	big := [1000]int{999: 7}
	copy(big[:], []int{5, 6})
	big2 := big
	big2[0] = 0
	fmt.Println(big[0], big[1], big[999], big2[0])
	m := map[[2]int]string{{1, 2}: "x"}
	fmt.Println(m[[2]int{1, 2}])
	for i, v := range [3]int{7, 8, 9} {
		fmt.Print(i, v, " ")
	}
	fmt.Println([2]bool{} == [2]bool{false, false})
	defer func() { fmt.Println(recover()) }()
	j := 4
	fmt.Println(a[j])
}
