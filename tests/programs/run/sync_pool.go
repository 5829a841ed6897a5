package main

import (
	"bytes"
	"fmt"
	"sync"
)

func main() {
	pool := sync.Pool{New: func() any { return new(bytes.Buffer) }}
	b := pool.Get().(*bytes.Buffer)
	b.WriteString("hello")
	fmt.Println(b.String(), b.Len())
	b.Reset()
	pool.Put(b)
	c := pool.Get().(*bytes.Buffer)
	fmt.Println(c.Len())
	var empty sync.Pool
	fmt.Println(empty.Get())
}
