// Package feedbackweb is the pages of 投诉与建议: the form that everybody can reach from the foot
// of every page, looking the answer up by its number, and the offices' list. It also holds back
// who sends or tries too often. The rules are in package feedback.
package feedbackweb

//go:generate go tool -modfile=../../../tools/go.mod templ generate -path .
