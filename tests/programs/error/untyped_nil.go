package main

func f(*int) {}

func g(int) {}

func h(struct{}) {}

func main() {
	var x any = nil
	f(nil)
	g(nil)
	h(nil)
	x = nil + nil
	switch nil {
	}
	return nil
	nil.x()
	_ = nil[0]
	var s string = nil
}
