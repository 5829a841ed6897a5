package main

func main() {
	var a [3]int
	s := []int{1}
	str := "abc"
	_ = a[2:1]
	_ = a[:4]
	_ = s[-1:]
	_ = s["a":]
	_ = str[0:1:2]
	_ = str[3:1]
	_ = "abc"[:5]
	_ = 5[:]
	_ = [3]int{}[:]
	_ = s[2:1:0]
	m := map[int]int{}
	_ = m[1:]
}
