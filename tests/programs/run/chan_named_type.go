// Methods on a channel type.
package main

import "fmt"

type queue chan string

func (q queue) push(s string) { q <- s }
func (q queue) pop() string   { return <-q }
func (q queue) size() int     { return len(q) }

func main() {
	q := make(queue, 2)
	q.push("a")
	q.push("b")
	fmt.Println(q.size(), q.pop(), q.size())
	fmt.Printf("%T\n", q)
}
