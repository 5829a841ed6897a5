package main

import (
	"testing"
)

var t *testing.T

func main() {
	if t.Failed {
	}
	t.Errorf()
	t.Fatal("a" + 1)
	t.Run("x", func() {})
	t.Run(func(t *testing.T) {})
}
