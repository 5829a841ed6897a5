//lockstep:title Fire and forget
//lockstep:topic Services
//lockstep:about Nobody counts the letters. Main leaves while they are still being delivered, and they are lost without a word.
//lockstep:pair tracked
//lockstep:expect completed

package main

import (
	"fmt"
	"time"
)

type office struct {
	sent chan string
}

func (o *office) send(letter string) {
	go o.deliver(letter)
}

func (o *office) deliver(letter string) {
	time.Sleep(time.Second)
	o.sent <- letter
}

func main() {
	o := &office{sent: make(chan string, 3)}
	for _, letter := range []string{"to Ada", "to Alan", "to Grace"} {
		o.send(letter)
	}
	fmt.Println(len(o.sent), "letters sent")
}
