package bulletin

import (
	"context"
	"slices"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/unit"
)

// Bulletin is a month's bulletin as an actor may see it.
type Bulletin struct {
	Version Version   // the one asked for
	History []Version // all that the actor may read, oldest first, without their drafts
	Edits   bool      // the actor sees drafts too
}

// Latest is the last version that the actor may read.
func (b *Bulletin) Latest() Version { return b.History[len(b.History)-1] }

// mayRead is who sees what: drafts too, or what was issued only.
func mayRead(a access.Actor, of unit.Code) (drafts bool, err error) {
	if a.May(access.EditBulletin, of) {
		return true, nil
	}
	return false, a.CanReceive(of)
}

// Show is a month's bulletin: the version with a number, or the latest for 0. Who may not edit
// sees issued versions only; ErrNone and ErrNoVersion for the rest.
func (s *Service) Show(ctx context.Context, a access.Actor, of unit.Code, m Month, number int32) (Bulletin, error) {
	b := Bulletin{}
	var err error
	if b.Edits, err = mayRead(a, of); err != nil {
		return Bulletin{}, err
	}
	if b.History, err = s.store.Heads(ctx, of, m); err != nil {
		return Bulletin{}, err
	}
	if !b.Edits {
		b.History = slices.DeleteFunc(b.History, func(v Version) bool { return v.Status != Issued })
	}
	if len(b.History) == 0 {
		return Bulletin{}, ErrNone.With("month", m.Chinese())
	}
	if number == 0 {
		number = b.Latest().Number
	}
	if !slices.ContainsFunc(b.History, func(v Version) bool { return v.Number == number }) {
		return Bulletin{}, ErrNoVersion.With("version", number)
	}
	b.Version, err = s.store.Version(ctx, of, m, number)
	return b, err
}

// MonthState is how a month's bulletin stands, as an actor may see it.
type MonthState struct {
	Month  Month
	Latest *Version // nil: not begun. Without its draft.
	Issued *Version // the latest issued; nil: none
	Begin  bool     // the actor may draft it now
}

// List is the months of a unit, newest first: for who edits, every month that has a due week, for
// readers those with an issued bulletin.
func (s *Service) List(ctx context.Context, a access.Actor, of unit.Code) ([]MonthState, error) {
	drafts, err := mayRead(a, of)
	if err != nil {
		return nil, err
	}
	if l := of.Level(); l != unit.LevelCounty && l != unit.LevelCity {
		return nil, ErrUnit.With("unit", of.String())
	}
	heads, err := s.store.Heads(ctx, of)
	if err != nil {
		return nil, err
	}
	byMonth := map[Month][]Version{}
	for _, v := range heads {
		byMonth[v.Month] = append(byMonth[v.Month], v)
	}
	if drafts {
		for _, w := range s.ledger.Calendar().Until(s.ledger.Today()) {
			if m := (Month{w.Due.Year(), w.Due.Month()}); !w.Due.After(s.ledger.Today()) && byMonth[m] == nil {
				byMonth[m] = []Version{}
			}
		}
	}
	list := []MonthState{}
	for m, versions := range byMonth {
		st := MonthState{Month: m, Begin: drafts && len(versions) == 0 && s.ledger.Pack().Bulletin != nil}
		if v, ok := latest(versions, Issued); ok {
			st.Issued = &v
		}
		if v, ok := latest(versions); ok && drafts {
			st.Latest = &v
		} else if st.Latest = st.Issued; !drafts && st.Issued == nil {
			continue
		}
		list = append(list, st)
	}
	slices.SortFunc(list, func(x, y MonthState) int { return y.Month.Int() - x.Month.Int() })
	return list, nil
}

// Nearest is the unit whose issued bulletins an actor reads first: his own, else that of the
// county or the city above him; ok is false when none has issued any.
func (s *Service) Nearest(ctx context.Context, a access.Actor) (of unit.Code, ok bool, err error) {
	for _, level := range []unit.Level{unit.LevelCounty, unit.LevelCity} {
		if level > a.Unit.Level() {
			continue
		}
		if ok, err = s.store.Issued(ctx, a.Unit.At(level)); err != nil || ok {
			return a.Unit.At(level), ok, err
		}
	}
	return 0, false, nil
}
