package main

func two() (int, string) { return 1, "" }

func f(int, string) {}

func g(string, int) {}

func main() {
	x := two() + 1
	println(two())
	f(two(), 1)
	f(two())
	g(two())
	if two() {
	}
}
