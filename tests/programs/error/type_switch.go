package main

import (
	"fmt"
)

type T struct{}

func (*T) Error() string { return "" }

func main() {
	var x any = 1
	switch y := x.(type) {
	case int:
	}
	switch x.(type) {
	case int, string, int:
	case nil:
	case nil:
	}
	var i int
	switch i.(type) {
	}
	var e error
	switch e.(type) {
	case int:
	case *T:
	case T:
	case fmt.Stringer:
	}
	switch y := x.(type) {
	case int:
		y = "a"
	case string, bool:
		y = 1
		_ = y + 1
	}
}
