package record

import (
	"context"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/picture"
	"github.com/sangzi/sangzi/internal/unit"
)

// Service is the verbs of records. Pages, API and command line call the same ones.
type Service struct {
	pack    *campaign.Pack
	records *campaign.Records
	tree    func(date.Date) *unit.Tree
	store   Store
	now     func() time.Time
	book    *Book
	days    *Days

	pictures *picture.Reader
	liaisons *Liaisons
	decided  decided
	notes    notes
}

// New makes the service and reads all records into its book: tree gives the units valid on a
// day, now the time.
func New(ctx context.Context, pack *campaign.Pack, tree func(date.Date) *unit.Tree, store Store, now func() time.Time) (*Service, error) {
	s := &Service{pack: pack, records: pack.Records, tree: tree, store: store, now: now, book: newBook(pack.Records, pack.Ledger, pack.Calendar()), days: NewDays(pack), liaisons: NewLiaisons(pack), decided: newDecided(pack.Records), pictures: picture.NewReader(picturesAtOnce, pictureTime)}
	store.Follow(s.take)
	recent := loading{since: now().Add(-lookBack)}
	err := store.Load(ctx, func(e Event) error {
		s.take([]Event{e})
		recent.take(e.Version)
		return nil
	})
	s.notes.pending = recent.found
	return s, err
}

// A picture may take so long, and so many are decoded at once: each may need 200 MB for a moment.
const (
	picturesAtOnce = 2
	pictureTime    = 30 * time.Second
)

// take takes events into all that is kept of records in memory.
func (s *Service) take(events []Event) {
	counting := s.decided.of(events)
	s.book.apply(counting)
	s.days.Take(counting)
	s.liaisons.Take(events)
}

// Days is how much of what the campaign's tasks ask for was done on which day.
func (s *Service) Days() *Days { return s.days }

// Kinds is what the campaign records.
func (s *Service) Kinds() *campaign.Records { return s.records }

// Book is what the ledger's columns come to.
func (s *Service) Book() *Book { return s.book }

// Now is the service's clock in the campaign's zone.
func (s *Service) Now() time.Time { return s.now().In(s.pack.Spec().Location) }

// Tree is the units valid on a day.
func (s *Service) Tree(day date.Date) *unit.Tree { return s.tree(day) }

// Today is the day on that clock.
func (s *Service) Today() date.Date { return date.FromTime(s.Now()) }

// Refresh takes in what other servers on the same database have written.
func (s *Service) Refresh(ctx context.Context) error { return s.store.Refresh(ctx) }

// Derived gives what the records say of a village's row in a week; nil when they say nothing.
func (s *Service) Derived(village unit.Code, due date.Date) ledger.Values {
	return s.book.Derived(village, due)
}

// Fresh gives what a village's additive columns have gained between two weeks from what happened
// in them.
func (s *Service) Fresh(village unit.Code, after, due date.Date) ledger.Values {
	return s.book.Fresh(village, after, due)
}

// Show reads every version of a record, oldest first; ErrNone also for what lies outside.
func (s *Service) Show(ctx context.Context, a access.Actor, id int64) ([]Version, error) {
	versions, err := s.store.Versions(ctx, id)
	if err != nil {
		return nil, err
	}
	if err := a.Can(access.ReadRecords, versions[0].Unit); err != nil {
		return nil, ErrNone
	}
	for i := range versions {
		s.show(a, &versions[i])
	}
	return versions, nil
}

// most is how many records one page of a list has at the most.
const most = 500

// List reads records of a unit and all below it, the latest day first.
func (s *Service) List(ctx context.Context, a access.Actor, q Query) ([]Version, error) {
	if err := a.Can(access.ReadRecords, q.Of); err != nil {
		return nil, err
	}
	if q.Kind != "" {
		if _, ok := s.records.Kind(q.Kind); !ok {
			return nil, ErrKind.With("kind", q.Kind)
		}
	}
	if q.Limit < 1 || q.Limit > most {
		q.Limit = most
	}
	list, err := s.store.Records(ctx, q)
	for i := range list {
		s.show(a, &list[i])
	}
	return list, err
}

// Awaiting lists the keys of the kinds that need approval.
func (s *Service) Awaiting() []string {
	var keys []string
	for _, k := range s.records.Kinds {
		if k.Approval {
			keys = append(keys, k.Key)
		}
	}
	return keys
}
