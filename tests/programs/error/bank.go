package main

import (
	"errors"
)

type Account struct{ Balance int }

func (a *Account) Deposit(n int) { a.Balance += n }

func (a *Account) Withdraw(n int) error {
	if n > a.Balance {
		return errors.New("too much"), n
	}
	a.Balance -= n
}

func Transfer(from, to *Account, n int) {}

func main() {
	a := Account{Balance: 10}
	a.Deposit("5")
	a.balance = 3
	b := a.Withdraw(3)
	ok, err := a.Withdraw(3)
	Transfer(a, &a, 5)
	Transfer(&a, &a, 5.5)
	_ = b
}
