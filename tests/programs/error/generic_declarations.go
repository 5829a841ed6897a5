package main

func a[T any, T any]() {}

func b[T Missing]() {}

func c[T int](T) {}

type D[T any] T

type E[T any] struct{ T }

type U interface{ int | string }

var u U

func f(u U) {}

type V interface{ ~MyInt }

type MyInt int

type W interface{ int | int }

type X interface{ int | error }

var y comparable

func g[T any](x T) { type L struct{ t T }; var l L; l.t = 1 }

func main() {

}
