package main

type code int

func main() {
	defer func() {
		panic(code(3))
	}()
	panic("first")
}
