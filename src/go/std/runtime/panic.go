package runtime

// panicError is what the machine itself panics with.
type panicError string

func (e panicError) Error() string { return string(e) }
func (e panicError) RuntimeError() {}

// panicrange reports an iterator that does not behave; the compiler knows the states.
func panicrange(state int) {
	text := "continued iteration after loop body panic"
	switch state {
	case 2:
		text = "continued iteration after function for loop body returned false"
	case 3:
		text = "continued iteration after whole loop exit"
	case 4:
		text = "recovered a loop body panic and did not resume panicking"
	}
	panic(panicError("runtime error: range function " + text))
}
