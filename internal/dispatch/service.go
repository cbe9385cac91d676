package dispatch

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/audit"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/task"
	"github.com/sangzi/sangzi/internal/unit"
)

// Store is what the verbs need of the table.
type Store interface {
	// Events reads a county's log behind a place, in order.
	Events(ctx context.Context, county unit.Code, after int64) ([]Event, error)
	// Find reads one line; ErrNone.
	Find(ctx context.Context, id int64) (Event, error)
	// Add keeps an event at its place in its county's log, with its line in the history; ErrMoved
	// when somebody else has taken the place.
	Add(ctx context.Context, e Event, line audit.Event) (Event, error)
	// Since reads what all counties said since a time, in order of IDs.
	Since(ctx context.Context, since time.Time) ([]Event, error)
}

// Note is what a unit or a department is told of an item or a request.
type Note struct {
	Name  string // the same however often it is told
	To    record.Party
	Title string
	Body  string
	Link  string // the page where one acts
	At    time.Time
}

// Config is what the service stands on.
type Config struct {
	Pack   *campaign.Pack
	Tree   func(date.Date) *unit.Tree
	Ledger *ledger.Service
	Tasks  *task.Service
	Store  Store
	Now    func() time.Time
	// Departments names those registered at a county beside the ones that the pack has; nil: none.
	Departments func(ctx context.Context, county unit.Code) ([]string, error)
	// Tell gives notes to inboxes, of which there are no others of their names; nil: nobody is
	// told. What was said stands whether or not it could be told: Retell tries again.
	Tell func(ctx context.Context, notes []Note) error
}

// Service is the verbs of the dispatch. Pages, API and command line call the same ones.
type Service struct {
	Config
	mu      sync.Mutex
	logs    map[unit.Code][]Event
	pending []Event // of which somebody is still to be told
	began   bool    // whether what was said before the start has been looked at
}

// New makes the service.
func New(c Config) *Service { return &Service{Config: c, logs: map[unit.Code][]Event{}} }

func (s *Service) clock() time.Time { return s.Now().In(s.Pack.Spec().Location) }

// Today is the day on the campaign's clock.
func (s *Service) Today() date.Date { return date.FromTime(s.clock()) }

// Rules is the pack's dispatch; ErrOff when the campaign has none.
func (s *Service) Rules() (*campaign.Dispatch, error) {
	if s.Pack.Dispatch == nil {
		return nil, ErrOff
	}
	return s.Pack.Dispatch, nil
}

// PartyOf is who an actor is among those who answer for items.
func (s *Service) PartyOf(a access.Actor) record.Party { return s.Tasks.PartyOf(a) }

// events reads a county's log: what is known already, and what was added since.
func (s *Service) events(ctx context.Context, county unit.Code) ([]Event, error) {
	s.mu.Lock()
	known := s.logs[county]
	s.mu.Unlock()
	after := int64(0)
	if len(known) > 0 {
		after = known[len(known)-1].Seq
	}
	more, err := s.Store.Events(ctx, county, after)
	if err != nil || len(more) == 0 {
		return known, err
	}
	for i := range more {
		more[i].At = more[i].At.In(s.Pack.Spec().Location)
	}
	all := append(known[:len(known):len(known)], more...)
	s.mu.Lock()
	if len(all) > len(s.logs[county]) {
		s.logs[county] = all
	}
	s.mu.Unlock()
	return all, nil
}

// log is a county's log as it stands now.
func (s *Service) log(ctx context.Context, county unit.Code) (*Log, error) {
	events, err := s.events(ctx, county)
	if err != nil {
		return nil, err
	}
	return Fold(events, time.Time{}), nil
}

// MaxText is the most characters of what is said.
const MaxText = 500

// tries is how often a change is decided anew because others wrote in between.
const tries = 20

// change decides on a county's log as it stands and adds to it, again when somebody else was
// faster: so of two who open the same item, the second finds that of the first.
func (s *Service) change(ctx context.Context, a access.Actor, county unit.Code, decide func(*Log) (Event, error)) (Event, error) {
	for range tries {
		l, err := s.log(ctx, county)
		if err != nil {
			return Event{}, err
		}
		e, err := decide(l)
		if err != nil {
			return Event{}, err
		}
		if e.Text, err = said(e.Text); err != nil {
			return Event{}, err
		}
		e.County, e.Seq = county, l.seq+1
		e.By, e.Account, e.Actor, e.At = a.Unit, a.Account, a.Name, s.clock().Truncate(time.Millisecond)
		if e.At.Before(l.last) {
			e.At = l.last // the clocks of servers differ
		}
		line := audit.By(a, "dispatch."+string(e.Kind), e.Party.Unit, e.At)
		line.Subject, line.After = s.subject(&e), e.Text
		kept, err := s.Store.Add(ctx, e, line)
		if errors.Is(err, ErrMoved) {
			continue
		}
		return kept, err
	}
	return Event{}, ErrMoved
}

// subject says in the audit what an event is about, in the pack's words: 进度停住的村 第 9 件.
func (s *Service) subject(e *Event) string {
	var parts []string
	if r, ok := s.Pack.Dispatch.Rule(e.Rule); ok {
		parts = append(parts, r.Title)
	} else if c, ok := s.Pack.Dispatch.Ask(e.Rule); ok {
		parts = append(parts, c.Title)
	}
	if e.Party.Department != "" {
		parts = append(parts, e.Party.Department)
	}
	if e.Refers > 0 {
		parts = append(parts, fmt.Sprintf("第 %d 件", e.Refers))
	}
	return strings.Join(parts, " ")
}

// said cleans a text: something must be left, and not too much.
func said(text string) (string, error) {
	text = strings.ReplaceAll(strings.ToValidUTF8(text, ""), "\r\n", "\n")
	text = strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' || unicode.Is(unicode.Bidi_Control, r) {
			return -1
		}
		return r
	}, text))
	if n := utf8.RuneCountInString(text); n == 0 || n > MaxText {
		return "", ErrText.With("max", MaxText)
	}
	return text, nil
}

// Name is a party for people.
func Name(tree *unit.Tree, p record.Party) string {
	if p.Department != "" {
		return p.Department
	}
	return tree.ShortName(p.Unit)
}

// countyOf is the county in whose log a party's items stand.
func countyOf(p record.Party) unit.Code { return p.Unit.At(unit.LevelCounty) }
