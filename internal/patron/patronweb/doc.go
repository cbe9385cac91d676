// Package patronweb is the pages of the register of patrons (乡贤名册): the list, the form, one
// patron with the visits to him. The rules are in package patron.
package patronweb

//go:generate go tool -modfile=../../../tools/go.mod templ generate -path .
