package main

type T struct{}

func (T) a() {}

func (*T) b() {}

func (T) a() {}

func m() map[string]T { return nil }

func main() {
	var t T
	t.a()
	t.b(1)
	t.c()
	T.a(t)
	(*T).b(&t)
	T.b(t)
	T{}.b()
	m()["x"].b()
	_ = t.a == nil
	t.a = nil
	(&t).a()
}
