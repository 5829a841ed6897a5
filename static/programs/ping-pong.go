//lockstep:title Ping-pong
//lockstep:topic Puzzles
//lockstep:about The ball is on the table once only, so the players can do nothing but take turns.
//lockstep:expect completed

package main

import (
	"fmt"
	"time"
)

type ball struct{ hits int }

func player(name string, table chan *ball) {
	for b := range table {
		b.hits++
		fmt.Println(name, b.hits)
		time.Sleep(100 * time.Millisecond)
		table <- b
	}
}

func main() {
	table := make(chan *ball)
	go player("ping", table)
	go player("pong", table)
	table <- &ball{}
	time.Sleep(650 * time.Millisecond)
	b := <-table // main takes the ball away
	close(table)
	fmt.Println("game over after", b.hits)
}
