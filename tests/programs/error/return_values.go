package main

func a() { return 1 }

func b() int { return }

func c() int { return "a" }

func d() (int, error) { return 1 }

func e() (int, error) { return 1, 2 }

func f() (int, error) { return 1, nil, 3 }

func g() (n int, err error) { return }

func h() (n int, err error) {
	if n := 1; n > 0 {
		err := error(nil)
		_ = err
		return
	}
	return
}

func i() (int, string) { return g() }

func main() { return nil }
