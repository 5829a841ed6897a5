package main

func main() {
	switch 1 {
	default:
	default:
	}
	var x any
	switch x.(type) {
	default:
	default:
	}
	select {
	default:
	default:
	}
}
