//lockstep:title Cancelling a tree of contexts
//lockstep:topic Context
//lockstep:about Cancelling one request stops everything below it, and nothing beside it.
//lockstep:expect completed

package main

import (
	"context"
	"errors"
	"fmt"
	"sync"
)

func watch(ctx context.Context, name string, wg *sync.WaitGroup) {
	defer wg.Done()
	<-ctx.Done()
	fmt.Println(name, "stops:", context.Cause(ctx))
}

func main() {
	server, stopServer := context.WithCancelCause(context.Background())
	one, cancelOne := context.WithCancelCause(server)
	two, cancelTwo := context.WithCancel(server)
	defer cancelTwo()

	var wg sync.WaitGroup
	wg.Add(3)
	go watch(one, "request one", &wg)
	go watch(two, "request two", &wg)
	go watch(server, "server", &wg)

	cancelOne(errors.New("the client left"))
	<-one.Done()
	fmt.Println("two goes on:", two.Err() == nil)
	stopServer(errors.New("power cut"))
	wg.Wait()
}
