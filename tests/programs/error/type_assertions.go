package main

import (
	"fmt"
)

type T struct{}

func (*T) Error() string { return "" }

func main() {
	var e error
	_ = e.(int)
	_ = e.(T)
	_ = e.(*T)
	i := 1
	_ = i.(int)
	_, ok := e.(fmt.Stringer)
	_ = ok
	_ = e.(missing)
}
