package main

func main() {
L:
	for {
		break L
		continue M
		break N
	}
unused:
	for {
		func() {
			break
		}()
	}
	break
	continue
	if true {
		break
	}
S:
	switch {
	case true:
		continue S
	}
}
