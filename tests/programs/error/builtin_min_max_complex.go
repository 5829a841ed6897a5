package main

func main() {
	_ = min()
	_ = min(1, "a")
	_ = max(true, false)
	var i int
	_ = max(i, 1.5)
	_ = min(i, 2.0)
	_ = complex(1, "a")
	_ = complex(i, i)
	_ = real(i)
	_ = imag("a")
	var f float32
	var g float64
	_ = complex(f, g)
}
