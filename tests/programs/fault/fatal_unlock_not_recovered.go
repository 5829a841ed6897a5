// A fatal error cannot be recovered from.
package main

import (
	"fmt"
	"sync"
)

func main() {
	defer func() { fmt.Println("recovered", recover()) }()
	var mu sync.RWMutex
	mu.RUnlock()
}
