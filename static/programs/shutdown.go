//lockstep:title Graceful shutdown
//lockstep:topic Services
//lockstep:about An interrupt cancels the context; main waits for the workers, but not longer than a deadline.
//lockstep:pair shutdown-abrupt
//lockstep:signal SIGINT after 2s
//lockstep:expect completed

package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"
)

func worker(ctx context.Context, name string, every time.Duration, wg *sync.WaitGroup) {
	defer wg.Done()
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			fmt.Println(name, "works")
		case <-ctx.Done():
			time.Sleep(500 * time.Millisecond) // tidying up
			fmt.Println(name, "has tidied up")
			return
		}
	}
}

func waitFor(wg *sync.WaitGroup, done chan<- struct{}) {
	wg.Wait()
	close(done)
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	var wg sync.WaitGroup
	wg.Add(2)
	go worker(ctx, "mail", 700*time.Millisecond, &wg)
	go worker(ctx, "backup", 900*time.Millisecond, &wg)
	<-ctx.Done()
	fmt.Println("interrupted")

	done := make(chan struct{})
	go waitFor(&wg, done)
	select {
	case <-done:
		fmt.Println("all have tidied up")
	case <-time.After(3 * time.Second):
		fmt.Println("too slow, leaving anyway")
		os.Exit(1)
	}
}
