//lockstep:title Publish and subscribe
//lockstep:topic Puzzles
//lockstep:about The broker alone knows the subscribers. Each of them gets every message, in order.
//lockstep:expect completed

package main

import (
	"fmt"
	"sync"
)

type broker struct {
	subscribe chan chan string
	publish   chan string
}

func (b *broker) run() {
	var subscribers []chan string
	for {
		select {
		case s := <-b.subscribe:
			subscribers = append(subscribers, s)
		case message, ok := <-b.publish:
			for _, s := range subscribers {
				if ok {
					s <- message
				} else {
					close(s)
				}
			}
			if !ok {
				return
			}
		}
	}
}

func listen(name string, messages <-chan string, wg *sync.WaitGroup) {
	defer wg.Done()
	for message := range messages {
		fmt.Println(name, "hears", message)
	}
}

func main() {
	b := &broker{make(chan chan string), make(chan string)}
	go b.run()
	var wg sync.WaitGroup
	for _, name := range []string{"radio", "tv"} {
		messages := make(chan string, 1)
		b.subscribe <- messages
		wg.Add(1)
		go listen(name, messages, &wg)
	}
	b.publish <- "rain"
	b.publish <- "sun"
	close(b.publish)
	wg.Wait()
}
