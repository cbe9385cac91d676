package bulletin

import (
	"strings"

	"github.com/sangzi/sangzi/internal/campaign"
)

// Part is a stretch of a line; Differs where the other version has something else.
type Part struct {
	Text    string
	Differs bool
}

// Change is a line of a comparison. A line that was added has no Before, one that was taken out
// no After, one that is the same in both has the same in both.
type Change struct {
	Heading bool
	Before  []Part
	After   []Part
}

// Same tells whether the line is the same in both versions.
func (c *Change) Same() bool {
	return len(c.Before) == 1 && len(c.After) == 1 && !c.Before[0].Differs && !c.After[0].Differs
}

// FigureChange is a figure of the words that another snapshot has otherwise.
type FigureChange struct {
	Name, Before, After string
}

// Comparison is two versions held against each other.
type Comparison struct {
	Lines   []Change
	Figures []FigureChange // of those that both versions' words have
}

// Compare holds the words of two drafts against each other, references by their names, and the
// figures in them.
func (s *Service) Compare(before, after *Draft) Comparison {
	c := Comparison{Lines: pair(s.lines(before), s.lines(after))}
	was := map[string]string{}
	for _, f := range s.spoken(before) {
		was[f.Ref] = f.Text
	}
	for _, f := range s.spoken(after) {
		if old, ok := was[f.Ref]; ok && old != f.Text {
			c.Figures = append(c.Figures, FigureChange{s.names.Of(f.Ref), old, f.Text})
		}
		delete(was, f.Ref)
	}
	return c
}

// spoken are the figures in the words of a draft.
func (s *Service) spoken(d *Draft) []Figure {
	words := *d
	words.Tables, words.Charts = nil, nil
	return words.Figures(s.ledger.Form())
}

type line struct {
	text    string
	heading bool
}

// lines are a draft's words, one after another.
func (s *Service) lines(d *Draft) []line {
	out := []line{{d.Title, true}, {d.Greeting, false}}
	for _, section := range d.Sections {
		out = append(out, line{section.Heading, true})
		for _, p := range section.Paragraphs {
			out = append(out, line{s.names.Shown(p.Text), false})
		}
	}
	for _, t := range d.Tables {
		out = append(out, line{"表：" + t.Title, true}, line{s.columnLine(t.Columns), false})
	}
	for _, c := range d.Charts {
		out = append(out, line{"图：" + c.Title, true}, line{s.columnLine(c.Figures), false})
	}
	for _, issuer := range d.Issuers {
		out = append(out, line{issuer, false})
	}
	return append(out, line{d.CopyTo, false}, line{d.Printer, false})
}

// columnLine is the columns of a table, or the figures of a chart, in a line.
func (s *Service) columnLine(list []Titled) string {
	parts := make([]string, len(list))
	for i, c := range list {
		parts[i] = c.Title + "{" + s.names.Of(c.Of) + "}"
	}
	return strings.Join(parts, "、")
}

// pair lays two lists of lines beside each other along their longest common lines; what lies
// between those is paired from the top where both have something.
func pair(a, b []line) []Change {
	common := make([][]int, len(a)+1)
	for i := range common {
		common[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if common[i][j] = max(common[i+1][j], common[i][j+1]); a[i] == b[j] {
				common[i][j] = common[i+1][j+1] + 1
			}
		}
	}
	var out []Change
	var gone, come []line
	flush := func() {
		for k := range max(len(gone), len(come)) {
			switch {
			case k >= len(come):
				out = append(out, Change{gone[k].heading, whole(gone[k].text, true), nil})
			case k >= len(gone):
				out = append(out, Change{come[k].heading, nil, whole(come[k].text, true)})
			default:
				x, y := differ(gone[k].text, come[k].text)
				out = append(out, Change{come[k].heading, x, y})
			}
		}
		gone, come = nil, nil
	}
	for i, j := 0, 0; i < len(a) || j < len(b); {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			flush()
			out = append(out, Change{a[i].heading, whole(a[i].text, false), whole(a[i].text, false)})
			i, j = i+1, j+1
		case j == len(b) || i < len(a) && common[i+1][j] >= common[i][j+1]:
			gone = append(gone, a[i])
			i++
		default:
			come = append(come, b[j])
			j++
		}
	}
	flush()
	return out
}

func whole(text string, differs bool) []Part { return []Part{{text, differs}} }

// differ marks what lies between the common beginning and the common end of two texts; what
// stands in braces is marked whole.
func differ(x, y string) (before, after []Part) {
	a, b := atoms(x), atoms(y)
	head := 0
	for head < len(a) && head < len(b) && a[head] == b[head] {
		head++
	}
	tail := 0
	for tail < len(a)-head && tail < len(b)-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	return parts(a, head, tail), parts(b, head, tail)
}

// atoms are the characters of a text, and whole references.
func atoms(text string) []string {
	pieces, err := campaign.Pieces(text)
	if err != nil {
		pieces = []campaign.Piece{{Text: text}}
	}
	var out []string
	for _, p := range pieces {
		if p.Text == "" {
			out = append(out, "{"+p.Ref+"}")
			continue
		}
		for _, r := range p.Text {
			out = append(out, string(r))
		}
	}
	return out
}

func parts(atoms []string, head, tail int) []Part {
	var out []Part
	add := func(list []string, differs bool) {
		if text := strings.Join(list, ""); text != "" {
			out = append(out, Part{text, differs})
		}
	}
	add(atoms[:head], false)
	add(atoms[head:len(atoms)-tail], true)
	add(atoms[len(atoms)-tail:], false)
	if len(out) == 0 {
		out = []Part{{"", true}}
	}
	return out
}
