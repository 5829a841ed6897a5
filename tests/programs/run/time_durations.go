package main

import (
	"fmt"
	"time"
)

func main() {
	for _, d := range []time.Duration{0, 1, 1500, 2 * time.Microsecond, 1500 * time.Microsecond, 2500 * time.Millisecond,
		time.Minute, 90 * time.Second, time.Hour + 2*time.Minute + 3*time.Second, -5 * time.Second, 36 * time.Hour} {
		fmt.Println(d, d.Seconds(), d.Milliseconds())
	}
	fmt.Println(time.Duration(1234567890).Round(time.Millisecond), time.Duration(1999).Truncate(time.Microsecond))
	d, err := time.ParseDuration("1h15m30.5s")
	fmt.Println(d, err, d.Hours() > 1.25, d.Minutes())
	fmt.Printf("%v %s %d %T\n", time.Second, time.Second, time.Second, time.Second)
	const n = 3
	fmt.Println(n*time.Second, time.Duration(n)*time.Millisecond)
}
