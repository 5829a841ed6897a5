package main

type Number interface{ ~int | ~float64 }

func a[T any](x, y T) bool { return x == y }

func b[T any](x, y T) T { return x + y }

func c[T Number](x T) T { return x % 2 }

func d[T comparable](x, y T) bool { return x < y }

func e[T Number](x T) string { return x }

func f[T any](x T) { x.Foo() }

func g[T any](x T) int { return x.(int) }

func h[T any]() T { return nil }

func i[T any]() T { return 0 }

func j[T Number]() T { return 1.5 }

func k[T any](x T) {
	for range x {
	}
}

func l[T any](x *T) { x.y = 1 }

func m[T []int | string](x T) int { return len(x) + cap(x) }

func main() {

}
