//lockstep:title Unlock by defer
//lockstep:topic Locks
//lockstep:about A deferred unlock runs on every way out, the early return included.
//lockstep:pair forgotten-unlock
//lockstep:expect completed

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
	defer a.mu.Unlock()
	if a.balance < amount {
		return errors.New("not enough money")
	}
	a.balance -= amount
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
