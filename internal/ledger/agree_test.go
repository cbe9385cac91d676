package ledger_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/database"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
)

// small is a city of two counties, three towns and nine villages, one of them virtual.
func small(t testing.TB) *unit.Registry {
	t.Helper()
	units := []unit.Unit{{Code: testkit.Guangdong, Name: "广东省"}, {Code: testkit.Jieyang, Name: "揭阳市"}, {Code: testkit.Puning, Name: "普宁市"},
		{Code: testkit.Huilai, Name: "惠来县"}, {Code: testkit.EastTown, Name: "流沙东街道"}, {Code: testkit.LihuTown, Name: "里湖镇"}, {Code: testkit.Huicheng, Name: "惠城镇"}}
	for town, n := range map[unit.Code]int{testkit.EastTown: 3, testkit.LihuTown: 4, testkit.Huicheng: 2} {
		for i := range n {
			u := unit.Unit{Code: town + unit.Code(201+i), Name: fmt.Sprintf("第%d村委会", i+1)}
			if town == testkit.LihuTown && i == n-1 {
				u.Kind, u.Name = unit.Virtual, "农场虚拟生活区"
			}
			units = append(units, u)
		}
	}
	r, err := unit.NewRegistry(units, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// deed is something done to the ledger, drawn at random: what, by which server, and numbers that
// choose where and how.
type deed struct{ What, Server, Where, How int }

var deeds = rapid.SliceOfN(rapid.Custom(func(t *rapid.T) deed {
	n := func(label string) int { return rapid.IntRange(0, 1<<16).Draw(t, label) }
	return deed{n("what"), n("server"), n("where"), n("how")}
}), 5, 50)

// play does the deeds on two servers of one database and holds what they then have in memory
// against a third that reads it from the tables, and all figures against a plain recount.
func play(t testing.TB, db *database.DB, list []deed) {
	one := newStage(t, db, "2024-03-22 10:00")
	one.registry.Store(small(t))
	two := one.another()
	servers := []*stage{one, two}
	before := snapshot{}
	for i, d := range list {
		s := servers[d.Server%2]
		if err := s.do(d); err != nil && !isProblem(err) {
			t.Fatalf("deed %d %+v: %v", i, d, err)
		}
		if i%25 == 24 || i == len(list)-1 {
			after := one.snapshot()
			before.kept(t, after)
			before = after
			three := one.another()
			for _, week := range []date.Date{lastWeek, thisWeek} {
				want := three.all(week)
				for n, s := range servers {
					if err := s.Refresh(ctx); err != nil {
						t.Fatal(err)
					}
					if got := s.all(week); got != want {
						t.Fatalf("after deed %d server %d has of %v\n%s\nthe tables\n%s", i, n+1, week, got, want)
					}
				}
				three.recount(week)
				three.verifyAll(week)
			}
		}
	}
}

func isProblem(err error) bool {
	for _, known := range []error{ledger.ErrNothing, ledger.ErrLocked, ledger.ErrNotLocked, ledger.ErrNoLast, ledger.ErrNotOpen, ledger.ErrFindings, ledger.ErrMoved} {
		if errors.Is(err, known) {
			return true
		}
	}
	return false
}

// do does one deed. What the rules refuse is refused with one of the ledger's problems.
func (s *stage) do(d deed) error {
	week := []date.Date{lastWeek, thisWeek, thisWeek}[d.Where%3]
	villages, towns := s.villages(testkit.Jieyang), []unit.Code{testkit.EastTown, testkit.LihuTown, testkit.Huicheng}
	village, town := villages[d.Where/3%len(villages)], towns[d.Where/3%len(towns)]
	county := town.At(unit.LevelCounty)
	who := access.Operator("操作员", testkit.Jieyang)
	reason := fmt.Sprint("原因", d.How%7)
	var err error
	switch d.What % 16 {
	case 0, 1, 2, 3:
		_, err = s.Report(ctx, who, ledger.ReportInput{Unit: village, Week: week, Base: ledger.AnyBase, Values: s.row(d.How % 900),
			Notes: map[string]string{"planted_trees": "更正"}})
	case 4:
		_, err = s.Report(ctx, who, ledger.ReportInput{Unit: village, Week: week, Base: int32(d.How % 3), Unchanged: true})
	case 5, 6:
		in := ledger.ReturnInput{Unit: village, Week: week, Reason: reason}
		if d.How%2 == 0 {
			in.Due = s.Now().Add(time.Duration(1+d.How%5000) * time.Minute)
		}
		_, err = s.Return(ctx, who, in)
	case 7, 8, 9:
		_, err = s.Submit(ctx, who, ledger.SubmitInput{Unit: town, Week: week, Base: ledger.AnyBase, Head: s.head(town.String()), Carry: s.carriable(town, week, d.How)})
	case 10:
		_, err = s.ReturnTown(ctx, who, ledger.ReturnInput{Unit: town, Week: week, Reason: reason})
	case 11:
		of := []unit.Code{village, town, county, testkit.Jieyang}[d.How%4]
		in := ledger.GrantInput{Unit: of, Week: week, Reason: reason, Kind: ledger.Waiver}
		if d.How%3 > 0 {
			in.Kind, in.Until = ledger.Extension, time.Date(2024, 4, 1, d.How%24, 0, 0, d.How*1000, testkit.Shanghai)
		}
		_, err = s.Grant(ctx, who, in)
	case 12:
		_, err = s.Lock(ctx, who, ledger.SubmitInput{Unit: county, Week: week, Base: ledger.AnyBase, Head: s.head(county.String())})
	case 13:
		_, err = s.Reopen(ctx, who, county, week, reason)
	case 14:
		in := ledger.ImportInput{Unit: county, Week: week, File: "表.xlsx", Submit: d.How%2 == 0}
		for i, v := range s.villages(county) {
			if (d.How>>i)&1 == 1 {
				in.Rows = append(in.Rows, ledger.ImportRow{Village: v, Values: s.row(d.How % 5)})
			}
		}
		_, err = s.Import(ctx, who, in)
	case 15:
		s.clock.Advance(time.Duration(d.How%3000) * time.Minute)
	}
	return err
}

// carriable is some of the town's villages that have reported before.
func (s *stage) carriable(town unit.Code, week date.Date, how int) []unit.Code {
	var out []unit.Code
	for i, v := range s.villages(town) {
		if last, _, err := s.Last(ctx, v, week); err == nil && last != nil && (how>>i)&1 == 1 {
			out = append(out, v)
		}
	}
	return out
}

// all is everything a server has in memory of a week, as text to be compared.
func (s *stage) all(week date.Date) string {
	s.t.Helper()
	sheet, err := s.Sheet(ctx, testkit.Head, testkit.Jieyang, week)
	if err != nil {
		s.t.Fatal(err)
	}
	now := s.at("2024-04-01 12:00")
	type one struct {
		Office  ledger.OfficeState
		Figures ledger.Figures
		Grants  []ledger.Grant
		Locked  bool
		Last    ledger.Values
	}
	all := map[string]any{"rows": sheet.Rows(unit.Nation, now)}
	sheet.Tree.All(func(u unit.Unit) bool {
		last, _, err := s.Last(ctx, u.Code, week)
		if err != nil {
			s.t.Fatal(err)
		}
		all[u.Code.String()] = one{sheet.Office(u.Code, now), sheet.Figures(u.Code), sheet.Grants(u.Code), sheet.Locked(u.Code), last}
		return true
	})
	text, err := json.MarshalIndent(all, "", " ")
	if err != nil {
		s.t.Fatal(err)
	}
	return string(text)
}

// verifyAll checks the hashes of a week.
func (s *stage) verifyAll(week date.Date) {
	s.t.Helper()
	for _, of := range []unit.Code{testkit.Puning, testkit.Huilai, testkit.EastTown, testkit.LihuTown, testkit.Huicheng} {
		if flaws, err := s.Verify(ctx, testkit.Head, of, week); err != nil || len(flaws) > 0 {
			s.t.Fatalf("%s: %v, %v", of, flaws, err)
		}
	}
}

// recount adds up the rows of the towns' latest sealed submissions, read from the tables one by
// one, and holds the figures of every unit against it.
func (s *stage) recount(week date.Date) {
	s.t.Helper()
	sheet, err := s.Sheet(ctx, testkit.Head, testkit.Jieyang, week)
	if err != nil {
		s.t.Fatal(err)
	}
	type row struct {
		values ledger.Values
		member ledger.Member
	}
	sealed := map[unit.Code]row{}
	for _, town := range sheet.Tree.Towns(unit.Nation) {
		subs, err := s.store.Submissions(ctx, town.Code, week)
		if err != nil {
			s.t.Fatal(err)
		}
		for i := len(subs) - 1; i >= 0; i-- {
			if subs[i].Status != ledger.Sealed {
				continue
			}
			for _, m := range subs[i].Members {
				history, err := s.store.RowHistory(ctx, m.Unit, week)
				if err != nil {
					s.t.Fatal(err)
				}
				if m.Version > 0 {
					sealed[m.Unit] = row{history[m.Version-1].Values, m}
				}
			}
			break
		}
	}
	sheet.Tree.All(func(u unit.Unit) bool {
		want := ledger.Figures{Sums: make([]int64, len(s.Form().Columns))}
		for _, v := range sheet.Tree.Villages(u.Code) {
			r, has := sealed[v.Code]
			expected := v.Kind == unit.Ordinary && !sheet.Due(v.Code).Waived
			reported := has && !r.member.Carried
			count := func(n *int, so bool) {
				if so {
					*n++
				}
			}
			count(&want.Villages, expected || reported)
			count(&want.Reported, reported)
			count(&want.Late, reported && r.member.State == ledger.Late)
			count(&want.OnTime, reported && r.member.State != ledger.Late)
			count(&want.Carried, has && !reported)
			count(&want.Excused, has && !reported && !expected)
			for i := range r.values {
				if r.values[i] != ledger.Empty {
					want.Sums[i] += int64(r.values[i])
				}
			}
		}
		if got := sheet.Figures(u.Code); !reflect.DeepEqual(got, want) {
			s.t.Fatalf("%s in %v: %+v, recounted %+v", u.Code, week, got, want)
		}
		return true
	})
}

// TestServersAndTablesAgree plays random stories: whatever was done, by either of two servers,
// both have in memory what a third reads from the tables, and all figures are those of a plain
// recount; nothing stored is ever changed, and every hash agrees.
func TestServersAndTablesAgree(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		play(held{t, rt}, testkit.SQLite(t), deeds.Draw(rt, "deeds"))
	})
}

func TestServersAndTablesAgreeOnPostgreSQL(t *testing.T) {
	for seed := range 5 {
		play(t, testkit.Postgres(t), deeds.Example(seed))
	}
}

// held is a test whose failures are rapid's, so that the story is made shorter.
type held struct {
	testing.TB
	rt *rapid.T
}

func (h held) Fatal(args ...any)            { h.rt.Helper(); h.rt.Fatal(args...) }
func (h held) Fatalf(f string, args ...any) { h.rt.Helper(); h.rt.Fatalf(f, args...) }
func (h held) Errorf(f string, args ...any) { h.rt.Helper(); h.rt.Errorf(f, args...) }
