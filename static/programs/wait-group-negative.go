//lockstep:title One Done too many
//lockstep:topic First steps
//lockstep:about Both the worker and the deferred call count down, so the counter falls below zero.
//lockstep:pair wait-group
//lockstep:expect panic "sync: negative WaitGroup counter"

package main

import (
	"fmt"
	"sync"
)

func work(task string, wg *sync.WaitGroup) {
	defer wg.Done()
	fmt.Println("working on", task)
	wg.Done()
}

func main() {
	var wg sync.WaitGroup
	wg.Add(1)
	go work("the report", &wg)
	select {} // main has other things to do
}
