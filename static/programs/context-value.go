//lockstep:title A value that travels with the request
//lockstep:topic Context
//lockstep:about Each request carries its number down through every call, without a parameter of its own.
//lockstep:expect completed

package main

import (
	"context"
	"fmt"
	"sync"
)

type key struct{}

func log(ctx context.Context, text string, lines chan<- string) {
	lines <- fmt.Sprintf("request %v: %s", ctx.Value(key{}), text)
}

func query(ctx context.Context, lines chan<- string) {
	log(ctx, "query", lines)
}

func handle(ctx context.Context, lines chan<- string, wg *sync.WaitGroup) {
	defer wg.Done()
	log(ctx, "start", lines)
	query(ctx, lines)
}

func main() {
	lines := make(chan string, 4)
	var wg sync.WaitGroup
	for id := 1; id <= 2; id++ {
		wg.Add(1)
		go handle(context.WithValue(context.Background(), key{}, id), lines, &wg)
	}
	wg.Wait()
	close(lines)
	for line := range lines {
		fmt.Println(line)
	}
}
