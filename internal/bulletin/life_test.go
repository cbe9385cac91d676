package bulletin_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/audit"
	"github.com/sangzi/sangzi/internal/audit/auditdb"
	"github.com/sangzi/sangzi/internal/bulletin"
	"github.com/sangzi/sangzi/internal/bulletin/bulletindb"
	"github.com/sangzi/sangzi/internal/database"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger/ledgertest"
	"github.com/sangzi/sangzi/internal/testkit"
)

func TestMain(m *testing.M) { testkit.Main(m) }

// colleague sits beside testkit.County.
var colleague = access.Actor{Account: 30, Name: "陈文", Role: access.CountyOffice, Unit: testkit.Puning}

// desk is a service on a world and a table of its own.
type desk struct {
	*bulletin.Service
	t     testing.TB
	world *ledgertest.World
	store *bulletindb.Store
	month bulletin.Period
}

func sit(t testing.TB, w *ledgertest.World, db *database.DB) *desk {
	t.Helper()
	store := bulletindb.Open(db)
	m, err := bulletin.ParsePeriod("2024-03")
	if err != nil {
		t.Fatal(err)
	}
	return &desk{bulletin.New(w.Ledger, store), t, w, store, m}
}

// on is the latest version there is.
func (d *desk) on() bulletin.On {
	heads, err := d.store.Heads(ctx, testkit.Puning, d.month)
	if err != nil {
		d.t.Fatal(err)
	}
	on := bulletin.On{Unit: testkit.Puning, Period: d.month}
	if len(heads) > 0 {
		on.Base = heads[len(heads)-1].Number
	}
	return on
}

func (d *desk) begin() bulletin.Version {
	d.t.Helper()
	v, err := d.Begin(ctx, testkit.County, testkit.Puning, d.month)
	if err != nil {
		d.t.Fatal(err)
	}
	return v
}

var issuing = bulletin.Issuing{DocNumber: "普组通[2024] 12 号", Day: date.MustParse("2024-03-30")}

// do does one verb on the latest version.
func (d *desk) do(verb bulletin.Verb, a access.Actor) (bulletin.Version, error) {
	on := d.on()
	switch verb {
	case bulletin.ToBegin:
		return d.Begin(ctx, a, on.Unit, on.Period)
	case bulletin.ToRedraft:
		return d.Redraft(ctx, a, on)
	case bulletin.ToEdit:
		return d.Edit(ctx, a, on, bulletin.Words{Title: "通报", Issuers: []string{"专班"}, Sections: []bulletin.SectionWords{{Heading: "一", Paragraphs: []bulletin.ParagraphWords{{Text: "植树{已植树}株"}}}}})
	case bulletin.ToSubmit:
		return d.Submit(ctx, a, on)
	case bulletin.ToReturn:
		return d.Return(ctx, a, on, "数字请再核对")
	case bulletin.ToApprove:
		return d.Approve(ctx, a, on)
	case bulletin.ToIssue:
		return d.Issue(ctx, a, on, issuing)
	case bulletin.ToCorrect:
		return d.Erratum(ctx, a, on, "单位名称有误")
	}
	panic(verb)
}

// must does it.
func (d *desk) must(verb bulletin.Verb, a access.Actor) bulletin.Version {
	d.t.Helper()
	v, err := d.do(verb, a)
	if err != nil {
		d.t.Fatalf("%s: %v", verb, err)
	}
	return v
}

var verbs = []bulletin.Verb{bulletin.ToBegin, bulletin.ToRedraft, bulletin.ToEdit, bulletin.ToSubmit, bulletin.ToReturn, bulletin.ToApprove, bulletin.ToIssue, bulletin.ToCorrect}

// steps is what each status allows, and what then stands.
const steps = `
            begin     redraft   edit      submit      return     approve    issue    erratum
none        drafted   -         -         -           -          -          -        -
drafted     -         drafted   drafted   submitted   -          -          -        -
returned    -         drafted   drafted   submitted   -          -          -        -
submitted   -         -         -         -           returned   approved   -        -
approved    -         -         -         -           returned   -          issued   -
issued      -         -         -         -           -          -          -        drafted
`

// Every verb by everybody in every status: done as the table says or refused, and a refusal
// leaves no version and no event.
func TestSteps(t *testing.T) {
	w := ledgertest.Busy(t, "2024-03-30 09:00")
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		d := sit(t, w, db)
		d.begin()
		stands := ""
		lines := strings.Split(strings.TrimSpace(steps), "\n")
		for _, line := range lines[1:] {
			f := strings.Fields(line)
			for i, verb := range verbs {
				for _, who := range append(testkit.Cast(), colleague, access.Actor{}) {
					if stands != f[0] { // what was refused has changed nothing
						d.stand(db, f[0])
					}
					stands = f[0]
					before, events := d.on().Base, d.events(db)
					v, err := d.do(verb, who)
					name := fmt.Sprintf("%s of %s by %s", verb, f[0], who.Name)
					var want error
					switch {
					case who.Role == "" || !who.Unit.Contains(testkit.Puning):
						want = access.ErrOutside
					case who.Role != access.CountyOffice && who.Role != access.CityOffice:
						want = access.ErrForbidden
					case f[1+i] == "-" && verb == bulletin.ToBegin:
						want = bulletin.ErrBegun
					case f[1+i] == "-" && f[0] == "none":
						want = bulletin.ErrNone
					case f[1+i] == "-":
						want = bulletin.ErrStatus
					case verb == bulletin.ToApprove && who.Account == testkit.County.Account:
						want = bulletin.ErrSamePerson
					}
					if !errors.Is(err, want) {
						t.Errorf("%s: %v, want %v", name, err, want)
						continue
					}
					if want != nil {
						if d.on().Base != before || d.events(db) != events {
							t.Errorf("%s was refused and wrote", name)
						}
						continue
					}
					stands = ""
					if string(v.Status) != f[1+i] || v.Number != before+1 || v.Account != who.Account || v.Actor != who.Name {
						t.Errorf("%s: %s, version %d by %s", name, v.Status, v.Number, v.Actor)
					}
					kept, err := d.store.Version(ctx, testkit.Puning, d.month, v.Number)
					if err != nil || kept.Text != v.Text || kept.Status != v.Status || !kept.At.Equal(v.At) || kept.Reason != v.Reason || kept.DocNumber != v.DocNumber {
						t.Errorf("%s: kept %+v, %v", name, kept, err)
					}
					if d.events(db) != events+1 {
						t.Errorf("%s: no event", name)
					}
				}
			}
		}
	})
}

// stand lays a version with a status on the table, submitted by testkit.County; for none it turns
// to another month and takes away what there is of it.
func (d *desk) stand(db *database.DB, status string) {
	d.t.Helper()
	d.month.Month = time.March
	if status == "none" {
		d.month.Month = time.February
		if _, err := db.Writer().ExecContext(ctx, `DELETE FROM bulletin_versions WHERE period = 202402`); err != nil {
			d.t.Fatal(err)
		}
		return
	}
	on := d.on()
	v, err := d.store.Version(ctx, on.Unit, on.Period, on.Base)
	if err != nil {
		d.t.Fatal(err)
	}
	v.Number, v.Status, v.Account, v.Actor = v.Number+1, bulletin.Status(status), testkit.County.Account, testkit.County.Name
	if err := d.store.Add(ctx, v, audit.By(testkit.County, "bulletin.edit", on.Unit, w0)); err != nil {
		d.t.Fatal(err)
	}
}

var w0 = testkit.NewClock("2024-03-30 09:00").Now()

func (d *desk) events(db *database.DB) int64 {
	d.t.Helper()
	list, err := auditdb.Open(db).Events(ctx, audit.Query{Of: testkit.Jieyang, Limit: 1})
	if err != nil {
		d.t.Fatal(err)
	}
	if len(list) == 0 {
		return 0
	}
	return list[0].ID
}

// From draft to issue, an erratum, and the second issue: each version stays as it was.
func TestLife(t *testing.T) {
	w := ledgertest.Busy(t, "2024-03-30 09:00")
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		d := sit(t, w, db)
		d.begin()
		d.must(bulletin.ToSubmit, testkit.County)
		returned := d.must(bulletin.ToReturn, testkit.City)
		if returned.Reason != "数字请再核对" {
			t.Errorf("returned for %q", returned.Reason)
		}
		d.must(bulletin.ToRedraft, testkit.County)
		d.must(bulletin.ToSubmit, testkit.County)
		d.must(bulletin.ToApprove, colleague)
		issued := d.must(bulletin.ToIssue, testkit.County)
		if !issued.Intact() || issued.DocNumber != "普组通〔2024〕12号" || issued.Draft.Number != issued.DocNumber || issued.Draft.Date != issuing.Day {
			t.Errorf("issued %s on %s, %s", issued.Draft.Number, issued.Draft.Date, issued.Hash)
		}
		d.must(bulletin.ToCorrect, testkit.County)
		edited := d.must(bulletin.ToEdit, testkit.County)
		if edited.Erratum != "单位名称有误" || edited.DocNumber != issued.DocNumber {
			t.Errorf("the erratum corrects %q of %s", edited.Erratum, edited.DocNumber)
		}
		seen, err := d.Show(ctx, testkit.Village, testkit.Puning, d.month, 0)
		if err != nil || seen.Version.Text != issued.Text || len(seen.History) != 1 || seen.Edits {
			t.Errorf("a village reads version %d of %d, %v", seen.Version.Number, len(seen.History), err)
		}
		if _, err := d.Show(ctx, testkit.Village, testkit.Puning, d.month, edited.Number); !errors.Is(err, bulletin.ErrNoVersion) {
			t.Errorf("a village reads a draft: %v", err)
		}
		d.must(bulletin.ToSubmit, testkit.County)
		d.must(bulletin.ToApprove, testkit.City)
		second := d.must(bulletin.ToIssue, testkit.City)
		seen, err = d.Show(ctx, testkit.Village, testkit.Puning, d.month, 0)
		if err != nil || seen.Version.Number != second.Number || len(seen.History) != 2 || seen.Version.Erratum != "单位名称有误" {
			t.Errorf("a village reads version %d of %d, %v", seen.Version.Number, len(seen.History), err)
		}
		old, err := d.Show(ctx, testkit.Village, testkit.Puning, d.month, issued.Number)
		if err != nil || old.Version.Text != issued.Text || !old.Version.Intact() {
			t.Errorf("the first issue: %v", err)
		}
		if got := old.Version.Draft.Figures(d.Form()); !slices.Equal(figureTexts(got), figureTexts(issued.Draft.Figures(d.Form()))) {
			t.Error("the first issue has other figures")
		}
		if old.Version.Hash = ""; old.Version.Intact() {
			t.Error("a broken seal counts as whole")
		}
	})
}

func figureTexts(list []bulletin.Figure) []string {
	out := make([]string, len(list))
	for i, f := range list {
		out[i] = f.Key() + "=" + f.Text
	}
	return out
}

// Whatever is done in whatever order by whoever, what was issued stays byte for byte, and the
// versions are numbered without a gap.
func TestIssuedNeverChanges(t *testing.T) {
	w := ledgertest.Busy(t, "2024-03-30 09:00")
	db := testkit.SQLite(t)
	rapid.Check(t, func(rt *rapid.T) {
		d := sit(t, w, db)
		if _, err := db.Writer().ExecContext(ctx, `DELETE FROM bulletin_versions`); err != nil {
			rt.Fatal(err)
		}
		issued := map[int32]bulletin.Version{}
		people := []access.Actor{testkit.County, colleague, testkit.City, testkit.Village, testkit.Leader}
		// What leads on is drawn more often, so that something is issued.
		likely := append(slices.Clone(verbs), bulletin.ToSubmit, bulletin.ToApprove, bulletin.ToIssue, bulletin.ToApprove, bulletin.ToIssue)
		d.begin()
		for range rapid.IntRange(1, 30).Draw(rt, "steps") {
			verb, who := rapid.SampledFrom(likely).Draw(rt, "verb"), rapid.SampledFrom(people).Draw(rt, "who")
			v, err := d.do(verb, who)
			if err == nil && v.Status == bulletin.Issued {
				issued[v.Number] = v
			}
			heads, err := d.store.Heads(ctx, testkit.Puning, d.month)
			if err != nil {
				rt.Fatal(err)
			}
			for i, h := range heads {
				if h.Number != int32(i)+1 {
					rt.Fatalf("version %d at place %d", h.Number, i)
				}
			}
			for number, want := range issued {
				got, err := d.store.Version(ctx, testkit.Puning, d.month, number)
				if err != nil || got.Text != want.Text || got.Hash != want.Hash || !got.Intact() {
					rt.Fatalf("after %s version %d is another: %v", verb, number, err)
				}
			}
		}
	})
}

// Of many who act on the same version at once, one does; the others are told that it has moved.
func TestTwoEditorsAtOnce(t *testing.T) {
	w := ledgertest.Busy(t, "2024-03-30 09:00")
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		d := sit(t, w, db)
		var wait sync.WaitGroup
		race := func(act func(i int) error, lost error) {
			t.Helper()
			errs := make([]error, 8)
			for i := range errs {
				wait.Go(func() { errs[i] = act(i) })
			}
			wait.Wait()
			won := 0
			for _, err := range errs {
				if err == nil {
					won++
				} else if !errors.Is(err, lost) {
					t.Errorf("one was told %v", err)
				}
			}
			if won != 1 {
				t.Errorf("%d of 8 did it", won)
			}
		}
		race(func(int) error { _, err := d.Begin(ctx, testkit.County, testkit.Puning, d.month); return err }, bulletin.ErrBegun)
		on := d.on()
		v, err := d.store.Version(ctx, on.Unit, on.Period, on.Base)
		if err != nil {
			t.Fatal(err)
		}
		race(func(i int) error {
			words := d.Words(&v.Draft)
			words.Sections[0].Paragraphs[0].Text = fmt.Sprintf("第%d人写的", i)
			_, err := d.Edit(ctx, testkit.County, on, words)
			return err
		}, bulletin.ErrMoved)
		if on := d.on(); on.Base != 2 {
			t.Errorf("%d versions", on.Base)
		}
	})
}

// Who may read what: drafts those who edit, what is issued everybody below and above.
func TestReaders(t *testing.T) {
	w := ledgertest.Busy(t, "2024-03-30 09:00")
	d := sit(t, w, testkit.SQLite(t))
	d.begin()
	check := func(issued bool) {
		t.Helper()
		for _, a := range append(testkit.Cast(), access.Actor{}) {
			edits := a.Role == access.CountyOffice || a.Role == access.CityOffice
			near := a.Role != "" && (a.Unit.Contains(testkit.Puning) || testkit.Puning.Contains(a.Unit))
			b, err := d.Show(ctx, a, testkit.Puning, d.month, 0)
			list, lerr := d.List(ctx, a, testkit.Puning)
			of, found, nerr := d.Nearest(ctx, a)
			switch {
			case !near:
				if !errors.Is(err, access.ErrOutside) || !errors.Is(lerr, access.ErrOutside) {
					t.Errorf("%s outside: %v, %v", a.Name, err, lerr)
				}
			case edits:
				if err != nil || !b.Edits || lerr != nil || len(list) != 4 || list[1].Latest == nil || !list[2].Begin || list[1].Begin || !list[0].Begin || list[0].Period.Quarter != 1 {
					t.Errorf("%s: %v, %v, %+v", a.Name, err, lerr, list)
				}
			case issued:
				if err != nil || b.Version.Status != bulletin.Issued || lerr != nil || len(list) != 1 || list[0].Issued == nil || list[0].Latest != list[0].Issued {
					t.Errorf("%s reads what is issued: %v, %v, %+v", a.Name, err, lerr, list)
				}
			default:
				if !errors.Is(err, bulletin.ErrNone) || lerr != nil || len(list) != 0 {
					t.Errorf("%s before it is issued: %v, %v, %+v", a.Name, err, lerr, list)
				}
			}
			below := near && testkit.Puning.Contains(a.Unit)
			if nerr != nil || found != (issued && below) || found && of != testkit.Puning {
				t.Errorf("the nearest to %s: %s, %t, %v", a.Name, of, found, nerr)
			}
		}
	}
	check(false)
	d.must(bulletin.ToSubmit, testkit.County)
	d.must(bulletin.ToApprove, testkit.City)
	d.must(bulletin.ToIssue, testkit.County)
	check(true)
	if _, err := d.List(ctx, testkit.County, testkit.LihuTown); !errors.Is(err, access.ErrForbidden) && !errors.Is(err, bulletin.ErrUnit) {
		t.Errorf("of a town: %v", err)
	}
}

// Numbers and days under which nothing is issued, and reasons that say nothing.
func TestIssueRefused(t *testing.T) {
	w := ledgertest.Busy(t, "2024-03-30 09:00")
	d := sit(t, w, testkit.SQLite(t))
	d.begin()
	d.must(bulletin.ToSubmit, testkit.County)
	d.must(bulletin.ToApprove, colleague)
	on := d.on()
	for _, number := range []string{"", "普组通〔2024〕　号", "普组通〔2024〕012号", "第12号", "普组通〔24〕12号", "普组通2024-12", "<b>〔2024〕1号", "普组通〔2024〕12号 12", strings.Repeat("普", 30) + "〔2024〕1号"} {
		if _, err := d.Issue(ctx, testkit.County, on, bulletin.Issuing{DocNumber: number, Day: issuing.Day}); !errors.Is(err, bulletin.ErrNumber) {
			t.Errorf("under %q: %v", number, err)
		}
	}
	for _, day := range []date.Date{{}, date.MustParse("2024-03-28"), date.MustParse("2024-03-31")} {
		if _, err := d.Issue(ctx, testkit.County, on, bulletin.Issuing{DocNumber: issuing.DocNumber, Day: day}); !errors.Is(err, bulletin.ErrDay) {
			t.Errorf("on %s: %v", day, err)
		}
	}
	for _, why := range []string{"", " \n\x00", strings.Repeat("字", 501)} {
		if _, err := d.Return(ctx, testkit.County, on, why); !errors.Is(err, bulletin.ErrReason) {
			t.Errorf("returned for %.10q: %v", why, err)
		}
	}
	d.must(bulletin.ToIssue, testkit.County)
	d.month, _ = bulletin.ParsePeriod("2024-02")
	d.begin()
	d.must(bulletin.ToSubmit, testkit.County)
	d.must(bulletin.ToApprove, colleague)
	if _, err := d.do(bulletin.ToIssue, testkit.County); !errors.Is(err, bulletin.ErrNumberTaken) {
		t.Errorf("February under March's number: %v", err)
	}
	if _, err := d.Submit(context.Background(), testkit.County, bulletin.On{Unit: testkit.Puning, Period: d.month, Base: 2}); !errors.Is(err, bulletin.ErrMoved) {
		t.Errorf("on an old version: %v", err)
	}
}
