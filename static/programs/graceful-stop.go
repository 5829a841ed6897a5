//lockstep:title Graceful stop by context
//lockstep:topic Context
//lockstep:about Workers tick until their context is cancelled; main waits until each has tidied up.
//lockstep:expect completed

package main

import (
	"context"
	"fmt"
	"sync"
	"time"
)

func worker(ctx context.Context, name string, every time.Duration, wg *sync.WaitGroup) {
	defer wg.Done()
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	rounds := 0
	for {
		select {
		case <-ticker.C:
			rounds++
		case <-ctx.Done():
			fmt.Println(name, "stops:", ctx.Err())
			return
		}
	}
}

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	wg.Add(3)
	go worker(ctx, "mail", 200*time.Millisecond, &wg)
	go worker(ctx, "backup", 300*time.Millisecond, &wg)
	go worker(ctx, "metrics", 100*time.Millisecond, &wg)

	time.Sleep(550 * time.Millisecond)
	fmt.Println("stopping")
	cancel()
	wg.Wait()
	fmt.Println("all stopped")
}
