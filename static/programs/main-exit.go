//lockstep:title Main does not wait
//lockstep:topic First steps
//lockstep:about When main returns, the program ends. Whether the goroutine got its turn before that is for the scheduler to say.
//lockstep:expect completed

package main

import "fmt"

func greet() {
	fmt.Println("hello from the goroutine")
}

func main() {
	go greet()
	fmt.Println("hello from main")
}
