package bulletin

import (
	"slices"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/unit"
)

// Prospect is how it stands with a bulletin that there is not, or that the actor may not read yet.
type Prospect struct {
	Edits   bool      // the actor sees drafts: there is none
	Planned bool      // the campaign has a plan of such bulletins
	Begin   bool      // the actor may begin it now
	From    date.Date // on which it can be begun: the day the first reports are due; zero: there are none in the period
	Week    date.Date // the last week due in the period so far, whose figures it would take; zero: none
	Over    bool      // no further week comes in the period
}

// Prospect tells when a period's bulletin can be begun. A quarter's is begun in its last month.
func (s *Service) Prospect(a access.Actor, of unit.Code, m Period) (p Prospect, err error) {
	if p.Edits, err = mayRead(a, of); err != nil {
		return Prospect{}, err
	}
	if l := of.Level(); l != unit.LevelCounty && l != unit.LevelCity {
		return Prospect{}, ErrUnit.With("unit", of.String())
	}
	p.Planned, p.Over = s.drawn(m), true
	for _, w := range s.ledger.Calendar().Until(m.Last()) {
		if !m.contains(w.Due) {
			continue
		}
		if p.From.IsZero() && (m.Quarter == 0 || MonthOf(w.Due).Last() == m.Last()) {
			p.From = w.Due
		}
		if w.Due.After(s.ledger.Today()) {
			p.Over = false
		} else {
			p.Week = w.Due
		}
	}
	p.Begin = p.Edits && p.Planned && slices.Contains(s.periods(), m)
	return p, nil
}
