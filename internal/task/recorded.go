package task

import (
	"context"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/unit"
)

// Recorded tells whether a county keeps its records here: by the end of a day at least one record
// of it, or of a unit below it, stands, or one report of a task was handed in. Where nothing was
// recorded nobody can say how its tasks stand.
func (s *Service) Recorded(ctx context.Context, a access.Actor, of unit.Code, day date.Date) (bool, error) {
	if of.Level() != unit.LevelCounty {
		return false, ErrLevel
	}
	list, err := s.Records.List(ctx, a, record.Query{Of: of, To: day, Limit: 1})
	if err != nil || len(list) > 0 {
		return len(list) > 0, err
	}
	events, err := s.Store.Events(ctx, of)
	if err != nil {
		return false, err
	}
	for _, e := range events {
		if e.Kind == Reporting && !date.FromTime(e.At.In(s.Pack.Spec().Location)).After(day) {
			return true, nil
		}
	}
	return false, nil
}
