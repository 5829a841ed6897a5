//lockstep:title The limiter of x/time
//lockstep:topic Limits
//lockstep:about One event each 200 ms; Wait sleeps until the next may happen.
//lockstep:expect completed

package main

import (
	"context"
	"fmt"
	"time"

	"golang.org/x/time/rate"
)

func main() {
	limiter := rate.NewLimiter(rate.Every(200*time.Millisecond), 1)
	start := time.Now()
	for n := 1; n <= 4; n++ {
		if err := limiter.Wait(context.Background()); err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println("event", n, "after", time.Since(start).Round(100*time.Millisecond))
	}
}
