//lockstep:title A forgotten Done
//lockstep:topic First steps
//lockstep:about One way out of the function skips Done, and Wait waits for ever.
//lockstep:pair wait-group
//lockstep:expect deadlock

package main

import (
	"fmt"
	"sync"
)

func check(age int, wg *sync.WaitGroup) {
	if age < 18 {
		fmt.Println(age, "is too young")
		return // without Done
	}
	fmt.Println(age, "may enter")
	wg.Done()
}

func main() {
	var wg sync.WaitGroup
	for _, age := range []int{21, 12, 40} {
		wg.Add(1)
		go check(age, &wg)
	}
	wg.Wait()
	fmt.Println("the door closes")
}
