package sheet

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

var update = flag.Bool("update", false, "make testdata/*.xls anew with LibreOffice")

// fixture is a workbook that is written as .xlsx here and turned into .xls by LibreOffice.
type fixture struct {
	name  string
	write func(t testing.TB, f *excelize.File)
}

var fixtures = []fixture{
	{"plain", func(t testing.TB, f *excelize.File) {
		set(t, f, "Sheet1", "A1", "镇（街道）", "B1", "村（社区）", "C1", "种植数量", "D1", "备注")
		set(t, f, "Sheet1", "A2", "占陇镇", "B2", "定厝寮村", "C2", 1234.5, "D2", "<b>&'\"")
		set(t, f, "Sheet1", "A3", "Zürich", "B3", "😀𠮷", "C3", 0.1, "D3", "第一行\n第二行")
		set(t, f, "Sheet1", "A4", true, "B4", false, "C4", -17, "D4", 123456789012345.0)
		set(t, f, "Sheet1", "A6", 0.1+0.2, "B6", 1e-7, "C6", 536870912.0, "D6", 0.07, "H6", 12.34)
	}},
	{"strings", func(t testing.TB, f *excelize.File) {
		for r := range 280 {
			set(t, f, "Sheet1", Ref(r, 0), fmt.Sprintf("第%d号村民委员会绿化美化台账说明文字", r),
				Ref(r, 1), fmt.Sprintf("plain ascii text number %d", r), Ref(r, 2), fmt.Sprintf("é%d", r))
		}
		check(t, f.SetCellRichText("Sheet1", "D1", []excelize.RichTextRun{
			{Text: "红", Font: &excelize.Font{Color: "FF0000"}}, {Text: "花"}, {Text: "绿叶", Font: &excelize.Font{Bold: true}},
		}))
	}},
	{"dates", func(t testing.TB, f *excelize.File) {
		day := time.Date(2024, 3, 29, 0, 0, 0, 0, time.UTC)
		for i, format := range dateFormats {
			style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format.code})
			check(t, err)
			set(t, f, "Sheet1", Ref(i, 0), format.value)
			check(t, f.SetCellStyle("Sheet1", Ref(i, 0), Ref(i, 0), style))
		}
		style, err := f.NewStyle(&excelize.Style{NumFmt: 14})
		check(t, err)
		set(t, f, "Sheet1", "B1", day)
		check(t, f.SetCellStyle("Sheet1", "B1", "B1", style))
	}},
	{"formulas", func(t testing.TB, f *excelize.File) {
		set(t, f, "Sheet1", "A1", 3, "A2", 4)
		for ref, formula := range map[string]string{
			"B1": "A1+A2", "B2": `"共"&A1&"棵"`, "B3": "A1>A2", "B4": "1/0", "B5": `""`, "B6": `REPT("长",9000)`,
			"C1": "NA()", "C2": "0.1+0.2", "C3": "DATE(2024,3,29)",
		} {
			check(t, f.SetCellFormula("Sheet1", ref, formula))
		}
	}},
	{"merges", func(t testing.TB, f *excelize.File) {
		set(t, f, "Sheet1", "A1", "占陇镇", "B2", "内", "D5", 7)
		check(t, f.MergeCell("Sheet1", "A1", "A3"))
		check(t, f.MergeCell("Sheet1", "D5", "F6"))
	}},
	{"hidden", func(t testing.TB, f *excelize.File) {
		set(t, f, "Sheet1", "A1", "看得见", "A2", "藏行", "B1", "藏列")
		check(t, f.SetRowVisible("Sheet1", 2, false))
		check(t, f.SetColVisible("Sheet1", "B", false))
		_, err := f.NewSheet("字典")
		check(t, err)
		set(t, f, "字典", "A1", "藏表")
		check(t, f.SetSheetVisible("字典", false))
	}},
	{"sheets", func(t testing.TB, f *excelize.File) {
		for i := range 30 {
			name := fmt.Sprintf("第%d周", i+1)
			_, err := f.NewSheet(name)
			check(t, err)
			set(t, f, name, "B2", i+1)
		}
	}},
	{"epoch1904", func(t testing.TB, f *excelize.File) {
		yes := true
		check(t, f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &yes}))
		set(t, f, "Sheet1", "A1", 43917)
		style, err := f.NewStyle(&excelize.Style{NumFmt: 14})
		check(t, err)
		check(t, f.SetCellStyle("Sheet1", "A1", "A1", style))
	}},
}

// dateFormats are formats as clerks' files have them, with what a cell under each reads as.
var dateFormats = []struct {
	code  string
	value float64
	want  Cell
}{
	{"yyyy-mm-dd", 45380, Cell{Kind: Date, Text: "2024-03-29"}},
	{`yyyy"年"m"月"d"日"`, 45380, Cell{Kind: Date, Text: "2024-03-29"}},
	{"yyyy/m/d h:mm", 45380.3541666667, Cell{Kind: Date, Text: "2024-03-29 08:30:00"}},
	{"[$-804]yyyy/m/d;@", 45380, Cell{Kind: Date, Text: "2024-03-29"}},
	{"m/d", 45380, Cell{Kind: Date, Text: "2024-03-29"}},
	{"h:mm:ss", 0.75, Cell{Kind: Date, Text: "18:00:00"}},
	{"[h]:mm:ss", 1.5, Cell{Kind: Date, Text: "36:00:00"}},
	{`0.00"亩"`, 45380, Cell{Kind: Number, Text: "45380"}},
	{"#,##0.00;[Red]-#,##0.00", 45380.25, Cell{Kind: Number, Text: "45380.25"}},
	{"0.00E+00", 45380, Cell{Kind: Number, Text: "45380"}},
	{`0"days"`, 12, Cell{Kind: Number, Text: "12"}},
	{"yyyy-mm-dd", 61, Cell{Kind: Date, Text: "1900-03-01"}},
}

// source gives a fixture as .xlsx.
func (x fixture) source(t testing.TB) []byte {
	t.Helper()
	f := excelize.NewFile()
	x.write(t, f)
	b, err := f.WriteToBuffer()
	check(t, err)
	return b.Bytes()
}

func fixturePath(name string) string { return filepath.Join("testdata", name) }

func readFixture(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(fixturePath(name))
	check(t, err)
	return data
}

func set(t testing.TB, f *excelize.File, sheet string, pairs ...any) {
	t.Helper()
	for i := 0; i < len(pairs); i += 2 {
		check(t, f.SetCellValue(sheet, pairs[i].(string), pairs[i+1]))
	}
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// TestMakeFixtures writes testdata/*.xls with -update.
func TestMakeFixtures(t *testing.T) {
	if !*update {
		t.Skip("only with -update")
	}
	dir := t.TempDir()
	for _, x := range fixtures {
		check(t, os.WriteFile(filepath.Join(dir, x.name+".xlsx"), x.source(t), 0o600))
		convert(t, dir, x.name+".xlsx", "xls:MS Excel 97")
	}
	convert(t, dir, "plain.xls", "xlsx:Calc MS Excel 2007 XML", "libreoffice.xlsx")
}

// convert has LibreOffice turn dir/from into another format, kept in testdata.
func convert(t *testing.T, dir, from, filter string, as ...string) {
	t.Helper()
	ext, _, _ := strings.Cut(filter, ":")
	out := filepath.Join(dir, "out")
	soffice(t, dir, "--convert-to", filter, "--outdir", out, filepath.Join(dir, from))
	made := strings.TrimSuffix(from, filepath.Ext(from)) + "." + ext
	data, err := os.ReadFile(filepath.Join(out, made))
	check(t, err)
	check(t, os.WriteFile(fixturePath(append(as, made)[0]), data, 0o600))
	check(t, os.WriteFile(filepath.Join(dir, made), data, 0o600))
}

func soffice(t *testing.T, dir string, args ...string) {
	t.Helper()
	args = append([]string{"-env:UserInstallation=file://" + dir + "/profile", "--headless"}, args...)
	if said, err := exec.Command("soffice", args...).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
}
