//lockstep:title A semaphore with patience
//lockstep:topic Limits
//lockstep:about Whoever does not get a place before the context ends goes away without.
//lockstep:expect completed

package main

import (
	"context"
	"errors"
	"fmt"
	"time"
)

var errBusy = errors.New("no table in time")

type tables chan struct{}

func (t tables) acquire(ctx context.Context) error {
	select {
	case t <- struct{}{}:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("%w: %w", errBusy, ctx.Err())
	}
}

func (t tables) release() { <-t }

func dine(ctx context.Context, guest int, t tables, results chan<- error) {
	if err := t.acquire(ctx); err != nil {
		results <- fmt.Errorf("guest %d: %w", guest, err)
		return
	}
	defer t.release()
	time.Sleep(time.Hour)
	results <- nil
}

func main() {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Minute)
	defer cancel()
	free := make(tables, 2)
	results := make(chan error)
	for guest := 1; guest <= 3; guest++ {
		go dine(ctx, guest, free, results)
	}
	for range 3 {
		err := <-results
		fmt.Println("turned away:", errors.Is(err, errBusy), "- too late:", errors.Is(err, context.DeadlineExceeded))
	}
}
