package main

import (
	"strings"
)

func main() {
	var b strings.Builder
	b.writestring("a")
	_ = strings.builder{}
}
