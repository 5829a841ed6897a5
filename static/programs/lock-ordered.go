//lockstep:title Two locks, one order
//lockstep:topic Locks
//lockstep:about Both transfers lock the account with the lower number first, so neither can hold what the other waits for.
//lockstep:expect completed

package main

import (
	"fmt"
	"sync"
)

type account struct {
	mu      sync.Mutex
	id      int
	balance int
}

func transfer(from, to *account, amount int, wg *sync.WaitGroup) {
	defer wg.Done()
	first, second := from, to
	if second.id < first.id {
		first, second = second, first
	}
	first.mu.Lock()
	second.mu.Lock()
	from.balance -= amount
	to.balance += amount
	second.mu.Unlock()
	first.mu.Unlock()
}

func main() {
	alice := &account{id: 1, balance: 100}
	bob := &account{id: 2, balance: 100}

	var wg sync.WaitGroup
	wg.Add(2)
	go transfer(alice, bob, 30, &wg)
	go transfer(bob, alice, 10, &wg)
	wg.Wait()
	fmt.Println("alice", alice.balance, "bob", bob.balance)
}
