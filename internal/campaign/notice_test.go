package campaign_test

import (
	"os"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/sangzi/sangzi/internal/campaign"
)

// notice is the text of the notice as it was scanned, without white space, in its four parts.
type notice struct {
	*testing.T
	pack                              *campaign.Pack
	forwarding, original              string
	annex1, annex2                    []string // lines
	forwardingClauses, originalClause []clauseStart
	used                              map[int]bool // corrections that were needed
}

// clauseStart is where a clause begins in a part without white space.
type clauseStart struct {
	offset int
	number string
}

func readNotice(t *testing.T) *notice {
	t.Helper()
	raw, err := os.ReadFile("testdata/notice.txt")
	if err != nil {
		t.Fatal(err)
	}
	text := string(raw)
	cut := func(at string) string {
		before, after, ok := strings.Cut(text, at)
		if !ok {
			t.Fatalf("the notice has no part %q", at)
		}
		text = at + after
		return before
	}
	n := &notice{T: t, pack: campaign.Default(), used: map[int]bool{}}
	forwarding := cut("中共揭阳市委组织部\n揭阳市农业农村局\n")
	original := cut("“党旗红·乡村绿”专项行动重点任务清单\n\n序号")
	n.annex1 = strings.Split(cut("附件2\n\n乡村绿化工作台账"), "\n")
	annex2 := cut("抄送：")
	n.annex2 = strings.Split(annex2, "\n")
	n.forwarding, n.forwardingClauses = clauses(forwarding + text)
	n.original, n.originalClause = clauses(original)
	return n
}

var heading = regexp.MustCompile(`^(?:([一二三四])、|[（(]([一二三四])[）)]|(\d{1,2})\.)`)

// clauses takes the white space out of a text and finds where its numbered clauses begin.
func clauses(text string) (string, []clauseStart) {
	var all strings.Builder
	var starts []clauseStart
	var one, two string
	for _, line := range strings.Split(text, "\n") {
		if m := heading.FindStringSubmatch(line); m != nil {
			number := ""
			switch {
			case m[1] != "":
				one, two = m[1], ""
				number = one
			case m[2] != "":
				two = "（" + m[2] + "）"
				number = one + two
			default:
				number = one + two + m[3]
			}
			starts = append(starts, clauseStart{all.Len(), number})
		}
		all.WriteString(squeeze(line))
	}
	return all.String(), starts
}

func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

// scanned is the text as the scan has it in that part: unchanged where it stands there, or
// with the corrections of the pack taken back.
func (n *notice) scanned(part, text string) string {
	text = squeeze(text)
	if strings.Contains(part, text) {
		return text
	}
	for i, c := range n.pack.Corrections {
		back := strings.Replace(text, squeeze(c.Corrected), squeeze(c.Scanned), 1)
		if back != text && strings.Contains(part, back) {
			n.used[i] = true
			return back
		}
	}
	return text
}

// has fails the test unless the text stands in the part.
func (n *notice) has(part, what, text string) {
	n.Helper()
	if text == "" || !strings.Contains(part, n.scanned(part, text)) {
		n.Errorf("%s is not in the notice: %q", what, text)
	}
}

// quoted holds a quotation against its document and its clause.
func (n *notice) quoted(document, clause, quote string) {
	n.Helper()
	part, starts := n.forwarding, n.forwardingClauses
	if document == "original" {
		part, starts = n.original, n.originalClause
	}
	at := strings.Index(part, squeeze(quote))
	if quote == "" || at < 0 {
		n.Errorf("not in the document %s: %q", document, quote)
		return
	}
	in := ""
	for _, s := range starts {
		if s.offset <= at {
			in = s.number
		}
	}
	if in != clause {
		n.Errorf("stands in clause %s, not %s: %q", in, clause, quote)
	}
}
