package bulletin

import (
	"slices"
	"strings"

	"github.com/sangzi/sangzi/internal/campaign"
)

// idle tells that nobody in a unit has anything to report, nor has had.
func (st *Standing) idle() bool {
	some := func(n int64) bool { return n != 0 }
	return st.Villages == 0 && st.Asked == 0 && st.Expected == 0 && !slices.ContainsFunc(st.Sums, some) && !slices.ContainsFunc(st.Before, some)
}

// busy are the units that tables and charts show.
func (s *Snapshot) busy() []*Standing {
	var list []*Standing
	for i := range s.Units {
		if st := &s.Units[i]; !st.idle() {
			list = append(list, st)
		}
	}
	return list
}

// TableNote is what is printed under a table: the rule it is ranked by, and which units are not in
// it because nobody there has anything to report.
func (d *Draft) TableNote(t Table, names *Names) string {
	var idle []string
	for i := range d.Snapshot.Units {
		if st := &d.Snapshot.Units[i]; st.idle() {
			idle = append(idle, st.Name)
		}
	}
	note := d.RankNote(t, names)
	if len(idle) > 0 {
		note += strings.Join(idle, "、") + "没有应报的村（社区），不列。"
	}
	return note
}

// spoken is a text of the plan without the parts in square brackets whose figures are all nought:
// “[，本月新增{plan_made+}个]” says nothing then.
func (s *Snapshot) spoken(form *campaign.Form, text string) string {
	var out strings.Builder
	for {
		before, rest, ok := strings.Cut(text, "[")
		part, after, closed := strings.Cut(rest, "]")
		out.WriteString(before)
		if !ok || !closed {
			out.WriteString(rest)
			return out.String()
		}
		if !s.nought(form, part) {
			out.WriteString(part)
		}
		text = after
	}
}

// nought tells that every figure of a text is nought, and that it names nobody; a figure that is not
// known is not nought.
func (s *Snapshot) nought(form *campaign.Form, text string) bool {
	pieces, err := campaign.Pieces(text)
	for _, p := range pieces {
		if p.Ref == "" || p.Ref == "unrecorded" && len(s.unrecorded()) == 0 {
			continue
		}
		r, wrong := campaign.ParseRef(form, p.Ref)
		if f, ok := s.Figure(form, s.Unit, r); wrong != nil || !ok || f.Cell.Part != 0 {
			return false
		}
	}
	return err == nil
}
