// Following a nil pointer.
package main

import "fmt"

type node struct {
	next  *node
	value int
}

func main() {
	var n *node
	fmt.Println(n.value)
}
