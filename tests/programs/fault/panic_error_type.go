// A value with an Error method is printed by it.
package main

type failure struct{ op string }

func (f failure) Error() string { return "failure in " + f.op }

func main() {
	panic(failure{"copy"})
}
