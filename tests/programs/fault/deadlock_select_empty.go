// A select without cases.
package main

func main() {
	select {}
}
