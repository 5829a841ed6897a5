package main

import "fmt"

func main() {
	s := "héllo, 世界"
	fmt.Println(len(s), s[1], s[0:1], s[len(s)-3:], s+"!", s < "i", s == "héllo, 世界")
	for i, r := range "aé世" {
		fmt.Print(i, " ", r, " ", string(r), ";")
	}
	fmt.Println()
	b := []byte("abc")
	t := string(b)
	b[0] = 'x'
	fmt.Println(t, string(b))
	var sum string
	for i := range 5 {
		sum += string(rune('a' + i))
	}
	fmt.Println(sum, `raw\n"x"`, "\u00e9\x41\101\t|")
	switch {
	case "a" < "b" && "b" < "ba":
		fmt.Println("ordered")
	}
	bad := "a\xffb"
	for i, r := range bad {
		fmt.Print(i, ":", r, " ")
	}
	fmt.Println(len([]rune(bad)))
	defer func() { fmt.Println(recover()) }()
	i := 50
	fmt.Println(s[i])
}
