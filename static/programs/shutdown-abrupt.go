//lockstep:title Nobody waits at shutdown
//lockstep:topic Services
//lockstep:about Main leaves as soon as the interrupt comes. What the workers had in hand is lost.
//lockstep:pair shutdown
//lockstep:signal SIGINT after 2s
//lockstep:expect completed

package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func worker(ctx context.Context, name string, every time.Duration) {
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

func main() {
	ctx, _ := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	go worker(ctx, "mail", 700*time.Millisecond)
	go worker(ctx, "backup", 900*time.Millisecond)
	<-ctx.Done()
	fmt.Println("interrupted")
}
