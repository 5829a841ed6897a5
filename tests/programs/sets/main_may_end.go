// Main may end before or after the goroutine prints.
package main

import "fmt"

func main() {
	go fmt.Println("side")
	fmt.Println("main")
}
