package workbook_test

import (
	"bytes"
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/ledger/ledgertest"
	"github.com/sangzi/sangzi/internal/statistics"
	"github.com/sangzi/sangzi/internal/statistics/workbook"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
)

func TestMain(m *testing.M) { testkit.Main(m) }

// The form's rows: the first unit is in row 6.
const firstRow = 6

func table(t testing.TB, of unit.Code, by unit.Level) (statistics.Table, *campaign.Form) {
	t.Helper()
	w := ledgertest.Busy(t, "2024-03-29 16:18")
	s := statistics.New(w.Ledger)
	tb, err := s.Table(t.Context(), testkit.City, of, ledgertest.ThisWeek, by)
	if err != nil {
		t.Fatal(err)
	}
	return tb, w.Pack.Ledger
}

func written(t testing.TB, tb statistics.Table, form *campaign.Form) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := workbook.Write(&b, tb, form); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func opened(t testing.TB, data []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	})
	return f
}

// number is the figure a cell should hold; ok is false for a share of nothing.
func number(c statistics.Cell) (n float64, ok bool) {
	switch c.Kind {
	case statistics.Money:
		return float64(c.Part) / campaign.FenPerWan, true
	case statistics.Share:
		return float64(c.Part) / float64(c.Whole), c.Whole != 0
	}
	return float64(c.Part), true
}

// agree holds a cell's text against the figure.
func agree(t *testing.T, where, text string, c statistics.Cell) {
	t.Helper()
	want, ok := number(c)
	if !ok {
		if text != "" {
			t.Errorf("%s: %q for a share of nothing", where, text)
		}
		return
	}
	plain, percent := strings.CutSuffix(text, "%")
	got, err := strconv.ParseFloat(plain, 64)
	if percent {
		got /= 100
	}
	if err != nil || math.Abs(got-want) > 1e-9*math.Max(1, math.Abs(want)) {
		t.Errorf("%s: %q, want %v (%v)", where, text, want, err)
	}
}

func name(t *testing.T, col, row int) string {
	t.Helper()
	s, err := excelize.CoordinatesToCellName(col, row)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// What stands stored in each cell is the figure, formulas and all.
func TestStoredValues(t *testing.T) {
	tb, form := table(t, testkit.Puning, unit.LevelTown)
	f := opened(t, written(t, tb, form))
	sheet := f.GetSheetName(0)
	raw := excelize.Options{RawCellValue: true}
	formulas := 0
	for i := range len(tb.Rows) + 1 {
		cells := tb.Total.Cells
		if i < len(tb.Rows) {
			cells = tb.Rows[i].Cells
		}
		for c := range cells {
			at := name(t, c+3, firstRow+i)
			text, err := f.GetCellValue(sheet, at, raw)
			if err != nil {
				t.Fatal(err)
			}
			agree(t, at, text, cells[c])
			formula, err := f.GetCellFormula(sheet, at)
			if err != nil {
				t.Fatal(err)
			}
			if formula != "" {
				formulas++
			}
			total := i == len(tb.Rows)
			if share := cells[c].Kind == statistics.Share; (total || share) != (formula != "") {
				t.Errorf("%s: formula %q", at, formula)
			}
		}
	}
	if formulas == 0 {
		t.Error("no live formula")
	}
}

func TestHeadOfTheForm(t *testing.T) {
	tb, form := table(t, testkit.Puning, unit.LevelTown)
	f := opened(t, written(t, tb, form))
	sheet := f.GetSheetName(0)
	for at, want := range map[string]string{"A1": "附件3", "A2": "乡村绿化工作统计表（口径待确认）", "A3": "填报单位：普宁市　　　　统计截至：2024年3月29日（第9报告周）",
		"A4": "序号", "B4": "乡镇（街道、场）", "C4": "报送情况", "C5": "应报村（社区）数", "G5": "典型村", "H5": "党员人数",
		"I5": "县级以上领导包抓(村)", "M5": "驻镇帮镇扶村工作队包抓(村)", "O5": "驻村第一书记包抓(村)", "P5": "驻村第一书记包抓占比", "Q5": "培训人次", "AA5": "计划植树(株)", "A6": "1", "B6": "流沙东街道"} {
		if got, err := f.GetCellValue(sheet, at); err != nil || got != want {
			t.Errorf("%s says %q, want %q (%v)", at, got, want, err)
		}
	}
	merges, err := f.GetMergeCells(sheet)
	if err != nil {
		t.Fatal(err)
	}
	merged := map[string]string{}
	for _, m := range merges {
		merged[m.GetStartAxis()] = m.GetEndAxis()
	}
	if merged["A4"] != "A5" || merged["B4"] != "B5" || merged["C4"] != "F4" || merged["A2"] != "AP2" {
		t.Errorf("merged %v", merged)
	}
	if list := f.GetSheetList(); len(list) != 2 || list[1] != "台账各栏合计" {
		t.Errorf("sheets %v", list)
	}
	if got, err := f.GetCellValue("台账各栏合计", "C5"); err != nil || got != form.Columns[0].Title+"(“是”的村数)" {
		t.Errorf("the second sheet begins with %q", got)
	}
}

// A table of one unit, one without rows reported, and a name that looks like a formula.
func TestOddTables(t *testing.T) {
	tb, form := table(t, testkit.LihuTown, unit.LevelTown)
	if len(tb.Rows) != 1 {
		t.Fatalf("%d rows", len(tb.Rows))
	}
	opened(t, written(t, tb, form))

	empty, form := table(t, 445202000000, unit.LevelTown) // 榕城区: nobody has reported
	f := opened(t, written(t, empty, form))
	rows, err := f.GetRows(f.GetSheetName(0))
	if err != nil || len(rows) < firstRow+len(empty.Rows) {
		t.Errorf("%d rows (%v)", len(rows), err)
	}

	tb.Unit.Name = "=HYPERLINK(\"http://x\")"
	f = opened(t, written(t, tb, form))
	for _, at := range []string{"A3", "B6"} {
		if formula, err := f.GetCellFormula(f.GetSheetName(0), at); err != nil || formula != "" {
			t.Errorf("%s became the formula %q (%v)", at, formula, err)
		}
	}
}
