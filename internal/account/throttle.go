package account

import (
	"context"
	"time"
)

// Failed sign-ins are counted in the database, so that several servers agree. From the free
// ones on each further failure doubles the wait. An address has more of them: a whole town
// hall sits behind one.
const (
	freeByLogin   = 5
	freeByAddress = 30
	firstBlock    = 30 * time.Second
	longestBlock  = 15 * time.Minute
	forgetAfter   = 12 * time.Hour // since the first failure, or the end of the last block
)

type subject struct {
	name string
	free int
}

func subjects(login, address string) []subject {
	list := []subject{{"login:" + login, freeByLogin}}
	if address != "" {
		list = append(list, subject{"address:" + address, freeByAddress})
	}
	return list
}

// blockAfter is how long a subject waits after so many failures.
func blockAfter(count, free int) time.Duration {
	if count < free {
		return 0
	}
	block := firstBlock
	for i := free; i < count && block < longestBlock; i++ {
		block *= 2
	}
	return min(block, longestBlock)
}

// begin counts an attempt as failed before the password is looked at, so that a thousand
// attempts at one moment are a thousand failures; succeed takes it back.
func (s *Service) begin(ctx context.Context, who []subject) error {
	now := s.now()
	return s.store.Failures(ctx, func(tx FailureTx) error {
		for _, sub := range who {
			f, err := tx.Lock(sub.name)
			if err != nil {
				return err
			}
			if now.Before(f.BlockedUntil) {
				// The attempts of the other subject that this one began are rolled back.
				return ErrBlocked.With("until", f.BlockedUntil.In(now.Location())).With("wait", roundUp(f.BlockedUntil.Sub(now)))
			}
			last := f.First
			if f.BlockedUntil.After(last) {
				last = f.BlockedUntil
			}
			if f.Count == 0 || now.Sub(last) > forgetAfter {
				f = Failures{First: now}
			}
			f.Count++
			if block := blockAfter(f.Count, sub.free); block > 0 {
				f.BlockedUntil = now.Add(block)
			}
			if err := tx.Save(sub.name, f); err != nil {
				return err
			}
		}
		return nil
	})
}

// succeed forgets the failures of the login and takes back the one that begin counted for the
// address; the address's others stay, or who owns one account could try all others for ever.
func (s *Service) succeed(ctx context.Context, who []subject) error {
	return s.store.Failures(ctx, func(tx FailureTx) error {
		for i, sub := range who {
			if i == 0 {
				if err := tx.Clear(sub.name); err != nil {
					return err
				}
				continue
			}
			f, err := tx.Lock(sub.name)
			if err != nil {
				return err
			}
			f.Count = max(0, f.Count-1)
			if f.Count < sub.free {
				f.BlockedUntil = time.Time{}
			}
			if err := tx.Save(sub.name, f); err != nil {
				return err
			}
		}
		return nil
	})
}

// roundUp says a wait in whole seconds, in whole minutes from two minutes on.
func roundUp(d time.Duration) time.Duration {
	unit := time.Second
	if d > 2*time.Minute {
		unit = time.Minute
	}
	return (d + unit - 1).Truncate(unit)
}

// Sweep forgets counters that no longer count; the server calls it now and then.
func (s *Service) Sweep(ctx context.Context) error {
	return s.store.SweepFailures(ctx, s.now().Add(-forgetAfter))
}
