// Package ledgerweb is the pages of the ledger: the village's form, the town's grid, uploads,
// returns and submissions, and what offices above read. It owns what those pages show and how
// they are laid out; the rules are in package ledger, and nothing here knows a table.
package ledgerweb

//go:generate go tool -modfile=../../../tools/go.mod templ generate -path .
