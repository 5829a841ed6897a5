// A select of one default.
package main

import "fmt"

func main() {
	select {
	default:
		fmt.Println("at once")
	}
}
