package ledger_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/database"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
)

// villages of a unit in code order.
func (s *stage) villages(of unit.Code) []unit.Code {
	var out []unit.Code
	for _, v := range s.registry.Load().At(thisWeek).Villages(of) {
		out = append(out, v.Code)
	}
	return out
}

// reportAll reports the same row for all villages of a unit save some.
func (s *stage) reportAll(of unit.Code, week date.Date, planted int, save ...unit.Code) {
	s.t.Helper()
	for _, v := range s.villages(of) {
		if !slices.Contains(save, v) {
			s.report(v, week, s.row(planted))
		}
	}
}

// submit seals a town's week and fails the test when that fails.
func (s *stage) submit(town unit.Code, week date.Date, carry ...unit.Code) ledger.Submission {
	s.t.Helper()
	sub, err := s.Submit(ctx, office(town), ledger.SubmitInput{Unit: town, Week: week, Base: ledger.AnyBase, Head: s.head("里湖镇"), Carry: carry})
	if err != nil {
		s.t.Fatalf("submit %s: %v", town, err)
	}
	return sub
}

func (s *stage) figures(of unit.Code, week date.Date) ledger.Figures {
	s.t.Helper()
	sheet, err := s.Sheet(ctx, testkit.Head, of, week)
	if err != nil {
		s.t.Fatal(err)
	}
	return sheet.Figures(of)
}

// A town sends 24 of 25 villages, the missing one named; the late one is part of the next version.
func TestSubmitWithOneMissing(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		s := newStage(t, db, "2024-03-29 16:18")
		s.reportAll(testkit.LihuTown, thisWeek, 10, lihu3)
		if f := s.figures(testkit.LihuTown, thisWeek); f.Reported != 0 || f.Sums[s.col("planted_trees")] != 0 {
			t.Errorf("figures before anything is sealed: %+v", f)
		}
		sub, err := s.Submit(ctx, testkit.Town, ledger.SubmitInput{Unit: testkit.LihuTown, Week: thisWeek, Head: s.head(" 里湖镇\x00 ")})
		if err != nil {
			t.Fatal(err)
		}
		if sub.Version != 1 || sub.Status != ledger.Sealed || len(sub.Members) != 25 || len(sub.Hash) != 64 || sub.Head.Unit != "里湖镇" {
			t.Fatalf("%+v", sub)
		}
		for _, m := range sub.Members {
			missing := m.Unit == lihu3
			if missing != (m.Version == 0) || missing != (m.State == ledger.NotDue) || m.Carried {
				t.Errorf("member %+v", m)
			}
		}
		f := s.figures(testkit.LihuTown, thisWeek)
		if f.Villages != 25 || f.Reported != 24 || f.OnTime != 24 || f.Late != 0 || f.Sums[s.col("planted_trees")] != 240 {
			t.Errorf("figures %+v", f)
		}
		s.set("2024-03-29 18:00")
		s.report(lihu3, thisWeek, s.row(10))
		if f := s.figures(testkit.LihuTown, thisWeek); f.Reported != 24 {
			t.Errorf("a row counts before its town has sealed it: %+v", f)
		}
		if _, err := s.Submit(ctx, testkit.Town, ledger.SubmitInput{Unit: testkit.LihuTown, Week: thisWeek, Head: s.head("里湖镇")}); !errors.Is(err, ledger.ErrMoved) {
			t.Errorf("submitted over a version not looked at: %v", err)
		}
		sub = s.submit(testkit.LihuTown, thisWeek)
		if sub.Version != 2 || sub.Members[slices.IndexFunc(sub.Members, func(m ledger.Member) bool { return m.Unit == lihu3 })].State != ledger.Late {
			t.Errorf("%+v", sub)
		}
		if f = s.figures(testkit.LihuTown, thisWeek); f.Reported != 25 || f.OnTime != 24 || f.Late != 1 || f.Sums[s.col("planted_trees")] != 250 {
			t.Errorf("figures %+v", f)
		}
		var phone string
		if err := db.Reader().QueryRowContext(ctx, `SELECT head FROM submissions WHERE version = 2`).Scan(&phone); err != nil || strings.Contains(phone, "13800001234") {
			t.Errorf("the telephone is readable in the table: %s, %v", phone, err)
		}
		subs, err := s.Submissions(ctx, testkit.Town, testkit.LihuTown, thisWeek)
		if err != nil || len(subs) != 2 || subs[1].Head.Phone != "13800001234" || subs[1].Hash != sub.Hash || len(subs[0].Members) != 25 {
			t.Errorf("%+v, %v", subs, err)
		}
	})
}

// A village that did not report is carried along with its last figures, marked, and counted as
// missing; its own report takes the place of what was carried.
func TestSubmitCarriesAlong(t *testing.T) {
	s := onSQLite(t, "2024-03-22 10:00")
	s.report(lihu1, lastWeek, s.row(50))
	s.set("2024-03-29 18:00")
	s.report(lihu2, thisWeek, s.row(7))
	carry := func(village unit.Code) error {
		_, err := s.Submit(ctx, testkit.Town, ledger.SubmitInput{Unit: testkit.LihuTown, Week: thisWeek, Base: ledger.AnyBase, Head: s.head("里湖镇"), Carry: []unit.Code{village}})
		return err
	}
	if err := carry(lihu3); !errors.Is(err, ledger.ErrNoLast) {
		t.Errorf("carried along what was never reported: %v", err)
	}
	if err := carry(testkit.Xintan); !errors.Is(err, access.ErrOutside) {
		t.Errorf("carried along another town's village: %v", err)
	}
	sub := s.submit(testkit.LihuTown, thisWeek, lihu1, lihu2)
	if m := sub.Members[0]; m.Unit != lihu1 || !m.Carried || m.Version != 1 || m.State != ledger.Missing {
		t.Errorf("carried member %+v", m)
	}
	if m := sub.Members[1]; m.Carried || m.State != ledger.Late {
		t.Errorf("a reported row was carried: %+v", m)
	}
	f := s.figures(testkit.LihuTown, thisWeek)
	if f.Reported != 1 || f.Carried != 1 || f.Excused != 0 || f.Sums[s.col("planted_trees")] != 57 {
		t.Errorf("figures %+v", f)
	}
	v, err := s.Row(ctx, testkit.Town, lihu1, thisWeek)
	if err != nil || v.State != ledger.Missing || v.Latest.Status != ledger.Carried || !v.Carried || v.Latest.Actor != "林晓燕" {
		t.Errorf("%+v, %v", v, err)
	}
	s.report(lihu1, thisWeek, s.row(60))
	if r := s.submit(testkit.LihuTown, thisWeek, lihu1).Members[0]; r.Carried || r.Version != 2 || r.State != ledger.Late {
		t.Errorf("after its own report: %+v", r)
	}
	if f = s.figures(testkit.LihuTown, thisWeek); f.Carried != 0 || f.Sums[s.col("planted_trees")] != 67 {
		t.Errorf("figures %+v", f)
	}
}

func TestSubmitRefuses(t *testing.T) {
	s := onSQLite(t, "2024-03-29 16:18")
	in := ledger.SubmitInput{Unit: testkit.LihuTown, Week: thisWeek, Head: s.head("里湖镇")}
	if _, err := s.Submit(ctx, testkit.Town, in); !errors.Is(err, ledger.ErrNothing) {
		t.Errorf("nothing to submit: %v", err)
	}
	s.report(lihu1, thisWeek, s.row(1))
	for name, change := range map[string]func(h *ledger.Head){
		"unit":  func(h *ledger.Head) { h.Unit = " " },
		"name":  func(h *ledger.Head) { h.Contact = "\x00" },
		"phone": func(h *ledger.Head) { h.Phone = "" },
		"day":   func(h *ledger.Head) { h.FilledOn = date.Date{} },
	} {
		bad := in
		change(&bad.Head)
		if _, err := s.Submit(ctx, testkit.Town, bad); !errors.Is(err, ledger.ErrHead) {
			t.Errorf("a head without %s: %v", name, err)
		}
	}
	bad := in
	bad.Head.Contact = strings.Repeat("长", 501)
	if _, err := s.Submit(ctx, testkit.Town, bad); !errors.Is(err, ledger.ErrTooLong) {
		t.Errorf("a long contact: %v", err)
	}
	bad = in
	bad.Unit = testkit.Puning
	if _, err := s.Submit(ctx, testkit.County, bad); !errors.Is(err, ledger.ErrNoTown) {
		t.Errorf("a county submitted as a town: %v", err)
	}
	bad = in
	bad.Week = thisWeek.Add(5)
	if _, err := s.Submit(ctx, testkit.Town, bad); !errors.Is(err, ledger.ErrNotOpen) {
		t.Errorf("next week: %v", err)
	}
	if subs, err := s.store.Submissions(ctx, testkit.LihuTown, thisWeek); err != nil || len(subs) != 0 {
		t.Errorf("written: %v, %v", subs, err)
	}
}
