package ledger_test

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
)

// permissions says who may call which verb inside the own unit, written out by hand and not read
// off the table of package access. Columns: 村 village_reporter, 镇 town_clerk, 县 county_office,
// 市 city_office, 部 department, 领 leader, 管 administrator. The second column is the level of
// unit that the verb is called for.
const permissions = `
                         村 镇 县 市 部 领 管
Sheet          village   y  y  y  y  y  y  y
Row            village   y  y  y  y  y  y  y
Rows           village   y  y  y  y  y  y  y
Standing       village   y  y  y  y  y  y  y
CellHistory    village   y  y  y  y  y  y  y
RowHistory     village   y  y  y  y  y  y  y
Submissions    town      -  y  y  y  y  y  y
Compare        town      -  y  y  y  y  y  y
Verify         town      -  y  y  y  y  y  y
Consolidated   village   y  y  y  y  y  y  y
Prefilled      village   y  y  y  y  y  y  y
Latest         town      -  y  y  y  y  y  y
Increase       town      -  y  y  y  y  y  y
Typing         village   y  y  y  y  y  y  y
Board          town      -  y  y  y  y  y  y
Report         village   y  y  y  -  -  -  -
ReportDraft    village   y  y  y  -  -  -  -
SaveDraft      village   y  y  y  -  -  -  -
DropDraft      village   y  y  y  -  -  -  -
Return         village   -  y  y  -  -  -  -
Submit         town      -  y  y  -  -  -  -
ReturnTown     town      -  -  y  -  -  -  -
Import         town      -  y  y  y  -  -  -
SaveUpload     town      -  y  y  y  -  -  -
Upload         town      -  y  y  y  -  -  -
Grant          village   -  -  y  y  -  -  -
Lock           county    -  -  y  -  -  -  -
Reopen         county    -  -  y  y  -  -  -
`

var permissionRoles = []access.Role{access.VillageReporter, access.TownClerk, access.CountyOffice, access.CityOffice,
	access.Department, access.Leader, access.Administrator}

// verb is one of the service's verbs, called for a unit.
type verb func(s *stage, a access.Actor, of unit.Code) error

var verbs = map[string]verb{
	"Sheet": func(s *stage, a access.Actor, of unit.Code) error { return second(s.Sheet(ctx, a, of, thisWeek)) },
	"Row":   func(s *stage, a access.Actor, of unit.Code) error { return second(s.Row(ctx, a, of, thisWeek)) },
	"Rows":  func(s *stage, a access.Actor, of unit.Code) error { return second(s.Rows(ctx, a, of, thisWeek)) },
	"Standing": func(s *stage, a access.Actor, of unit.Code) error {
		return second(s.Standing(ctx, a, of, thisWeek))
	},
	"CellHistory": func(s *stage, a access.Actor, of unit.Code) error {
		return second(s.CellHistory(ctx, a, of, "planted_trees", thisWeek))
	},
	"RowHistory": func(s *stage, a access.Actor, of unit.Code) error {
		return second(s.RowHistory(ctx, a, of, thisWeek))
	},
	"Submissions": func(s *stage, a access.Actor, of unit.Code) error {
		return second(s.Submissions(ctx, a, of, thisWeek))
	},
	"Compare": func(s *stage, a access.Actor, of unit.Code) error {
		return second(s.Compare(ctx, a, of, ledger.Ref{Week: thisWeek}, ledger.Ref{Week: thisWeek, Version: 1}))
	},
	"Verify": func(s *stage, a access.Actor, of unit.Code) error { return second(s.Verify(ctx, a, of, thisWeek)) },
	"Consolidated": func(s *stage, a access.Actor, of unit.Code) error {
		return second(s.Consolidated(ctx, a, of, thisWeek, date.Date{}))
	},
	"Prefilled": func(s *stage, a access.Actor, of unit.Code) error {
		return second(s.Prefilled(ctx, a, of, thisWeek))
	},
	"Latest": func(s *stage, a access.Actor, of unit.Code) error {
		return second(s.Latest(ctx, a, of, thisWeek, []unit.Code{of}))
	},
	"Increase": func(s *stage, a access.Actor, of unit.Code) error {
		return second(s.Increase(ctx, a, of, thisWeek, []unit.Unit{{Code: of}}))
	},
	"Typing": func(s *stage, a access.Actor, of unit.Code) error { return second(s.Typing(ctx, a, of, thisWeek)) },
	"Board":  func(s *stage, a access.Actor, of unit.Code) error { return second(s.Board(ctx, a, of, thisWeek)) },
	"Report": func(s *stage, a access.Actor, of unit.Code) error {
		return second(s.Report(ctx, a, ledger.ReportInput{Unit: of, Week: thisWeek, Base: ledger.AnyBase, Values: s.row(50)}))
	},
	"ReportDraft": func(s *stage, a access.Actor, of unit.Code) error {
		return second(s.ReportDraft(ctx, a, of, thisWeek, ledger.ByForm))
	},
	"SaveDraft": func(s *stage, a access.Actor, of unit.Code) error {
		return second(s.SaveDraft(ctx, a, ledger.DraftInput{Unit: of, Week: thisWeek, Base: ledger.AnyBase, Inputs: map[string]string{"planted_trees": "60"}}))
	},
	"DropDraft": func(s *stage, a access.Actor, of unit.Code) error { return s.DropDraft(ctx, a, of, thisWeek) },
	"Return": func(s *stage, a access.Actor, of unit.Code) error {
		return second(s.Return(ctx, a, ledger.ReturnInput{Unit: of, Week: thisWeek, Reason: "x"}))
	},
	"Submit": func(s *stage, a access.Actor, of unit.Code) error {
		return second(s.Submit(ctx, a, ledger.SubmitInput{Unit: of, Week: thisWeek, Base: ledger.AnyBase, Head: s.head("x")}))
	},
	"ReturnTown": func(s *stage, a access.Actor, of unit.Code) error {
		return second(s.ReturnTown(ctx, a, ledger.ReturnInput{Unit: of, Week: thisWeek, Reason: "x"}))
	},
	"Import": func(s *stage, a access.Actor, of unit.Code) error {
		return second(s.Import(ctx, a, ledger.ImportInput{Unit: of, Week: thisWeek, File: "x.xlsx",
			Rows: []ledger.ImportRow{{Village: s.villages(of)[0], Values: s.row(70)}}}))
	},
	"SaveUpload": func(s *stage, a access.Actor, of unit.Code) error {
		return second(s.SaveUpload(ctx, a, of, thisWeek, "x.xlsx", []byte("x")))
	},
	"Upload": func(s *stage, a access.Actor, of unit.Code) error { return second(s.Upload(ctx, a, of.String())) },
	"Grant": func(s *stage, a access.Actor, of unit.Code) error {
		return second(s.Grant(ctx, a, ledger.GrantInput{Unit: of, Week: thisWeek, Kind: ledger.Waiver, Reason: "x"}))
	},
	"Lock": func(s *stage, a access.Actor, of unit.Code) error {
		return second(s.Lock(ctx, a, ledger.SubmitInput{Unit: of, Week: thisWeek, Base: ledger.AnyBase, Head: s.head("x")}))
	},
	"Reopen": func(s *stage, a access.Actor, of unit.Code) error {
		return second(s.Reopen(ctx, a, of, thisWeek, "x"))
	},
}

func second[T any](_ T, err error) error { return err }

// recording counts what is written; everything else it leaves to the store.
type recording struct {
	ledger.Store
	writes int
}

func (r *recording) Commit(ctx context.Context, c ledger.Change) error {
	r.writes++
	return r.Store.Commit(ctx, c)
}

func (r *recording) SaveDraft(ctx context.Context, d ledger.Draft) (ledger.Draft, error) {
	r.writes++
	return r.Store.SaveDraft(ctx, d)
}

func (r *recording) DropDraft(ctx context.Context, key ledger.DraftKey) error {
	r.writes++
	return r.Store.DropDraft(ctx, key)
}

func (r *recording) SaveUpload(ctx context.Context, u ledger.Upload) error {
	r.writes++
	return r.Store.SaveUpload(ctx, u)
}

// Every verb, every role, for every unit of a few: inside as the table says, outside never, and
// what is refused writes nothing.
func TestPermissions(t *testing.T) {
	s := onSQLite(t, "2024-03-29 16:18")
	for _, v := range []unit.Code{lihu1, testkit.Xintan, huilai1} {
		s.report(v, thisWeek, s.row(10))
		s.submit(v.At(unit.LevelTown), thisWeek)
		if err := s.store.SaveUpload(ctx, ledger.Upload{ID: v.At(unit.LevelTown).String(), Unit: v.At(unit.LevelTown), Week: thisWeek, Content: []byte("x"), At: s.Now()}); err != nil {
			t.Fatal(err)
		}
	}
	record := &recording{Store: s.store}
	s.Service = ledger.New(s.Pack(), s.tree, record, s.clock.Now)
	units := map[string][]unit.Code{"village": {lihu1, testkit.Xintan, huilai1}, "town": {testkit.LihuTown, testkit.EastTown, testkit.Huicheng},
		"county": {testkit.Puning, testkit.Huilai}}
	homes := map[access.Role][]unit.Code{access.VillageReporter: {lihu1}, access.TownClerk: {testkit.LihuTown}, access.CountyOffice: {testkit.Puning},
		access.CityOffice: {testkit.Jieyang}, access.Department: {testkit.Puning, testkit.LihuTown}, access.Leader: {testkit.Puning, testkit.LihuTown},
		access.Administrator: {testkit.Puning, testkit.LihuTown}}
	lines := strings.Split(strings.TrimSpace(permissions), "\n")[1:]
	listed := map[string]bool{}
	for _, line := range lines {
		f := strings.Fields(line)
		name, level := f[0], f[1]
		listed[name] = true
		for i, role := range permissionRoles {
			for _, home := range homes[role] {
				a := access.Actor{Account: 99, Name: "某人", Role: role, Unit: home}
				for _, of := range units[level] {
					want := error(nil)
					switch inside := home.Contains(of); {
					case !inside:
						want = access.ErrOutside
					case f[2+i] != "y":
						want = access.ErrForbidden
					}
					record.writes = 0
					err := verbs[name](s, a, of)
					refused := errors.Is(err, access.ErrOutside) || errors.Is(err, access.ErrForbidden)
					switch {
					case want == nil && refused, want != nil && !errors.Is(err, want):
						t.Errorf("%s by %s of %s for %s: %v, want %v", name, role, home, of, err, want)
					case want != nil && record.writes != 0:
						t.Errorf("%s by %s of %s for %s was refused and wrote", name, role, home, of)
					}
				}
			}
		}
	}
	service := reflect.TypeFor[*ledger.Service]()
	actor := reflect.TypeFor[access.Actor]()
	for m := range service.Methods() {
		takes := slices.Contains(slices.Collect(m.Type.Ins()), actor)
		if takes && !listed[m.Name] {
			t.Errorf("%s takes an actor and has no line in the table", m.Name)
		}
	}
	for name := range listed {
		if _, ok := service.MethodByName(name); !ok || verbs[name] == nil {
			t.Errorf("the table has a line for %s, which is no verb", name)
		}
	}
}

// Those who may write are not refused for another reason either, and what they do is written.
func TestPermittedVerbsWrite(t *testing.T) {
	for _, name := range strings.Fields("Report SaveDraft Return Submit ReturnTown Import Grant Lock") {
		s := onSQLite(t, "2024-03-29 16:18")
		s.report(lihu1, thisWeek, s.row(10))
		s.submit(testkit.LihuTown, thisWeek)
		record := &recording{Store: s.store}
		s.Service = ledger.New(s.Pack(), s.tree, record, s.clock.Now)
		of := map[string]unit.Code{"Submit": testkit.LihuTown, "ReturnTown": testkit.LihuTown, "Import": testkit.LihuTown, "Lock": testkit.Puning}[name]
		if of == 0 {
			of = lihu1
		}
		before := len(s.snapshot()) + len(s.lines("drafts"))
		if err := verbs[name](s, testkit.County, of); err != nil || record.writes != 1 || len(s.snapshot())+len(s.lines("drafts")) != before+1 {
			t.Errorf("%s: %v, %d writes", name, err, record.writes)
		}
	}
}

// What lies outside the unit is not told by way of it.
func TestIncreaseStaysInside(t *testing.T) {
	s := onSQLite(t, "2024-03-29 16:18")
	if _, err := s.Increase(ctx, testkit.Town, testkit.LihuTown, thisWeek, []unit.Unit{{Code: testkit.EastTown}}); !errors.Is(err, access.ErrOutside) {
		t.Errorf("another town's increase: %v", err)
	}
}
