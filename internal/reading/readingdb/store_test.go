package readingdb_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/audit"
	"github.com/sangzi/sangzi/internal/audit/auditdb"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/database"
	"github.com/sangzi/sangzi/internal/reading"
	"github.com/sangzi/sangzi/internal/reading/readingdb"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
)

func TestMain(m *testing.M) { testkit.Main(m) }

var ctx = context.Background()

const models = "25.models"

// stage is the readings of a pack on a database, with the clock set by hand.
type stage struct {
	*reading.Service
	t     *testing.T
	db    *database.DB
	pack  *campaign.Pack
	clock *testkit.Clock
}

func open(t *testing.T, db *database.DB, pack *campaign.Pack) *stage {
	t.Helper()
	clock := testkit.NewClock("2024-01-30 10:00")
	return &stage{reading.New(pack, readingdb.Open(db), clock.Now), t, db, pack, clock}
}

// changed is the pack with another text in place of one that stands in it once.
func changed(t *testing.T, old, text string) *campaign.Pack {
	t.Helper()
	data, err := os.ReadFile("../../campaign/pack/dangqihong-2024.yaml")
	if err != nil || bytes.Count(data, []byte(old)) != 1 {
		t.Fatalf("%q stands %d times in the pack, %v", old, bytes.Count(data, []byte(old)), err)
	}
	p, err := campaign.Load("changed.yaml", bytes.Replace(data, []byte(old), []byte(text), 1))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func (s *stage) input(at unit.Code, key string, v reading.Verdict, text string, base int) reading.SayInput {
	s.t.Helper()
	q, ok := s.pack.Question(key)
	if !ok {
		s.t.Fatalf("no reading %s", key)
	}
	return reading.SayInput{Unit: at, Key: key, Verdict: v, Text: text, Print: q.Print, Base: base}
}

func (s *stage) say(a access.Actor, key string, v reading.Verdict, text string, base int) reading.Saying {
	s.t.Helper()
	x, err := s.Say(ctx, a, s.input(a.Unit, key, v, text, base))
	if err != nil {
		s.t.Fatalf("%s %s %s: %v", a.Name, v, key, err)
	}
	s.clock.Advance(time.Minute)
	return x
}

func (s *stage) stand(a access.Actor, key string) (reading.Stand, []reading.Saying) {
	s.t.Helper()
	one, history, err := s.Stand(ctx, a, a.Unit, key)
	if err != nil {
		s.t.Fatal(err)
	}
	return one, history
}

// The office agrees, reads it otherwise, takes that back: each is a line, all of them stay, with
// the history beside, and a village sees what its county says.
func TestSayings(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		s := open(t, db, campaign.Default())
		b, err := s.Board(ctx, testkit.Village, testkit.Xintan)
		if err != nil || b.Unit != testkit.Puning || b.Count(reading.Open) != 16 || b.Count(reading.Unasked) != len(b.Stands)-16 {
			t.Fatalf("at first %d open of %d at %s, %v", b.Count(reading.Open), len(b.Stands), b.Unit, err)
		}
		first := s.say(testkit.County, models, reading.Agrees, "", 0)
		if again := s.say(testkit.County, models, reading.Agrees, " \u202e", 0); again.Number != 1 || !again.At.Equal(first.At) {
			t.Errorf("the same again: %+v", again)
		}
		if one, _ := s.stand(testkit.Village, models); one.State != reading.Agreed || one.By.Actor != testkit.County.Name || !one.By.At.Equal(first.At) {
			t.Errorf("the village sees %s by %+v", one.State, one.By)
		}
		s.say(testkit.County, models, reading.Differs, " 每村\r\n三处\x00 ", 1)
		one, history := s.stand(testkit.Town, models)
		if one.State != reading.Otherwise || one.By.Text != "每村\n三处" || len(history) != 2 || history[1].Verdict != reading.Agrees || !strings.HasPrefix(history[1].Wording, "“一批”没有数目，每个村有一处即算。\n逐村（社区），") {
			t.Errorf("read otherwise: %s, %+v", one.State, history)
		}
		s.say(testkit.County, models, reading.Retracts, "", 2)
		if one, history := s.stand(testkit.Leader, models); one.State != reading.Open || one.By != nil || len(history) != 3 {
			t.Errorf("taken back: %s, %d lines", one.State, len(history))
		}
		events, err := auditdb.Open(db).Events(ctx, audit.Query{Of: testkit.Puning, Limit: 10})
		if err != nil || len(events) != 3 || events[1].Action != "reading.otherwise" || events[1].Subject != "第 25 项 打造一批典型户、典型园、典型区域" || events[0].Before != "每村\n三处" {
			t.Errorf("events %+v, %v", events, err)
		}
		again := open(t, db, campaign.Default())
		if _, kept := again.stand(testkit.Leader, models); !slices.EqualFunc(kept, must(s.stand(testkit.Leader, models)), func(x, y reading.Saying) bool {
			return x.Number == y.Number && x.At.Equal(y.At) && x.Text == y.Text && x.Wording == y.Wording
		}) {
			t.Errorf("after a restart %+v", kept)
		}
	})
}

func must(_ reading.Stand, list []reading.Saying) []reading.Saying { return list }

// A county speaks for itself and a city for itself; the city's word holds where the county has
// none, and the city sees which of its counties have said what.
func TestCityAndCounties(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		s := open(t, db, campaign.Default())
		huilai := access.Actor{Account: 9, Name: "惠来专班", Role: access.CountyOffice, Unit: testkit.Huilai}
		s.say(testkit.City, models, reading.Agrees, "", 0)
		if one, _ := s.stand(testkit.Town, models); one.State != reading.Agreed || one.By.Unit != testkit.Jieyang {
			t.Errorf("by the city: %s by %+v", one.State, one.By)
		}
		s.say(huilai, models, reading.Differs, "每村三处", 0)
		s.say(huilai, "statistics", reading.Agrees, "", 0)
		s.say(testkit.County, models, reading.Agrees, "照市里", 0)
		one, history := s.stand(testkit.City, models)
		if one.State != reading.Agreed || len(one.Below) != 2 || one.Below[0].Unit != testkit.Huilai || one.Below[0].Text != "每村三处" || one.Below[1].Unit != testkit.Puning || len(history) != 1 {
			t.Errorf("the city sees %+v and %d lines", one.Below, len(history))
		}
		if one, history := s.stand(testkit.Outsider, models); one.State != reading.Otherwise || one.By.Unit != testkit.Huilai || one.Above == nil || len(one.Below) != 0 || len(history) != 2 {
			t.Errorf("惠来 sees %s, above %+v, %d lines", one.State, one.Above, len(history))
		}
		b, err := s.Board(ctx, testkit.Town, testkit.Jieyang)
		if err != nil || b.Unit != testkit.Jieyang || slices.ContainsFunc(b.Stands, func(one reading.Stand) bool { return len(one.Below) > 0 }) {
			t.Errorf("a town looks at the city: %v", err)
		}
		if _, err := s.Board(ctx, testkit.Town, testkit.Huilai); !errors.Is(err, access.ErrOutside) {
			t.Errorf("a town looks at the next county: %v", err)
		}
	})
}

// A pack whose wording changes asks again and shows what was agreed to; one that is only tidied,
// or whose mark is taken away once it is confirmed, does not.
func TestChangedWordingAsksAgain(t *testing.T) {
	const old = "ground: “一批”没有数目，每个村有一处即算。有待确认。"
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		s := open(t, db, campaign.Default())
		s.say(testkit.County, models, reading.Agrees, "", 0)
		for _, c := range []struct{ name, old, text string }{
			{"the mark is gone", old, "ground: “一批”没有数目，每个村有一处即算。"},
			{"a comment", old, "# 已问过专班\n            " + old},
			{"quotes", old, `ground: "“一批”没有数目，每个村有一处即算。有待确认。"`},
		} {
			if one, _ := open(t, db, changed(t, c.old, c.text)).stand(testkit.County, models); one.State != reading.Agreed {
				t.Errorf("%s: %s", c.name, one.State)
			}
		}
		const rule = "says: 打造一批典型户、典型园、典型区域\n            each: village\n            every: once\n"
		for _, c := range []struct{ name, old, text string }{
			{"the ground", old, "ground: “一批”按每个村三处计。有待确认。"},
			{"the rule under the same ground", rule, rule + "            from: 2024-02-01\n"},
		} {
			now := open(t, db, changed(t, c.old, c.text))
			one, history := now.stand(testkit.County, models)
			if one.State != reading.Changed || one.By == nil || !strings.HasPrefix(one.By.Wording, "“一批”没有数目，每个村有一处即算。") || len(history) != 1 {
				t.Errorf("%s: %s by %+v", c.name, one.State, one.By)
			}
			if _, err := now.Say(ctx, testkit.County, s.input(testkit.Puning, models, reading.Agrees, "", 1)); !errors.Is(err, reading.ErrWording) {
				t.Errorf("%s: agreeing to what stood before: %v", c.name, err)
			}
		}
		now := open(t, db, changed(t, old, "ground: “一批”按每个村三处计。有待确认。"))
		now.say(testkit.County, models, reading.Agrees, "", 1)
		if one, history := now.stand(testkit.County, models); one.State != reading.Agreed || len(history) != 2 {
			t.Errorf("agreed again: %s, %d lines", one.State, len(history))
		}
		gone := open(t, db, changed(t, "- key: models\n", "- key: model_places\n"))
		b, err := gone.Board(ctx, testkit.County, testkit.Puning)
		if err != nil || len(b.Gone) != 2 || b.Gone[0].Key != models {
			t.Errorf("of a reading that is gone: %+v, %v", b.Gone, err)
		}
	})
}

// What is refused, by whom, and of two at once only one is kept.
func TestRefused(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		s := open(t, db, campaign.Default())
		in := func(change func(*reading.SayInput)) reading.SayInput {
			i := s.input(testkit.Puning, models, reading.Agrees, "", 0)
			change(&i)
			return i
		}
		for _, c := range []struct {
			name string
			by   access.Actor
			in   reading.SayInput
			want error
		}{
			{"a village", testkit.Village, in(func(i *reading.SayInput) { i.Unit = testkit.Xintan }), access.ErrForbidden},
			{"a leader", testkit.Leader, in(func(*reading.SayInput) {}), access.ErrForbidden},
			{"a department", testkit.Forestry, in(func(*reading.SayInput) {}), access.ErrForbidden},
			{"an administrator", testkit.CountyHead, in(func(*reading.SayInput) {}), access.ErrForbidden},
			{"for the next county", testkit.County, in(func(i *reading.SayInput) { i.Unit = testkit.Huilai }), access.ErrOutside},
			{"for a town", testkit.County, in(func(i *reading.SayInput) { i.Unit = testkit.LihuTown }), reading.ErrUnit},
			{"a city for its county", testkit.City, in(func(*reading.SayInput) {}), reading.ErrUnit},
			{"of nothing", testkit.County, in(func(i *reading.SayInput) { i.Key = "25" + "x" }), reading.ErrNone},
			{"saying nothing", testkit.County, in(func(i *reading.SayInput) { i.Verdict = "" }), reading.ErrVerdict},
			{"otherwise without words", testkit.County, in(func(i *reading.SayInput) { i.Verdict, i.Text = reading.Differs, " \n\x00" }), reading.ErrText},
			{"too many words", testkit.County, in(func(i *reading.SayInput) { i.Text = strings.Repeat("字", reading.MaxText+1) }), reading.ErrText},
			{"of another wording", testkit.County, in(func(i *reading.SayInput) { i.Print = "" }), reading.ErrWording},
			{"taking back nothing", testkit.County, in(func(i *reading.SayInput) { i.Verdict = reading.Retracts }), reading.ErrNothing},
		} {
			if _, err := s.Say(ctx, c.by, c.in); !errors.Is(err, c.want) {
				t.Errorf("%s: %v, want %v", c.name, err, c.want)
			}
		}
		if _, history := s.stand(testkit.County, models); len(history) != 0 {
			t.Fatalf("%d lines of what was refused", len(history))
		}
		results := make(chan error)
		for _, text := range []string{"甲", "乙"} {
			go func() {
				_, err := s.Say(ctx, testkit.County, s.input(testkit.Puning, models, reading.Differs, text, 0))
				results <- err
			}()
		}
		a, b := <-results, <-results
		if (a == nil) == (b == nil) || !errors.Is(errors.Join(a, b), reading.ErrMoved) {
			t.Errorf("two at once: %v and %v", a, b)
		}
		if _, history := s.stand(testkit.County, models); len(history) != 1 {
			t.Errorf("%d lines of two at once", len(history))
		}
	})
}
