package main

import (
	"errors"
	"fmt"
	"io"
)

type notFound struct{ name string }

func (e *notFound) Error() string { return e.name + " not found" }
func (e *notFound) Is(target error) bool { return target == io.EOF }

func find(name string) error {
	if name == "" {
		return fmt.Errorf("find: %w", errors.ErrUnsupported)
	}
	return fmt.Errorf("find: %w", &notFound{name})
}

func main() {
	err := find("key")
	fmt.Println(err)
	var nf *notFound
	fmt.Println(errors.As(err, &nf), nf.name, errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF))
	fmt.Println(errors.Is(find(""), errors.ErrUnsupported), errors.Unwrap(err) == error(nf))
	joined := errors.Join(err, nil, errors.New("second"))
	fmt.Println(joined)
	fmt.Println(errors.Is(joined, io.EOF), errors.Join(nil, nil) == nil)
	two := fmt.Errorf("%w and %w", io.EOF, io.ErrClosedPipe)
	fmt.Println(two, errors.Is(two, io.ErrClosedPipe), errors.Unwrap(two))
	fmt.Printf("%v %q %T\n", nf, errors.New("e"), errors.New("e"))
}
