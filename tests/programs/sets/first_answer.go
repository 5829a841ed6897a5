// Whoever answers first wins.
package main

import "fmt"

func main() {
	answers := make(chan string, 3)
	for _, from := range []string{"red", "green", "blue"} {
		go func() { answers <- from }()
	}
	fmt.Println(<-answers)
}
