package main

import (
	"context"
	"errors"
	"fmt"
	"time"
)

func main() {
	ctx, cancel := context.WithCancelCause(context.Background())
	child, stop := context.WithCancel(ctx)
	defer stop()
	cancel(errors.New("lunch"))
	<-child.Done()
	fmt.Println(child.Err(), "|", context.Cause(child), "|", context.Cause(ctx))
	kept := context.WithoutCancel(ctx)
	fmt.Println(kept.Err(), kept.Done() == nil)
	called := make(chan bool)
	c2, cancel2 := context.WithTimeout(context.Background(), time.Millisecond)
	defer cancel2()
	context.AfterFunc(c2, func() { called <- true })
	fmt.Println(<-called, context.Cause(c2))
	c3, cancel3 := context.WithCancel(context.Background())
	stopFunc := context.AfterFunc(c3, func() { fmt.Println("must not run") })
	fmt.Println(stopFunc(), stopFunc())
	cancel3()
}
