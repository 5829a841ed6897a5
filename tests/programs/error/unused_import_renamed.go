package main

import (
	f "fmt"
	_ "os"
	. "strings"
)

func main() {}
