// Ten thousand goroutines report.
package main

import "fmt"

func main() {
	ch := make(chan int)
	for i := range 10000 {
		go func() { ch <- i }()
	}
	sum := 0
	for range 10000 {
		sum += <-ch
	}
	fmt.Println(sum)
}
