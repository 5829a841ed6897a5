package main

type Box[T any] struct{ t T }

type S struct{ b Box[S] }

type P struct{ b *Box[P] }

func main() {

}
