package main

import (
	"context"
	"fmt"
	"io"
	"sort"
)

type list []int

func (l list) Len() int           { return len(l) }
func (l list) Less(i, j int) bool { return l[i] < l[j] }

type buf struct{}

func (buf) Write(p []byte) int { return len(p) }

type name string

func (n *name) String() string { return "" }

type failure struct{}

func (failure) error() string { return "" }

func main() {
	sort.Sort(list{})
	var w io.Writer = &buf{}
	var s fmt.Stringer = name("a")
	var e error = failure{}
	_, _, _ = w, s, e
	var c context.Context = 3
	_ = c
}
