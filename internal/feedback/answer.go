package feedback

import (
	"context"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/audit"
	"github.com/sangzi/sangzi/internal/date"
)

// AnswerInput answers an entry. Before is the AnsweredAt that the answerer has seen, zero for
// none, so that two who answer at once do not write over each other.
type AnswerInput struct {
	ID     int64
	Text   string
	Before time.Time
}

// Answer answers an entry. What has been answered stays; a second answer is added below it.
func (s *Service) Answer(ctx context.Context, a access.Actor, in AnswerInput) (Entry, error) {
	e, err := s.Entry(ctx, a, in.ID)
	if err != nil {
		return Entry{}, err
	}
	text, err := tidy(in.Text, 1, MaxAnswer, ErrAnswer)
	if err != nil {
		return Entry{}, err
	}
	now := s.now().Truncate(time.Millisecond)
	if e.Answered() {
		text = e.Answer + "\n\n" + date.FromTime(now).Chinese() + "补充：" + text
		if utf8.RuneCountInString(text) > 5*MaxAnswer {
			return Entry{}, ErrAnswer.With("max", MaxAnswer)
		}
	}
	if !now.After(in.Before) {
		now = in.Before.Add(time.Millisecond) // the clock has gone back
	}
	event := audit.By(a, "feedback.answer", e.Unit, s.now())
	event.Subject = strconv.FormatInt(e.ID, 10)
	e.Answer, e.AnsweredBy, e.AnsweredUnit, e.AnsweredAt = text, a.Name, a.Unit, now
	return e, s.store.Answer(ctx, e, in.Before, event)
}

// Lookup is the entry with a reference, for whoever knows it. Its contact is left out.
func (s *Service) Lookup(ctx context.Context, reference string) (Entry, error) {
	text, ok := readReference(reference)
	if !ok {
		return Entry{}, ErrReference
	}
	e, err := s.store.ByReference(ctx, text)
	e.Contact = ""
	return e, err
}
