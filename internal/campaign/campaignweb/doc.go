// Package campaignweb is the pages of the campaign itself: the key tasks, quotas, due days and
// corrections as the notice has them, and what the notice is. It shows the pack and knows no
// record of what was done.
package campaignweb

//go:generate go tool -modfile=../../../tools/go.mod templ generate -path .
