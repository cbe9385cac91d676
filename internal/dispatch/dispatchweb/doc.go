// Package dispatchweb is the pages of the weekly dispatch: the page of a week, the leader's one
// screen, items and what villages ask for.
package dispatchweb

//go:generate go tool -modfile=../../../tools/go.mod templ generate -path .
