// Package notifyweb is the pages of 催报提醒: the inbox, what was sent, whom to call, and an office's
// group robots. The rules are in package notify.
package notifyweb

//go:generate go tool -modfile=../../../tools/go.mod templ generate -path .
