// Two goroutines print in either order.
package main

import "fmt"

func main() {
	done := make(chan bool)
	for _, s := range []string{"a", "b"} {
		go func() {
			fmt.Println(s)
			done <- true
		}()
	}
	<-done
	<-done
}
