package main

import (
	"errors"
	"fmt"
)

func main() {
	ch := make(chan any, 5)
	ch <- 1
	ch <- "two"
	ch <- 3.5
	ch <- errors.New("four")
	ch <- nil
	close(ch)
	for v := range ch {
		switch v := v.(type) {
		case int:
			fmt.Println("int", v)
		case string:
			fmt.Println("string", v)
		case error:
			fmt.Println("error", v)
		case nil:
			fmt.Println("nil")
		default:
			fmt.Printf("%T %v\n", v, v)
		}
	}
}
