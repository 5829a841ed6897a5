// Any goroutine can end the program.
package main

import "os"

func main() {
	go os.Exit(4)
	select {}
}
