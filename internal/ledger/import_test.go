package ledger_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/database"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
)

// file is a workbook of a unit's villages, all with the same row, read from row 5 on.
func (s *stage) file(of unit.Code, planted int) ledger.ImportInput {
	in := ledger.ImportInput{Unit: of, Week: thisWeek, File: "台账.xlsx"}
	for i, v := range s.villages(of) {
		in.Rows = append(in.Rows, ledger.ImportRow{Village: v, Values: s.row(planted),
			Source: ledger.Source{Sheet: "台账", Row: 5 + i, Columns: columnLetters(len(s.Form().Columns))}})
	}
	slices.Reverse(in.Rows) // files come in any order
	return in
}

func columnLetters(n int) string {
	letters := make([]string, n)
	for i := range letters {
		letters[i] = string(rune('C' + i))
	}
	return strings.Join(letters, " ")
}

func (s *stage) headOf(town unit.Code) ledger.Head { return s.head(town.String()) }

// Importing a file stores its rows and seals its towns; importing it again changes nothing.
func TestImport(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		s := newStage(t, db, "2024-03-29 16:18")
		in := s.file(testkit.LihuTown, 10)
		in.Submit, in.Head = true, s.headOf
		res, err := s.Import(ctx, testkit.Town, in)
		if err != nil || res.Taken != 25 || res.Unchanged != 0 || len(res.Sealed) != 1 || res.Sealed[0].Source.File != "台账.xlsx" {
			t.Fatalf("%+v, %v", res, err)
		}
		if f := s.figures(testkit.LihuTown, thisWeek); f.OnTime != 25 || f.Sums[s.col("planted_trees")] != 250 {
			t.Errorf("figures %+v", f)
		}
		before := s.snapshot()
		if res, err = s.Import(ctx, testkit.Town, in); err != nil || res.Taken != 0 || res.Unchanged != 25 || len(res.Sealed) != 0 {
			t.Fatalf("again: %+v, %v", res, err)
		}
		before.same(t, s.snapshot())
		// one village changed: one version, and the town sealed anew
		in.Rows[0].Values = s.row(11)
		if res, err = s.Import(ctx, testkit.Town, in); err != nil || res.Taken != 1 || res.Unchanged != 24 || len(res.Sealed) != 1 || res.Sealed[0].Version != 2 {
			t.Fatalf("one row changed: %+v, %v", res, err)
		}
		before.kept(t, s.snapshot())
		history, err := s.CellHistory(ctx, testkit.Town, in.Rows[0].Village, "planted_trees", thisWeek)
		if err != nil || len(history) != 2 {
			t.Fatalf("%+v, %v", history, err)
		}
		c := history[0]
		if c.From != 10 || c.To != 11 || c.Actor != "黄志明" || !c.OnBehalf || c.Source.Kind != ledger.ByWorkbook || c.Source.File != "台账.xlsx" ||
			c.Source.Sheet != "台账" || c.Cell != string(rune('C'+s.col("planted_trees")))+"29" {
			t.Errorf("%+v", c)
		}
	})
}

// What the file does not say leaves what the village has reported; warnings take the file's name
// for their reason.
func TestImportOverReport(t *testing.T) {
	s := onSQLite(t, "2024-03-29 16:18")
	s.report(lihu1, thisWeek, s.row(10))
	partial := s.with(s.with(s.row(20), "party_members", ledger.Empty), "planted_trees", 950)
	in := ledger.ImportInput{Unit: testkit.LihuTown, Week: thisWeek, File: "里湖.xlsx", Rows: []ledger.ImportRow{
		{Village: lihu1, Values: partial}, {Village: lihu2, Values: partial, Notes: map[string]string{"planted_trees": "补植"}}}}
	if res, err := s.Import(ctx, testkit.Town, in); err != nil || res.Taken != 2 {
		t.Fatalf("%+v, %v", res, err)
	}
	one, err1 := s.Row(ctx, testkit.Town, lihu1, thisWeek)
	two, err2 := s.Row(ctx, testkit.Town, lihu2, thisWeek)
	if err := errors.Join(err1, err2); err != nil {
		t.Fatal(err)
	}
	if m := s.col("party_members"); one.Filled[m] != 40 || two.Filled[m] != ledger.Empty || one.Filled[s.col("planted_trees")] != 950 {
		t.Errorf("%v and %v", one.Filled, two.Filled)
	}
	if one.Notes["planted_trees"] != "据表格《里湖.xlsx》" || two.Notes["planted_trees"] != "补植" {
		t.Errorf("notes %v and %v", one.Notes, two.Notes)
	}
}

// A cell that was wrong or blank in the file keeps what the village last reported, so that a typing
// error does not lower the county's sum; a line with nothing in it reports nothing.
func TestImportKeepsWhatACellStoodAt(t *testing.T) {
	s := onSQLite(t, "2024-03-22 16:18")
	s.report(lihu1, lastWeek, s.row(458))
	s.set("2024-03-29 16:18")
	blank := ledger.NewValues(len(s.Form().Columns))
	in := ledger.ImportInput{Unit: testkit.LihuTown, Week: thisWeek, File: "里湖.xlsx", Submit: true, Head: s.headOf, Rows: []ledger.ImportRow{
		{Village: lihu1, Values: s.with(s.row(470), "planted_trees", ledger.Empty)}, {Village: lihu2, Values: blank}}}
	res, err := s.Import(ctx, testkit.Town, in)
	if err != nil || res.Taken != 1 || len(res.Sealed) != 1 {
		t.Fatalf("%+v, %v", res, err)
	}
	if f := s.figures(testkit.LihuTown, thisWeek); f.Sums[s.col("planted_trees")] != 458 || f.OnTime != 1 {
		t.Errorf("figures %+v", f)
	}
}

// A draft typed over a row goes when the file changes the row, and stays when it does not.
func TestImportAndDrafts(t *testing.T) {
	s := onSQLite(t, "2024-03-29 16:18")
	in := s.file(testkit.LihuTown, 10)
	if _, err := s.Import(ctx, testkit.Town, in); err != nil {
		t.Fatal(err)
	}
	if _, err := s.typeIn(1, map[string]string{"planted_trees": "12"}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Import(ctx, testkit.Town, in); err != nil {
		t.Fatal(err)
	}
	if v := s.view(); v.Draft == nil || v.Filled[s.col("planted_trees")] != 12 {
		t.Error("importing what stood so already took the draft away")
	}
	if _, err := s.Import(ctx, testkit.Town, s.file(testkit.LihuTown, 11)); err != nil {
		t.Fatal(err)
	}
	if v := s.view(); v.Draft != nil || v.Filled[s.col("planted_trees")] != 11 {
		t.Errorf("the draft lies over what was imported: %+v", v)
	}
}

func TestImportRefuses(t *testing.T) {
	s := onSQLite(t, "2024-03-29 16:18")
	s.reportAll(testkit.LihuTown, thisWeek, 1)
	s.submit(testkit.LihuTown, thisWeek)
	row := func(village unit.Code, values ledger.Values) []ledger.ImportRow {
		return append(s.file(testkit.EastTown, 5).Rows, ledger.ImportRow{Village: village, Values: values})
	}
	before := s.snapshot()
	for _, c := range []struct {
		name string
		who  access.Actor
		in   ledger.ImportInput
		want error
	}{
		{"a village outside the unit", testkit.County, ledger.ImportInput{Unit: testkit.EastTown, Rows: row(lihu1, s.row(5))}, access.ErrOutside},
		{"a village outside the actor's unit", testkit.Town, ledger.ImportInput{Unit: testkit.LihuTown, Rows: row(lihu1, s.row(5))}, access.ErrOutside},
		{"a unit outside", testkit.Town, ledger.ImportInput{Unit: testkit.Puning, Rows: row(lihu1, s.row(5))}, access.ErrOutside},
		{"no such village", testkit.County, ledger.ImportInput{Unit: testkit.Puning, Rows: row(445281119999, s.row(5))}, ledger.ErrNoVillage},
		{"a town as a row", testkit.County, ledger.ImportInput{Unit: testkit.Puning, Rows: row(testkit.LihuTown, s.row(5))}, ledger.ErrNoVillage},
		{"a short row", testkit.County, ledger.ImportInput{Unit: testkit.Puning, Rows: row(lihu1, s.row(5)[:3])}, ledger.ErrColumn},
		{"an absurd value", testkit.County, ledger.ImportInput{Unit: testkit.Puning, Rows: row(lihu1, s.with(s.row(5), "party_members", 5001))}, ledger.ErrFindings},
		{"a negative value", testkit.County, ledger.ImportInput{Unit: testkit.Puning, Rows: row(lihu1, s.with(s.row(5), "party_members", -1))}, ledger.ErrFindings},
		{"sealing without the right to", testkit.City, ledger.ImportInput{Unit: testkit.Puning, Rows: row(lihu1, s.row(5)), Submit: true}, access.ErrForbidden},
		{"next week", testkit.County, ledger.ImportInput{Unit: testkit.Puning, Week: thisWeek.Add(5), Rows: row(lihu1, s.row(5))}, ledger.ErrNotOpen},
		{"no due day", testkit.County, ledger.ImportInput{Unit: testkit.Puning, Week: thisWeek.Add(1), Rows: row(lihu1, s.row(5))}, ledger.ErrNoWeek},
		{"a long file name", testkit.County, ledger.ImportInput{Unit: testkit.Puning, File: strings.Repeat("长", 501), Rows: row(lihu1, s.row(5))}, ledger.ErrTooLong},
		{"an upload that is no longer kept", testkit.County, ledger.ImportInput{Unit: testkit.Puning, Upload: "gone", Rows: row(lihu1, s.row(5))}, ledger.ErrNoUpload},
	} {
		if c.in.Week.IsZero() {
			c.in.Week = thisWeek
		}
		if _, err := s.Import(ctx, c.who, c.in); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
	before.same(t, s.snapshot())
}

// Nothing of a city's file is taken while one of its counties is locked.
func TestImportIntoLockedWeek(t *testing.T) {
	s := onSQLite(t, "2024-03-29 16:18")
	s.reportAll(testkit.LihuTown, thisWeek, 1)
	s.submit(testkit.LihuTown, thisWeek)
	if _, err := s.lock(0); err != nil {
		t.Fatal(err)
	}
	before := s.snapshot()
	in := s.file(testkit.Jieyang, 5)
	in.Submit = true
	if _, err := s.Import(ctx, access.Operator("操作员", testkit.Jieyang), in); !errors.Is(err, ledger.ErrLocked) {
		t.Errorf("imported into a locked week: %v", err)
	}
	before.same(t, s.snapshot())
	in = s.file(testkit.Huilai, 5)
	in.Submit = true
	if res, err := s.Import(ctx, access.Operator("操作员", testkit.Jieyang), in); err != nil || len(res.Sealed) != 1 {
		t.Errorf("another county's: %+v, %v", res, err)
	}
	if head := s.lastHead(testkit.Huicheng); head.Unit != "惠城镇" || head.FilledOn != s.Today() {
		t.Errorf("a file without a head: %+v", head)
	}
}

func (s *stage) lastHead(town unit.Code) ledger.Head {
	s.t.Helper()
	subs, err := s.store.Submissions(ctx, town, thisWeek)
	if err != nil || len(subs) == 0 {
		s.t.Fatal(subs, err)
	}
	return subs[len(subs)-1].Head
}

// A form that has got a column more reads the rows stored before it, and asks for the new cell.
func TestColumnAddedToTheForm(t *testing.T) {
	s := onSQLite(t, "2024-03-22 16:18")
	short := s.row(10)[:len(s.Form().Columns)-1]
	err := s.store.Commit(ctx, ledger.Change{Unit: lihu1, Week: lastWeek, Prepare: func() ([]ledger.Event, error) {
		return []ledger.Event{{Row: &ledger.RowVersion{Unit: lihu1, Week: lastWeek, Version: 1, Status: ledger.Reported, Values: short, At: s.Now()}}}, nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	for name, s := range map[string]*stage{"told": s, "read": s.another()} {
		s.set("2024-03-29 16:18")
		v, err := s.Row(ctx, testkit.Town, lihu1, thisWeek)
		if err != nil || len(v.Last) != len(short)+1 || v.Last[len(short)] != ledger.Empty || v.Last[s.col("planted_trees")] != 10 {
			t.Fatalf("%s: %+v, %v", name, v, err)
		}
		last := s.Form().Columns[len(short)]
		if h, err := s.CellHistory(ctx, testkit.Town, lihu1, last.Key, thisWeek); err != nil || len(h) != 0 {
			t.Errorf("%s: %+v, %v", name, h, err)
		}
		if last.Type != campaign.Money {
			t.Fatalf("the test takes the last column for money, it is %s", last.Type)
		}
		if _, err := s.Report(ctx, testkit.Town, ledger.ReportInput{Unit: lihu1, Week: thisWeek, Unchanged: true}); codes(err) != "blank" {
			t.Errorf("%s: nothing changed, with a new column: %v", name, err)
		}
	}
}
