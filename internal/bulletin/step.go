package bulletin

import (
	"context"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/audit"
	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/unit"
)

// On names the version that a verb acts upon: the latest that the actor has seen.
type On struct {
	Unit   unit.Code
	Period Period
	Base   int32
}

// needs is what each verb asks of who does it.
var needs = map[Verb]access.Action{
	ToBegin: access.EditBulletin, ToRedraft: access.EditBulletin, ToEdit: access.EditBulletin, ToSubmit: access.EditBulletin, ToCorrect: access.EditBulletin,
	ToReturn: access.ApproveBulletin, ToApprove: access.ApproveBulletin, ToIssue: access.ApproveBulletin,
}

// step makes the next version by a verb: change is given the latest as it stands.
func (s *Service) step(ctx context.Context, a access.Actor, on On, verb Verb, change func(*Version) error) (Version, error) {
	v, err := s.standing(ctx, a, on, verb)
	if err != nil {
		return Version{}, err
	}
	v.Reason, v.Hash = "", ""
	if err := change(&v); err != nil {
		return Version{}, err
	}
	return s.add(ctx, a, v, verb)
}

// standing is the version a verb acts upon, when the actor may, it is the latest and its status
// allows it.
func (s *Service) standing(ctx context.Context, a access.Actor, on On, verb Verb) (Version, error) {
	if err := a.Can(needs[verb], on.Unit); err != nil {
		return Version{}, err
	}
	heads, err := s.store.Heads(ctx, on.Unit, on.Period)
	if err != nil {
		return Version{}, err
	}
	last, ok := latest(heads)
	switch {
	case !ok:
		return Version{}, ErrNone.With("period", on.Period.Chinese())
	case last.Number != on.Base:
		return Version{}, ErrMoved.With("version", last.Number)
	case !last.Status.Allows(verb):
		return Version{}, ErrStatus.With("status", string(last.Status))
	}
	return s.store.Version(ctx, on.Unit, on.Period, last.Number)
}

// add keeps v as the version after the one it was made from.
func (s *Service) add(ctx context.Context, a access.Actor, v Version, verb Verb) (Version, error) {
	var err error
	if v.Text, err = Canonical(v.Draft); err != nil {
		return Version{}, err
	}
	v.Files = nil
	if v.Status == Issued {
		v.Hash = Seal(v.Text)
		if v.Files, err = s.printed(v.Draft); err != nil {
			return Version{}, err
		}
	}
	v.Number++
	v.Account, v.Actor, v.At = a.Account, a.Name, s.ledger.Now().Truncate(time.Millisecond)
	event := audit.By(a, "bulletin."+string(verb), v.Unit, v.At)
	event.Subject = v.Period.Chinese() + "第" + strconv.Itoa(int(v.Number)) + "版"
	if event.After = v.Reason; v.Status == Issued {
		event.After = v.DocNumber
	}
	return v, s.store.Add(ctx, v, event)
}

// maxReason is the longest reason, in characters.
const maxReason = 500

func reason(text string) (string, error) {
	text = tidy(text)
	if n := utf8.RuneCountInString(text); n == 0 || n > maxReason {
		return "", ErrReason.With("max", maxReason)
	}
	return text, nil
}

// tidy cuts blanks around a text, and out of it what is no text on paper: control characters and
// those that turn the direction of writing. Line breaks stay.
func tidy(text string) string {
	text = strings.ReplaceAll(strings.ToValidUTF8(text, ""), "\r\n", "\n")
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\t' || r == '\r':
			return ' '
		case unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029' || r == '\ufeff':
			return -1
		}
		return r
	}, text))
}

// oneLine is tidy for what has no line breaks.
func oneLine(text string) string { return strings.ReplaceAll(tidy(text), "\n", " ") }

// moved tells whether an error is that the version's place is taken.
func moved(err error) bool {
	p, ok := problem.Of(err)
	return ok && p.Code == ErrMoved.Code
}
