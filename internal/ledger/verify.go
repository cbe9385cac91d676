package ledger

import (
	"context"
	"crypto/sha256"
	"encoding/hex"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/unit"
)

// Flaw is a version of a submission that is not what was sealed.
type Flaw struct {
	Unit    unit.Code
	Version int32
	// Lost: nothing is wrong, but the telephone in the head was sealed under a key that is gone,
	// so the hash cannot be worked out. All else is as it was when the key was given up.
	Lost bool
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
			return append(flaws, Flaw{Unit: sub.Unit, Version: int32(i + 1)}), nil
		}
		if sub.Status == Sealed && !access.Readable(sub.Head.Phone) {
			same, err := witness(ctx, s.store, sub, previous)
			if err != nil {
				return nil, err
			}
			flaws = append(flaws, Flaw{sub.Unit, sub.Version, same == sub.Head.Witness})
			previous = sub.Hash
			continue
		}
		want := previous // a return or a reopening seals nothing and carries the hash on
		if sub.Status == Sealed {
			if want, err = rehash(ctx, s.store, sub, previous); err != nil {
				return nil, err
			}
		}
		if sub.Hash != want {
			flaws = append(flaws, Flaw{Unit: sub.Unit, Version: sub.Version})
		}
		previous = sub.Hash
	}
	return flaws, nil
}

// rehash is the hash that a sealed submission should have.
func rehash(ctx context.Context, store sealed, sub *Submission, previous string) (string, error) {
	content := map[unit.Code]string{}
	if sub.Unit.Level() == unit.LevelTown {
		rows, err := store.SealedRows(ctx, sub)
		if err != nil {
			return "", err
		}
		for i := range rows {
			content[rows[i].Unit] = rows[i].Values.sealedText()
		}
	} else {
		for _, m := range sub.Members {
			towns, err := store.Submissions(ctx, m.Unit, sub.Week)
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

// sealed is the part of the Store that hashes are worked out from.
type sealed interface {
	Submissions(ctx context.Context, of unit.Code, due date.Date) ([]Submission, error)
	SealedRows(ctx context.Context, sub *Submission) ([]RowVersion, error)
}

// Witnesses gives for every sealed version of a unit's week, by its number, what it can be held
// against when the telephone in its head, which is in its hash, can be read no more: the SHA-256
// of the hash and of all else that was sealed.
func Witnesses(ctx context.Context, store sealed, of unit.Code, due date.Date) (map[int32]string, error) {
	subs, err := store.Submissions(ctx, of, due)
	if err != nil {
		return nil, err
	}
	out, previous := map[int32]string{}, ""
	for i := range subs {
		if subs[i].Status == Sealed {
			if out[subs[i].Version], err = witness(ctx, store, &subs[i], previous); err != nil {
				return nil, err
			}
		}
		previous = subs[i].Hash
	}
	return out, nil
}

func witness(ctx context.Context, store sealed, sub *Submission, previous string) (string, error) {
	bare := *sub
	bare.Head.Phone = ""
	rest, err := rehash(ctx, store, &bare, previous)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256([]byte("sangzi witness 1\n" + sub.Hash + "\n" + rest + "\n"))
	return hex.EncodeToString(sum[:]), nil
}
