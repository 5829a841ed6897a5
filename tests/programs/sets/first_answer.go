package main

import "fmt"

func main() {
	answers := make(chan string, 3)
	for _, server := range []string{"east", "north", "west"} {
		go func() { answers <- server }()
	}
	fmt.Println(<-answers)
}
