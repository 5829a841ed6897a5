package main

import (
	"context"
	"errors"
	"fmt"
	"time"
)

func worker(ctx context.Context, name string, done chan<- string) {
	<-ctx.Done()
	done <- fmt.Sprint(name, ": ", ctx.Err())
}

func main() {
	root, cancelRoot := context.WithCancel(context.Background())
	child, cancelChild := context.WithCancel(root)
	defer cancelChild()
	sibling, cancelSibling := context.WithTimeout(root, time.Hour)
	defer cancelSibling()
	done := make(chan string)
	go worker(child, "child", done)
	cancelChild()
	fmt.Println(<-done)
	fmt.Println(root.Err(), sibling.Err())
	go worker(sibling, "sibling", done)
	cancelRoot()
	cancelRoot()
	fmt.Println(<-done)
	fmt.Println(errors.Is(root.Err(), context.Canceled))
	late, cancel := context.WithCancel(root)
	defer cancel()
	fmt.Println(late.Err())
}
