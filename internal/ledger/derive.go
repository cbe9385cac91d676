package ledger

import (
	"context"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/unit"
)

// Differs is the code of a cell that was typed and is not what the records say: it needs a word
// why, which travels upward.
const Differs = "ledger.differs"

// Deriver gives what was recorded on the ground says of rows. What it says of a week no longer
// changes after the week's deadline.
type Deriver interface {
	// Derived is what the records say of a village's row in a week, Empty where nothing; nil when
	// they say nothing at all.
	Derived(village unit.Code, due date.Date) Values
	// Fresh is what the additive columns have gained after the week due on one day and up to that
	// due on another, from what happened in those weeks; nil when nothing.
	Fresh(village unit.Code, after, due date.Date) Values
}

// UseRecords names who says what the records say. It is named once, before anything is reported.
func (s *Service) UseRecords(d Deriver) { s.records = d }

// ground is what a village's row of a week stands on before anything is typed.
type ground struct {
	last     Values    // the last report before this week; nil when there is none
	lastWeek date.Date // its week
	says     Values    // what the records say now; nil when nothing
	anew     Values    // last, with what the records say since
	from     Values    // the same over this week's version, when there is one
}

// unchanged is the row of who says that nothing else has changed.
func (g *ground) unchanged() Values { return g.anew }

// ground finds what a row stands on; row is its state in the week.
func (s *Service) ground(ctx context.Context, sheet *Sheet, village unit.Code, row *RowState) (g ground, err error) {
	due := sheet.Week.Due
	var then, fresh Values
	if g.last, then, g.lastWeek, err = s.lastDerived(ctx, village, due); err != nil {
		return g, err
	}
	if s.records != nil {
		g.says = s.records.Derived(village, due)
		if g.last != nil && (g.says != nil || then != nil) {
			fresh = s.records.Fresh(village, g.lastWeek, due)
		}
	}
	g.anew = follow(s.form, g.last, then, g.says, fresh)
	if g.from = g.anew; row.Values != nil {
		// Within the week all that the records say more is new.
		g.from = follow(s.form, row.Values, row.Derived, g.says, gained(row.Derived, g.says))
	}
	return g, nil
}

// follow carries a row on by what the records say since it was written: says now, then at the
// time. Where the row was what they said, it becomes what they say. Where somebody had typed
// another figure, what has happened since is added to it, until the records have reached it; an
// answer typed against the records holds until they say something else.
func follow(form *campaign.Form, row, then, says, fresh Values) Values {
	if row == nil {
		return first(form, says)
	}
	out := append(Values(nil), row...)
	for i := range form.Columns {
		rule := form.Columns[i].Derive
		was, is := then.at(i), says.at(i)
		switch {
		case rule == nil, was == is && (row[i] != Empty || is == Empty):
		case is == Empty && form.Columns[i].Type == campaign.YesNo:
			out[i] = No // the record was withdrawn, or what it tells of has ended
		case is == Empty && !rule.Additive():
		case !rule.Additive(), row[i] == Empty, row[i] == zeroed(was):
			out[i] = zeroed(is)
		case row[i] < zeroed(was):
			out[i] = max(0, row[i]+zeroed(is)-zeroed(was))
		default:
			out[i] = max(row[i]+zeroed(fresh.at(i)), zeroed(is))
		}
	}
	return out
}

// first is a row that was never reported: what the records say, and where they could say
// something and do not, that there is none.
func first(form *campaign.Form, says Values) Values {
	out := NewValues(len(form.Columns))
	for i := range form.Columns {
		col := &form.Columns[i]
		switch v := says.at(i); {
		case v != Empty:
			out[i] = v
		case says != nil && col.Derive != nil && (col.Derive.Kind != campaign.TallyLatest || col.Derive.Zero):
			out[i] = 0
		}
	}
	return out
}

// gained is how much more the records say of each column than they said.
func gained(then, says Values) Values {
	if says == nil {
		return nil
	}
	out := make(Values, len(says))
	for i := range says {
		out[i] = zeroed(says[i]) - zeroed(then.at(i))
	}
	return out
}

func zeroed(v Value) Value {
	if v == Empty {
		return 0
	}
	return v
}

// differs lists the cells that were typed over what the records say.
func (s *Service) differs(row Values, g ground) []Finding {
	var found []Finding
	for i := range g.says {
		said := g.says[i]
		if said == Empty || row[i] == said || row[i] == g.from.at(i) || row[i] == Empty {
			continue
		}
		col := &s.form.Columns[i]
		found = append(found, Finding{Column: i, Severity: Warning, Code: Differs, Value: Format(col, row[i]),
			Params: problem.Params{"column": col.Title, "value": Exact(col, row[i]), "said": Exact(col, said)}})
	}
	return found
}

// Explained lists what the latest version of a row had to explain: its warnings, and the cells
// that were typed over what the records said then.
func (s *Service) Explained(v *RowView) []Finding {
	if v.Latest == nil {
		return nil
	}
	found := s.Open(v.Latest.Values, v.Last)
	for _, f := range s.differs(v.Latest.Values, ground{says: v.Latest.Derived}) {
		if v.Latest.Notes[s.form.Columns[f.Column].Key] != "" {
			found = append(found, f)
		}
	}
	return found
}
