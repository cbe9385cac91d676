package bulletin

import (
	"slices"
	"strconv"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/statistics"
	"github.com/sangzi/sangzi/internal/unit"
)

// Figure is a figure of a bulletin with where it comes from.
type Figure struct {
	Ref  string          `json:"ref"`  // as it stands in the text: planted_trees+
	Unit unit.Code       `json:"unit"` // whose figure it is
	Cell statistics.Cell `json:"-"`
	Text string          `json:"text"` // as it is printed: 318,406 is 318406, money 20.18, shares 71.3%
}

// Key names the figure within the bulletin: the unit and the reference.
func (f Figure) Key() string { return f.Unit.String() + ":" + f.Ref }

// Value is the figure as a number to draw: money in 万元, shares in percent.
func (f Figure) Value() float64 {
	switch f.Cell.Kind {
	case statistics.Money:
		return float64(f.Cell.Part) / campaign.FenPerWan
	case statistics.Share:
		if f.Cell.Whole == 0 {
			return 0
		}
		return float64(f.Cell.Part) / float64(f.Cell.Whole) * 100
	}
	return float64(f.Cell.Part)
}

// standing finds a unit's figures in the snapshot.
func (s *Snapshot) standing(of unit.Code) (*Standing, bool) {
	if of == s.Unit {
		return &s.Total, true
	}
	for i := range s.Units {
		if s.Units[i].Code == of {
			return &s.Units[i], true
		}
	}
	return nil, false
}

// Figure works out a reference for a unit of the snapshot; ok is false when the snapshot has not
// what it names.
func (s *Snapshot) Figure(form *campaign.Form, of unit.Code, r campaign.Ref) (Figure, bool) {
	st, ok := s.standing(of)
	if !ok {
		return Figure{}, false
	}
	cell, ok := s.cell(form, st, r)
	if !ok {
		return Figure{}, false
	}
	return Figure{Ref: r.String(), Unit: of, Cell: cell, Text: cell.String()}, true
}

func (s *Snapshot) cell(form *campaign.Form, st *Standing, r campaign.Ref) (statistics.Cell, bool) {
	switch r.Kind {
	case campaign.RefRank:
		n, ok := s.places(form)[st.Code]
		return statistics.Cell{Part: n}, ok
	case campaign.RefCount:
		n, ok := s.counted(st, r.Column)
		return statistics.Cell{Part: n}, ok
	case campaign.RefPunctual:
		part, ok1 := s.counted(st, r.Column)
		whole, ok2 := s.counted(st, r.Per)
		return statistics.Cell{Kind: statistics.Share, Part: part, Whole: whole}, ok1 && ok2
	}
	at := s.column(r.Column)
	if at < 0 {
		return statistics.Cell{}, false
	}
	col, _ := form.Column(r.Column)
	c := statistics.Cell{Part: st.Sums[at]}
	if col.Type == campaign.Money {
		c.Kind = statistics.Money
	}
	switch r.Kind {
	case campaign.RefWeek:
		i := slices.Index(s.Weeks, r.Week)
		if i < 0 || i >= len(s.Course) || st.Code != s.Unit {
			return c, false
		}
		c.Part = s.Course[i][at]
	case campaign.RefIncrease:
		c.Part -= st.Before[at]
	case campaign.RefShare:
		return statistics.Cell{Kind: statistics.Share, Part: st.Sums[at], Whole: st.Asked}, true
	case campaign.RefRatio:
		per := s.column(r.Per)
		if per < 0 {
			return c, false
		}
		return statistics.Cell{Kind: statistics.Share, Part: st.Sums[at], Whole: st.Sums[per]}, true
	}
	return c, true
}

// counted is a figure of reporting.
func (s *Snapshot) counted(st *Standing, name string) (int64, bool) {
	switch name {
	case "villages":
		return st.Villages, true
	case "units":
		if st.Code != s.Unit {
			return 0, false
		}
		return int64(len(s.Units)), true
	case "carried":
		return st.Carried, true
	case "expected":
		return st.Expected, true
	case "on_time":
		return st.OnTime, true
	case "late":
		return st.Late, true
	case "missing":
		return st.Expected - st.OnTime - st.Late, true
	}
	t := st.Tasks
	if st.Code == s.Unit {
		t = s.Tasks
	}
	if t != nil {
		switch name {
		case "tasks":
			return t.Total, true
		case "tasks_done":
			return t.Done, true
		case "tasks_overdue":
			return t.Overdue, true
		case "tasks_open":
			return t.Total - t.Done - t.Overdue, true
		}
	}
	return 0, false
}

// meets tells whether a figure meets a condition.
func meets(c statistics.Cell, l Condition) bool {
	value, against := c.Part, l.AtLeast
	if c.Kind == statistics.Share {
		if c.Whole == 0 {
			return false
		}
		// part/whole ≥ n % without dividing
		value, against = c.Part*100, l.AtLeast*c.Whole
	}
	if l.Below {
		return value < against
	}
	return value >= against
}

func itoa(n int) string { return strconv.Itoa(n) }
