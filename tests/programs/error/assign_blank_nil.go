package main

func main() {
	_ = nil
	x := nil
	var y = nil
	var z *int = nil
	_ = z
}
