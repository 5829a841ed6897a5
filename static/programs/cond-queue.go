//lockstep:title A bounded queue with Cond
//lockstep:topic Locks
//lockstep:about Put waits while the queue is full, Get while it is empty; each looks again after it was woken.
//lockstep:pair cond-lost
//lockstep:expect completed

package main

import (
	"fmt"
	"sync"
)

type queue struct {
	mu       sync.Mutex
	notEmpty *sync.Cond
	notFull  *sync.Cond
	items    []int
}

func newQueue() *queue {
	q := &queue{}
	q.notEmpty, q.notFull = sync.NewCond(&q.mu), sync.NewCond(&q.mu)
	return q
}

func (q *queue) put(item int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.items) == 2 {
		q.notFull.Wait()
	}
	q.items = append(q.items, item)
	q.notEmpty.Signal()
}

func (q *queue) get() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.items) == 0 {
		q.notEmpty.Wait()
	}
	item := q.items[0]
	q.items = q.items[1:]
	q.notFull.Signal()
	return item
}

func produce(q *queue) {
	for item := 1; item <= 5; item++ {
		q.put(item)
	}
}

func main() {
	q := newQueue()
	go produce(q)
	sum := 0
	for range 5 {
		sum += q.get()
	}
	fmt.Println("sum", sum)
}
