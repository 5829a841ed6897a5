package main

func main() {
	len
	panic
	int
	[]int
	f := append
	_ = f
}
