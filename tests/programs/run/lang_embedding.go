package main

import "fmt"

type logger struct{ prefix string }

func (l *logger) log(s string) { fmt.Println(l.prefix + s) }

type base struct {
	id int
	*logger
}

func (b base) describe() string { return fmt.Sprint("base ", b.id) }

type derived struct {
	base
	name string
}

func (d derived) describe() string { return "derived of " + d.base.describe() }

type describer interface{ describe() string }

type wrapper struct{ describer }

type reader interface{ read() string }
type writer interface{ write(string) }
type both interface {
	reader
	writer
}

type file struct{ data string }

func (f *file) read() string   { return f.data }
func (f *file) write(s string) { f.data += s }

func main() {
	d := derived{base{1, &logger{"> "}}, "d"}
	d.log("promoted")
	d.prefix = "# "
	d.base.logger.log(d.describe())
	d.id = 5
	var x describer = d
	w := wrapper{x}
	fmt.Println(w.describe(), wrapper{d.base}.describe())
	f := d.log
	d.logger = &logger{"new "}
	f("bound early")
	var rw both = &file{}
	rw.write("abc")
	var r reader = rw
	fmt.Println(r.read(), r.(writer) != nil)
	var empty wrapper
	defer func() { fmt.Println("recovered:", recover()) }()
	empty.describe()
}
