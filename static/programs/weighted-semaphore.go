//lockstep:title A weighted semaphore
//lockstep:topic Limits
//lockstep:about Ten units of memory; big jobs take more of them than small ones.
//lockstep:expect completed

package main

import (
	"context"
	"fmt"
	"sync"
	"time"

	"golang.org/x/sync/semaphore"
)

func work(ctx context.Context, memory *semaphore.Weighted, name string, units int64, wg *sync.WaitGroup) {
	defer wg.Done()
	if err := memory.Acquire(ctx, units); err != nil {
		fmt.Println(name, err)
		return
	}
	defer memory.Release(units)
	time.Sleep(time.Second)
	fmt.Println(name, "used", units)
}

func main() {
	memory := semaphore.NewWeighted(10)
	var wg sync.WaitGroup
	for name, units := range map[string]int64{"video": 8, "image": 3, "text": 1, "sound": 5} {
		wg.Add(1)
		go work(context.Background(), memory, name, units, &wg)
	}
	wg.Wait()
	fmt.Println("all done")
}
