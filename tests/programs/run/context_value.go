package main

import (
	"context"
	"fmt"
)

type key string

func main() {
	ctx := context.WithValue(context.Background(), key("id"), 7)
	ctx2, cancel := context.WithCancel(context.WithValue(ctx, key("user"), "ann"))
	defer cancel()
	fmt.Println(ctx2.Value(key("id")), ctx2.Value(key("user")), ctx2.Value("id"), ctx.Value(key("user")))
	id, ok := ctx2.Value(key("id")).(int)
	fmt.Println(id, ok)
	fmt.Println(context.Background(), context.TODO())
}
