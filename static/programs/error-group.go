//lockstep:title An error group of our own
//lockstep:topic Limits
//lockstep:about All tasks run to their end; every error is kept, not only the first.
//lockstep:expect completed

package main

import (
	"errors"
	"fmt"
	"sync"
)

type group struct {
	wg   sync.WaitGroup
	mu   sync.Mutex
	errs []error
}

func (g *group) Go(task func() error) {
	g.wg.Add(1)
	go g.run(task)
}

func (g *group) run(task func() error) {
	defer g.wg.Done()
	if err := task(); err != nil {
		g.mu.Lock()
		defer g.mu.Unlock()
		g.errs = append(g.errs, err)
	}
}

func (g *group) Wait() error {
	g.wg.Wait()
	return errors.Join(g.errs...)
}

var errOdd = errors.New("odd")

func main() {
	var g group
	for n := 1; n <= 4; n++ {
		g.Go(func() error {
			if n%2 == 1 {
				return fmt.Errorf("task %d: %w", n, errOdd)
			}
			return nil
		})
	}
	err := g.Wait()
	fmt.Println(len(g.errs), "errors, odd among them:", errors.Is(err, errOdd))
}
