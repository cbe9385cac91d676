// Package taskweb is the pages of the key tasks as they stand: what a unit still owes, boards by
// task, by unit and by day, and one demand with its reports and what is pressed for. The notice's
// own list is in campaignweb.
package taskweb

//go:generate go tool -modfile=../../../tools/go.mod templ generate -path .
