package bulletin

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/statistics"
	"github.com/sangzi/sangzi/internal/unit"
)

// Tie says what places units have whose figures are printed alike.
type Tie string

// The rules of ties.
const (
	TieSkip Tie = "skip" // 并列, and the places behind are skipped: 1、1、3
	TieNext Tie = "next" // 并列, and the next place follows: 1、1、2
	TieCode Tie = "code" // each its own place, in the order of codes: 1、2、3
)

// Ties lists the rules of ties.
func Ties() []Tie { return []Tie{TieSkip, TieNext, TieCode} }

// Rule is one version of an office's rule of ranking (排名规则). Versions are only added; a neutral
// one ends ranking. It orders units by what was done on the ground, never persons and never by how
// they use the program.
type Rule struct {
	Unit    unit.Code `json:"unit"`
	Version int32     `json:"version"`
	From    Period    `json:"-"` // the month from which it is in force
	Since   string    `json:"since"`
	Neutral bool      `json:"neutral,omitempty"`
	Name    string    `json:"name"`
	Of      []string  `json:"of"`    // references: by the first, those alike in it by the second
	Least   bool      `json:"least"` // the smallest figure has the first place
	Tie     Tie       `json:"tie"`
	Minimum int64     `json:"minimum"` // units with fewer villages have no place
	Reason  string    `json:"reason"`
	Account int64     `json:"-"`
	Actor   string    `json:"actor"`
	At      time.Time `json:"at"`
}

// MaxRankBy is the most figures a rule may order by.
const MaxRankBy = 3

// Ranked tells whether a table stands in the order of the rule: it has the column that the rule
// orders by first, so that readers see what the places follow from.
func (d *Draft) Ranked(t Table) bool {
	r := d.Snapshot.Rule
	return r != nil && !r.Neutral && len(r.Of) > 0 && slices.ContainsFunc(t.Columns, func(c Titled) bool { return c.Of == r.Of[0] })
}

// order is the units by their codes, or by their places with those that have none behind.
func (s *Snapshot) order(form *campaign.Form, ranked bool) []*Standing {
	list := make([]*Standing, len(s.Units))
	for i := range s.Units {
		list[i] = &s.Units[i]
	}
	if !ranked {
		return list
	}
	places := s.places(form)
	slices.SortStableFunc(list, func(x, y *Standing) int {
		px, okx := places[x.Code]
		py, oky := places[y.Code]
		if okx != oky {
			if okx {
				return -1
			}
			return 1
		}
		return cmp.Compare(px, py)
	})
	return list
}

// places works out the places by the snapshot's rule. Figures count as they are printed: what
// readers cannot tell apart has one place.
func (s *Snapshot) places(form *campaign.Form) map[unit.Code]int64 {
	out := map[unit.Code]int64{}
	if s.Rule == nil || s.Rule.Neutral {
		return out
	}
	type placed struct {
		code    unit.Code
		figures []int64
	}
	var list []placed
	for i := range s.Units {
		st := &s.Units[i]
		if st.Villages < max(1, s.Rule.Minimum) {
			continue
		}
		p := placed{code: st.Code}
		for _, text := range s.Rule.Of {
			r, err := campaign.ParseRef(form, text)
			if err != nil {
				break
			}
			if cell, ok := s.cell(form, st, r); ok && (cell.Kind != statistics.Share || cell.Whole != 0) {
				p.figures = append(p.figures, printed(cell))
			}
		}
		if len(p.figures) == len(s.Rule.Of) {
			list = append(list, p)
		}
	}
	compare := func(x, y placed) int {
		if s.Rule.Least {
			return slices.Compare(x.figures, y.figures)
		}
		return slices.Compare(y.figures, x.figures)
	}
	slices.SortStableFunc(list, compare)
	place := int64(0)
	for i, p := range list {
		switch alike := i > 0 && compare(list[i-1], p) == 0; {
		case s.Rule.Tie == TieNext && !alike:
			place++
		case s.Rule.Tie == TieCode || s.Rule.Tie == TieSkip && !alike:
			place = int64(i + 1)
		}
		out[p.code] = place
	}
	return out
}

// printed is a figure as it is printed, as a whole number of its last digit.
func printed(c statistics.Cell) int64 {
	if c.Kind == statistics.Number {
		return c.Part
	}
	text := strings.NewReplacer(".", "", "%", "").Replace(c.String())
	n := int64(0)
	for _, r := range strings.TrimPrefix(text, "-") {
		n = n*10 + int64(r-'0')
	}
	if strings.HasPrefix(text, "-") {
		return -n
	}
	return n
}

// RankNote is what is printed under a table, with its figures called as its columns are; nothing
// under one that is not ranked.
func (d *Draft) RankNote(t Table, names *Names) string {
	if !d.Ranked(t) {
		return ""
	}
	return d.Snapshot.Rule.Note(names, t.Columns...)
}

// Note is what is printed under a ranked table: the rule with its version, and how ties and those
// without a place are dealt with.
func (r *Rule) Note(names *Names, columns ...Titled) string {
	by := make([]string, len(r.Of))
	for i, of := range r.Of {
		by[i] = names.Of(of)
		for _, c := range columns {
			if c.Of == of && c.Title != by[i] {
				by[i] = c.Title + "（" + by[i] + "）"
				break
			}
		}
	}
	order := "从高到低"
	if r.Least {
		order = "从低到高"
	}
	text := "按《" + r.Name + "》第" + itoa(int(r.Version)) + "版（" + r.since() + "起施行）排列：按" + by[0] + order + "排名"
	for _, more := range by[1:] {
		text += "，相同的再按" + more + "排"
	}
	switch r.Tie {
	case TieSkip:
		text += "；印出的数相同的名次并列，占用后面的名次"
	case TieNext:
		text += "；印出的数相同的名次并列，后面的名次顺接"
	case TieCode:
		text += "；印出的数相同的按单位代码先后排"
	}
	if r.Minimum > 1 {
		text += "；不足" + itoa(int(r.Minimum)) + "个村（社区）的不排名，列在后面"
	}
	return text + "。"
}

func (r *Rule) since() string {
	p, err := ParsePeriod(r.Since)
	if err != nil {
		return r.Since
	}
	return p.Chinese()
}
