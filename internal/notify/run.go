package notify

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/week"
)

// Report is what a run came to.
type Report struct {
	Reminded int // units that a reminder was decided for
	Sent     int // messages to groups and by SMS
	Retried  int // that failed and are tried again
	Failed   int // that are given up
	Dropped  int // that had become needless
}

// recentWeeks is how many weeks are looked at: the current one, and those before it that may
// still be owed or extended.
const recentWeeks = 4

// Run does what is to be done now: decides which reminders are due, then sends what is waiting.
// Any number of servers may run it at any time on one database. What fails for one week or
// message does not keep the others; all errors are told.
func (s *Service) Run(ctx context.Context) (Report, error) {
	var report Report
	now := s.now()
	var errs []error
	if len(s.Pack.Reminders) > 0 {
		w := s.Pack.Calendar().Current(date.FromTime(now))
		for range recentWeeks {
			n, err := s.decide(ctx, w, now)
			report.Reminded += n
			errs = append(errs, err)
			before, ok := s.Pack.Calendar().Previous(w)
			if !ok {
				break
			}
			w = before
		}
	}
	errs = append(errs, s.deliver(ctx, now, &report))
	return report, errors.Join(errs...)
}

// perDecision is how many units one transaction writes down.
const perDecision = 1000

// decide writes down the reminders of a week that are due.
func (s *Service) decide(ctx context.Context, w week.Week, now time.Time) (int, error) {
	total := 0
	owing := map[unit.Level][]Debt{}
	for _, r := range s.Pack.Reminders {
		debts, known := owing[r.To]
		if !known {
			var err error
			if debts, err = s.Ledger.Owing(ctx, unit.Nation, w.Due, r.To, now); err != nil {
				return total, fmt.Errorf("who owes %s: %w", w.Due, err)
			}
			owing[r.To] = debts
		}
		due := Due(r, w, debts, nil, now)
		if len(due) == 0 {
			continue
		}
		sent, err := s.Store.Sent(ctx, w.Due, r.Key)
		if err != nil {
			return total, err
		}
		due = Due(r, w, due, sent, now)
		tree := s.Tree(w.Due)
		for part := range slices.Chunk(due, perDecision) {
			d := Decision{Week: w.Due, Reminder: r.Key, Robots: !r.Group.Empty(), SMS: r.By(campaign.BySMS), At: now}
			for _, debt := range part {
				d.Told = append(d.Told, told(r, w, tree, debt, now))
			}
			n, err := s.Store.Decide(ctx, d)
			if err != nil {
				return total, err
			}
			total += n
		}
	}
	return total, nil
}
