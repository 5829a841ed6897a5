package sort

import "slices"

type Interface interface {
	Len() int
	Less(i, j int) bool
	Swap(i, j int)
}

// length and swap work on a slice of any type.
func length(slice any) int
func swap(slice any, i, j int)

// A sorter sorts by what Less and Swap say: by insertion if there are few, else by a heap.
type sorter struct {
	less func(i, j int) bool
	swap func(i, j int)
}

func (s *sorter) insert(from, to int) {
	for i := from + 1; i < to; i++ {
		for j := i; j > from && s.less(j, j-1); j-- {
			s.swap(j, j-1)
		}
	}
}

func (s *sorter) sink(root, from, to int) {
	for {
		child := 2*root + 1
		if from+child >= to {
			return
		}
		if from+child+1 < to && s.less(from+child, from+child+1) {
			child++
		}
		if !s.less(from+root, from+child) {
			return
		}
		s.swap(from+root, from+child)
		root = child
	}
}

func (s *sorter) sort(from, to, depth int) {
	for to-from > 12 {
		if depth == 0 {
			n := to - from
			for i := n/2 - 1; i >= 0; i-- {
				s.sink(i, from, to)
			}
			for i := to - 1; i > from; i-- {
				s.swap(from, i)
				s.sink(0, from, i)
			}
			return
		}
		depth--
		// The median of three becomes the pivot, at from.
		a, b, c := from+1, from+(to-from)/2, to-1
		if s.less(b, a) {
			a, b = b, a
		}
		if s.less(c, b) {
			b = c
			if s.less(b, a) {
				b = a
			}
		}
		s.swap(from, b)
		i, j := from+1, to-1
		for {
			for i <= j && s.less(i, from) {
				i++
			}
			for i <= j && s.less(from, j) {
				j--
			}
			if i >= j {
				break
			}
			s.swap(i, j)
			i++
			j--
		}
		s.swap(from, j)
		if j-from < to-j {
			s.sort(from, j, depth)
			from = j + 1
		} else {
			s.sort(j+1, to, depth)
			to = j
		}
	}
	s.insert(from, to)
}

func (s *sorter) rotate(from, mid, to int) {
	reverse := func(i, j int) {
		for j--; i < j; i, j = i+1, j-1 {
			s.swap(i, j)
		}
	}
	reverse(from, mid)
	reverse(mid, to)
	reverse(from, to)
}

// merge merges two sorted runs in place, keeping the order of equals.
func (s *sorter) merge(from, mid, to int) {
	if from >= mid || mid >= to || !s.less(mid, mid-1) {
		return
	}
	if to-from == 2 {
		s.swap(from, mid)
		return
	}
	var left, right int
	if mid-from > to-mid {
		left = from + (mid-from)/2
		right = mid + Search(to-mid, func(i int) bool { return !s.less(mid+i, left) })
	} else {
		right = mid + (to-mid)/2
		left = from + Search(mid-from, func(i int) bool { return s.less(right, from+i) })
		right++
	}
	s.rotate(left, mid, right)
	middle := left + right - mid
	s.merge(from, left, middle)
	s.merge(middle, right, to)
}

func (s *sorter) stable(n int) {
	const block = 20
	for from := 0; from < n; from += block {
		s.insert(from, min(from+block, n))
	}
	for size := block; size < n; size *= 2 {
		for from := 0; from+size < n; from += 2 * size {
			s.merge(from, from+size, min(from+2*size, n))
		}
	}
}

func depth(n int) (d int) {
	for ; n > 0; n >>= 1 {
		d += 2
	}
	return
}

func Sort(data Interface) {
	n := data.Len()
	(&sorter{data.Less, data.Swap}).sort(0, n, depth(n))
}

func Stable(data Interface) { (&sorter{data.Less, data.Swap}).stable(data.Len()) }

func of(x any, less func(i, j int) bool) *sorter {
	return &sorter{less, func(i, j int) { swap(x, i, j) }}
}

func Slice(x any, less func(i, j int) bool) {
	n := length(x)
	of(x, less).sort(0, n, depth(n))
}

func SliceStable(x any, less func(i, j int) bool) { of(x, less).stable(length(x)) }

func SliceIsSorted(x any, less func(i, j int) bool) bool {
	for i := length(x) - 1; i > 0; i-- {
		if less(i, i-1) {
			return false
		}
	}
	return true
}

func IsSorted(data Interface) bool {
	for i := data.Len() - 1; i > 0; i-- {
		if data.Less(i, i-1) {
			return false
		}
	}
	return true
}

type reverse struct{ Interface }

func (r reverse) Less(i, j int) bool { return r.Interface.Less(j, i) }

func Reverse(data Interface) Interface { return &reverse{data} }

type IntSlice []int

func (x IntSlice) Len() int           { return len(x) }
func (x IntSlice) Less(i, j int) bool { return x[i] < x[j] }
func (x IntSlice) Swap(i, j int)      { x[i], x[j] = x[j], x[i] }
func (x IntSlice) Sort()              { Sort(x) }

type Float64Slice []float64

func (x Float64Slice) Len() int           { return len(x) }
func (x Float64Slice) Less(i, j int) bool { return x[i] < x[j] || x[i] != x[i] && x[j] == x[j] }
func (x Float64Slice) Swap(i, j int)      { x[i], x[j] = x[j], x[i] }
func (x Float64Slice) Sort()              { Sort(x) }

type StringSlice []string

func (x StringSlice) Len() int           { return len(x) }
func (x StringSlice) Less(i, j int) bool { return x[i] < x[j] }
func (x StringSlice) Swap(i, j int)      { x[i], x[j] = x[j], x[i] }
func (x StringSlice) Sort()              { Sort(x) }

func Ints(x []int)                       { slices.Sort(x) }
func Float64s(x []float64)               { slices.Sort(x) }
func Strings(x []string)                 { slices.Sort(x) }
func IntsAreSorted(x []int) bool         { return slices.IsSorted(x) }
func Float64sAreSorted(x []float64) bool { return slices.IsSorted(x) }
func StringsAreSorted(x []string) bool   { return slices.IsSorted(x) }

func Search(n int, f func(int) bool) int {
	i, j := 0, n
	for i < j {
		if h := (i + j) / 2; f(h) {
			j = h
		} else {
			i = h + 1
		}
	}
	return i
}

func Find(n int, cmp func(int) int) (i int, found bool) {
	i = Search(n, func(i int) bool { return cmp(i) <= 0 })
	return i, i < n && cmp(i) == 0
}

func SearchInts(a []int, x int) int {
	return Search(len(a), func(i int) bool { return a[i] >= x })
}

func SearchFloat64s(a []float64, x float64) int {
	return Search(len(a), func(i int) bool { return a[i] >= x })
}

func SearchStrings(a []string, x string) int {
	return Search(len(a), func(i int) bool { return a[i] >= x })
}
