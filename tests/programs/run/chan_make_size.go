// The size may be any integer expression.
package main

import "fmt"

const half = 3

func main() {
	var n uint8 = 5
	fmt.Println(cap(make(chan int, half*2)), cap(make(chan int, n)), cap(make(chan int, 4.0)), cap(make(chan int, len("four"))))
}
