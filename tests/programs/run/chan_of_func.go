// Functions travel through channels with what they captured.
package main

import "fmt"

func main() {
	ops := make(chan func() int, 3)
	for i := 1; i <= 3; i++ {
		ops <- func() int { return i * 10 }
	}
	close(ops)
	for op := range ops {
		fmt.Println(op())
	}
}
