package record

import (
	"context"
	"slices"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/unit"
)

// Counted is a record behind a figure.
type Counted struct {
	Version Version // as it counts in that week, which may not be its latest
	Late    bool    // it had happened for an earlier week and was entered after that one's deadline
	New     bool    // it counts for the first time in this week
}

// Behind lists the records that a village's column comes from in a week, the latest day first;
// none for a column that is typed.
func (s *Service) Behind(ctx context.Context, a access.Actor, village unit.Code, due date.Date, column int) ([]Counted, error) {
	if err := a.Can(access.ReadRecords, village); err != nil {
		return nil, err
	}
	at, ok := s.book.weeks.of(due)
	if !ok || column < 0 || column >= len(s.book.columns) || s.book.columns[column] == nil {
		return nil, nil
	}
	rule := s.book.columns[column]
	versions, err := s.store.Histories(ctx, village, rule.Record)
	if err != nil {
		return nil, err
	}
	kind, _ := s.records.Kind(rule.Record)
	versions = slices.DeleteFunc(versions, func(v Version) bool { return waits(kind, &v) })
	var list []Counted
	for i := range versions {
		v := versions[i]
		var next *Version
		if i+1 < len(versions) && versions[i+1].ID == v.ID {
			next = &versions[i+1]
		}
		w := s.book.weeks.span(kind, &v, next)
		if w.from > at || w.to <= at || !takes(rule, &v) {
			continue
		}
		s.show(a, &v)
		list = append(list, Counted{Version: v, Late: s.book.weeks.happened(v.Day) < w.from, New: w.from == at})
	}
	slices.SortStableFunc(list, func(a, b Counted) int { return b.Version.Day.Compare(a.Version.Day) })
	return list, nil
}
