package main

func f() {}

func main() {
	go f
	defer f
	go int(3)
	defer len("a")
	go append([]int{}, 1)
	defer recover()
	go func() {}
	defer func() { recover() }()
	go 1
	defer f(1)
}
