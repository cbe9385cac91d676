package ledger_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/sangzi/sangzi/internal/database"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/testkit"
)

// A row given back leaves the next submission, keeps counting in the sealed one, and is whole
// again when the village reports again.
func TestReturnedThenReportedAgain(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		s := newStage(t, db, "2024-03-29 10:00")
		s.report(lihu1, thisWeek, s.row(10))
		s.report(lihu2, thisWeek, s.row(20))
		s.submit(testkit.LihuTown, thisWeek)
		due := s.at("2024-03-30 12:00")
		r, err := s.Return(ctx, testkit.Town, ledger.ReturnInput{Unit: lihu1, Week: thisWeek, Reason: " 苗木数不对\x00 ",
			Cells: []string{"secured_seedlings", "planted_trees", "planted_trees"}, Due: due})
		if err != nil || r.Version != 2 || r.Status != ledger.Returned || r.Reason != "苗木数不对" || !slices.Equal(r.Values, s.row(10)) ||
			!slices.Equal(r.Cells, []string{"planted_trees", "secured_seedlings"}) {
			t.Fatalf("%+v, %v", r, err)
		}
		v := s.view()
		if v.State != ledger.StateReturned || v.Latest.Reason != "苗木数不对" || !v.Latest.ReturnDue.Equal(due) || len(v.Latest.Cells) != 2 {
			t.Errorf("view %+v, latest %+v", v, v.Latest)
		}
		if _, err := s.Return(ctx, testkit.Town, ledger.ReturnInput{Unit: lihu1, Week: thisWeek, Reason: "再退"}); !errors.Is(err, ledger.ErrNothing) {
			t.Errorf("given back twice: %v", err)
		}
		if f := s.figures(testkit.LihuTown, thisWeek); f.Sums[s.col("planted_trees")] != 30 {
			t.Errorf("what was sealed no longer counts: %+v", f)
		}
		sub := s.submit(testkit.LihuTown, thisWeek)
		if m := sub.Members[0]; m.Unit != lihu1 || m.Version != 0 || m.State != ledger.StateReturned {
			t.Errorf("the returned row was sealed: %+v", m)
		}
		if f := s.figures(testkit.LihuTown, thisWeek); f.Reported != 1 || f.Sums[s.col("planted_trees")] != 20 {
			t.Errorf("figures %+v", f)
		}
		s.set("2024-03-30 12:00")
		s.report(lihu1, thisWeek, s.row(15))
		if v := s.view(); v.State != ledger.OnTime || v.Chain.Version != 3 {
			t.Errorf("back in time: %+v", v.Chain)
		}
		s.submit(testkit.LihuTown, thisWeek)
		if f := s.figures(testkit.LihuTown, thisWeek); f.OnTime != 2 || f.Sums[s.col("planted_trees")] != 35 {
			t.Errorf("figures %+v", f)
		}
	})
}

func TestReturnDue(t *testing.T) {
	s := onSQLite(t, "2024-03-29 10:00")
	s.report(lihu1, thisWeek, s.row(10))
	if r, err := s.Return(ctx, testkit.Town, ledger.ReturnInput{Unit: lihu1, Week: thisWeek, Reason: "请核对"}); err != nil || !r.ReturnDue.Equal(s.at("2024-03-29 17:30")) {
		t.Fatalf("without a time, before the deadline: %+v, %v", r, err)
	}
	s.set("2024-03-29 17:31")
	s.report(lihu1, thisWeek, s.row(11))
	if v := s.view(); v.State != ledger.Late {
		t.Errorf("back after the deadline it was wanted by: %s", v.State)
	}
	s.report(lihu2, thisWeek, s.row(10))
	if r, err := s.Return(ctx, testkit.Town, ledger.ReturnInput{Unit: lihu2, Week: thisWeek, Reason: "请核对"}); err != nil || !r.ReturnDue.IsZero() {
		t.Errorf("without a time, after the deadline: %+v, %v", r, err)
	}
}

func TestReturnRefuses(t *testing.T) {
	s := onSQLite(t, "2024-03-29 10:00")
	in := ledger.ReturnInput{Unit: lihu1, Week: thisWeek, Reason: "请核对"}
	if _, err := s.Return(ctx, testkit.Town, in); !errors.Is(err, ledger.ErrNothing) {
		t.Errorf("nothing to give back: %v", err)
	}
	s.report(lihu1, thisWeek, s.row(10))
	s.report(lihu1, thisWeek, s.row(11))
	for _, c := range []struct {
		name   string
		change func(in *ledger.ReturnInput)
		want   error
	}{
		{"no reason", func(in *ledger.ReturnInput) { in.Reason = " \x00" }, ledger.ErrReason},
		{"no such column", func(in *ledger.ReturnInput) { in.Cells = []string{"nonsense"} }, ledger.ErrColumn},
		{"wanted before now", func(in *ledger.ReturnInput) { in.Due = s.Now().Add(-time.Minute) }, ledger.ErrReturnDue},
		{"a version since replaced", func(in *ledger.ReturnInput) { in.Base = 1 }, ledger.ErrMoved},
		{"a town", func(in *ledger.ReturnInput) { in.Unit = testkit.LihuTown }, ledger.ErrNoVillage},
	} {
		bad := in
		c.change(&bad)
		if _, err := s.Return(ctx, testkit.Town, bad); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
	if _, err := s.ReturnTown(ctx, testkit.County, ledger.ReturnInput{Unit: testkit.LihuTown, Week: thisWeek, Reason: "x"}); !errors.Is(err, ledger.ErrNothing) {
		t.Errorf("a town that has not submitted: %v", err)
	}
}

// A town's week given back: what it sealed counts until it submits again.
func TestReturnTown(t *testing.T) {
	s := onSQLite(t, "2024-03-29 10:00")
	s.report(lihu1, thisWeek, s.row(10))
	first := s.submit(testkit.LihuTown, thisWeek)
	r, err := s.ReturnTown(ctx, testkit.County, ledger.ReturnInput{Unit: testkit.LihuTown, Week: thisWeek, Reason: "请补齐", Base: 1, Due: s.at("2024-03-29 12:00")})
	if err != nil || r.Version != 2 || r.Status != ledger.Returned || r.Hash != first.Hash || r.Members != nil {
		t.Fatalf("%+v, %v", r, err)
	}
	sheet, err := s.Sheet(ctx, testkit.County, testkit.Puning, thisWeek)
	if err != nil {
		t.Fatal(err)
	}
	office := sheet.Office(testkit.LihuTown, s.Now())
	if office.State != ledger.StateReturned || office.Sealed.Version != 1 || office.Last.Reason != "请补齐" {
		t.Errorf("%+v", office)
	}
	if f := s.figures(testkit.Puning, thisWeek); f.Sums[s.col("planted_trees")] != 10 {
		t.Errorf("figures %+v", f)
	}
	s.set("2024-03-29 17:45")
	second := s.submit(testkit.LihuTown, thisWeek)
	if office = sheet.Office(testkit.LihuTown, s.Now()); office.State != ledger.Late || second.Version != 3 || second.Hash == first.Hash {
		t.Errorf("%+v", office)
	}
}
