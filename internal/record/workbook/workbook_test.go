package workbook_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/record/recorddb"
	"github.com/sangzi/sangzi/internal/record/workbook"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/unit/divisions"
)

func TestMain(m *testing.M) { testkit.Main(m) }

var (
	ctx       = context.Background()
	kinds     = campaign.Default().Records
	eastClerk = access.Actor{Account: 10, Name: "杨海", Role: access.TownClerk, Unit: testkit.EastTown}
)

func service(t testing.TB) *record.Service {
	t.Helper()
	units, err := divisions.Jieyang()
	if err != nil {
		t.Fatal(err)
	}
	registry, err := unit.NewRegistry(units, nil)
	if err != nil {
		t.Fatal(err)
	}
	store, err := recorddb.Open(ctx, testkit.SQLite(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(store.Close)
	s, err := record.New(ctx, campaign.Default(), registry.At, store, testkit.NewClock("2024-03-29 16:18").Now)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func kind(t testing.TB, key string) *campaign.RecordKind {
	t.Helper()
	k, ok := kinds.Kind(key)
	if !ok {
		t.Fatal("no kind " + key)
	}
	return k
}

func template(t testing.TB, k *campaign.RecordKind) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := workbook.Template(&b, kinds, k); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// filled is a workbook with what edit writes into its first sheet.
func filled(t testing.TB, data []byte, edit func(f *excelize.File, sheet string)) []byte {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	edit(f, f.GetSheetList()[0])
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// some is what somebody could type into a field.
func some(f *campaign.Field) any {
	switch f.Type {
	case campaign.FieldCount:
		return 30
	case campaign.FieldMoney:
		return 12.5
	case campaign.FieldYesNo:
		return "是"
	case campaign.FieldChoice:
		return f.Choices[len(f.Choices)-1].Title
	case campaign.FieldNames:
		return "陈木清、黄秀英"
	case campaign.FieldRows:
		return strings.Join([]string{someRow(f, 10), "", someRow(f, 20)}, "\n")
	case campaign.FieldSpecies:
		return "荔枝10、龙眼20"
	}
	return "=1+1 一句话"
}

// someRow is a line of a table as it is typed into a cell.
func someRow(f *campaign.Field, n int) string {
	var cells []string
	for _, c := range f.Rows.Columns {
		switch c.Type {
		case campaign.RowCount:
			cells = append(cells, fmt.Sprint(n))
		case campaign.RowChoice:
			cells = append(cells, c.Choices[0].Title)
		case campaign.RowArea, campaign.RowLine:
			cells = append(cells, "0,0 1000,0 500,1000")
		case campaign.RowNames:
			cells = append(cells, "陈木清、黄秀英")
		default:
			cells = append(cells, `村\|口`)
		}
	}
	return strings.Join(cells, " | ")
}

// The table of every kind, filled under its own heads, is read back field by field as the form
// would have it, with a blank table beside it refused and nothing left unread.
func TestEveryKindThereAndBack(t *testing.T) {
	s := service(t)
	for i := range kinds.Kinds {
		k := &kinds.Kinds[i]
		who, within, at, name := eastClerk, testkit.EastTown, testkit.Xintan, "新坛村"
		switch {
		case k.MayBeAt("village"):
		case k.MayBeAt("town"):
			at, name = testkit.EastTown, "流沙东街道"
		default:
			who, within, at, name = testkit.County, testkit.Puning, testkit.Puning, "普宁市"
		}
		empty := template(t, k)
		if _, err := workbook.Read(ctx, s, who, within, k, "a.xlsx", empty); code(err) != "record.no_rows" {
			t.Errorf("%s: an empty table: %v", k.Key, err)
		}
		if again := template(t, k); !bytes.Equal(again, empty) {
			t.Errorf("%s: the same table has other bytes", k.Key)
		}
		want := record.Input{Kind: k.Key, Unit: at, Typed: record.TypedDays{Day: "2024-03-12"}, Fields: map[string]string{}, With: []string{"普宁市林业局", "普宁二中"}}
		data := filled(t, empty, func(f *excelize.File, sheet string) {
			heads, err := f.GetRows(sheet)
			if err != nil {
				t.Fatal(err)
			}
			for col, head := range heads[0] {
				cell, err := excelize.CoordinatesToCellName(col+1, 2)
				if err != nil {
					t.Fatal(err)
				}
				var value any
				switch {
				case head == "村名" || head == "单位":
					value = name
				case head == "日期":
					value = 45363 // a day that has lost its form
				case head == "止日":
					value, want.Typed.Until = "2024年12月31日", "2024年12月31日"
				case head == "会同单位":
					value = "普宁市林业局，普宁二中"
				case strings.HasPrefix(head, "参加："):
					value = 3
				}
				for j := range k.Fields {
					if strings.HasPrefix(head, k.Fields[j].Title) && value == nil {
						value = some(&k.Fields[j])
						if k.Fields[j].Type == campaign.FieldCount && k.Derived(k.Fields[j].Key) {
							value = "" // it follows from the table beside it
						}
						want.Fields[k.Fields[j].Key] = fmt.Sprint(value)
					}
				}
				if value == nil {
					t.Fatalf("%s: %s stands over nothing", k.Key, head)
				}
				if err := f.SetCellValue(sheet, cell, value); err != nil {
					t.Fatal(err)
				}
			}
		})
		if k.People {
			for _, c := range kinds.Categories {
				want.Fields["people."+c.Key] = "3"
			}
		}
		reading, err := workbook.Read(ctx, s, who, within, k, "a.xlsx", data)
		if err != nil || len(reading.Rows) != 1 || len(reading.Ignored) != 0 {
			t.Errorf("%s: %+v, %v", k.Key, reading, err)
			continue
		}
		row := reading.Rows[0]
		direct, err := s.Ready(ctx, who, want)
		if err != nil {
			t.Fatalf("%s: %v", k.Key, err)
		}
		if !row.Good() || !row.Version.Same(direct) || s.Says(row.Version) != s.Says(direct) || row.Version.Day != direct.Day || row.Version.Until != direct.Until || !slices.Equal(row.Version.With, direct.With) {
			t.Errorf("%s: read %+v %v, typed it is %+v", k.Key, row.Version, row.Findings, direct)
		}
	}
}

func code(err error) string {
	if p, ok := problem.Of(err); ok {
		return p.Code
	}
	return fmt.Sprint(err)
}

// read is what a CSV says of plantings in the town.
func read(t testing.TB, s *record.Service, lines ...string) (*workbook.Reading, error) {
	t.Helper()
	return workbook.Read(ctx, s, eastClerk, testkit.EastTown, kind(t, "planting"), "a.csv", []byte(strings.Join(lines, "\n")))
}

// Errors stand at their cells, with the column's title and what the cell holds.
func TestErrorsAtTheirCells(t *testing.T) {
	s := service(t)
	r, err := read(t, s, "三月植树", "序号,行政村,时间,做什么,株数（株）,树种,领导干部,备注", "1,新坛村,2024-03-12,新种,30,荔枝10、龙眼10,两位,好", "2,,2024-03-12,新种,30,,,", "3,新坛村,2月30日,种树,-3,,,", "4,新坛村,,,,,,", "合计,,,,60,,,", ",,,,,,,", "5,新坛村")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, row := range r.Rows {
		for _, f := range row.Findings {
			got = append(got, strings.Join([]string{f.Cell, f.Column, f.Code, f.Value}, " "))
			if f.Message == "" || f.Message == f.Code || f.Sheet != "a" {
				t.Errorf("%s in %s says %q", f.Code, f.Sheet, f.Message)
			}
		}
	}
	want := []string{"F3 树种 record.species_sum 荔枝10、龙眼10", "G3 参加：领导干部（人） ledger.not_a_number 两位", "B4 村名 record.place_missing ",
		"C5 日期 record.day_unread 2月30日", "D5 做什么 record.field_choice 种树", "E5 株数（株） ledger.negative -3"}
	if !slices.Equal(got, want) {
		t.Errorf("found\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if !slices.Equal(r.Ignored, []string{"序号", "备注"}) {
		t.Errorf("left unread %v", r.Ignored)
	}
}

// One name merged over several rows is that of each; a hidden sheet and a second table are what
// they are; a formula without its value is none.
func TestForms(t *testing.T) {
	s := service(t)
	k := kind(t, "planting")
	data := filled(t, template(t, k), func(f *excelize.File, sheet string) {
		set := func(cell string, v any) {
			if err := f.SetCellValue(sheet, cell, v); err != nil {
				t.Fatal(err)
			}
		}
		for row, trees := range map[string]int{"2": 10, "3": 20} {
			set("B"+row, "2024-03-1"+row)
			set("C"+row, "新种")
			set("D"+row, trees)
		}
		set("A2", "新坛村")
		if err := f.MergeCell(sheet, "A2", "A3"); err != nil {
			t.Fatal(err)
		}
		set("A4", "新坛村")
		set("B4", "2024-03-14")
		set("C4", "新种")
		if err := f.SetCellFormula(sheet, "D4", "D2+D3"); err != nil {
			t.Fatal(err)
		}
		if _, err := f.NewSheet("旧表"); err != nil {
			t.Fatal(err)
		}
		for cell, v := range map[string]string{"A1": "村名", "B1": "日期", "C1": "做什么", "D1": "株数", "A2": "新坛村", "B2": "2024-03-01", "C2": "新种", "D2": "9"} {
			if err := f.SetCellStr("旧表", cell, v); err != nil {
				t.Fatal(err)
			}
		}
		if err := f.SetSheetVisible("旧表", false); err != nil {
			t.Fatal(err)
		}
	})
	r, err := workbook.Read(ctx, s, eastClerk, testkit.EastTown, k, "a.xlsx", data)
	if err != nil || len(r.Rows) != 3 {
		t.Fatalf("%+v, %v", r, err)
	}
	if !r.Rows[0].Good() || !r.Rows[1].Good() || r.Rows[1].Version.Unit != testkit.Xintan {
		t.Errorf("merged: %+v", r.Rows)
	}
	if f := r.Rows[2].Findings; r.Rows[2].Good() || len(f) == 0 || f[0].Code != workbook.NotComputed || f[0].Cell != "D4" {
		t.Errorf("a formula without its value: %+v", f)
	}
}

// What is recorded already, and what stands twice in the file, is said and not taken.
func TestAgain(t *testing.T) {
	s := service(t)
	lines := []string{"村名,日期,做什么,株数", "新坛村,2024-03-12,新种,30", "新坛村,2024-03-12,新种,30", "新坛村,2024-03-12,新种,31"}
	r, err := read(t, s, lines...)
	if err != nil || !r.Rows[0].Good() || r.Rows[1].Twin != 2 || !r.Rows[2].Good() {
		t.Fatalf("%+v, %v", r, err)
	}
	if _, err := s.EnterAll(ctx, eastClerk, []record.Input{r.Rows[0].Input, r.Rows[2].Input}); err != nil {
		t.Fatal(err)
	}
	r, err = read(t, s, lines...)
	if err != nil {
		t.Fatal(err)
	}
	for i, row := range r.Rows {
		if !row.Again || row.Good() {
			t.Errorf("row %d: %+v", i, row)
		}
	}
}

// Whose records they may be, and what a file may cost.
func TestRefuses(t *testing.T) {
	s := service(t)
	head := "村名,日期,做什么,株数"
	for _, c := range []struct {
		name  string
		lines []string
		want  string
	}{
		{"no table", []string{"一,二", "1,2"}, "record.no_table"}, {"no column of the day", []string{"村名,做什么,株数", "新坛村,新种,1"}, "record.columns_missing"},
		{"nothing below the head", []string{head}, "record.no_rows"}, {"villages without anything", []string{head, "新坛村,,,"}, "record.no_rows"},
		{"too many rows", append([]string{head}, slices.Repeat([]string{"新坛村,2024-03-12,新种,1"}, workbook.MaxRows+1)...), "record.too_many_rows"},
		{"too large", []string{strings.Repeat("啊", workbook.MaxFile/3+1)}, "sheet.too_large"}, {"empty", nil, "sheet.empty"},
	} {
		if _, err := read(t, s, c.lines...); code(err) != c.want {
			t.Errorf("%s: %v, want %s", c.name, err, c.want)
		}
	}
	file := []byte(head + "\n新坛村,2024-03-12,新种,1")
	for _, c := range []struct {
		by   access.Actor
		in   unit.Code
		want string
	}{{testkit.Leader, testkit.EastTown, "access.forbidden"}, {testkit.Town, testkit.EastTown, "access.outside"}, {testkit.Village, testkit.EastTown, "access.outside"}} {
		if _, err := workbook.Read(ctx, s, c.by, c.in, kind(t, "planting"), "a.csv", file); code(err) != c.want {
			t.Errorf("%s: %v, want %s", c.by.Name, err, c.want)
		}
	}
	// Another's village in the own file is an error at its cell.
	r, err := workbook.Read(ctx, s, testkit.Town, testkit.LihuTown, kind(t, "planting"), "a.csv", file)
	if err != nil || r.Rows[0].Good() || r.Rows[0].Findings[0].Code != record.PlaceUnknown {
		t.Errorf("%+v, %v", r, err)
	}
}

// LibreOffice opens the table, and what it saves is read as before.
func TestLibreOfficeSavesIt(t *testing.T) {
	soffice, err := exec.LookPath("soffice")
	if err != nil {
		if os.Getenv("SANGZI_SKIP_LIBREOFFICE") == "1" {
			t.Skip("SANGZI_SKIP_LIBREOFFICE=1: not opened in LibreOffice")
		}
		t.Fatalf("no LibreOffice (SANGZI_SKIP_LIBREOFFICE=1 leaves this test out): %v", err)
	}
	s, k := service(t), kind(t, "planting")
	dir := t.TempDir()
	file := filepath.Join(dir, "a.xlsx")
	data := filled(t, template(t, k), func(f *excelize.File, sheet string) {
		if err := f.SetSheetRow(sheet, "A2", &[]any{"新坛村", 45363, "新种", 30, "荔枝10、龙眼20"}); err != nil {
			t.Fatal(err)
		}
	})
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(soffice, "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--headless", "--convert-to", "xls", "--outdir", dir, file)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	saved, err := os.ReadFile(filepath.Join(dir, "a.xls"))
	if err != nil {
		t.Fatal(err)
	}
	r, err := workbook.Read(ctx, s, eastClerk, testkit.EastTown, k, "a.xls", saved)
	if err != nil || len(r.Rows) != 1 || !r.Rows[0].Good() || r.Rows[0].Version.Day.String() != "2024-03-12" || r.Rows[0].Version.Facts.Numbers["trees"] != 30 {
		t.Errorf("%+v, %v", r, err)
	}
}
