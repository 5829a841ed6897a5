package main

var c chan int

func f() int { return 1 }

func g() {}

func main() {
	f()
	g()
	len("a")
	append([]int{}, 1)
	int(3)
	f
	f() + 1
	<-c
	-<-c
	"a"
	nil
	make([]int, 1)
	new(int)
}
