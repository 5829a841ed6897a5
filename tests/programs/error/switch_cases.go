package main

func main() {
	x := 1
	switch x {
	case 1, 2:
	case 2:
	case "a":
	case 1.5:
	case nil:
	}
	switch {
	case x:
	case x > 1, 3:
	}
	switch "a" {
	case "b", "b":
	}
	switch f := func() {}; f {
	case nil:
	}
	switch []int{} {
	}
	switch nil {
	}
}
