package ledger_test

import (
	"errors"
	"testing"

	"github.com/sangzi/sangzi/internal/database"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
)

func (s *stage) lock(base int32) (ledger.Submission, error) {
	return s.Lock(ctx, testkit.County, ledger.SubmitInput{Unit: testkit.Puning, Week: thisWeek, Base: base, Head: s.head("普宁市")})
}

// everyWrite tries each verb that writes to 里湖镇's week and gives its errors by name.
func (s *stage) everyWrite() map[string]error {
	errs := map[string]error{}
	_, errs["report"] = s.Report(ctx, testkit.Town, ledger.ReportInput{Unit: lihu1, Week: thisWeek, Base: ledger.AnyBase, Values: s.row(500)})
	_, errs["draft"] = s.SaveDraft(ctx, testkit.Town, ledger.DraftInput{Unit: lihu1, Week: thisWeek, Base: ledger.AnyBase, Inputs: map[string]string{"planted_trees": "600"}})
	_, errs["return"] = s.Return(ctx, testkit.Town, ledger.ReturnInput{Unit: lihu1, Week: thisWeek, Reason: "请核对"})
	_, errs["submit"] = s.Submit(ctx, testkit.Town, ledger.SubmitInput{Unit: testkit.LihuTown, Week: thisWeek, Base: ledger.AnyBase, Head: s.head("里湖镇")})
	_, errs["return town"] = s.ReturnTown(ctx, testkit.County, ledger.ReturnInput{Unit: testkit.LihuTown, Week: thisWeek, Reason: "请补齐"})
	_, errs["grant"] = s.Grant(ctx, testkit.County, ledger.GrantInput{Unit: testkit.LihuTown, Week: thisWeek, Kind: ledger.Waiver, Reason: "台风"})
	_, errs["import"] = s.Import(ctx, testkit.Town, ledger.ImportInput{Unit: testkit.LihuTown, Week: thisWeek, File: "里湖镇.xlsx",
		Rows: []ledger.ImportRow{{Village: lihu2, Values: s.row(77)}}})
	return errs
}

// A locked week stands still until it is opened again with a reason.
func TestLock(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		s := newStage(t, db, "2024-03-29 16:18")
		if _, err := s.lock(0); !errors.Is(err, ledger.ErrNothing) {
			t.Errorf("no town has submitted: %v", err)
		}
		s.reportAll(testkit.LihuTown, thisWeek, 10)
		town := s.submit(testkit.LihuTown, thisWeek)
		if _, err := s.lock(1); !errors.Is(err, ledger.ErrMoved) {
			t.Errorf("a version that is not there: %v", err)
		}
		sub, err := s.lock(0)
		if err != nil {
			t.Fatal(err)
		}
		// 流沙东街道 is named as missing, 三坑农场 has nobody to report
		if len(sub.Members) != 2 || sub.Members[0] != (ledger.Member{Unit: testkit.EastTown, State: ledger.NotDue}) ||
			sub.Members[1] != (ledger.Member{Unit: testkit.LihuTown, Version: 1, State: ledger.OnTime}) {
			t.Errorf("members %+v", sub.Members)
		}
		before := s.snapshot()
		for verb, err := range s.everyWrite() {
			if !errors.Is(err, ledger.ErrLocked) {
				t.Errorf("%s in a locked week: %v", verb, err)
			}
		}
		if _, err := s.lock(ledger.AnyBase); !errors.Is(err, ledger.ErrLocked) {
			t.Errorf("locked twice: %v", err)
		}
		before.same(t, s.snapshot())
		if _, err := s.Report(ctx, testkit.Outsider, ledger.ReportInput{Unit: huilai1, Week: thisWeek, Values: s.row(1)}); err != nil {
			t.Errorf("another county's week is locked too: %v", err)
		}
		if _, err := s.Reopen(ctx, testkit.County, testkit.Puning, thisWeek, " "); !errors.Is(err, ledger.ErrReason) {
			t.Errorf("opened without a reason: %v", err)
		}
		re, err := s.Reopen(ctx, testkit.City, testkit.Puning, thisWeek, "更正数据")
		if err != nil || re.Version != 2 || re.Status != ledger.Reopened || re.Hash != sub.Hash || re.Reason != "更正数据" {
			t.Fatalf("%+v, %v", re, err)
		}
		if _, err := s.Reopen(ctx, testkit.County, testkit.Puning, thisWeek, "再来"); !errors.Is(err, ledger.ErrNotLocked) {
			t.Errorf("opened twice: %v", err)
		}
		for verb, err := range s.everyWrite() {
			if err != nil {
				t.Errorf("%s after the week was opened again: %v", verb, err)
			}
		}
		again, err := s.lock(2)
		if err != nil || again.Version != 3 || again.Members[1].Version == town.Version || again.Hash == sub.Hash {
			t.Errorf("%+v, %v", again, err)
		}
	})
}

func TestLockRefusesWhatIsNoCounty(t *testing.T) {
	s := onSQLite(t, "2024-03-29 16:18")
	operator := testkit.County
	operator.Unit = testkit.Jieyang // stands above, so that only the unit is wrong
	for _, of := range []unit.Code{testkit.Jieyang, testkit.LihuTown, lihu1, 445282000000} {
		if _, err := s.Lock(ctx, operator, ledger.SubmitInput{Unit: of, Week: thisWeek, Head: s.head("x")}); !errors.Is(err, ledger.ErrNoTown) {
			t.Errorf("lock %s: %v", of, err)
		}
		if _, err := s.Reopen(ctx, operator, of, thisWeek, "x"); !errors.Is(err, ledger.ErrNoTown) {
			t.Errorf("reopen %s: %v", of, err)
		}
	}
	if _, err := s.Lock(ctx, testkit.County, ledger.SubmitInput{Unit: testkit.Puning, Week: thisWeek.Add(5), Head: s.head("x")}); !errors.Is(err, ledger.ErrNotOpen) {
		t.Errorf("next week: %v", err)
	}
}

// What waivers and extensions make of states and figures.
func TestGrant(t *testing.T) {
	s := onSQLite(t, "2024-03-29 18:00")
	in := ledger.GrantInput{Unit: lihu1, Week: thisWeek, Kind: ledger.Extension, Until: s.at("2024-03-30 12:00"), Reason: "停电"}
	for _, c := range []struct {
		name   string
		change func(g *ledger.GrantInput)
		want   error
	}{
		{"no reason", func(g *ledger.GrantInput) { g.Reason = "" }, ledger.ErrReason},
		{"not after the deadline", func(g *ledger.GrantInput) { g.Until = s.at("2024-03-29 17:30") }, ledger.ErrUntil},
		{"no kind", func(g *ledger.GrantInput) { g.Kind = "x" }, ledger.ErrUntil},
		{"no such unit", func(g *ledger.GrantInput) { g.Unit = 445281119999 }, ledger.ErrNoVillage},
	} {
		bad := in
		c.change(&bad)
		if _, err := s.Grant(ctx, testkit.County, bad); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
	grant := func(g ledger.GrantInput) {
		t.Helper()
		if _, err := s.Grant(ctx, testkit.County, g); err != nil {
			t.Fatal(err)
		}
	}
	grant(in)
	grant(ledger.GrantInput{Unit: lihu2, Week: thisWeek, Kind: ledger.Waiver, Reason: "合并中"})
	grant(ledger.GrantInput{Unit: testkit.EastTown, Week: thisWeek, Kind: ledger.Waiver, Reason: "台风"})
	grant(ledger.GrantInput{Unit: testkit.Xintan, Week: thisWeek, Kind: ledger.Waiver, Reason: "台风"}) // within the town's
	states := map[ledger.State]int{}
	sheet, err := s.Sheet(ctx, testkit.County, testkit.Puning, thisWeek)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range sheet.Rows(testkit.Puning, s.Now()) {
		states[r.State]++
	}
	if states[ledger.NotDue] != 1 || states[ledger.Missing] != 23 || states[ledger.Waived] != 1+17+1 { // and the virtual area
		t.Errorf("states %v", states)
	}
	if f := s.figures(testkit.Puning, thisWeek); f.Villages != 24 || f.Reported != 0 {
		t.Errorf("figures %+v", f)
	}
	// one that was let off reports all the same, another is carried along
	s.report(testkit.Xintan, thisWeek, s.row(10))
	s.submit(testkit.EastTown, thisWeek)
	if f := s.figures(testkit.Puning, thisWeek); f.Villages != 25 || f.Reported != 1 || f.OnTime != 0 || f.Late != 1 {
		t.Errorf("figures %+v", f)
	}
	// carried along although let off: in the sums, and neither reported nor missing
	s.report(lihu2, lastWeek, s.row(4))
	s.report(lihu3, lastWeek, s.row(2))
	s.submit(testkit.LihuTown, thisWeek, lihu2, lihu3)
	if f := s.figures(testkit.LihuTown, thisWeek); f.Villages != 24 || f.Reported != 0 || f.Carried != 2 || f.Excused != 1 || f.Sums[s.col("planted_trees")] != 6 {
		t.Errorf("figures %+v", f)
	}
	if got := sheet.Grants(testkit.LihuTown); len(got) != 2 || got[0].Reason != "停电" || got[0].Actor != "林晓燕" {
		t.Errorf("grants that touch the town: %+v", got)
	}
	if got := sheet.Grants(testkit.Xintan); len(got) != 2 {
		t.Errorf("grants that touch the village: %+v", got)
	}
}

// A virtual area is not expected; when it reports all the same it is counted, and its states and
// figures still sum.
func TestVirtualArea(t *testing.T) {
	s := onSQLite(t, "2024-03-22 16:18")
	s.report(virtual, lastWeek, s.row(5))
	s.submit(virtualTown, lastWeek)
	if f := s.figures(virtualTown, lastWeek); f.Villages != 1 || f.Reported != 1 || f.Sums[s.col("planted_trees")] != 5 {
		t.Errorf("figures %+v", f)
	}
	s.set("2024-03-29 16:18")
	v, err := s.Row(ctx, testkit.County, virtual, thisWeek)
	if err != nil || v.State != ledger.Waived {
		t.Errorf("%s, %v", v.State, err)
	}
	s.submit(virtualTown, thisWeek, virtual)
	if f := s.figures(virtualTown, thisWeek); f.Villages != 0 || f.Reported != 0 || f.Carried != 1 || f.Excused != 1 || f.Sums[s.col("planted_trees")] != 5 {
		t.Errorf("figures %+v", f)
	}
}
