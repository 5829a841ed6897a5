package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
)

func main() {
	sc := bufio.NewScanner(strings.NewReader("one two\nthree\n\nfour"))
	for sc.Scan() {
		fmt.Printf("%q\n", sc.Text())
	}
	sc = bufio.NewScanner(strings.NewReader("a bb  ccc"))
	sc.Split(bufio.ScanWords)
	n := 0
	for sc.Scan() {
		n += len(sc.Text())
	}
	fmt.Println(n, sc.Err())
	r := bufio.NewReader(strings.NewReader("line1\nline2"))
	a, err := r.ReadString('\n')
	fmt.Printf("%q %v\n", a, err)
	a, err = r.ReadString('\n')
	fmt.Printf("%q %v %v\n", a, err, errors.Is(err, io.EOF))
	w := bufio.NewWriter(os.Stdout)
	fmt.Fprintf(w, "buffered %d\n", w.Buffered())
	w.Flush()
	var buf bytes.Buffer
	buf.WriteString("hello ")
	buf.Write([]byte("world"))
	fmt.Fprint(&buf, "!", 1)
	p := make([]byte, 5)
	k, _ := buf.Read(p)
	fmt.Println(k, string(p), buf.Len(), buf.String())
	all, err := io.ReadAll(io.LimitReader(strings.NewReader("abcdef"), 4))
	fmt.Println(string(all), err)
	m := io.MultiWriter(&buf, os.Stdout)
	io.WriteString(m, "both\n")
	copied, _ := io.Copy(os.Stdout, strings.NewReader("copied\n"))
	fmt.Println(copied, bytes.Equal([]byte("a"), []byte("a")), bytes.Contains([]byte("abc"), []byte("b")))
	pr, pw := io.Pipe()
	go func() {
		fmt.Fprint(pw, "through the pipe")
		pw.Close()
	}()
	data, err := io.ReadAll(pr)
	fmt.Println(string(data), err)
}
