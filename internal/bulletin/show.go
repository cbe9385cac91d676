package bulletin

import (
	"context"
	"slices"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/unit"
)

// Bulletin is a period's bulletin as an actor may see it.
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

// Show is a period's bulletin: the version with a number, or the latest for 0. Who may not edit
// sees issued versions only; ErrNone and ErrNoVersion for the rest.
func (s *Service) Show(ctx context.Context, a access.Actor, of unit.Code, m Period, number int32) (Bulletin, error) {
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
		return Bulletin{}, ErrNone.With("period", m.Chinese())
	}
	if number == 0 {
		number = b.Latest().Number
	}
	if !slices.ContainsFunc(b.History, func(v Version) bool { return v.Number == number }) {
		return Bulletin{}, ErrNoVersion.With("version", number)
	}
	if b.Version, err = s.store.Version(ctx, of, m, number); err != nil || b.Version.Status != Issued {
		return b, err
	}
	b.Version.Files, err = s.store.Files(ctx, of, m, number)
	return b, err
}

// PeriodState is how a period's bulletin stands, as an actor may see it.
type PeriodState struct {
	Period Period
	Latest *Version // nil: not begun. Without its draft.
	Issued *Version // the latest issued; nil: none
	Begin  bool     // the actor may draft it now
}

// List is the periods of a unit, newest first: for who edits, every month that has a due week and
// every quarter in whose last month one is, for readers those with an issued bulletin.
func (s *Service) List(ctx context.Context, a access.Actor, of unit.Code) ([]PeriodState, error) {
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
	by := map[Period][]Version{}
	for _, v := range heads {
		by[v.Period] = append(by[v.Period], v)
	}
	if drafts {
		for _, p := range s.periods() {
			if by[p] == nil {
				by[p] = []Version{}
			}
		}
	}
	list := []PeriodState{}
	for m, versions := range by {
		st := PeriodState{Period: m, Begin: drafts && len(versions) == 0 && s.drawn(m)}
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
	slices.SortFunc(list, func(x, y PeriodState) int { return y.Period.sorts() - x.Period.sorts() })
	return list, nil
}

// periods are those of which a bulletin may be drawn up by now.
func (s *Service) periods() []Period {
	var list []Period
	for _, w := range s.ledger.Calendar().Until(s.ledger.Today()) {
		if w.Due.After(s.ledger.Today()) {
			continue
		}
		month, quarter := MonthOf(w.Due), QuarterOf(w.Due)
		list = append(list, month)
		if month.Last() == quarter.Last() {
			list = append(list, quarter)
		}
	}
	return list
}

// drawn tells whether the campaign has a plan for such a period.
func (s *Service) drawn(p Period) bool {
	_, err := s.plan(p)
	return err == nil
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
