// Package bulletinweb is the pages of the monthly bulletin (月通报): the months of a unit, a
// bulletin as an official paper whose every figure leads down, the editing of its words, the steps
// from draft to issue, and the comparison of two versions. It owns how they are laid out; what may
// be done, and the figures, come from package bulletin.
package bulletinweb

//go:generate go tool -modfile=../../../tools/go.mod templ generate -path .
