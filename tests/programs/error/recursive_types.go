package main

type T struct{ t T }

type A struct{ b B }

type B struct{ a [2]A }

type C C

type D E

type E D

type F struct{ f *F }

type G []G

type I interface{ I }

type H [len(H{})]int

func main() {

}
