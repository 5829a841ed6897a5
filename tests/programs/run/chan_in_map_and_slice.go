package main

import "fmt"

type hub struct {
	rooms map[string][]chan string
}

func (h *hub) join(room string) <-chan string {
	ch := make(chan string, 4)
	h.rooms[room] = append(h.rooms[room], ch)
	return ch
}

func (h *hub) say(room, text string) int {
	for _, ch := range h.rooms[room] {
		ch <- text
	}
	return len(h.rooms[room])
}

func main() {
	h := &hub{rooms: make(map[string][]chan string)}
	a, b := h.join("go"), h.join("go")
	c := h.join("rust")
	fmt.Println(h.say("go", "hi"), h.say("rust", "ho"), h.say("c", "?"))
	fmt.Println(<-a, <-b, <-c)
}
