package record

import (
	"slices"
	"strings"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/unit"
)

// OwedState is how something stands that is owed to a place.
type OwedState string

// The states.
const (
	OwedDone    OwedState = "done"
	OwedLate    OwedState = "late"    // done, after its time
	OwedOpen    OwedState = "open"    // there is time left
	OwedOverdue OwedState = "overdue" // not done, and its time is over
	OwedSpared  OwedState = "spared"  // began after its time, or ended before it
)

// Owed is one thing that somebody owes a place.
type Owed struct {
	Owe   *campaign.Owe
	State OwedState
	Day   date.Date // on which it was done; zero: not
	By    int64     // the record that shows it
}

// Liaison is somebody who answers for a place, from when to when, and what he owes it.
type Liaison struct {
	ID     int64
	Unit   unit.Code
	Level  campaign.Choice
	Post   string
	SentBy string // the unit that sent a team or secretary
	From   date.Date
	Until  date.Date // zero: no end
	Owed   []Owed
}

// Holds tells whether it holds on a day.
func (l *Liaison) Holds(day date.Date) bool {
	return !day.Before(l.From) && (l.Until.IsZero() || !day.After(l.Until))
}

// Owing tells whether anything is still owed.
func (l *Liaison) Owing() bool {
	return slices.ContainsFunc(l.Owed, func(o Owed) bool { return o.State == OwedOpen || o.State == OwedOverdue })
}

// Liaisons tells who answers for a unit and the towns and villages in it, place by place in the
// order of codes, with what each owes today.
func (s *Service) Liaisons(a access.Actor, of unit.Code) ([]Liaison, error) {
	if err := a.Can(access.ReadRecords, of); err != nil {
		return nil, err
	}
	if s.pack.Liaisons == nil {
		return nil, nil
	}
	today := s.Today()
	tree := s.tree(today)
	places := []unit.Code{of}
	if of.Level() < unit.LevelTown {
		places = nil
		for _, town := range tree.Towns(of) {
			places = append(places, town.Code)
		}
	}
	var list []Liaison
	s.liaisons.mu.RLock()
	defer s.liaisons.mu.RUnlock()
	for _, place := range places {
		list = s.liaisons.at(list, tree, place, today)
		if place.Level() == unit.LevelTown {
			for _, v := range tree.Villages(place) {
				if v.Code != place {
					list = s.liaisons.at(list, tree, v.Code, today)
				}
			}
		}
	}
	return list, nil
}

// at adds those who answer for one place.
func (l *Liaisons) at(list []Liaison, tree *unit.Tree, place unit.Code, today date.Date) []Liaison {
	held := l.holding[place]
	if len(held) == 0 {
		return list
	}
	deeds := l.deeds[place]
	if place.Level() == unit.LevelTown { // what is done in its villages is done for the town
		deeds = slices.Clone(deeds)
		for _, v := range tree.Villages(place) {
			if v.Code != place {
				deeds = append(deeds, l.deeds[v.Code]...)
			}
		}
		slices.SortStableFunc(deeds, func(a, b deed) int { return a.day.Compare(b.day) })
	}
	for _, v := range held {
		list = append(list, l.liaison(v, deeds, today))
	}
	return list
}

func (l *Liaisons) liaison(v *Version, deeds []deed, today date.Date) Liaison {
	one := Liaison{ID: v.ID, Unit: v.Unit, Post: v.Facts.Texts[l.rules.Post], SentBy: v.Facts.Texts[l.rules.SentBy], From: v.Day, Until: v.Until}
	one.Level = l.level(v.Facts.Answers[l.rules.Level])
	for i := range l.rules.Owes {
		if o := &l.rules.Owes[i]; o.Of(one.Level.Key) {
			one.Owed = append(one.Owed, one.owes(o, deeds, today))
		}
	}
	return one
}

// level is an answer of the pack's, or one it had.
func (l *Liaisons) level(key string) campaign.Choice {
	if c, ok := l.levels.Choice(key); ok {
		return c
	}
	return campaign.Choice{Key: key, Title: key}
}

// owes tells how one thing stands: the first record that shows it, of the time in which both it
// was asked for and the liaison held.
func (l *Liaison) owes(o *campaign.Owe, deeds []deed, today date.Date) Owed {
	for i := range deeds {
		d := &deeds[i]
		if d.kind != o.Record || d.day.Before(o.From) || d.day.After(today) || !l.Holds(d.day) || !l.did(o, d) {
			continue
		}
		state := OwedDone
		if !d.day.Before(o.Before) {
			state = OwedLate
		}
		return Owed{o, state, d.day, d.id}
	}
	state := OwedOpen
	switch last := o.Before.Add(-1); {
	case l.From.After(last), !l.Until.IsZero() && l.Until.Before(last):
		state = OwedSpared
	case today.After(last):
		state = OwedOverdue
	}
	return Owed{Owe: o, State: state}
}

// did tells whether a record shows it: its answers say so, or the body that answers for the
// place, or sent who does, took part.
func (l *Liaison) did(o *campaign.Owe, d *deed) bool {
	return o.Takes(l.Level.Key, d.answers) || slices.ContainsFunc(d.with, func(body string) bool {
		body = strings.TrimSpace(body)
		return body != "" && (body == l.SentBy || body == l.Post)
	})
}

// LiaisonKind is the kind of record that tells who answers for a place; false when the campaign
// has none.
func (s *Service) LiaisonKind() (string, bool) {
	if s.pack.Liaisons == nil {
		return "", false
	}
	return s.pack.Liaisons.Record, true
}
