package main

var a = b

var b = c + 1

var c = f()

func f() int { return a }

var x = x

var y = func() int { return y }()

const k = l

const l = k

var ok = g

func g() { _ = h }

var h = 1

func main() {

}
