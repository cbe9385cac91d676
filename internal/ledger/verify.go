package ledger

import (
	"context"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/unit"
)

// Flaw is a version of a submission that is not what was sealed.
type Flaw struct {
	Unit    unit.Code
	Version int32
}

// Verify works out the hashes of a town's or county's week anew, from the rows as they are
// stored: of a county also those of its towns. It gives the versions that do not agree with what
// was sealed, and the first version that is no longer there; none when all is as it was.
func (s *Service) Verify(ctx context.Context, a access.Actor, of unit.Code, due date.Date) ([]Flaw, error) {
	if _, err := s.Sheet(ctx, a, of, due); err != nil {
		return nil, err
	}
	subs, err := s.store.Submissions(ctx, of, due)
	if err != nil {
		return nil, err
	}
	flaws, err := s.verify(ctx, subs)
	if err != nil || of.Level() == unit.LevelTown {
		return flaws, err
	}
	towns := map[unit.Code]bool{}
	for i := range subs {
		for _, m := range subs[i].Members {
			if m.Version == 0 || towns[m.Unit] {
				continue
			}
			towns[m.Unit] = true
			more, err := s.Verify(ctx, a, m.Unit, due)
			if err != nil {
				return nil, err
			}
			flaws = append(flaws, more...)
		}
	}
	return flaws, nil
}

func (s *Service) verify(ctx context.Context, subs []Submission) (flaws []Flaw, err error) {
	previous := ""
	for i := range subs {
		sub := &subs[i]
		if sub.Version != int32(i+1) {
			return append(flaws, Flaw{sub.Unit, int32(i + 1)}), nil
		}
		want := previous // a return or a reopening seals nothing and carries the hash on
		if sub.Status == Sealed {
			if want, err = s.rehash(ctx, sub, previous); err != nil {
				return nil, err
			}
		}
		if sub.Hash != want {
			flaws = append(flaws, Flaw{sub.Unit, sub.Version})
		}
		previous = sub.Hash
	}
	return flaws, nil
}

// rehash is the hash that a sealed submission should have.
func (s *Service) rehash(ctx context.Context, sub *Submission, previous string) (string, error) {
	content := map[unit.Code]string{}
	if sub.Unit.Level() == unit.LevelTown {
		rows, err := s.store.SealedRows(ctx, sub)
		if err != nil {
			return "", err
		}
		for i := range rows {
			content[rows[i].Unit] = rows[i].Values.sealedText()
		}
	} else {
		for _, m := range sub.Members {
			towns, err := s.store.Submissions(ctx, m.Unit, sub.Week)
			if err != nil {
				return "", err
			}
			for i := range towns {
				if towns[i].Version == m.Version {
					content[m.Unit] = towns[i].Hash
				}
			}
		}
	}
	return Seal(sub, previous, func(m Member) string { return content[m.Unit] }), nil
}
