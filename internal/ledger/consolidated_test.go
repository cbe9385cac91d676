package ledger_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
)

// marked lists the changed cells of a consolidated ledger as "village column".
func (s *stage) marked(a access.Actor, of unit.Code, due, since date.Date) (ledger.Ledger, string) {
	s.t.Helper()
	l, err := s.Consolidated(ctx, a, of, due, since)
	if err != nil {
		s.t.Fatal(err)
	}
	var cells []string
	for _, r := range l.Rows {
		for i, changed := range r.Changed {
			if changed {
				cells = append(cells, fmt.Sprintf("%d/%s", r.Village.Code%1000, s.Form().Columns[i].Key))
			}
		}
	}
	if len(cells) != l.Changed {
		s.t.Errorf("%d cells are marked, %d counted", len(cells), l.Changed)
	}
	return l, strings.Join(cells, " ")
}

// Changed cells are marked against what was last submitted, whenever that was, or against a
// chosen week.
func TestConsolidated(t *testing.T) {
	s := onSQLite(t, "2024-03-15 10:00")
	weeks := []date.Date{date.MustParse("2024-03-15"), lastWeek, thisWeek}
	s.report(lihu1, weeks[0], s.row(1))
	s.report(lihu2, weeks[0], s.row(2))
	s.submit(testkit.LihuTown, weeks[0])
	if _, got := s.marked(testkit.County, testkit.Puning, weeks[0], date.Date{}); got != "" {
		t.Errorf("the first submission is marked: %s", got)
	}
	s.set("2024-03-22 10:00")
	s.report(lihu1, weeks[1], s.row(10)) // lihu2 misses a week
	s.submit(testkit.LihuTown, weeks[1])
	s.set("2024-03-29 10:00")
	s.report(lihu1, weeks[2], s.row(10))
	s.report(lihu2, weeks[2], s.with(s.row(3), "party_members", 41))
	s.report(lihu3, weeks[2], s.row(0))
	sub := s.submit(testkit.LihuTown, weeks[2])
	s.report(lihu1, weeks[2], s.row(500)) // not sealed, not shown

	columns := len(s.Form().Columns)
	all := strings.Count // a village never submitted is marked whole
	l, got := s.marked(testkit.County, testkit.Puning, weeks[2], date.Date{})
	if !strings.HasPrefix(got, "2/party_members 2/planted_trees 201/") || all(got, "201/") != columns || all(got, "1/") != columns {
		t.Errorf("against the last submissions: %s", got)
	}
	if len(l.Rows) != 25+17 || len(l.Missing) != 25-3+17 || l.Head.Unit != "普宁市" {
		t.Errorf("%d rows, %d missing, head %+v", len(l.Rows), len(l.Missing), l.Head)
	}
	if r := l.Rows[slices.IndexFunc(l.Rows, func(r ledger.LedgerRow) bool { return r.Village.Code == lihu1 })]; r.Values[s.col("planted_trees")] != 10 || r.State != ledger.OnTime {
		t.Errorf("%+v", r)
	}
	if _, got = s.marked(testkit.County, testkit.LihuTown, weeks[2], weeks[0]); !strings.HasPrefix(got, "1/planted_trees 2/party_members 2/planted_trees 201/") || all(got, "201/") != columns {
		t.Errorf("against a chosen week: %s", got)
	}
	if _, got = s.marked(testkit.County, testkit.EastTown, weeks[2], date.Date{}); got != "" {
		t.Errorf("a town that submitted nothing: %s", got)
	}
	// the head is the town's own; the telephone is for those who may call
	for _, c := range []struct {
		who   access.Actor
		phone string
	}{{testkit.Town, "13800001234"}, {testkit.County, "13800001234"}, {testkit.Leader, "138****1234"}, {testkit.Forestry, "138****1234"}} {
		if l, _ := s.marked(c.who, testkit.LihuTown, weeks[2], date.Date{}); l.Head.Contact != sub.Head.Contact || l.Head.Phone != c.phone {
			t.Errorf("%s is shown %+v", c.who.Name, l.Head)
		}
	}
}

// The download to be filled in has every ordinary village, with what stands or stood last.
func TestPrefilled(t *testing.T) {
	s := onSQLite(t, "2024-03-22 10:00")
	s.report(lihu1, lastWeek, s.row(10))
	s.set("2024-03-29 10:00")
	s.report(lihu2, thisWeek, s.row(20))
	l, err := s.Prefilled(ctx, testkit.County, testkit.Puning, thisWeek)
	if err != nil || len(l.Rows) != 25+17 {
		t.Fatalf("%d rows, %v", len(l.Rows), err)
	}
	planted := map[unit.Code]ledger.Value{}
	for _, r := range l.Rows {
		planted[r.Village.Code] = r.Values[s.col("planted_trees")]
	}
	if planted[lihu1] != 10 || planted[lihu2] != 20 || planted[lihu3] != ledger.Empty {
		t.Errorf("%v", planted)
	}
}

// A board's states sum to the villages expected, its figures to those of its rows.
func TestBoard(t *testing.T) {
	s := onSQLite(t, "2024-03-22 10:00")
	s.reportAll(testkit.LihuTown, lastWeek, 5)
	s.submit(testkit.LihuTown, lastWeek)
	s.set("2024-03-29 10:00")
	s.reportAll(testkit.LihuTown, thisWeek, 10, lihu1, lihu2, lihu3)
	if _, err := s.Grant(ctx, testkit.County, ledger.GrantInput{Unit: lihu3, Week: thisWeek, Kind: ledger.Waiver, Reason: "合并"}); err != nil {
		t.Fatal(err)
	}
	s.set("2024-03-29 18:00")
	s.report(lihu1, thisWeek, s.row(10))
	s.submit(testkit.LihuTown, thisWeek)
	b, err := s.Board(ctx, testkit.County, testkit.Puning, thisWeek)
	if err != nil {
		t.Fatal(err)
	}
	if len(b.Rows) != 3 || b.States[ledger.Late] != 1 || b.States[ledger.Missing] != 1 || b.States[ledger.Waived] != 1 || b.Locked || b.Previous.Due != lastWeek {
		t.Errorf("states %v of %d", b.States, len(b.Rows))
	}
	lihu := b.Rows[1]
	if got := fmt.Sprint(lihu.Villages); got != fmt.Sprint(map[ledger.State]int{ledger.OnTime: 22, ledger.Late: 1, ledger.Missing: 1, ledger.Waived: 1}) {
		t.Errorf("villages of 里湖镇: %s", got)
	}
	if lihu.Figures.Villages != 24 || lihu.Figures.Reported != 23 || lihu.Figures.Late != 1 || lihu.Increase.Villages != 23 || lihu.Increase.Sums[s.col("planted_trees")] != 115 || lihu.Figures.Sums[s.col("planted_trees")] != 230 {
		t.Errorf("figures %+v, increase %+v", lihu.Figures, lihu.Increase)
	}
	if lihu.Changed != 23 || b.Changed != 23 {
		t.Errorf("%d of %d cells changed", lihu.Changed, b.Changed)
	}
	if n := len(lihu.Trail); n != 9 || lihu.Trail[n-1] != ledger.Late || lihu.Trail[n-2] != ledger.OnTime || lihu.Trail[n-3] != ledger.Missing {
		t.Errorf("trail %v", lihu.Trail)
	}
	// every row of villages sums to those expected, from the city down
	for _, of := range []unit.Code{testkit.Jieyang, testkit.Puning, testkit.LihuTown} {
		b, err := s.Board(ctx, testkit.Head, of, thisWeek)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range b.Rows {
			sum := 0
			for _, n := range r.Villages {
				sum += n
			}
			if sum != r.Office.Expects {
				t.Errorf("%s: %v sum to %d of %d", r.Office.Unit.Name, r.Villages, sum, r.Office.Expects)
			}
		}
	}
	city, err := s.Board(ctx, testkit.City, testkit.Jieyang, thisWeek)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range city.Rows {
		if r.Office.Unit.Code == testkit.Puning && (r.Towns[ledger.Late] != 1 || r.Towns[ledger.Missing] != 1 || r.Figures.Reported != 23) {
			t.Errorf("%+v", r)
		}
	}
}
