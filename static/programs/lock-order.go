//lockstep:title Two locks, two orders (AB-BA)
//lockstep:topic Locks
//lockstep:about Alice pays Bob while Bob pays Alice. Each transfer locks its own side first: some schedules never end.
//lockstep:pair lock-ordered
//lockstep:expect completed
//lockstep:expect deadlock

package main

import (
	"fmt"
	"sync"
)

type account struct {
	mu      sync.Mutex
	balance int
}

func transfer(from, to *account, amount int, wg *sync.WaitGroup) {
	defer wg.Done()
	from.mu.Lock()
	to.mu.Lock()
	from.balance -= amount
	to.balance += amount
	to.mu.Unlock()
	from.mu.Unlock()
}

func main() {
	alice := &account{balance: 100}
	bob := &account{balance: 100}

	var wg sync.WaitGroup
	wg.Add(2)
	go transfer(alice, bob, 30, &wg)
	go transfer(bob, alice, 10, &wg)
	wg.Wait()
	fmt.Println("alice", alice.balance, "bob", bob.balance)
}
