package main

func f(a int, b string) {}

func v(a int, b ...string) {}

func main() {
	f()
	f(1)
	f(1, 2)
	f("a", "b")
	f(1, "a", 3)
	v()
	v(1, 2)
	v(1, "a", "b")
	v(1, 2, 3)
	v(1, []string{}...)
	v(1, "a", []string{}...)
	v([]string{}...)
	f(1, []string{}...)
}
