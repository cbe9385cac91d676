package campaign

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"regexp"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"
)

// mark is how a ground says that it waits for the office, with the comma before or after it.
var mark = regexp.MustCompile(`[，,]有待确认|有待确认[，,。]?`)

// Unmarked is a ground without its mark: whether it still waits, the office has said by then.
func Unmarked(ground string) string { return strings.TrimSpace(mark.ReplaceAllString(ground, "")) }

// print is a fingerprint of what stands under the value. Comments, layout, the order of fields and
// the mark 待确认 are no part of it, so that a pack may be tidied, and the mark taken away once the
// office has confirmed, without asking again.
func (v value) print() string {
	h := sha256.New()
	printNode(h, v.node)
	return hex.EncodeToString(h.Sum(nil)[:16])
}

func printNode(h hash.Hash, n *yaml.Node) {
	if n == nil {
		return
	}
	switch n.Kind {
	case yaml.MappingNode:
		fields := map[string]*yaml.Node{}
		var names []string
		for i := 0; i+1 < len(n.Content); i += 2 {
			fields[n.Content[i].Value] = n.Content[i+1]
			names = append(names, n.Content[i].Value)
		}
		slices.Sort(names)
		fmt.Fprintf(h, "{%d", len(names))
		for _, name := range names {
			fmt.Fprintf(h, "%q", name)
			printNode(h, fields[name])
		}
	case yaml.SequenceNode:
		fmt.Fprintf(h, "[%d", len(n.Content))
		for _, c := range n.Content {
			printNode(h, c)
		}
	default:
		fmt.Fprintf(h, "%q", Unmarked(n.Value))
	}
}
