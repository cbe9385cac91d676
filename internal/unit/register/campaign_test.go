package register_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/ledger/ledgertest"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/unit/register"
)

// meilin is 梅林镇, of 普宁市 like 里湖镇.
const meilin unit.Code = 445281117000

// empty is a world without accounts, as that of ledgertest.
type empty struct{}

func (empty) Accounts(context.Context, access.Actor, unit.Code) ([]register.Account, error) {
	return nil, nil
}

func inWorld(w *ledgertest.World) *register.Service {
	return register.New(register.Config{Store: w.Units, Reports: w.Store, People: empty{}, Now: w.Ledger.Now, Changed: w.Ledger.UnitsChanged})
}

// figures is what statistics and boards read of a week: sums, and every sealed row, by village.
type figures struct {
	states map[ledger.State]int
	rows   map[unit.Code][]ledger.Value
	total  []ledger.Value
}

func read(t *testing.T, w *ledgertest.World, of unit.Code, due date.Date) figures {
	t.Helper()
	b, err := w.Ledger.Board(ctx, testkit.City, of, due)
	if err != nil {
		t.Fatal(err)
	}
	views, err := w.Ledger.Rows(ctx, testkit.City, of, due)
	if err != nil {
		t.Fatal(err)
	}
	f := figures{states: b.States, rows: map[unit.Code][]ledger.Value{}, total: ledger.NewValues(len(w.Pack.Ledger.Columns))}
	for _, v := range views {
		f.rows[v.Village.Code] = v.Sealed
		for i, x := range v.Sealed {
			if x != ledger.Empty {
				f.total[i] = max(f.total[i], 0) + x
			}
		}
	}
	return f
}

func (f figures) equal(g figures) bool {
	same := len(f.rows) == len(g.rows) && slices.Equal(f.total, g.total)
	for code, row := range f.rows {
		same = same && slices.Equal(row, g.rows[code])
	}
	for s, n := range f.states {
		same = same && g.states[s] == n
	}
	return same
}

// In the middle of the campaign two villages are merged, a town takes another in, a village is
// renamed. The weeks before the day read as they did; from the day's week on there are the
// new units only.
func TestMergeInMidCampaign(t *testing.T) {
	w := ledgertest.Busy(t, "2024-03-29 18:00")
	s := inWorld(w)
	weeks := w.Ledger.Calendar().Until(ledgertest.ThisWeek)
	before := map[date.Date]figures{}
	for _, wk := range weeks {
		before[wk.Due] = read(t, w, testkit.Jieyang, wk.Due)
	}
	day := ledgertest.ThisWeek.Add(1)
	villages := w.Tree(day).Villages(testkit.LihuTown)
	gone, stays := villages[2].Code, villages[1].Code
	for _, c := range []register.Change{
		register.MergeInput{On: register.On{Day: day}, Units: []unit.Code{gone, stays}, Into: stays, Name: "合并后村委会"},
		register.MergeInput{On: register.On{Day: day}, Units: []unit.Code{testkit.LihuTown, meilin}, Into: testkit.LihuTown, Name: "里湖镇"},
	} {
		e, err := s.Preview(ctx, testkit.Head, c)
		if err != nil || len(e.Weeks) != 0 {
			t.Fatalf("%s: weeks %v, %v", c.Verb(), e.Weeks, err)
		}
		if _, err := s.Merge(ctx, testkit.Head, c.(register.MergeInput)); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.Rename(ctx, testkit.Head, register.RenameInput{On: register.On{Day: day}, Unit: testkit.Xintan, Name: "新坛社区居委会"}); err != nil {
		t.Fatal(err)
	}
	for _, wk := range weeks {
		if now := read(t, w, testkit.Jieyang, wk.Due); !now.equal(before[wk.Due]) {
			t.Errorf("the week of %s reads otherwise than before", wk.Due)
		}
	}
	if got := w.Tree(ledgertest.ThisWeek).ShortName(testkit.Xintan); got != "新坛村" {
		t.Errorf("the old week prints %s", got)
	}
	w.Clock.Set(ledgertest.NextWeek.In(testkit.Shanghai))
	next := read(t, w, testkit.Puning, ledgertest.NextWeek)
	if _, ok := next.rows[gone]; ok {
		t.Error("the merged village is still expected to report")
	}
	old := w.Tree(ledgertest.ThisWeek)
	if n := len(old.Villages(testkit.Puning)) - 1; len(next.rows) != n {
		t.Errorf("%d villages next week, want %d", len(next.rows), n)
	}
	towns := 0
	for _, n := range next.states {
		towns += n
	}
	if want := len(old.Towns(testkit.Puning)) - 1; towns != want {
		t.Errorf("%d towns next week, want %d", towns, want)
	}
	if _, err := w.Ledger.Sheet(ctx, testkit.City, meilin, ledgertest.NextWeek); !errors.Is(err, ledger.ErrNoVillage) {
		t.Errorf("the town that was taken in: %v", err)
	}
}

// A change dated back into reported weeks is refused until the caller knows how many it touches.
func TestTouchedWeeks(t *testing.T) {
	w := ledgertest.Busy(t, "2024-03-29 18:00")
	s := inWorld(w)
	villages := w.Tree(ledgertest.ThisWeek).Villages(testkit.LihuTown)
	in := register.AbolishInput{On: register.On{Day: ledgertest.LastWeek}, Unit: villages[2].Code, Successor: villages[1].Code}
	e, err := s.Preview(ctx, testkit.Head, in)
	if err != nil || !slices.Equal(e.Weeks, []date.Date{ledgertest.LastWeek, ledgertest.ThisWeek}) {
		t.Fatalf("weeks %v, %v", e.Weeks, err)
	}
	for seen := range 2 {
		in.Seen = seen
		if _, err := s.Abolish(ctx, testkit.Head, in); !errors.Is(err, register.ErrTouches) {
			t.Errorf("knowing of %d: %v", seen, err)
		}
	}
	in.Seen = 2
	if _, err := s.Abolish(ctx, testkit.Head, in); err != nil {
		t.Fatal(err)
	}
	rows := read(t, w, testkit.LihuTown, ledgertest.ThisWeek).rows
	if _, ok := rows[in.Unit]; ok || len(rows) != len(villages)-1 {
		t.Error("the week still has the village")
	}
	week7 := date.MustParse("2024-03-15")
	if rows := read(t, w, testkit.LihuTown, week7).rows; len(rows) != len(villages) {
		t.Errorf("week 7 has %d villages, want %d", len(rows), len(villages))
	}
	l, err := s.History(ctx, testkit.Head, in.Unit)
	if err != nil || len(l.Weeks) == 0 || l.Heir.Code != in.Successor || l.Weeks[len(l.Weeks)-1] != ledgertest.ThisWeek {
		t.Errorf("history: %v %s, %v", l.Weeks, l.Heir.Code, err)
	}
}
