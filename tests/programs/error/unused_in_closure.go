package main

func main() {
	f := func() {
		inner := 1
	}
	f()
	go func() {
		lost := 2
	}()
}
