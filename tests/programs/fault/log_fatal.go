package main

import "log"

func main() {
	log.SetFlags(0)
	log.Fatalf("cannot open %q", "x.txt")
}
