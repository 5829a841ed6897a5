//lockstep:title A goroutine per connection
//lockstep:topic Services
//lockstep:about The server accepts, and each connection gets a goroutine of its own; closing the listener ends the loop.
//lockstep:expect completed

package main

import (
	"bufio"
	"errors"
	"fmt"
	"net"
	"sync"
)

func answer(conn net.Conn, wg *sync.WaitGroup) {
	defer wg.Done()
	defer conn.Close()
	line, err := bufio.NewReader(conn).ReadString('\n')
	if err != nil {
		return
	}
	fmt.Fprintf(conn, "you said %s", line)
}

func serve(listener net.Listener, done chan<- struct{}) {
	defer close(done)
	var wg sync.WaitGroup
	defer wg.Wait()
	for {
		conn, err := listener.Accept()
		if errors.Is(err, net.ErrClosed) {
			return
		}
		wg.Add(1)
		go answer(conn, &wg)
	}
}

func call(address, text string, replies chan<- string) {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		replies <- err.Error()
		return
	}
	defer conn.Close()
	fmt.Fprintln(conn, text)
	reply, _ := bufio.NewReader(conn).ReadString('\n')
	replies <- reply
}

func main() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		fmt.Println(err)
		return
	}
	done, replies := make(chan struct{}), make(chan string)
	go serve(listener, done)
	for _, text := range []string{"hello", "goodbye"} {
		go call(listener.Addr().String(), text, replies)
	}
	fmt.Print(<-replies, <-replies)
	listener.Close()
	<-done
}
