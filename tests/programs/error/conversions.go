package main

func main() {
	_ = int("a")
	_ = string(1.5)
	_ = int(1.5)
	_ = uint(-1)
	_ = byte(300)
	_ = []int("abc")
	_ = []byte(1)
	_ = bool(1)
	_ = (*int)(3)
	_ = error("a")
	_ = int()
	_ = int(1, 2)
	_ = (func())(3)
	var s []string
	_ = []int(s)
	_ = [2]int([]int{1, 2})
	_ = map[string]int(nil)
}
