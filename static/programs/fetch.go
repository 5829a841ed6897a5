//lockstep:title Fetching several pages
//lockstep:topic Services
//lockstep:about All requests at once; the answers come in the order in which they are ready, and the failure in its turn.
//lockstep:http https://example.com/fast 200 after 100ms
//lockstep:http https://example.com/slow 200 after 3s
//lockstep:http https://example.com/broken 500 after 1s
//lockstep:expect completed

package main

import (
	"fmt"
	"net/http"

	"golang.org/x/sync/errgroup"
)

func fetch(url string) error {
	response, err := http.Get(url)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %s", url, response.Status)
	}
	fmt.Println(url, response.StatusCode)
	return nil
}

func main() {
	var group errgroup.Group
	for _, page := range []string{"fast", "slow", "broken"} {
		group.Go(func() error {
			return fetch("https://example.com/" + page)
		})
	}
	if err := group.Wait(); err != nil {
		fmt.Println("failed:", err)
	}
}
