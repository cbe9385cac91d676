// Package readingweb is the pages of 口径: how the program takes the notices' words, beside the
// words, and what the offices of counties and the city say of it. The rules are in package reading.
package readingweb

//go:generate go tool -modfile=../../../tools/go.mod templ generate -path .
