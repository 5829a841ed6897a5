package main

import (
	"fmt"
	"math/rand"
	randv2 "math/rand/v2"
)

func main() {
	ok := true
	for range 200 {
		a, b, c := rand.Intn(6), rand.Float64(), randv2.IntN(10)
		ok = ok && a >= 0 && a < 6 && b >= 0 && b < 1 && c >= 0 && c < 10
	}
	p := rand.Perm(5)
	sum := 0
	for _, v := range p {
		sum += v
	}
	r := rand.New(rand.NewSource(1))
	x := r.Intn(100)
	s := []int{1, 2, 3}
	rand.Shuffle(len(s), func(i, j int) { s[i], s[j] = s[j], s[i] })
	fmt.Println(ok, sum, x >= 0 && x < 100, len(s), randv2.N(10) < 10)
}
