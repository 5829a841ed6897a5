package main

func main() {
	panic()
	panic(1, 2)
	recover(1)
	print(main)
	println(nil)
	_ = recover
	_ = panic(1)
	x := print("a")
}
