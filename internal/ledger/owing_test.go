package ledger_test

import (
	"testing"
	"time"

	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
)

func (s *stage) owing(of unit.Code, level unit.Level) map[unit.Code]ledger.Debt {
	s.t.Helper()
	sheet, err := s.Sheet(ctx, testkit.City, of, thisWeek)
	if err != nil {
		s.t.Fatal(err)
	}
	out := map[unit.Code]ledger.Debt{}
	last := unit.Code(0)
	for _, d := range sheet.Owing(of, level, s.clock.Now()) {
		if d.Unit.Code <= last {
			s.t.Errorf("%s after %s", d.Unit.Code, last)
		}
		out[d.Unit.Code], last = d, d.Unit.Code
	}
	return out
}

// Those who have reported, are waived or never report owe nothing; who was given his row back
// owes it by the time set with it; a locked week is owed by nobody.
func TestOwing(t *testing.T) {
	s := onSQLite(t, "2024-03-29 10:00")
	deadline := s.at("2024-03-29 17:30")
	all := s.owing(testkit.Puning, unit.LevelVillage)
	if len(all) != 42 || !all[lihu1].Deadline.Equal(deadline) || all[lihu1].State != ledger.NotDue {
		t.Fatalf("%d villages owe, the first %+v", len(all), all[lihu1])
	}
	if _, ok := all[virtual]; ok {
		t.Error("a virtual area owes")
	}
	if towns := s.owing(testkit.Jieyang, unit.LevelTown); len(towns) != 3 {
		t.Errorf("towns: %v", towns)
	}
	s.report(lihu1, thisWeek, s.row(10))
	s.report(lihu2, thisWeek, s.row(20))
	due := s.at("2024-03-30 12:00")
	if _, err := s.Return(ctx, testkit.Town, ledger.ReturnInput{Unit: lihu2, Week: thisWeek, Reason: "核对", Due: due}); err != nil {
		t.Fatal(err)
	}
	until := s.at("2024-03-30 09:00")
	for _, g := range []ledger.GrantInput{{Unit: testkit.EastTown, Week: thisWeek, Kind: ledger.Waiver, Reason: "暴雨"},
		{Unit: lihu3, Week: thisWeek, Kind: ledger.Extension, Until: until, Reason: "停电"}} {
		if _, err := s.Grant(ctx, testkit.County, g); err != nil {
			t.Fatal(err)
		}
	}
	s.set("2024-03-29 18:00")
	owed := s.owing(testkit.LihuTown, unit.LevelVillage)
	want := map[unit.Code]ledger.Debt{lihu2: {State: ledger.StateReturned, Deadline: due}, lihu3: {State: ledger.NotDue, Deadline: until}}
	for code, w := range want {
		if d := owed[code]; d.State != w.State || !d.Deadline.Equal(w.Deadline) {
			t.Errorf("%s owes %s by %s, want %s by %s", code, d.State, d.Deadline.Format(time.DateTime), w.State, w.Deadline.Format(time.DateTime))
		}
	}
	if _, ok := owed[lihu1]; ok || len(owed) != 24 {
		t.Errorf("%d owe, %v", len(owed), ok)
	}
	if east := s.owing(testkit.EastTown, unit.LevelVillage); len(east) != 0 {
		t.Errorf("waived, and %d owe", len(east))
	}
	if one := s.owing(lihu3, unit.LevelVillage); len(one) != 1 {
		t.Errorf("one village: %v", one)
	}
	if towns := s.owing(testkit.Puning, unit.LevelTown); len(towns) != 1 || towns[testkit.LihuTown].State != ledger.Missing {
		t.Errorf("towns: %v", towns)
	}
	if counties := s.owing(testkit.Jieyang, unit.LevelCounty); counties[testkit.Puning].State != ledger.Missing {
		t.Errorf("counties: %v", counties)
	}
	s.submit(testkit.LihuTown, thisWeek)
	if _, err := s.Lock(ctx, testkit.County, ledger.SubmitInput{Unit: testkit.Puning, Week: thisWeek, Base: ledger.AnyBase, Head: s.head("普宁市")}); err != nil {
		t.Fatal(err)
	}
	for _, level := range []unit.Level{unit.LevelVillage, unit.LevelTown, unit.LevelCounty} {
		if owed := s.owing(testkit.Puning, level); len(owed) != 0 {
			t.Errorf("locked, and %d of level %s owe", len(owed), level)
		}
	}
}
