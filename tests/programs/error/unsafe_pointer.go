package main

import (
	"unsafe"
)

func main() {
	var x int
	p := unsafe.Pointer(&x)
	_ = unsafe.Pointer(3)
	_ = *p
	_ = (*string)(p)
	_ = uintptr(&x)
	_ = unsafe.Sizeof()
	_ = unsafe.Sizeof(x) + 1.5
	_ = unsafe.Missing
	var q *int = p
	_ = q
}
