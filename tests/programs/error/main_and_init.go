package main

func main(args []string) int { return 0 }

func init() error { return nil }

func init[T any]() {}

var init = 3

func f() { init() }
