package main

func main() {
	if x := 1; x > 0 {
		y := 2
		_ = y
	}
	_ = x
	_ = y
	for i := 0; i < 1; i++ {
	}
	_ = i
	switch z := 1; {
	case true:
		w := z
	}
	_ = z
	{
		v := 1
	}
	_ = v
}
