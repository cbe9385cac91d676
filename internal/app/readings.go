package app

import (
	"context"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/reading"
	"github.com/sangzi/sangzi/internal/reading/readingdb"
	"github.com/sangzi/sangzi/internal/reading/readingweb"
	"github.com/sangzi/sangzi/internal/task/taskweb"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/words"
)

func (a *App) openReadings() *reading.Service {
	return reading.New(a.Pack, readingdb.Open(a.DB), a.Ledger.Now)
}

// formConfirmed tells whether the office of a unit's county or city has confirmed the form of
// annex 3.
func (a *App) formConfirmed(ctx context.Context, actor access.Actor, of unit.Code) (bool, error) {
	s, _, err := a.Readings.Stand(ctx, actor, of, "statistics")
	return s.State == reading.Agreed, err
}

// taskReadings is how the readings stand in the county of a unit, for the pages of its tasks.
func (a *App) taskReadings(ctx context.Context, actor access.Actor, at unit.Code) (map[string]taskweb.Reading, error) {
	b, err := a.Readings.Board(ctx, actor, at)
	if err != nil {
		return nil, err
	}
	out := make(map[string]taskweb.Reading, len(b.Stands))
	for i := range b.Stands {
		s := &b.Stands[i]
		r := taskweb.Reading{Reads: s.Reads, Href: readingweb.Href(s.Key), Said: s.State != reading.Unasked, Word: words.Text("reading_state."+string(s.State), nil), Tone: readingweb.Tone(s.State)}
		if s.State == reading.Otherwise {
			r.Text = s.By.Text
		}
		out[s.Key] = r
	}
	return out, nil
}
