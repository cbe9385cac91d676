package notify

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/unit"
)

// How many deliveries are read at once, and how many are under way.
const (
	batch    = 64
	underway = 8
)

// operator is who the program is when it looks up telephone numbers.
var operator = access.Operator("催报提醒", unit.Nation)

// deliver sends what is waiting until nothing is due. Each is claimed first, and then is not due
// for a while, so that this ends and others on the same database keep away.
func (s *Service) deliver(ctx context.Context, now time.Time, report *Report) error {
	var (
		mu   sync.Mutex
		errs []error
	)
	for ctx.Err() == nil {
		list, err := s.Store.Waiting(ctx, now, batch)
		if err != nil || len(list) == 0 {
			return errors.Join(append(errs, err)...)
		}
		var wait sync.WaitGroup
		slots := make(chan struct{}, underway)
		before := len(errs)
		for _, d := range list {
			slots <- struct{}{}
			wait.Go(func() {
				defer func() { <-slots }()
				state, err := s.one(ctx, d, now)
				mu.Lock()
				defer mu.Unlock()
				report.count(state)
				if err != nil {
					errs = append(errs, err)
				}
			})
		}
		wait.Wait()
		if len(errs) > before { // the database fails: the next run tries again
			break
		}
	}
	return errors.Join(append(errs, ctx.Err())...)
}

func (r *Report) count(state State) {
	switch state {
	case Sent:
		r.Sent++
	case Waiting:
		r.Retried++
	case Failed:
		r.Failed++
	case Dropped:
		r.Dropped++
	}
}

// one makes an attempt at a delivery; the state is empty when somebody else was first.
func (s *Service) one(ctx context.Context, d Delivery, now time.Time) (State, error) {
	end := func(state State, outcome string) (State, error) {
		d.State, d.Outcome, d.Done = state, outcome, now
		return state, s.Store.Finish(ctx, d)
	}
	if d.Attempts >= MaxAttempts { // the program ended in the middle of the last attempt
		return end(Failed, d.Outcome)
	}
	if !now.Before(d.Expires) {
		return end(Failed, strings.TrimSpace(OutcomeExpired+" "+d.Outcome))
	}
	mine, err := s.Store.Claim(ctx, d, now.Add(Backoff(d.Attempts+1)))
	if err != nil || !mine {
		return "", err
	}
	d.Attempts++
	send, outcome, err := s.prepare(ctx, &d, now)
	if err != nil {
		return "", err
	}
	switch {
	case outcome == OutcomeSettled:
		return end(Dropped, outcome)
	case outcome != "":
		return end(Failed, outcome)
	}
	outcome, err = send(ctx)
	if err == nil {
		return end(Sent, outcome)
	}
	if ctx.Err() != nil { // the program is being stopped: tried again after it has started
		return "", nil
	}
	refusal := (*Refusal)(nil)
	outcome = OutcomeUnreachable
	if errors.As(err, &refusal) {
		outcome = OutcomeRefused + " " + refusal.Says
	}
	outcome = cut(outcome, 300)
	over := !now.Add(Backoff(d.Attempts)).Before(d.Expires) // before the next attempt
	if d.Attempts == MaxAttempts || over || refusal != nil && refusal.Final {
		return end(Failed, outcome)
	}
	return Waiting, s.Store.Note(ctx, d.ID, outcome)
}

// prepare says how a delivery is sent as things stand now, or why it is not: outcome is then set.
func (s *Service) prepare(ctx context.Context, d *Delivery, now time.Time) (send func(context.Context) (string, error), outcome string, err error) {
	r, ok := s.Pack.Reminder(d.Reminder)
	w, known := s.Pack.Calendar().Week(d.Week)
	if !ok || !known {
		return nil, OutcomeGone, nil
	}
	debts, err := s.still(ctx, *d, r, now)
	if err != nil {
		return nil, "", err
	}
	if len(debts) == 0 {
		return nil, OutcomeSettled, nil
	}
	tree := s.Tree(d.Week)
	if d.Channel == campaign.BySMS {
		d.Body = told(r, w, tree, debts[0], now).Body
		return s.bySMS(ctx, *d)
	}
	robot, err := s.Store.Robot(ctx, d.Robot)
	if errors.Is(err, ErrNoRobot) {
		return nil, OutcomeGone, nil
	}
	if err != nil {
		return nil, "", err
	}
	if robot.Lost {
		return nil, OutcomeLost, nil
	}
	d.Body = groupText(r, w, tree, d.Unit, debts, now)
	post := Post{Robot: robot, ID: d.Message, Text: d.Body}
	if robot.Mention {
		if post.Mobiles, err = s.mobiles(ctx, d.Unit, debts); err != nil {
			return nil, "", err
		}
	}
	return func(ctx context.Context) (string, error) { return "", s.Poster.Post(ctx, post) }, "", nil
}

// still is those of a delivery's units that owe the week now.
func (s *Service) still(ctx context.Context, d Delivery, r campaign.Reminder, now time.Time) ([]Debt, error) {
	debts, err := s.Ledger.Owing(ctx, d.Unit, d.Week, r.To, now)
	return slices.DeleteFunc(debts, func(debt Debt) bool { return !slices.Contains(d.Units, debt.Unit) }), err
}

// mobiles are the numbers of those who answer for units: mobile telephones only.
func (s *Service) mobiles(ctx context.Context, of unit.Code, debts []Debt) ([]string, error) {
	people, err := s.People.People(ctx, operator, of)
	if err != nil {
		return nil, err
	}
	var list []string
	for _, d := range debts {
		for _, p := range people[d.Unit] {
			if isMobile(p.Phone) && !slices.Contains(list, p.Phone) {
				list = append(list, p.Phone)
			}
		}
	}
	return list, nil
}

func isMobile(number string) bool {
	return len(number) == 11 && number[0] == '1' && strings.Trim(number, "0123456789") == ""
}

// bySMS sends to everybody who answers for the unit and has a mobile telephone.
func (s *Service) bySMS(ctx context.Context, d Delivery) (func(context.Context) (string, error), string, error) {
	numbers, err := s.mobiles(ctx, d.Unit, []Debt{{Unit: d.Unit}})
	if err != nil {
		return nil, "", err
	}
	if len(numbers) == 0 {
		return nil, OutcomeNoNumber, nil
	}
	return func(ctx context.Context) (string, error) {
		var masked []string
		var outcome string
		for _, number := range numbers {
			logged, err := s.Texter.Text(ctx, d.Message, number, d.Body)
			if err != nil {
				return "", err
			}
			if logged {
				outcome = OutcomeLogged
			}
			masked = append(masked, access.MaskPhone(number))
		}
		return strings.TrimSpace(outcome + " " + strings.Join(masked, "、")), nil
	}, "", nil
}
