package task

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/audit"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/unit"
)

// MaxText is the longest text, in characters.
const MaxText = 500

// ReportInput is what a unit reports to have done.
type ReportInput struct {
	Point
	Day   date.Date
	Proof string
}

// Report reports that something was done that no record can show. The office confirms it.
func (s *Service) Report(ctx context.Context, a access.Actor, in ReportInput) (Event, error) {
	d, x, err := s.point(a, access.ReportTask, &in.Point)
	if err != nil {
		return Event{}, err
	}
	if !x.Reported {
		return Event{}, ErrNotReported
	}
	if err := s.mine(a, d, x, in.Party); err != nil {
		return Event{}, err
	}
	in.Party = (&Facts{Pack: s.Pack, Tree: s.Tree(s.Today())}).Place(x, in.Party)
	if in.Day.IsZero() || in.Day.Before(s.Pack.Since) || in.Day.After(s.Today()) {
		return Event{}, ErrDay
	}
	return s.add(ctx, a, Event{Kind: Reporting, Point: in.Point, Day: in.Day, Text: in.Proof})
}

// Decide confirms a report, or declines it with a reason.
func (s *Service) Decide(ctx context.Context, a access.Actor, report int64, kind EventKind, note string) (Event, error) {
	e, err := s.find(ctx, a, report, Reporting, ErrNoReport)
	if err != nil {
		return Event{}, err
	}
	if err := a.Can(access.SteerTask, e.Party.Unit); err != nil {
		return Event{}, err
	}
	if kind != Confirms && kind != Declines {
		return Event{}, ErrNoReport
	}
	return s.add(ctx, a, Event{Kind: kind, Refers: e.ID, Point: e.Point, Day: e.Day, Text: note})
}

// Exempt declares that a demand does not apply to a party, in the period or, without a day, at all.
func (s *Service) Exempt(ctx context.Context, a access.Actor, p Point, reason string) (Event, error) {
	if _, _, err := s.point(a, access.SteerTask, &p); err != nil {
		return Event{}, err
	}
	return s.add(ctx, a, Event{Kind: Exempts, Point: p, Text: reason})
}

// Lift takes such a declaration back.
func (s *Service) Lift(ctx context.Context, a access.Actor, p Point, reason string) (Event, error) {
	if _, _, err := s.point(a, access.SteerTask, &p); err != nil {
		return Event{}, err
	}
	return s.add(ctx, a, Event{Kind: Lifts, Point: p, Text: reason})
}

// Press marks a demand of a party as pressed for (督办), with a note, to be answered by a day.
func (s *Service) Press(ctx context.Context, a access.Actor, p Point, by date.Date, note string) (Event, error) {
	d, x, err := s.point(a, access.SteerTask, &p)
	if err != nil {
		return Event{}, err
	}
	f := &Facts{Pack: s.Pack, Duties: s.duties, Tree: s.Tree(s.Today()), Day: s.Today()}
	if !f.Owes(x, p.Party) {
		return Event{}, ErrNone.With("duty", d.Key)
	}
	if by.IsZero() || by.Before(s.Today()) {
		return Event{}, ErrDay
	}
	return s.add(ctx, a, Event{Kind: Presses, Point: p, Day: by, Text: note})
}

// Answer is what a unit says to what is pressed for. It may answer again.
func (s *Service) Answer(ctx context.Context, a access.Actor, pressing int64, text string) (Event, error) {
	e, err := s.find(ctx, a, pressing, Presses, ErrNoPressing)
	if err != nil {
		return Event{}, err
	}
	if err := a.Can(access.ReportTask, e.Party.Unit); err != nil {
		return Event{}, err
	}
	if a.Role == access.Department && s.PartyOf(a) != e.Party {
		return Event{}, ErrNotYours
	}
	return s.add(ctx, a, Event{Kind: Answers, Refers: e.ID, Point: e.Point, Day: s.Today(), Text: text})
}

// find reads an event that is acted upon, if it lies in reach.
func (s *Service) find(ctx context.Context, a access.Actor, id int64, kind EventKind, none error) (Event, error) {
	e, err := s.Store.Event(ctx, id)
	if errors.Is(err, ErrNone) || err == nil && (e.Kind != kind || !a.Unit.Contains(e.Party.Unit)) {
		return Event{}, none
	}
	return e, err
}

// point checks that a point is one of the pack's, at a unit where the actor may act, and names its
// department as the pack does.
func (s *Service) point(a access.Actor, action access.Action, p *Point) (*campaign.Duty, *campaign.Demand, error) {
	if err := a.Can(action, p.Party.Unit); err != nil {
		return nil, nil, err
	}
	none := ErrNone.With("duty", p.Duty)
	if p.Party.Unit.Level() < unit.LevelCounty {
		return nil, nil, none
	}
	if _, ok := s.Tree(s.Today()).Unit(p.Party.Unit); !ok {
		return nil, nil, none
	}
	if p.Party.Department != "" {
		p.Party = record.Party{Unit: county(p.Party), Department: s.name(p.Party.Department)}
	}
	for i := range s.duties {
		d := &s.duties[i]
		x, ok := d.Demand(p.Demand)
		if d.Key != p.Duty || !ok {
			continue
		}
		if p.From.IsZero() && action == access.SteerTask {
			return d, x, nil
		}
		for _, period := range Periods(x, s.Pack.Calendar(), p.From) {
			if period.From == p.From {
				return d, x, nil
			}
		}
	}
	return nil, nil, none
}

// mine wants the actor to answer for a demand of a party: a town for itself, a department for
// itself or, of what is measured once in the county, for the county; the county office for all.
func (s *Service) mine(a access.Actor, d *campaign.Duty, x *campaign.Demand, p record.Party) error {
	f := &Facts{Pack: s.Pack, Duties: s.duties, Tree: s.Tree(s.Today()), Day: s.Today()}
	if _, single := f.measuredAt(x, p); !single || !f.Owes(x, p) {
		return ErrNone.With("duty", d.Key)
	}
	own := s.PartyOf(a)
	if a.Role != access.Department || own == p || f.Place(x, p) == p && x.Each == campaign.EachCounty && f.Owes(x, own) {
		return nil
	}
	return ErrNotYours
}

// add cleans an event's text, signs it and keeps it.
func (s *Service) add(ctx context.Context, a access.Actor, e Event) (Event, error) {
	e.Text = tidy(e.Text)
	n := utf8.RuneCountInString(e.Text)
	if n > MaxText || n == 0 && e.Kind != Confirms && e.Kind != Lifts {
		return Event{}, ErrText.With("max", MaxText)
	}
	e.By, e.Account, e.Actor, e.At = a.Unit, a.Account, a.Name, s.clock().Truncate(time.Millisecond)
	line := audit.By(a, "task."+string(e.Kind), e.Party.Unit, e.At)
	line.Subject, line.After = s.subject(&e), e.Text
	return s.Store.Add(ctx, e, line)
}

// subject says in the audit which task an event is about, in the pack's words: 第 8 项 建立网格化管护.
func (s *Service) subject(e *Event) string {
	i := slices.IndexFunc(s.duties, func(d campaign.Duty) bool { return d.Key == e.Duty })
	if i < 0 {
		return e.Party.Department
	}
	d := &s.duties[i]
	text := "正文" + d.Clause
	if d.Number > 0 {
		text = fmt.Sprintf("第 %d 项", d.Number)
	}
	if x, ok := d.Demand(e.Demand); ok {
		text += " " + x.Says
	}
	return strings.TrimSpace(text + " " + e.Party.Department)
}

// tidy cuts blanks around a text and control characters out of it.
func tidy(text string) string {
	text = strings.ReplaceAll(strings.ToValidUTF8(text, ""), "\r\n", "\n")
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' || unicode.Is(unicode.Bidi_Control, r) {
			return -1
		}
		return r
	}, text))
}
