package register

import (
	"context"
	"slices"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/audit"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/unit"
)

// Life is everything a code has been.
type Life struct {
	// Unit is the unit as it is today, or as it last was or first will be.
	Unit unit.Unit
	// Today tells whether it is valid today.
	Today bool
	// Tree is the units of a day on which the unit was valid.
	Tree *unit.Tree
	// Names is one entry for each name within each span, the earliest first.
	Names []unit.Unit
	// From is what ended into it, the earliest first.
	From []unit.Unit
	// Heir stands for the unit today when it is no longer valid; zero when the line ended.
	Heir unit.Unit
	// Weeks is the due days of the weeks it has reported in, oldest first.
	Weeks []date.Date
	// Events is who changed it, newest first; empty for who may not read the audit.
	Events []audit.Event
}

// History tells what a code has been, what became of it and who changed it.
func (s *Service) History(ctx context.Context, a access.Actor, code unit.Code) (Life, error) {
	if err := a.Can(access.ReadLedger, code); err != nil {
		return Life{}, err
	}
	r := s.Store.Registry()
	l := Life{Names: r.History(code)}
	if len(l.Names) == 0 {
		return Life{}, unit.ErrUnknown.With("code", code.String())
	}
	today := s.Today()
	l.Unit = l.Names[0]
	for _, u := range l.Names {
		if !u.From.After(today) {
			l.Unit = u
		}
	}
	l.Today = l.Unit.ValidOn(today)
	shown := today
	if !l.Today {
		shown = l.Unit.From
		if heir, ok := r.Heir(code, today); ok && a.May(access.ReadLedger, heir) {
			l.Heir, _ = r.At(today).Unit(heir)
		}
	}
	l.Tree = r.At(shown)
	for u := range r.All {
		if u.Successor == code && u.Code != code && a.May(access.ReadLedger, u.Code) {
			names := r.History(u.Code)
			i := slices.IndexFunc(names, func(n unit.Unit) bool { return n.To == u.To })
			l.From = append(l.From, names[i])
		}
	}
	slices.SortStableFunc(l.From, func(x, y unit.Unit) int { return x.To.Compare(y.To) })
	var err error
	if l.Weeks, err = s.Reports.Weeks(ctx, code); err != nil {
		return Life{}, err
	}
	if a.May(access.ReadAudit, code) {
		l.Events, err = s.Store.Events(ctx, code)
	}
	return l, err
}
