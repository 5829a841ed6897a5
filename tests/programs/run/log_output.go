package main

import (
	"fmt"
	"log"
	"os"
	"strings"
)

func main() {
	log.SetFlags(0)
	log.SetOutput(os.Stdout)
	log.SetPrefix("app: ")
	log.Println("started", 1)
	log.Printf("%d%%", 50)
	log.Print("a", "b")
	var b strings.Builder
	l := log.New(&b, "[x] ", log.Lmsgprefix)
	l.Println("hello")
	fmt.Printf("%q %q\n", b.String(), l.Prefix())
	defer func() { fmt.Println("recovered", recover()) }()
	log.Panicf("no %s", "way")
}
