package merge

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/ledger/workbook"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/unit/divisions"
)

const puning unit.Code = 445281000000

var form = campaign.Default().Ledger

func realTree(t testing.TB) *unit.Tree {
	t.Helper()
	units, err := divisions.Jieyang()
	if err != nil {
		t.Fatal(err)
	}
	registry, err := unit.NewRegistry(units, nil)
	if err != nil {
		t.Fatal(err)
	}
	return registry.At(date.MustParse("2024-03-29"))
}

// friday is a county's folder: what each village reported, in one workbook per town.
type friday struct {
	t      testing.TB
	tree   *unit.Tree
	dir    string
	values map[unit.Code]ledger.Values
}

func newFriday(t testing.TB, seed uint64) *friday {
	t.Helper()
	f := &friday{t: t, tree: realTree(t), dir: t.TempDir(), values: map[unit.Code]ledger.Values{}}
	r := rand.New(rand.NewPCG(seed, 3))
	for _, v := range f.tree.Villages(puning) {
		if v.Kind == unit.Ordinary {
			f.values[v.Code] = someValues(r)
		}
	}
	return f
}

func someValues(r *rand.Rand) ledger.Values {
	v := ledger.NewValues(len(form.Columns))
	for i := range form.Columns {
		switch form.Columns[i].Type {
		case campaign.YesNo:
			v[i] = ledger.Value(r.IntN(2))
		case campaign.Count:
			v[i] = ledger.Value(r.IntN(500))
		case campaign.Money:
			v[i] = ledger.Value(r.Int64N(5_000)) * 10_000
		}
	}
	at := func(key string) *ledger.Value {
		i, _ := form.ColumnIndex(key)
		return &v[i]
	}
	*at("planned_trees") += 600
	*at("secured_seedlings") = *at("planned_trees") - 100
	*at("planted_trees") = *at("secured_seedlings") - 50
	*at("five_leads_members") = *at("party_members") / 2
	*at("invested_funds") = *at("fiscal_funds") + *at("collective_funds") + *at("social_funds")
	return v
}

// next is the Friday after: some villages planted and spent more.
func (f *friday) next(seed uint64) (*friday, int) {
	g := newFriday(f.t, 0)
	r := rand.New(rand.NewPCG(seed, 5))
	changed := 0
	members, _ := form.ColumnIndex("party_members")
	planned, _ := form.ColumnIndex("planned_funds")
	for _, v := range f.tree.Villages(puning) {
		if f.values[v.Code] == nil {
			continue
		}
		values := append(ledger.Values(nil), f.values[v.Code]...)
		if r.IntN(3) == 0 {
			values[members]++
			values[planned] += 1
			changed += 2
		}
		g.values[v.Code] = values
	}
	return g, changed
}

// lines are a town's rows of the form.
func (f *friday) lines(town unit.Code) []workbook.Line {
	var lines []workbook.Line
	for _, v := range f.tree.Villages(town) {
		if values := f.values[v.Code]; values != nil {
			lines = append(lines, workbook.Line{Village: v.Code, Name: f.tree.FullName(v.Code), Values: values})
		}
	}
	return lines
}

func (f *friday) towns() []unit.Unit { return f.tree.Towns(puning) }

// write puts every town's workbook into the folder: most in the program's own form, some as
// clerks make them: heads of one row, short names, figures as text, totals and notes.
func (f *friday) write() *friday {
	f.t.Helper()
	for i, town := range f.towns() {
		path := filepath.Join(f.dir, fmt.Sprintf("%02d%s.xlsx", i+1, town.Name))
		var err error
		if i%3 == 2 {
			err = f.writePlain(path, town, i)
		} else {
			err = f.writeForm(path, town)
		}
		if err != nil {
			f.t.Fatal(err)
		}
	}
	return f
}

func (f *friday) writeForm(path string, town unit.Unit) error {
	var b bytes.Buffer
	err := workbook.Write(&b, form, workbook.Consolidated{
		Head: ledger.Head{Unit: town.Name, Contact: "黄志明", Phone: "0663-2900000", FilledOn: date.MustParse("2024-03-29")}, Lines: f.lines(town.Code),
	})
	if err != nil {
		return err
	}
	return os.WriteFile(path, b.Bytes(), 0o644)
}

func (f *friday) writePlain(path string, town unit.Unit, variant int) error {
	book := excelize.NewFile()
	sheet, row := "Sheet1", 1
	put := func(col, row int, v any) {
		name, err := excelize.CoordinatesToCellName(col, row)
		if err == nil {
			err = book.SetCellValue(sheet, name, v)
		}
		if err != nil {
			f.t.Fatal(err)
		}
	}
	put(1, row, town.Name+"乡村绿化工作台账")
	put(1, row+1, "填报单位："+town.Name+"（盖章）")
	row += 2 + variant%4
	put(1, row, "序号")
	put(2, row, "村名")
	for c := range form.Columns {
		heads := form.Columns[c].Heads()
		put(3+c, row, heads[variant%len(heads)])
	}
	lines := f.lines(town.Code)
	for i, line := range lines {
		put(1, row+1+i, i+1)
		put(2, row+1+i, f.tree.ShortName(line.Village))
		for c, v := range line.Values {
			put(3+c, row+1+i, ledger.Exact(&form.Columns[c], v))
		}
	}
	put(1, row+1+len(lines), "合计")
	put(4, row+1+len(lines), 1000)
	for i, note := range form.Notes {
		put(1, row+2+len(lines)+i, note)
	}
	return book.SaveAs(path)
}

func (f *friday) path(name string) string {
	f.t.Helper()
	found, err := filepath.Glob(filepath.Join(f.dir, "*"+name+"*"))
	if err != nil || len(found) != 1 {
		f.t.Fatalf("%s: %v %v", name, found, err)
	}
	return found[0]
}
