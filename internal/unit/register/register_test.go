package register_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/account"
	"github.com/sangzi/sangzi/internal/account/accountdb"
	"github.com/sangzi/sangzi/internal/database"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger/ledgerdb"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/unit/divisions"
	"github.com/sangzi/sangzi/internal/unit/register"
	"github.com/sangzi/sangzi/internal/unit/unitdb"
)

func TestMain(m *testing.M) { testkit.Main(m) }

var (
	ctx   = context.Background()
	today = date.Of(2024, 3, 29)
	april = date.Of(2024, 4, 1)
	may   = date.Of(2024, 5, 1)
	june  = date.Of(2024, 6, 1)
)

// Places of 里湖镇 beside the cast's.
const (
	lihu1 unit.Code = 445281119001
	lihu2 unit.Code = 445281119002
)

// plain leaves telephone numbers as they are; there are none here.
type plain struct{}

func (plain) Seal(s string) (string, error) { return s, nil }
func (plain) Open(s string) (string, error) { return s, nil }

// people is register.People on the accounts.
type people struct{ *account.Service }

func (p people) Accounts(ctx context.Context, a access.Actor, of unit.Code) ([]register.Account, error) {
	page, err := p.Service.Accounts(ctx, a, account.Query{Of: of})
	var list []register.Account
	for _, x := range page.Accounts {
		list = append(list, register.Account{Login: x.Login, Name: x.Name, Role: x.Role, Unit: x.Unit})
	}
	return list, err
}

// server is one server on a database.
type server struct {
	*register.Service
	units    *unitdb.Store
	accounts *account.Service
	clock    *testkit.Clock
	changed  int
}

func (s *server) tree(day date.Date) *unit.Tree { return s.units.Tree(day) }

func start(t testing.TB, db *database.DB) *server {
	t.Helper()
	s := &server{clock: testkit.NewClock("2024-03-29 16:30")}
	var err error
	if s.units, err = unitdb.Open(ctx, db); err != nil {
		t.Fatal(err)
	}
	if s.units.Empty() {
		units, err := divisions.Jieyang()
		if err != nil {
			t.Fatal(err)
		}
		if err := s.units.Install(ctx, units); err != nil {
			t.Fatal(err)
		}
	}
	ledgers, err := ledgerdb.Open(ctx, db, plain{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(ledgers.Close)
	s.accounts, err = account.New(account.Config{Store: accountdb.Open(db, plain{}), Tree: func() *unit.Tree { return s.tree(today) },
		Now: s.clock.Now, Hash: account.Params{MemoryKiB: 64, Passes: 1, Threads: 1}})
	if err != nil {
		t.Fatal(err)
	}
	s.Service = register.New(register.Config{Store: s.units, Reports: ledgers, People: people{s.accounts}, Now: s.clock.Now, Changed: func() { s.changed++ }})
	return s
}

// operator is allowed everything; the cast's administrators have no accounts in these tables.
var operator = access.Operator("命令行", unit.Nation)

func name(t testing.TB, tree *unit.Tree, code unit.Code) string {
	t.Helper()
	u, ok := tree.Unit(code)
	if !ok {
		return "—"
	}
	return u.Name
}

func told(fates []register.Fate) string {
	var list []string
	for _, f := range fates {
		list = append(list, fmt.Sprintf("%s %s>%s", f.What, f.Was.Name, f.Now.Name))
	}
	return strings.Join(list, ", ")
}

// Every verb is stored, seen by another server after Refresh, and by one started anew.
func TestVerbs(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		one, two := start(t, db), start(t, db)
		step := func(what string, e register.Effect, err error, want string) {
			t.Helper()
			if err != nil {
				t.Fatalf("%s: %v", what, err)
			}
			if got := told(e.Fates); got != want {
				t.Errorf("%s: %s, want %s", what, got, want)
			}
			other := two
			one, two = two, one // the next change is made by the other server, which must catch up
			if changed, err := other.units.Refresh(ctx); err != nil || !changed {
				t.Fatalf("%s: refresh %v, %v", what, changed, err)
			}
		}
		v1, v2 := name(t, one.tree(today), lihu1), name(t, one.tree(today), lihu2)
		e, err := one.Rename(ctx, operator, register.RenameInput{On: register.On{Day: may}, Unit: lihu1, Name: "里湖社区居委会"})
		step("rename", e, err, "renamed "+v1+">里湖社区居委会")
		e, err = one.Add(ctx, operator, register.AddInput{On: register.On{Day: may}, Unit: 445281119301, Name: "河东村委会"})
		step("add", e, err, "begun >河东村委会")
		_, err = one.Merge(ctx, operator, register.MergeInput{On: register.On{Day: may}, Units: []unit.Code{lihu2, 445281119301 - 1, lihu1}, Into: lihu1, Name: "里湖居委会"})
		if !errors.Is(err, unit.ErrUnknown) {
			t.Fatalf("merge with a code that never was: %v", err)
		}
		e, err = one.Merge(ctx, operator, register.MergeInput{On: register.On{Day: june}, Units: []unit.Code{lihu2, lihu1}, Into: lihu1, Name: "里湖居委会"})
		step("merge", e, err, "renamed 里湖社区居委会>里湖居委会, merged "+v2+">里湖居委会")
		e, err = one.Split(ctx, operator, register.SplitInput{On: register.On{Day: june}, Unit: testkit.Xintan, Parts: []register.Part{{testkit.Xintan, "新坛村委会"}, {445281001301, "新坛东村委会"}}})
		step("split", e, err, "begun >新坛东村委会")
		e, err = one.Abolish(ctx, operator, register.AbolishInput{On: register.On{Day: june.Add(1)}, Unit: 445281001301, Successor: testkit.Xintan})
		step("abolish", e, err, "merged 新坛东村委会>新坛村委会")
		e, err = one.Move(ctx, operator, register.MoveInput{On: register.On{Day: june}, Unit: 445281119301, To: 445281119302})
		step("move", e, err, "moved 河东村委会>河东村委会")

		anew := start(t, db)
		for _, day := range []date.Date{today, may, june, june.Add(1)} {
			a, b, c := one.tree(day), two.tree(day), anew.tree(day)
			if a.Len() != b.Len() || a.Len() != c.Len() {
				t.Fatalf("%s: %d, %d, %d units", day, a.Len(), b.Len(), c.Len())
			}
			for u := range a.All {
				ub, _ := b.Unit(u.Code)
				uc, _ := c.Unit(u.Code)
				if u != ub || u != uc {
					t.Errorf("%s: %+v, %+v, %+v", day, u, ub, uc)
				}
			}
		}
		if one.changed+two.changed != 6 || one.changed != 3 {
			t.Errorf("told of %d and %d changes", one.changed, two.changed)
		}
	})
}

// A server that has not refreshed decides on what stands in the tables, not on what it knows.
func TestStaleServer(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		one, two := start(t, db), start(t, db)
		add := register.AddInput{On: register.On{Day: may}, Unit: 445281119301, Name: "河东村委会"}
		if _, err := one.Add(ctx, operator, add); err != nil {
			t.Fatal(err)
		}
		if _, err := two.Add(ctx, operator, add); !errors.Is(err, unit.ErrCodeTaken) {
			t.Errorf("the same code from another server: %v", err)
		}
		if two.changed != 0 {
			t.Error("told of a change that was refused")
		}
		if _, err := two.Rename(ctx, operator, register.RenameInput{On: register.On{Day: june}, Unit: add.Unit, Name: "河东社区居委会"}); err != nil {
			t.Fatal(err)
		}
		if got := name(t, two.tree(may), add.Unit); got != "河东村委会" {
			t.Errorf("what the other added is %s", got)
		}
		if changed, err := two.units.Refresh(ctx); changed || err != nil {
			t.Errorf("refreshing what is fresh: %v, %v", changed, err)
		}
	})
}

// Many servers change at once; every change is there afterwards.
func TestAtOnce(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		const n = 4
		done := make(chan error)
		servers := make([]*server, n)
		for i := range servers {
			servers[i] = start(t, db)
		}
		for i, s := range servers {
			go func() {
				_, err := s.Add(ctx, operator, register.AddInput{On: register.On{Day: may}, Unit: 445281119301 + unit.Code(i), Name: "河东村委会"})
				done <- err
			}()
		}
		for range n {
			if err := <-done; err != nil {
				t.Error(err)
			}
		}
		for i, s := range servers {
			if _, err := s.units.Refresh(ctx); err != nil {
				t.Fatal(err)
			}
			for j := range n {
				if got := name(t, s.tree(may), 445281119301+unit.Code(j)); got != "河东村委会" {
					t.Errorf("server %d: %d is %s", i, j, got)
				}
			}
		}
	})
}

// Everybody of the cast tries every verb at a unit inside and one outside.
func TestWhoMay(t *testing.T) {
	s := start(t, testkit.SQLite(t))
	on := register.On{Day: may}
	verbs := func(in, out unit.Code) []register.Change {
		return []register.Change{
			register.RenameInput{on, in, "新名村委会"}, register.AddInput{on, in.At(unit.LevelTown) + 399, "新村委会"}, register.AbolishInput{on, in, 0},
			register.AbolishInput{on, in, out}, register.MergeInput{on, []unit.Code{in, out}, in, "并村委会"},
			register.SplitInput{on, in, []register.Part{{in, "甲村委会"}, {out.At(unit.LevelTown) + 398, "乙村委会"}}}, register.MoveInput{on, in, out.At(unit.LevelTown) + 397},
		}
	}
	const second = 445281001203 // in 流沙东街道 too
	cast := append(testkit.Cast(), access.Actor{Name: "流沙东管理员", Role: access.Administrator, Unit: testkit.EastTown})
	for _, a := range cast {
		inside := a.Unit.Contains(testkit.Xintan)
		for _, c := range verbs(testkit.Xintan, second) {
			_, err := s.Preview(ctx, a, c)
			switch {
			case inside && a.Role == access.Administrator:
				// These have no account in the tables, so the accounts touched cannot be listed
				// by anybody outside; what counts is that access did not refuse.
				if errors.Is(err, access.ErrForbidden) || errors.Is(err, access.ErrOutside) {
					t.Errorf("%s may not %s: %v", a.Name, c.Verb(), err)
				}
			case inside || a.Unit == testkit.Xintan:
				if !errors.Is(err, access.ErrForbidden) && !errors.Is(err, access.ErrOutside) {
					t.Errorf("%s may %s: %v", a.Name, c.Verb(), err)
				}
			default:
				if !errors.Is(err, access.ErrOutside) {
					t.Errorf("%s, outside, %s: %v", a.Name, c.Verb(), err)
				}
			}
		}
		// With one foot outside nobody but who governs both may do anything.
		for _, c := range verbs(testkit.Xintan, testkit.Huicheng+201)[3:] {
			_, err := s.Preview(ctx, a, c)
			both := a.Role == access.Administrator && a.Unit.Contains(testkit.Huicheng)
			if refused := errors.Is(err, access.ErrOutside) || errors.Is(err, access.ErrForbidden); refused == both {
				t.Errorf("%s, %s across counties: %v", a.Name, c.Verb(), err)
			}
		}
	}
	if s.changed != 0 || s.units.Registry().Len() != start(t, testkit.SQLite(t)).units.Registry().Len() {
		t.Error("a preview changed something")
	}
	// Verbs check by themselves as previews do.
	for verb, err := range map[string]error{
		"rename":  second2(s.Rename(ctx, testkit.County, register.RenameInput{on, lihu1, "新名村委会"})),
		"add":     second2(s.Add(ctx, testkit.County, register.AddInput{on, 445281119399, "新村委会"})),
		"abolish": second2(s.Abolish(ctx, testkit.County, register.AbolishInput{on, lihu1, 0})),
		"merge":   second2(s.Merge(ctx, testkit.County, register.MergeInput{on, []unit.Code{lihu1, lihu2}, lihu1, "并村委会"})),
		"split":   second2(s.Split(ctx, testkit.County, register.SplitInput{on, lihu1, []register.Part{{lihu1, "甲村委会"}, {445281119398, "乙村委会"}}})),
		"move":    second2(s.Move(ctx, testkit.County, register.MoveInput{on, lihu1, 445281119397})),
	} {
		if !errors.Is(err, access.ErrForbidden) {
			t.Errorf("a county's office: %s: %v", verb, err)
		}
	}
	if _, err := s.Preview(ctx, access.Actor{Name: "流沙东管理员", Role: access.Administrator, Unit: testkit.EastTown}, register.AbolishInput{on, testkit.EastTown, 0}); !errors.Is(err, unit.ErrHasChildren) {
		t.Errorf("a town with villages: %v", err)
	}
	bare := register.AddInput{on, 445281777000, "试验农场"}
	if _, err := s.Add(ctx, operator, bare); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Abolish(ctx, access.Actor{Name: "农场管理员", Role: access.Administrator, Unit: bare.Unit}, register.AbolishInput{register.On{Day: june}, bare.Unit, 0}); !errors.Is(err, register.ErrOwnUnit) {
		t.Errorf("one's own unit: %v", err)
	}
}

func second2(_ register.Effect, err error) error { return err }

// What a day may be.
func TestDays(t *testing.T) {
	s := start(t, testkit.SQLite(t))
	rename := func(day date.Date, name string) error {
		_, err := s.Rename(ctx, operator, register.RenameInput{On: register.On{Day: day}, Unit: lihu1, Name: name})
		return err
	}
	if err := rename(date.Date{}, "甲村委会"); !errors.Is(err, unit.ErrNoDay) {
		t.Errorf("no day: %v", err)
	}
	for _, far := range []date.Date{date.Of(224, 4, 1), date.Of(2204, 4, 1)} {
		if err := rename(far, "甲村委会"); !errors.Is(err, register.ErrFarDay) {
			t.Errorf("%s: %v", far, err)
		}
	}
	past := today.Add(-10)
	if err := rename(past, "甲村委会"); err != nil {
		t.Fatalf("in the past: %v", err)
	}
	if err := rename(past, "乙村委会"); err != nil {
		t.Errorf("mended on the same day: %v", err)
	}
	if err := rename(past.Add(-1), "丙村委会"); !errors.Is(err, register.ErrLater) {
		t.Errorf("under a later change: %v", err)
	}
	if err := rename(may, "丁村委会"); err != nil {
		t.Fatal(err)
	}
	if err := rename(april, "戊村委会"); err != nil {
		t.Errorf("in the future, before one planned: %v", err)
	}
	for day, want := range map[date.Date]string{past: "乙村委会", today: "乙村委会", april: "戊村委会", may: "丁村委会"} {
		if got := name(t, s.tree(day), lihu1); got != want {
			t.Errorf("on %s it is %s, want %s", day, got, want)
		}
	}
}

// What a merge of towns would come to: villages with new codes, accounts, the county before
// and after.
func TestPreview(t *testing.T) {
	s := start(t, testkit.SQLite(t))
	if _, err := s.accounts.Create(ctx, operator, account.Input{Name: "黄志明", Role: access.TownClerk, Unit: testkit.LihuTown, Login: "lihu"}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.accounts.Create(ctx, operator, account.Input{Name: "陈秋月", Role: access.VillageReporter, Unit: testkit.Xintan, Login: "xintan"}); err != nil {
		t.Fatal(err)
	}
	in := register.MergeInput{On: register.On{Day: may}, Units: []unit.Code{testkit.LihuTown, testkit.EastTown}, Into: testkit.EastTown, Name: "流沙东街道"}
	e, err := s.Preview(ctx, operator, in)
	if err != nil {
		t.Fatal(err)
	}
	before := s.tree(may)
	moved := 0
	for _, f := range e.Fates {
		if f.What == register.Moved {
			moved++
			if f.Was.Name != f.Now.Name || !testkit.EastTown.Contains(f.Now.Code) || !testkit.LihuTown.Contains(f.Was.Code) {
				t.Errorf("moved %+v", f)
			}
		}
	}
	if want := len(before.Villages(testkit.LihuTown)); moved != want || want == 0 {
		t.Errorf("%d villages moved, want %d", moved, want)
	}
	if e.Parent.Code != testkit.Puning || len(e.Before) != len(e.After)+1 || e.VillagesBefore != e.VillagesAfter {
		t.Errorf("around it: %s, %d and %d children, %d and %d villages", e.Parent.Name, len(e.Before), len(e.After), e.VillagesBefore, e.VillagesAfter)
	}
	if len(e.Accounts) != 1 || e.Accounts[0].Login != "lihu" || e.Accounts[0].Unit != testkit.LihuTown {
		t.Errorf("accounts %+v", e.Accounts)
	}
	if len(e.Weeks) != 0 {
		t.Errorf("weeks %v", e.Weeks)
	}
	if got := name(t, s.tree(may), testkit.LihuTown); got != "里湖镇" {
		t.Errorf("after a preview it is %s", got)
	}
	done, err := s.Merge(ctx, operator, in)
	if err != nil {
		t.Fatal(err)
	}
	if told(done.Fates) != told(e.Fates) || !slices.Equal(done.Tree().Villages(testkit.EastTown), s.tree(may).Villages(testkit.EastTown)) {
		t.Error("it came to something else than the preview said")
	}
}

func TestSearch(t *testing.T) {
	s := start(t, testkit.SQLite(t))
	cases := []struct {
		within     unit.Code
		text, want string
	}{
		{testkit.Jieyang, "里湖", "里湖镇 "}, {testkit.Jieyang, "里湖镇", "里湖镇"}, {testkit.Jieyang, "445281119", "里湖镇"}, {testkit.Jieyang, "445281119000", "里湖镇"},
		{testkit.Puning, "流沙东新坛", "新坛村委会"}, {testkit.Puning, "新 坛 村", "新坛村委会"}, {testkit.Huilai, "445281119", ""}, {testkit.Huilai, "里湖", ""},
		{testkit.Jieyang, "惠来", "惠来县 "}, {testkit.Jieyang, "不存在", ""},
	}
	for _, c := range cases {
		f, err := s.Search(ctx, testkit.Head, register.SearchInput{Within: c.within, Text: c.text})
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, u := range f.Units {
			names = append(names, u.Name)
		}
		got := strings.Join(names, " ")
		if prefix, open := strings.CutSuffix(c.want, " "); open && !strings.HasPrefix(got, prefix) || !open && got != c.want {
			t.Errorf("%q in %s: %q", c.text, c.within, got)
		}
	}
	f, err := s.Search(ctx, testkit.Head, register.SearchInput{Within: testkit.Jieyang, Text: "委"})
	if err != nil || len(f.Units) != register.MostFound || f.Total <= register.MostFound {
		t.Errorf("a part of many names: %d of %d, %v", len(f.Units), f.Total, err)
	}
	for _, bad := range []string{"", "  ", strings.Repeat("村", 61), "\xff"} {
		if _, err := s.Search(ctx, testkit.Head, register.SearchInput{Within: testkit.Jieyang, Text: bad}); !errors.Is(err, register.ErrSearchText) {
			t.Errorf("%q: %v", bad, err)
		}
	}
	if _, err := s.Search(ctx, testkit.Town, register.SearchInput{Within: testkit.Puning, Text: "新坛"}); !errors.Is(err, access.ErrOutside) {
		t.Errorf("outside: %v", err)
	}
}

// What has become of a unit is told at both ends of a change, and by whom.
func TestHistory(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		s := start(t, db)
		v2 := name(t, s.tree(today), lihu2)
		_, err := s.Merge(ctx, operator, register.MergeInput{On: register.On{Day: today}, Units: []unit.Code{lihu2, lihu1}, Into: lihu1, Name: "里湖联合社区居委会"})
		if err != nil {
			t.Fatal(err)
		}
		l, err := s.History(ctx, testkit.Head, lihu2)
		if err != nil || l.Today || l.Heir.Code != lihu1 || l.Unit.Name != v2 || l.Unit.To != today {
			t.Errorf("the one that ended: %+v, %v", l.Unit, err)
		}
		l, err = s.History(ctx, testkit.Head, lihu1)
		if err != nil || !l.Today || len(l.From) != 1 || l.From[0].Name != v2 || len(l.Names) != 2 {
			t.Errorf("the one that goes on: %+v, %v", l, err)
		}
		if len(l.Events) != 1 || l.Events[0].Action != "unit.merge" || l.Events[0].Actor != "命令行" || l.Events[0].Subject != today.String() ||
			!strings.Contains(l.Events[0].Before, v2) || l.Events[0].After != "里湖联合社区居委会（445281119001）" || !l.Events[0].At.Equal(s.clock.Now()) {
			t.Errorf("events %+v", l.Events)
		}
		if l, err = s.History(ctx, testkit.Town, lihu1); err != nil || len(l.Events) != 0 {
			t.Errorf("a town clerk reads %d events, %v", len(l.Events), err)
		}
		if _, err = s.History(ctx, testkit.Outsider, lihu1); !errors.Is(err, access.ErrOutside) {
			t.Errorf("outside: %v", err)
		}
		if _, err = s.History(ctx, testkit.Head, 445281119999); !errors.Is(err, unit.ErrUnknown) {
			t.Errorf("unknown: %v", err)
		}
		b, err := s.Branch(ctx, testkit.Head, testkit.LihuTown, today.Add(-1))
		if err != nil || b.Villages != len(s.tree(today).Villages(testkit.LihuTown))+1 || len(b.Above) != 2 {
			t.Errorf("the town the day before: %d villages, %v above, %v", b.Villages, b.Above, err)
		}
		if _, err := s.Branch(ctx, testkit.Head, lihu2, today); !errors.Is(err, unit.ErrNotValidThen) {
			t.Errorf("a branch of what is no more: %v", err)
		}
	})
}

func TestFreeCode(t *testing.T) {
	s := start(t, testkit.SQLite(t))
	for first, within := range map[int64][2]unit.Code{0: {testkit.LihuTown + 1, testkit.LihuTown + 199}, 200: {testkit.LihuTown + 200, testkit.LihuTown + 999}} {
		code, ok := s.FreeCode(testkit.Head, testkit.LihuTown, first)
		if !ok || code < within[0] || code > within[1] {
			t.Errorf("from %d: %s %v", first, code, ok)
		}
		if _, err := s.Preview(ctx, operator, register.AddInput{On: register.On{Day: may}, Unit: code, Name: "新村委会"}); err != nil {
			t.Errorf("%s: %v", code, err)
		}
	}
	town, ok := s.FreeCode(testkit.Head, testkit.Puning, 0)
	if !ok || town.Level() != unit.LevelTown || !testkit.Puning.Contains(town) {
		t.Errorf("a town: %s %v", town, ok)
	}
	if code, ok := s.FreeCode(testkit.Town, testkit.Puning, 0); ok {
		t.Errorf("outside: %s", code)
	}
}
