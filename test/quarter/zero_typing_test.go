// Package quarter walks a whole quarter through the application: what villages record as it
// happens, and what their ledger, their town's and their county's then say without anybody
// typing a cell.
package quarter

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/app"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/week"
	"github.com/sangzi/sangzi/test/house"
)

var ctx = context.Background()

func TestMain(m *testing.M) { testkit.Main(m) }

const village = testkit.Xintan

// stage is an application on a database, and the clock that all of them share.
type stage struct {
	*app.App
	t     *testing.T
	clock *testkit.Clock
}

func open(t *testing.T, url string, clock *testkit.Clock) *stage {
	t.Helper()
	a, err := app.Open(ctx, app.Options{DB: url, Clock: clock.Now, Hash: house.Cheap})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Errorf("closing: %v", err)
		}
	})
	return &stage{a, t, clock}
}

// prepared records what a village has before it plants: its register, seedlings, an approved plan.
func (s *stage) prepared() {
	s.t.Helper()
	s.note("profile", map[string]string{"typical": "否", "members": "94"})
	s.note("seedlings", map[string]string{"trees": "900"})
	plan := s.note("plan", map[string]string{"where": "村道", "trees": "900"})
	if _, err := s.Records.Approve(ctx, testkit.County, record.At{ID: plan.ID, Base: 1}); err != nil {
		s.t.Fatal(err)
	}
}

// on sets the clock to a day and an hour.
func (s *stage) on(day date.Date, hour int) {
	s.clock.Set(day.In(testkit.Shanghai).Add(time.Duration(hour) * time.Hour))
}

// note records something the village has done today.
func (s *stage) note(kind string, fields map[string]string) record.Version {
	s.t.Helper()
	return s.noteOn(s.Records.Today(), kind, fields)
}

func (s *stage) noteOn(day date.Date, kind string, fields map[string]string) record.Version {
	s.t.Helper()
	v, err := s.Records.Enter(ctx, testkit.Village, record.Input{Kind: kind, Unit: village, Day: day, Fields: fields, Source: ledger.Source{Kind: ledger.ByForm}})
	if err != nil {
		var faults *record.Faults
		if errors.As(err, &faults) {
			s.t.Fatalf("%s: %+v", kind, faults.List)
		}
		s.t.Fatalf("%s: %v", kind, err)
	}
	return v
}

// cell is what a village's row of a week shows in a column.
func (s *stage) cell(due date.Date, key string) string {
	s.t.Helper()
	v, err := s.Ledger.Row(ctx, testkit.Village, village, due)
	if err != nil {
		s.t.Fatal(err)
	}
	i, ok := s.Pack.Ledger.ColumnIndex(key)
	if !ok {
		s.t.Fatalf("no column %s", key)
	}
	return ledger.Format(&s.Pack.Ledger.Columns[i], v.Filled[i])
}

func (s *stage) wants(due date.Date, want map[string]string) {
	s.t.Helper()
	for key, value := range want {
		if got := s.cell(due, key); got != value {
			s.t.Errorf("%s: %s is %q, want %q", due, key, got, value)
		}
	}
}

// tap is the one button of Friday.
func (s *stage) tap(due date.Date) ledger.RowVersion {
	s.t.Helper()
	r, err := s.Ledger.Report(ctx, testkit.Village, ledger.ReportInput{Unit: village, Week: due, Base: ledger.AnyBase, Unchanged: true, Source: ledger.Source{Kind: ledger.ByForm}})
	if err != nil {
		var f *ledger.Findings
		if errors.As(err, &f) {
			for i := range f.List {
				s.t.Errorf("%s asks: %s", due, f.List[i].Message())
			}
		}
		s.t.Fatalf("%s: %v", due, err)
	}
	return r
}

// A village that records what it does types no cell of nine weeks' ledgers. Its rows, the sums of
// its town and its county are what a plain count of the records says, on both databases, by a
// second server too, and after a restart.
func TestNothingIsTyped(t *testing.T) {
	testkit.URLs(t, func(t *testing.T, url string) {
		clock := testkit.NewClock("2024-01-20 10:00")
		s := open(t, url, clock)
		other := open(t, url, clock)

		s.note("profile", map[string]string{"typical": "是", "members": "94"})
		s.noteOn(date.MustParse("2023-11-01"), "liaison", map[string]string{"level": "county_leader", "post": "市委常委"})
		s.note("liaison", map[string]string{"level": "first_secretary", "post": "市林业局派驻"})
		plan := s.note("plan", map[string]string{"where": "村道两旁和寨前空地", "trees": "900", "species": "荔枝600、龙眼300", "sketched": "是"})

		weeks := s.Ledger.Calendar().Until(date.MustParse("2024-03-29"))
		if len(weeks) != 9 {
			t.Fatalf("%d weeks", len(weeks))
		}
		planted, secured, trained, spent := 0, 0, 0, 0
		for i, w := range weeks {
			s.on(w.Due.Add(-2), 9)
			if i == 1 { // approved in the second week, before anything is planted
				if _, err := s.Records.Approve(ctx, access.Actor{Account: 2, Name: "镇里", Role: access.TownClerk, Unit: testkit.EastTown}, record.At{ID: plan.ID, Base: 1}); err != nil {
					t.Fatal(err)
				}
			}
			if i%2 == 1 {
				s.note("seedlings", map[string]string{"trees": fmt.Sprint(50 + i), "source": "镇林业站"})
				s.note("planting", map[string]string{"work": "new", "trees": fmt.Sprint(40 + i), "occasion": "weekly", "people.members": "12"})
				secured, planted = secured+50+i, planted+40+i
			}
			if i == 3 {
				s.note("seminar", map[string]string{"with": "patrons"})
				s.note("visit", map[string]string{"patrons": "陈木清、黄秀英"})
				s.note("training", map[string]string{"attendances": "36", "form": "on_site"})
				trained += 36
			}
			if i == 4 {
				s.note("visit", map[string]string{"patrons": "黄秀英 方锐钦"}) // one of them again
				s.note("funding", map[string]string{"stage": "raised_spent", "source": "social", "amount": "2.60"})
				s.note("funding", map[string]string{"stage": "spent", "source": "fiscal", "amount": "0.406"})
				spent += 3006
				s.note("grid", map[string]string{"areas": "4", "responsible": "4"})
			}
			s.on(w.Due, 15)
			s.tap(w.Due)
			if err := other.Refresh(ctx); err != nil {
				t.Fatal(err)
			}
			for _, who := range []*stage{s, other} {
				who.wants(w.Due, map[string]string{
					"typical_village": "是", "party_members": "94", "county_leader": "是", "town_leader": "否", "first_secretary": "是",
					"planted_trees": fmt.Sprint(planted), "secured_seedlings": fmt.Sprint(secured), "training_attendances": fmt.Sprint(trained),
					"plan_made": yes(i >= 1), "planned_trees": map[bool]string{true: "900", false: "0"}[i >= 1],
					"seminar_held": yes(i >= 3), "patrons_visited": []string{"0", "2", "3"}[at(i, 3, 4)], "grid_tending": yes(i >= 4),
					"invested_funds": ledger.FormatMoney(int64(spent) * 1000), "social_funds": []string{"0.00", "2.60"}[at(i, 4)], "fiscal_funds": []string{"0.00", "0.41"}[at(i, 4)],
				})
			}
			s.submit(w)
		}
		last := weeks[8].Due
		again := open(t, url, clock)
		again.wants(last, map[string]string{"planted_trees": fmt.Sprint(planted), "patrons_visited": "3", "invested_funds": "3.01"})
		sheet, err := again.Ledger.Sheet(ctx, testkit.County, testkit.Puning, last)
		if err != nil {
			t.Fatal(err)
		}
		i, _ := s.Pack.Ledger.ColumnIndex("planted_trees")
		if f := sheet.Figures(testkit.Puning); f.Sums[i] != int64(planted) {
			t.Errorf("the county has %d trees, the records %d", f.Sums[i], planted)
		}
		walkDown(t, again, last)
		typing, err := again.Ledger.Typing(ctx, testkit.County, testkit.Puning, last)
		if err != nil || len(typing) != 9 {
			t.Fatalf("%d weeks, %v", len(typing), err)
		}
		for _, w := range typing {
			if w.Villages != 1 || w.Recorded != 1 || w.Untyped != 1 || w.Cells != 0 {
				t.Errorf("typed: %+v", w)
			}
		}
	})
}

// walkDown goes from a figure down to the records behind it and back up.
func walkDown(t *testing.T, s *stage, due date.Date) {
	t.Helper()
	for key, field := range map[string]string{"planted_trees": "trees", "secured_seedlings": "trees", "training_attendances": "attendances", "invested_funds": "amount"} {
		i, _ := s.Pack.Ledger.ColumnIndex(key)
		behind, err := s.Records.Behind(ctx, testkit.Leader, village, due, i)
		if err != nil || len(behind) == 0 {
			t.Fatalf("%s: %d records, %v", key, len(behind), err)
		}
		var sum int64
		for _, b := range behind {
			sum += b.Version.Facts.Numbers[field]
			if versions, err := s.Records.Show(ctx, testkit.Leader, b.Version.ID); err != nil || versions[len(versions)-1].Actor != testkit.Village.Name {
				t.Errorf("record %d: %v", b.Version.ID, err)
			}
		}
		v, err := s.Ledger.Row(ctx, testkit.Leader, village, due)
		if err != nil || int64(v.Latest.Values[i]) != sum || v.Latest.Derived[i] != v.Latest.Values[i] {
			t.Errorf("%s: reported %d, records %d, %v", key, v.Latest.Values[i], sum, err)
		}
	}
}

func (s *stage) submit(w week.Week) {
	s.t.Helper()
	clerk := access.Actor{Account: 2, Name: "镇里", Role: access.TownClerk, Unit: testkit.EastTown}
	_, err := s.Ledger.Submit(ctx, clerk, ledger.SubmitInput{Unit: testkit.EastTown, Week: w.Due, Base: ledger.AnyBase,
		Head: ledger.Head{Unit: "流沙东街道", Contact: "镇里", Phone: "1", FilledOn: w.Due}})
	if err != nil {
		s.t.Fatal(err)
	}
}

func yes(b bool) string { return map[bool]string{true: "是", false: "否"}[b] }

// at counts the steps that have been passed.
func at(i int, steps ...int) int {
	n := 0
	for _, s := range steps {
		if i >= s {
			n++
		}
	}
	return n
}

// What is entered after the deadline counts in the next week and says that it is late; the week
// before does not change.
func TestEnteredLate(t *testing.T) {
	clock := testkit.NewClock("2024-03-29 16:00")
	s := open(t, "sqlite:"+t.TempDir()+"/a.db", clock)
	s.prepared()
	s.note("planting", map[string]string{"work": "new", "trees": "100"})
	this, next := date.MustParse("2024-03-29"), date.MustParse("2024-04-03")
	s.tap(this)
	s.clock.Set(testkit.NewClock("2024-03-29 17:31").Now())
	s.note("planting", map[string]string{"work": "new", "trees": "30"})
	s.on(date.MustParse("2024-04-02"), 10)
	s.note("planting", map[string]string{"work": "new", "trees": "5"})
	s.wants(this, map[string]string{"planted_trees": "100"})
	s.wants(next, map[string]string{"planted_trees": "135"})
	i, _ := s.Pack.Ledger.ColumnIndex("planted_trees")
	behind, err := s.Records.Behind(ctx, testkit.Village, village, next, i)
	if err != nil || len(behind) != 3 {
		t.Fatalf("%+v, %v", behind, err)
	}
	for _, b := range behind {
		trees := b.Version.Facts.Numbers["trees"]
		if late, fresh := trees == 30, trees != 100; b.Late != late || b.New != fresh {
			t.Errorf("%d trees: late %v, new %v", trees, b.Late, b.New)
		}
	}
}

// A figure typed over the records needs a word why, is marked up to the county, is carried on by
// what happens after, and gives way when the records reach it.
func TestTypedOverTheRecords(t *testing.T) {
	clock := testkit.NewClock("2024-03-22 10:00")
	s := open(t, "sqlite:"+t.TempDir()+"/a.db", clock)
	s.prepared()
	s.note("planting", map[string]string{"work": "new", "trees": "100"})
	last, this := date.MustParse("2024-03-22"), date.MustParse("2024-03-29")
	i, _ := s.Pack.Ledger.ColumnIndex("planted_trees")
	v, err := s.Ledger.Row(ctx, testkit.Village, village, last)
	if err != nil {
		t.Fatal(err)
	}
	in := ledger.ReportInput{Unit: village, Week: last, Base: 0, Values: v.Filled, Source: ledger.Source{Kind: ledger.ByForm}}
	in.Values[i] = 160
	_, err = s.Ledger.Report(ctx, testkit.Village, in)
	var f *ledger.Findings
	if !errors.As(err, &f) || len(f.List) != 1 || f.List[0].Code != ledger.Differs || f.List[0].Column != i {
		t.Fatalf("typed over without a word: %v", err)
	}
	in.Notes = map[string]string{"planted_trees": "二月种的60株还没补记"}
	if _, err = s.Ledger.Report(ctx, testkit.Village, in); err != nil {
		t.Fatal(err)
	}
	if typing, err := s.Ledger.Typing(ctx, testkit.Village, village, last); err != nil || len(typing) != 1 || typing[0].CellsRecorded != 1 || typing[0].Untyped != 0 {
		t.Errorf("typed: %+v, %v", typing, err)
	}
	for _, who := range []access.Actor{testkit.Village, testkit.County, testkit.City, testkit.Leader} {
		if v, err = s.Ledger.Row(ctx, who, village, last); err != nil || !v.Manual(i) || v.Says[i] != 100 {
			t.Errorf("%s: not marked: %v, %v", who.Name, v.Says, err)
		}
		if said := s.Ledger.Explained(&v); len(said) != 1 || said[0].Code != ledger.Differs {
			t.Errorf("%s: explained %+v", who.Name, said)
		}
	}
	// The next week: 20 new ones come on top, and nothing is asked.
	s.on(this.Add(-2), 9)
	s.note("planting", map[string]string{"work": "new", "trees": "20"})
	s.wants(this, map[string]string{"planted_trees": "180"})
	if r := s.tap(this); r.Values[i] != 180 || r.Derived[i] != 120 {
		t.Errorf("%d, the records %d", r.Values[i], r.Derived[i])
	}
	// The 60 are recorded after all: the records have reached the figure.
	s.on(this, 9)
	s.noteOn(date.MustParse("2024-02-24"), "planting", map[string]string{"work": "new", "trees": "60"})
	next := date.MustParse("2024-04-03")
	s.on(next, 9)
	s.wants(next, map[string]string{"planted_trees": "180"})
	if v, err = s.Ledger.Row(ctx, testkit.Village, village, next); err != nil || v.Manual(i) {
		t.Errorf("still marked as typed: %v", err)
	}
}

// An office that goes on with workbooks loses nothing: the file is the reason.
func TestWorkbookOverTheRecords(t *testing.T) {
	clock := testkit.NewClock("2024-03-29 10:00")
	s := open(t, "sqlite:"+t.TempDir()+"/a.db", clock)
	s.note("planting", map[string]string{"work": "new", "trees": "100"})
	i, _ := s.Pack.Ledger.ColumnIndex("planted_trees")
	values := make(ledger.Values, len(s.Pack.Ledger.Columns))
	values[i] = 130
	this := date.MustParse("2024-03-29")
	in := ledger.ImportInput{Unit: testkit.EastTown, Week: this, File: "流沙东.xlsx", Rows: []ledger.ImportRow{{Village: village, Values: values}}}
	if _, err := s.Ledger.Import(ctx, access.Actor{Account: 2, Name: "镇里", Role: access.TownClerk, Unit: testkit.EastTown}, in); err != nil {
		t.Fatal(err)
	}
	v, err := s.Ledger.Row(ctx, testkit.Village, village, this)
	if err != nil || v.Filled[i] != 130 || !v.Manual(i) || v.Latest.Notes["planted_trees"] != "据表格《流沙东.xlsx》" {
		t.Errorf("%v, %v, %v", v.Filled[i], v.Latest.Notes, err)
	}
}
