package main

func init() {}

func main() {
	main()
	init()
}
