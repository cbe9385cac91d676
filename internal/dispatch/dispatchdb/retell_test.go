package dispatchdb_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/sangzi/sangzi/internal/database"
	"github.com/sangzi/sangzi/internal/dispatch"
	"github.com/sangzi/sangzi/internal/testkit"
)

// What could not be told is told later under the same names, also by a server that starts anew;
// what is long over is not.
func TestToldLater(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		s := open(t, db)
		if err := s.Retell(ctx); err != nil || len(s.told) > 0 {
			t.Fatalf("at the start: %v, %v", s.told, err)
		}
		must[dispatch.Event](t)(s.Ask(ctx, testkit.Village, dispatch.AskInput{Unit: testkit.Xintan, Ask: "trees", Text: "要荔枝苗"}))
		s.clock.Advance(72 * time.Hour)
		s.told, s.deaf = nil, errors.New("the database is full")
		asked := must[dispatch.Event](t)(s.Ask(ctx, testkit.Village, dispatch.AskInput{Unit: testkit.Xintan, Ask: "trees", Text: "要龙眼苗"}))
		must[dispatch.Item](t)(s.Open(ctx, testkit.County, dispatch.OpenInput{Request: asked.ID, To: forestry, Day: friday, Text: "找苗"}))
		if err := s.Retell(ctx); !errors.Is(err, s.deaf) {
			t.Errorf("still deaf: %v", err)
		}
		s.deaf = nil
		again := open(t, db)
		again.clock.Advance(72 * time.Hour)
		for _, one := range []*stage{s, again} {
			for range 2 {
				if err := one.Retell(ctx); err != nil {
					t.Fatal(err)
				}
			}
			if len(one.told) != 3 || one.told[1].To != forestry {
				t.Errorf("told later: %+v", one.told)
			}
		}
		if !slices.EqualFunc(s.told, again.told, func(x, y dispatch.Note) bool {
			return x.Name == y.Name && x.Title == y.Title && x.Body == y.Body && x.At.Equal(y.At)
		}) {
			t.Errorf("%+v and %+v", s.told, again.told)
		}
	})
}
