package reading

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/audit"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/unit"
)

// Store is what the verbs need of the table.
type Store interface {
	// Of is all that was said for a unit, in order.
	Of(ctx context.Context, at unit.Code) ([]Saying, error)
	// Within is the last line about each reading of every unit in a range, by unit.
	Within(ctx context.Context, of unit.Code) ([]Saying, error)
	// Add keeps a line with its event, when its number is the next one.
	Add(ctx context.Context, s Saying, event audit.Event) error // ErrMoved
}

// Service is the verbs.
type Service struct {
	questions []campaign.Question
	store     Store
	now       func() time.Time
}

// New makes the service: now is the time in the campaign's zone.
func New(pack *campaign.Pack, store Store, now func() time.Time) *Service {
	return &Service{pack.Questions(), store, now}
}

// Board is every reading as it stands at a place.
type Board struct {
	Unit   unit.Code
	Stands []Stand  // as the pack has them
	Gone   []Saying // of the place, about readings the pack has no more
}

// Count tells how many stand so.
func (b *Board) Count(states ...State) int {
	n := 0
	for i := range b.Stands {
		if slices.Contains(states, b.Stands[i].State) {
			n++
		}
	}
	return n
}

// PlaceOf is the county whose readings a unit goes by; a city or above goes by its own.
func PlaceOf(at unit.Code) unit.Code {
	if at.Level() > unit.LevelCounty {
		return at.At(unit.LevelCounty)
	}
	return at
}

// Board is how the readings stand at the place of a unit, for whoever stands there, below or above.
func (s *Service) Board(ctx context.Context, a access.Actor, of unit.Code) (Board, error) {
	b, _, err := s.board(ctx, a, of)
	return b, err
}

// board is the board with the lines it rests on: those of the place, and of the city above a county.
func (s *Service) board(ctx context.Context, a access.Actor, of unit.Code) (b Board, lines []Saying, err error) {
	b.Unit = PlaceOf(of)
	if err := s.reads(a, b.Unit); err != nil {
		return b, nil, err
	}
	own, above, err := s.lines(ctx, b.Unit)
	if err != nil {
		return b, nil, err
	}
	below := map[string][]Saying{}
	if b.Unit.Level() < unit.LevelCounty && a.Unit.Contains(b.Unit) {
		list, err := s.store.Within(ctx, b.Unit)
		if err != nil {
			return b, nil, err
		}
		for _, x := range list {
			if x.Unit != b.Unit {
				below[x.Key] = append(below[x.Key], x)
			}
		}
	}
	known := map[string]bool{}
	for _, q := range s.questions {
		one := StandOf(q, last(own, q.Key), last(above, q.Key))
		one.Below = below[q.Key]
		b.Stands = append(b.Stands, one)
		known[q.Key] = true
	}
	for _, x := range own {
		if !known[x.Key] {
			b.Gone = append(b.Gone, x)
		}
	}
	return b, slices.Concat(own, above), nil
}

// Stand is one reading at the place of a unit, with all that was said of it there and at the city
// above it, the newest first.
func (s *Service) Stand(ctx context.Context, a access.Actor, of unit.Code, key string) (Stand, []Saying, error) {
	b, lines, err := s.board(ctx, a, of)
	if err != nil {
		return Stand{}, nil, err
	}
	i := slices.IndexFunc(b.Stands, func(one Stand) bool { return one.Key == key })
	if i < 0 {
		return Stand{}, nil, ErrNone.With("key", key)
	}
	var history []Saying
	for _, x := range lines {
		if x.Key == key {
			history = append(history, x)
		}
	}
	slices.SortStableFunc(history, func(x, y Saying) int {
		return cmp.Or(y.At.Compare(x.At), cmp.Compare(y.Number, x.Number))
	})
	return b.Stands[i], history, nil
}

func (s *Service) reads(a access.Actor, at unit.Code) error {
	if err := a.Can(access.ReadCampaign, a.Unit); err != nil {
		return err
	}
	return a.CanReceive(at)
}

// lines are those of a place, and of the city above a county.
func (s *Service) lines(ctx context.Context, at unit.Code) (own, above []Saying, err error) {
	if own, err = s.store.Of(ctx, at); err != nil || at.Level() != unit.LevelCounty {
		return own, nil, err
	}
	above, err = s.store.Of(ctx, at.At(unit.LevelCity))
	return own, above, err
}

func last(list []Saying, key string) *Saying {
	for i := len(list) - 1; i >= 0; i-- {
		if list[i].Key == key {
			return &list[i]
		}
	}
	return nil
}

// SayInput is what an office says. Print is the fingerprint of the wording it has looked at, Base
// the number of its last line about the reading then, 0 for none.
type SayInput struct {
	Unit    unit.Code
	Key     string
	Verdict Verdict
	Text    string
	Print   string
	Base    int
}

// Say keeps what an office says of a reading. The same said twice is kept once.
func (s *Service) Say(ctx context.Context, a access.Actor, in SayInput) (Saying, error) {
	if err := a.Can(access.ConfirmReading, in.Unit); err != nil {
		return Saying{}, err
	}
	if level := in.Unit.Level(); in.Unit != a.Unit || level != unit.LevelCounty && level != unit.LevelCity {
		return Saying{}, ErrUnit
	}
	i := slices.IndexFunc(s.questions, func(q campaign.Question) bool { return q.Key == in.Key })
	if i < 0 {
		return Saying{}, ErrNone.With("key", in.Key)
	}
	q := &s.questions[i]
	own, err := s.store.Of(ctx, in.Unit)
	if err != nil {
		return Saying{}, err
	}
	x := Saying{Unit: in.Unit, Key: q.Key, Number: 1, Verdict: in.Verdict, Print: q.Print, Wording: q.Wording(), Account: a.Account, Actor: a.Name, At: s.now().Truncate(time.Millisecond)}
	before := last(own, q.Key)
	if before != nil {
		x.Number = before.Number + 1
	}
	if x.Text, err = readText(in); err != nil {
		return Saying{}, err
	}
	switch {
	case in.Print != q.Print:
		return Saying{}, ErrWording
	case before != nil && before.Verdict == x.Verdict && before.Text == x.Text && before.Print == x.Print:
		return *before, nil
	case in.Base != x.Number-1:
		return Saying{}, ErrMoved
	case x.Verdict == Retracts && (before == nil || before.Verdict == Retracts):
		return Saying{}, ErrNothing
	}
	e := audit.By(a, "reading."+string(x.Verdict), x.Unit, s.now())
	e.Subject, e.After = strings.TrimSpace(q.About+" "+q.Says), x.Text
	if e.Subject == "用语" {
		e.Subject += " " + q.Words
	}
	if before != nil {
		e.Before = before.Text
	}
	return x, s.store.Add(ctx, x, e)
}

// readText holds the words to what the verdict needs.
func readText(in SayInput) (string, error) {
	if in.Verdict != Agrees && in.Verdict != Differs && in.Verdict != Retracts {
		return "", ErrVerdict
	}
	text := strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' || unicode.Is(unicode.Bidi_Control, r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(strings.ReplaceAll(in.Text, "\r\n", "\n"), "")))
	if n := utf8.RuneCountInString(text); n > MaxText || n == 0 && in.Verdict == Differs {
		return "", ErrText.With("max", MaxText)
	}
	return text, nil
}
