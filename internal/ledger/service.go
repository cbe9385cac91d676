package ledger

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/week"
)

// Service is the verbs of the ledger. Pages, API and command line call the same ones.
type Service struct {
	pack  *campaign.Pack
	form  *campaign.Form
	tree  func(date.Date) *unit.Tree
	store Store
	now   func() time.Time
	book  *Book

	records Deriver // nil: every column is typed
}

// New makes the service: tree gives the units valid on a day, now the time.
func New(pack *campaign.Pack, tree func(date.Date) *unit.Tree, store Store, now func() time.Time) *Service {
	s := &Service{pack: pack, form: pack.Ledger, tree: tree, store: store, now: now}
	s.book = newBook(s.form, pack.Calendar(), pack.Spec().Location, tree, store)
	store.Follow(s.book.apply)
	return s
}

// Pack is the campaign.
func (s *Service) Pack() *campaign.Pack { return s.pack }

// Form is the campaign's ledger form.
func (s *Service) Form() *campaign.Form { return s.form }

// Calendar is the campaign's weeks.
func (s *Service) Calendar() *week.Calendar { return s.pack.Calendar() }

// Now is the service's clock in the campaign's zone.
func (s *Service) Now() time.Time { return s.now().In(s.pack.Spec().Location) }

// Today is the day on that clock.
func (s *Service) Today() date.Date { return date.FromTime(s.Now()) }

// Current is the week being reported.
func (s *Service) Current() week.Week { return s.Calendar().Current(s.Today()) }

// Refresh takes in what other servers on the same database have written.
func (s *Service) Refresh(ctx context.Context) error { return s.store.Refresh(ctx) }

// Stamp tells one state of a week from another: it is another number after anything in the week
// has changed, of any unit. It is read before the week is.
func (s *Service) Stamp(due date.Date) uint64 { return s.book.stamp(due) }

// UnitsChanged makes the next reading of every week use the changed units.
func (s *Service) UnitsChanged() { s.book.forget() }

// Sheet gives a week in memory, after the actor may read the unit.
func (s *Service) Sheet(ctx context.Context, a access.Actor, of unit.Code, due date.Date) (*Sheet, error) {
	if err := a.Can(access.ReadLedger, of); err != nil {
		return nil, err
	}
	sheet, err := s.book.Sheet(ctx, due)
	if err != nil {
		return nil, err
	}
	if _, ok := sheet.Tree.Unit(of); !ok {
		return nil, ErrNoVillage.With("unit", of.String())
	}
	return sheet, nil
}

// writable is Sheet for something to be written to the unit: the week must have begun and the
// county must not have locked it. It is asked twice: to answer early, and when the change's turn
// has come, because the week may have been locked or read anew in between.
func (s *Service) writable(ctx context.Context, of unit.Code, level unit.Level, due date.Date) (*Sheet, error) {
	sheet, err := s.book.Sheet(ctx, due)
	if err != nil {
		return nil, err
	}
	if _, ok := sheet.Tree.Unit(of); !ok || of.Level() != level {
		if level == unit.LevelVillage {
			return nil, ErrNoVillage.With("unit", of.String())
		}
		return nil, ErrNoTown.With("unit", of.String())
	}
	if s.Today().Before(sheet.Week.Opens) {
		return nil, ErrNotOpen.With("day", sheet.Week.Opens.ShortChinese())
	}
	if sheet.Locked(of) {
		return nil, ErrLocked.With("week", sheet.Week.No)
	}
	return sheet, nil
}

// Last is what a village last reported before a week, and in which; nil when it never has.
func (s *Service) Last(ctx context.Context, village unit.Code, before date.Date) (Values, date.Date, error) {
	last, _, due, err := s.lastDerived(ctx, village, before)
	return last, due, err
}

// lastDerived is Last, with what the records had said then.
func (s *Service) lastDerived(ctx context.Context, village unit.Code, before date.Date) (last, derived Values, due date.Date, err error) {
	last, due, err = s.lastRow(ctx, village, before, func(sheet *Sheet, i int) Values {
		if c := sheet.chains[i]; c.Version == 0 || c.First == 0 && c.Status != Carried {
			return nil
		}
		derived = sheet.derived[i]
		return slices.Clone(sheet.liveRow(i))
	})
	return last, derived, due, err
}

// LastSealed is what the town last sealed for a village before a week, and in which.
func (s *Service) LastSealed(ctx context.Context, village unit.Code, before date.Date) (Values, date.Date, error) {
	return s.lastRow(ctx, village, before, func(sheet *Sheet, i int) Values {
		if sheet.versions[i] == 0 {
			return nil
		}
		return slices.Clone(sheet.sealed.row(i)[:len(s.form.Columns)])
	})
}

func (s *Service) lastRow(ctx context.Context, village unit.Code, before date.Date, pick func(*Sheet, int) Values) (Values, date.Date, error) {
	weeks, err := s.book.weeksBefore(ctx, before)
	if err != nil {
		return nil, date.Date{}, err
	}
	for _, due := range weeks {
		sheet, err := s.book.Sheet(ctx, due)
		if err != nil {
			return nil, date.Date{}, err
		}
		if i, ok := sheet.Tree.VillageIndex(village); ok {
			sheet.mu.RLock()
			v := pick(sheet, i)
			sheet.mu.RUnlock()
			if v != nil {
				return v, due, nil
			}
		}
	}
	return nil, date.Date{}, nil
}

// maxText is the longest note, reason or field of a head that is kept, in characters.
const maxText = 500

// clean drops what no table keeps: bytes that are no text, and control characters other than
// line breaks and tabs.
func clean(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, ""))
}

// cleanNotes are the notes that say something; ErrColumn, ErrTooLong.
func (s *Service) cleanNotes(notes map[string]string) (map[string]string, error) {
	out := make(map[string]string, len(notes))
	for key, note := range notes {
		if _, ok := s.form.ColumnIndex(key); !ok {
			return nil, ErrColumn.With("column", key)
		}
		if note = strings.TrimSpace(clean(note)); note == "" {
			continue
		}
		if err := checkText("note", note); err != nil {
			return nil, err
		}
		out[key] = note
	}
	return out, nil
}

func checkText(field, text string) error {
	if n := len([]rune(text)); n > maxText {
		return ErrTooLong.With("field", field).With("length", n).With("max", maxText)
	}
	return nil
}

// stamp is who and when, for what is written now.
func (s *Service) stamp(a access.Actor) (account int64, actor string, at time.Time) {
	return a.Account, a.Name, s.Now().Truncate(time.Millisecond)
}
