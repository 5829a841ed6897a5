package main

import "fmt"

func main() {
	rows := make(chan []int, 3)
	rows <- []int{1, 2, 3}
	rows <- []int{4, -1, 6}
	rows <- []int{7, 8, 0}
	close(rows)
next:
	for row := range rows {
		for _, v := range row {
			if v < 0 {
				fmt.Println("skip rest")
				continue next
			}
			if v == 0 {
				fmt.Println("stop")
				break next
			}
			fmt.Println(v)
		}
	}
}
