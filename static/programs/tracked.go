//lockstep:title Tracked goroutines
//lockstep:topic Services
//lockstep:about Every letter that is sent is counted, so the office closes only when all are on their way.
//lockstep:pair fire-and-forget
//lockstep:expect completed

package main

import (
	"fmt"
	"sync"
	"time"
)

type office struct {
	wg   sync.WaitGroup
	sent chan string
}

func (o *office) send(letter string) {
	o.wg.Add(1)
	go o.deliver(letter)
}

func (o *office) deliver(letter string) {
	defer o.wg.Done()
	time.Sleep(time.Second)
	o.sent <- letter
}

func main() {
	o := &office{sent: make(chan string, 3)}
	for _, letter := range []string{"to Ada", "to Alan", "to Grace"} {
		o.send(letter)
	}
	o.wg.Wait()
	fmt.Println(len(o.sent), "letters sent")
}
