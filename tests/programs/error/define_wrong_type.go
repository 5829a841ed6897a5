package main

func main() {
	x, err := 1, error(nil)
	x, n := "a", 2
	_, _, _ = x, err, n
}
