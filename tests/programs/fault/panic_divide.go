package main

import "fmt"

func main() {
	n := 0
	fmt.Println(1 / n)
}
