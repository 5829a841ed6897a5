package main

func main() {
	_ = append()
	_ = append(1, 2)
	_ = append(nil, 2)
	_ = append([]int{}, "a")
	_ = append([]int{}, []int{}...)
	_ = append([]int{}, []string{}...)
	_ = append([]byte{}, "abc"...)
	_ = append([]int{}, 1, []int{}...)
	copy(1, 2)
	copy([]int{}, []string{})
	copy([]byte{}, "a")
	copy([]int{})
}
