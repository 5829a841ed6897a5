package main

func main() {
	var x int
	var x string
	const c = 1
	const c = 2
	type T int
	type T string
	var T int
	{
		var x bool
		_ = x
	}
	_ = x
	_ = T
}
