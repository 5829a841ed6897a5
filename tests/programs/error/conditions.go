package main

func main() {
	if 1 {
	}
	if "a" {
	}
	if x := 1; x {
	}
	for 1 {
	}
	for i := 0; i; i++ {
	}
	if nil {
	}
	if main {
	}
}
