package main

import (
	"errors"
	"fmt"
)

type group struct{}

func (g *group) Go(f func() error) {}

func (g *group) Wait() error { return nil }

func main() {
	g := group{}
	g.Go(func() {})
	g.Go(func() error { return "failed" })
	g.Go(func() error {})
	if err := g.Wait(); err != nil {
		fmt.Println(err.error())
		return err
	}
	var e error = errors.New
	e = errors.New(3)
	e = errors.New("a", "b")
	_, ok := errors.As(e, &g)
	_ = ok
}
