package main

func main() {
	func() {
	L:
		for {
		}
	}()
outer:
	for {
		func() {
			for {
				continue outer
			}
		}()
	}
}
