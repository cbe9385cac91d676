// Package unitweb is the pages of the register of units: the tree as of a day, what a unit has
// been, and the forms that change it, each with a preview before anything is done. The rules
// are in packages unit and register; nothing here knows a table.
package unitweb

//go:generate go tool -modfile=../../../tools/go.mod templ generate -path .
