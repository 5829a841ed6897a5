package main

func f() int

func (t T) m()

type T int

func main() { f() }
