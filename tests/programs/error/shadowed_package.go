package main

import (
	"fmt"
)

func main() {
	fmt := 3
	fmt.Println(fmt)
}
