//lockstep:title A forgotten unlock
//lockstep:topic Locks
//lockstep:about The early return leaves the lock locked; the next who needs it waits for ever.
//lockstep:pair forgotten-unlock-deferred
//lockstep:expect deadlock

package main

import (
	"errors"
	"fmt"
	"sync"
)

type account struct {
	mu      sync.Mutex
	balance int
}

func (a *account) withdraw(amount int) error {
	a.mu.Lock()
	if a.balance < amount {
		return errors.New("not enough money") // still locked
	}
	a.balance -= amount
	a.mu.Unlock()
	return nil
}

func spend(a *account, amount int, wg *sync.WaitGroup) {
	defer wg.Done()
	fmt.Println("withdraw", amount, "error:", a.withdraw(amount))
}

func main() {
	savings := &account{balance: 50}
	var wg sync.WaitGroup
	wg.Add(2)
	go spend(savings, 80, &wg)
	go spend(savings, 90, &wg)
	wg.Wait()
}
