package main

func a(x int) int {
	for {
	}
}

func b(x int) int {
	switch x {
	case 1:
		return 1
	default:
		panic(x)
	}
}

func c(x int) int {
L:
	for {
		for {
			break L
		}
	}
}

func d(c chan int) int {
	select {
	case x := <-c:
		return x
	}
}

func e(x int) int {
	if x > 1 {
		return 1
	} else if x > 0 {
		return 2
	} else {
		goto E
	}
E:
	return 3
}

func f(c chan int) int {
	select {
	case <-c:
		break
	}
}

func main() {}
