package dispatch

import (
	"context"
	"errors"
	"slices"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/unit"
)

// OpenInput is an item to be opened: from a point of a week's page, from a request, or freely.
type OpenInput struct {
	Rule    string // of the point; empty: free
	Party   record.Party
	Week    date.Date // whose page has the point; zero: the current
	Request int64     // that is followed; 0: none
	To      record.Party
	Day     date.Date
	Text    string
}

// Open makes an item. A second attempt at a point that is followed is refused with ErrOpen and
// the ID of the first.
func (s *Service) Open(ctx context.Context, a access.Actor, in OpenInput) (Item, error) {
	if in.Request > 0 {
		asked, err := s.findRequest(ctx, a, in.Request)
		if err != nil {
			return Item{}, err
		}
		in.Party, in.Rule = asked.Party, ""
	}
	if err := s.steers(ctx, a, &in); err != nil {
		return Item{}, err
	}
	w, err := s.week(in.Week)
	if err != nil {
		return Item{}, err
	}
	e := Event{Kind: Opens, Refers: in.Request, Rule: in.Rule, Party: in.Party, To: in.To, Day: in.Day, Week: w.Due, Text: in.Text}
	if in.Rule != "" {
		stands, err := s.stands(ctx, a, in.Party, w)
		if err != nil {
			return Item{}, err
		}
		if e.Figure, _ = stands.Figure(in.Rule, in.Party); e.Figure.IsZero() {
			return Item{}, ErrNoPoint.With("unit", Name(stands.Tree, in.Party))
		}
	}
	kept, err := s.change(ctx, a, countyOf(in.Party), func(l *Log) (Event, error) {
		if item, ok := l.Open(in.Rule, in.Party); ok && in.Rule != "" {
			return Event{}, ErrOpen.With("id", item.ID)
		}
		if in.Request > 0 {
			r, ok := l.Request(in.Request)
			if !ok {
				return Event{}, ErrNoRequest
			}
			if !r.Stands() {
				return Event{}, ErrSettled
			}
		}
		return e, nil
	})
	if err != nil {
		return Item{}, err
	}
	_ = s.tell(ctx, kept) // what cannot be told now is later
	return Item{Event: kept, Due: kept.Day}, nil
}

// OpenItem is the ID of the open item that a refused opening led to.
func OpenItem(err error) (id int64, ok bool) {
	p, known := problem.Of(err)
	if !known || p.Code != ErrOpen.Code {
		return 0, false
	}
	id, ok = p.Params["id"].(int64)
	return id, ok
}

// steers checks whom an item is about, who is responsible, and the day. A town steers its own
// villages: all of it lies inside the town.
func (s *Service) steers(ctx context.Context, a access.Actor, in *OpenInput) error {
	rules, err := s.Rules()
	if err != nil {
		return err
	}
	if _, ok := rules.Rule(in.Rule); in.Rule != "" && !ok {
		return ErrRule
	}
	if err := a.Can(access.SteerDispatch, in.Party.Unit); err != nil {
		return err
	}
	if in.Day.Before(s.Today()) {
		return ErrDay
	}
	if err := s.known(ctx, &in.Party); err != nil {
		return err
	}
	if a.Unit.Level() >= unit.LevelTown && in.Party.Unit == a.Unit {
		return access.ErrForbidden.With("action", string(access.SteerDispatch)).With("role", string(a.Role))
	}
	if !a.Unit.Contains(in.To.Unit) || countyOf(in.To) != countyOf(in.Party) || s.known(ctx, &in.To) != nil {
		return ErrTo
	}
	return nil
}

// known checks that a party is there today, and names its department as the pack does.
func (s *Service) known(ctx context.Context, p *record.Party) error {
	if p.Unit.Level() < unit.LevelCounty {
		return ErrTo
	}
	if _, ok := s.Tree(s.Today()).Unit(p.Unit); !ok {
		return ErrTo
	}
	if p.Department == "" {
		return nil
	}
	names, err := s.DepartmentsOf(ctx, countyOf(*p))
	if err != nil {
		return err
	}
	if d, ok := s.Pack.Department(p.Department); ok {
		p.Department = d.Name
	}
	if p.Unit.Level() != unit.LevelCounty || !slices.Contains(names, p.Department) {
		return ErrTo
	}
	return nil
}

// DepartmentsOf lists the departments of a county: the pack's, then those registered beside them.
func (s *Service) DepartmentsOf(ctx context.Context, county unit.Code) ([]string, error) {
	var names []string
	for _, d := range s.Pack.Departments {
		names = append(names, d.Name)
	}
	if s.Departments == nil {
		return names, nil
	}
	more, err := s.Departments(ctx, county)
	for _, name := range more {
		if d, ok := s.Pack.Department(name); ok {
			name = d.Name
		}
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names, err
}

// Item reads an item with all that was said about it, if it is about a unit of the actor's, or
// one of them is responsible for it.
func (s *Service) Item(ctx context.Context, a access.Actor, id int64) (Item, error) {
	e, err := s.Store.Find(ctx, id)
	if errors.Is(err, ErrNone) || err == nil && e.Kind != Opens {
		return Item{}, ErrNone
	}
	if err != nil {
		return Item{}, err
	}
	if a.Can(access.ReadDispatch, e.Party.Unit) != nil && a.Can(access.ReadDispatch, e.To.Unit) != nil {
		return Item{}, ErrNone
	}
	l, err := s.log(ctx, e.County)
	if err != nil {
		return Item{}, err
	}
	item, ok := l.Item(id)
	if !ok {
		return Item{}, ErrNone
	}
	return *item, nil
}
