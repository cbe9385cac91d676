package ledger

import (
	"context"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/unit"
)

// Lock seals a county's week: the towns' submissions as they stand, those missing named. It is
// the county's report to the city, and from then on nothing in the week can be changed until it
// is reopened.
func (s *Service) Lock(ctx context.Context, a access.Actor, in SubmitInput) (Submission, error) {
	if err := a.Can(access.LockWeek, in.Unit); err != nil {
		return Submission{}, err
	}
	_, err := s.countyWeek(ctx, in.Unit, in.Week)
	if err != nil {
		return Submission{}, err
	}
	if in.Head, err = checkHead(in.Head); err != nil {
		return Submission{}, err
	}
	var sub Submission
	err = s.store.Commit(ctx, Change{Unit: in.Unit, Week: in.Week, Alone: true, Prepare: func() ([]Event, error) {
		sheet, err := s.countyWeek(ctx, in.Unit, in.Week)
		if err != nil {
			return nil, err
		}
		now := s.Now()
		office := sheet.Office(in.Unit, now)
		switch {
		case in.Base != AnyBase && in.Base != office.Chain.Version:
			return nil, ErrMoved.With("base", in.Base).With("version", office.Chain.Version)
		case office.Chain.Status == Sealed:
			return nil, ErrLocked.With("week", sheet.Week.No)
		}
		sub = s.submission(a, in.Unit, in.Week, office.Chain.Version+1, Sealed)
		sub.Head, sub.Source = in.Head, in.Source
		hashes := map[unit.Code]string{}
		for _, town := range sheet.Tree.Descendants(in.Unit, unit.LevelTown) {
			t := sheet.Office(town.Code, now)
			if t.Sealed == nil && t.Expects == 0 {
				continue
			}
			m := Member{Unit: town.Code, State: t.State}
			if t.Sealed != nil {
				m.Version, hashes[town.Code] = t.Sealed.Version, t.Sealed.Hash
			}
			sub.Members = append(sub.Members, m)
		}
		if len(hashes) == 0 {
			return nil, ErrNothing
		}
		previous := ""
		if office.Last != nil {
			previous = office.Last.Hash
		}
		sub.Hash = Seal(&sub, previous, func(m Member) string { return hashes[m.Unit] })
		return []Event{{Submission: &sub}}, nil
	}})
	if err != nil {
		return Submission{}, err // sub may still be written to
	}
	return sub, nil
}

// Reopen opens a county's locked week again, with a reason.
func (s *Service) Reopen(ctx context.Context, a access.Actor, county unit.Code, due date.Date, reason string) (Submission, error) {
	if err := a.Can(access.ReopenWeek, county); err != nil {
		return Submission{}, err
	}
	_, err := s.countyWeek(ctx, county, due)
	if err != nil {
		return Submission{}, err
	}
	if reason, err = reasoned(reason); err != nil {
		return Submission{}, err
	}
	var sub Submission
	err = s.store.Commit(ctx, Change{Unit: county, Week: due, Alone: true, Prepare: func() ([]Event, error) {
		sheet, err := s.countyWeek(ctx, county, due)
		if err != nil {
			return nil, err
		}
		office := sheet.Office(county, s.Now())
		if office.Chain.Status != Sealed {
			return nil, ErrNotLocked
		}
		sub = s.submission(a, county, due, office.Chain.Version+1, Reopened)
		sub.Reason, sub.Head, sub.Hash = reason, office.Last.Head, office.Last.Hash
		return []Event{{Submission: &sub}}, nil
	}})
	if err != nil {
		return Submission{}, err // sub may still be written to
	}
	return sub, nil
}

// countyWeek is the week when the unit is a county (a city without counties is its own).
func (s *Service) countyWeek(ctx context.Context, county unit.Code, due date.Date) (*Sheet, error) {
	sheet, err := s.book.Sheet(ctx, due)
	if err != nil {
		return nil, err
	}
	_, ok := sheet.Tree.Unit(county)
	towns := sheet.Tree.Descendants(county, unit.LevelTown)
	if !ok || len(towns) == 0 || towns[0].Code.At(unit.LevelCounty) != county {
		return nil, ErrNoTown.With("unit", county.String())
	}
	if s.Today().Before(sheet.Week.Opens) {
		return nil, ErrNotOpen.With("day", sheet.Week.Opens.ShortChinese())
	}
	return sheet, nil
}

// GrantInput gives a unit and all below it more time, or lets it off, for one week.
type GrantInput struct {
	Unit   unit.Code
	Week   date.Date
	Kind   GrantKind
	Until  time.Time // for an extension
	Reason string
}

// Grant stores an extension or a waiver with who gave it and why. In a locked week a county gives
// nothing more; what is granted to a whole city stands beside its counties' locks.
func (s *Service) Grant(ctx context.Context, a access.Actor, in GrantInput) (Grant, error) {
	if err := a.Can(access.GrantTime, in.Unit); err != nil {
		return Grant{}, err
	}
	sheet, err := s.Sheet(ctx, a, in.Unit, in.Week)
	if err != nil {
		return Grant{}, err
	}
	reason, err := reasoned(in.Reason)
	if err != nil {
		return Grant{}, err
	}
	switch in.Kind {
	case Extension:
		if in.Until = s.local(in.Until.Truncate(time.Millisecond)); !in.Until.After(sheet.Week.Deadline) {
			return Grant{}, ErrUntil.With("deadline", sheet.Week.Deadline.Format("1月2日 15:04"))
		}
	case Waiver:
		in.Until = time.Time{}
	default:
		return Grant{}, ErrUntil.With("deadline", string(in.Kind))
	}
	var g Grant
	err = s.store.Commit(ctx, Change{Unit: in.Unit, Week: in.Week, Alone: true, Prepare: func() ([]Event, error) {
		sheet, err := s.book.Sheet(ctx, in.Week)
		if err != nil {
			return nil, err
		}
		if sheet.Locked(in.Unit) {
			return nil, ErrLocked.With("week", sheet.Week.No)
		}
		account, actor, at := s.stamp(a)
		g = Grant{Unit: in.Unit, Week: in.Week, Kind: in.Kind, Until: in.Until, Reason: reason, Account: account, Actor: actor, At: at}
		return []Event{{Grant: &g}}, nil
	}})
	if err != nil {
		return Grant{}, err // g may still be written to
	}
	return g, nil
}
