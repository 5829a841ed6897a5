// A wrong type assertion on a received value.
package main

import "fmt"

func main() {
	ch := make(chan any, 1)
	ch <- "text"
	fmt.Println((<-ch).(int))
}
