package main

import "time"

func fail(n int) {
	if n == 0 {
		panic("no more")
	}
	fail(n - 1)
}

func main() {
	go fail(2)
	time.Sleep(time.Second)
}
