package main

func f() int { return 1 }

func main() {
	x := 1
	const a = x
	const b = f()
	const c = len([]int{1})
	const d []int = nil
	const e int
	const g, h = 1
	const i = "a" + 1
	const j = len("abc")
	var arr [x]int
	_ = arr
}
