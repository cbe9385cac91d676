package reading_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/reading"
)

// How a reading stands: what the place says of the present wording, else what its city says of it;
// what was said of another wording is asked again.
func TestStand(t *testing.T) {
	const agrees, differs, retracts = reading.Agrees, reading.Differs, reading.Retracts
	line := func(v reading.Verdict, print string) *reading.Saying {
		return &reading.Saying{Verdict: v, Print: print, Text: string(v) + print}
	}
	for _, c := range []struct {
		name       string
		waiting    bool
		own, above *reading.Saying
		want       reading.State
		by         string // whose line it rests on: own, above or nobody
	}{
		{"nobody is asked", false, nil, nil, reading.Unasked, ""},
		{"the office is asked", true, nil, nil, reading.Open, ""},
		{"it agrees", true, line(agrees, "a"), nil, reading.Agreed, "own"},
		{"it reads it otherwise", true, line(differs, "a"), nil, reading.Otherwise, "own"},
		{"it reads otherwise what is not marked", false, line(differs, "a"), nil, reading.Otherwise, "own"},
		{"it takes that back", true, line(retracts, "a"), nil, reading.Open, ""},
		{"it takes back what was not asked", false, line(retracts, "a"), nil, reading.Unasked, ""},
		{"its city agrees", true, nil, line(agrees, "a"), reading.Agreed, "above"},
		{"its city reads it otherwise", true, nil, line(differs, "a"), reading.Otherwise, "above"},
		{"the county goes before the city", true, line(differs, "a"), line(agrees, "a"), reading.Otherwise, "own"},
		{"it takes that back, and the city's holds", true, line(retracts, "a"), line(agrees, "a"), reading.Agreed, "above"},
		{"the wording has changed", true, line(agrees, "old"), nil, reading.Changed, "own"},
		{"the wording has changed and is marked no more", false, line(agrees, "old"), nil, reading.Changed, "own"},
		{"the wording that was read otherwise has changed", true, line(differs, "old"), nil, reading.Changed, "own"},
		{"the city has confirmed the new wording", true, line(agrees, "old"), line(agrees, "a"), reading.Agreed, "above"},
		{"the city's is of the old wording", true, nil, line(agrees, "old"), reading.Changed, "above"},
		{"the city's of the old wording, the county's of the new", true, line(agrees, "a"), line(differs, "old"), reading.Agreed, "own"},
	} {
		s := reading.StandOf(campaign.Question{Key: "1.a", Waiting: c.waiting, Print: "a"}, c.own, c.above)
		by := map[string]*reading.Saying{"own": c.own, "above": c.above}[c.by]
		if s.State != c.want || s.By != by {
			t.Errorf("%s: %s by %+v, want %s by %+v", c.name, s.State, s.By, c.want, by)
		}
	}
}

// Whatever was said: what rests on nothing said is as the pack marks it, what was agreed or read
// otherwise is of the present wording, and what waits is never so.
func TestStandHolds(t *testing.T) {
	verdicts := []reading.Verdict{reading.Agrees, reading.Differs, reading.Retracts}
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string) *reading.Saying {
			if rapid.Bool().Draw(t, "no "+name) {
				return nil
			}
			return &reading.Saying{Verdict: rapid.SampledFrom(verdicts).Draw(t, name), Print: rapid.SampledFrom([]string{"a", "b"}).Draw(t, name+" print")}
		}
		q := campaign.Question{Waiting: rapid.Bool().Draw(t, "waiting"), Print: "a"}
		s := reading.StandOf(q, draw("own"), draw("above"))
		switch s.State {
		case reading.Agreed, reading.Otherwise:
			if s.By == nil || s.By.Print != q.Print || (s.By.Verdict == reading.Differs) != (s.State == reading.Otherwise) || s.State.Waits() {
				t.Fatalf("%+v", s)
			}
		case reading.Changed:
			if s.By == nil || s.By.Print == q.Print || !s.State.Waits() {
				t.Fatalf("%+v", s)
			}
		default:
			if s.By != nil || (s.State == reading.Open) != q.Waiting {
				t.Fatalf("%+v", s)
			}
		}
	})
}
