//lockstep:title Once, with an error
//lockstep:topic Once, pool, atomics, map
//lockstep:about The first call decides for all: its error is kept and given to everyone who asks.
//lockstep:expect completed

package main

import (
	"errors"
	"fmt"
	"sync"
)

var errNoFile = errors.New("no such file")

type settings struct {
	once  sync.Once
	text  string
	err   error
	tries int
}

func (s *settings) load() (string, error) {
	s.once.Do(func() {
		s.tries++
		s.err = fmt.Errorf("settings: %w", errNoFile)
	})
	return s.text, s.err
}

func use(s *settings, failures chan<- error) {
	_, err := s.load()
	failures <- err
}

func main() {
	var s settings
	failures := make(chan error)
	for range 3 {
		go use(&s, failures)
	}
	for range 3 {
		fmt.Println(errors.Is(<-failures, errNoFile))
	}
	fmt.Println("tries:", s.tries)
}
