package main

import (
	"time"
)

func (i int) a() {}

func (t time.Time) b() {}

func (p *P) c() {}

type P *int

func (p P) d() {}

type I interface{}

func (i I) e() {}

func (m missing) f() {}

func (t **T) g() {}

type T struct{ h int }

func (t T) h() {}

func (s []int) i() {}

func main() {

}
