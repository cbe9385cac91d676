package record

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/campaign"
)

// tableKinds are the kinds of the pack that have tables.
func tableKinds() []*campaign.RecordKind {
	var list []*campaign.RecordKind
	for i := range pack.Records.Kinds {
		k := &pack.Records.Kinds[i]
		for _, f := range k.Fields {
			if f.Type == campaign.FieldRows {
				list = append(list, k)
				break
			}
		}
	}
	return list
}

var cellTexts = []string{"村口", "河边|下游", `反\斜`, "｜竖", "[方]", "<script>alert(1)</script>", "=1+1", "长" + strings.Repeat("长", 100)}

// someCells draws a line of a table that is right.
func someCells(t *rapid.T, f *campaign.Field) map[string]string {
	cells := map[string]string{}
	for i := range f.Rows.Columns {
		c := &f.Rows.Columns[i]
		if !c.Required && !rapid.Bool().Draw(t, "fill "+c.Key) {
			continue
		}
		switch c.Type {
		case campaign.RowCount:
			cells[c.Key] = rapid.StringMatching(`[0-9]{1,4}`).Draw(t, c.Key)
		case campaign.RowChoice:
			cells[c.Key] = rapid.SampledFrom(c.Choices).Draw(t, c.Key).Title
		case campaign.RowNames:
			cells[c.Key] = strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{"陈木清", "黄秀英", "林海"}), 1, 3).Draw(t, c.Key), "、")
		case campaign.RowArea, campaign.RowLine:
			shape := Shape{}
			for range rapid.IntRange(3, MaxPoints).Draw(t, "points") {
				shape = append(shape, Point{rapid.IntRange(0, SketchSize).Draw(t, "x"), rapid.IntRange(0, SketchSize).Draw(t, "y")})
			}
			cells[c.Key] = shape.String()
		default:
			cells[c.Key] = rapid.SampledFrom(cellTexts).Draw(t, c.Key)
		}
	}
	return cells
}

// others are the required fields of a kind that follow from no table.
func others(k *campaign.RecordKind) map[string]string {
	in := map[string]string{}
	for _, f := range k.Fields {
		if f.Required && f.Type != campaign.FieldRows && !k.Derived(f.Key) {
			in[f.Key] = "一句话"
		}
	}
	return in
}

// What follows from a table is its sum, its number of lines and its different names; lines stay
// in order; what is kept, what stands in a workbook's cell and what a program reads say the same.
func TestTablesKeepAndAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := rapid.SampledFrom(tableKinds()).Draw(t, "kind")
		in := others(k)
		typed := map[string][]map[string]string{}
		for i := range k.Fields {
			f := &k.Fields[i]
			if f.Type != campaign.FieldRows {
				continue
			}
			lines := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) map[string]string { return someCells(t, f) }), 1, 6).Draw(t, f.Key)
			for _, cells := range lines {
				if !blankRow(f.Rows, cells) {
					typed[f.Key] = append(typed[f.Key], cells)
				}
			}
			in[f.Key] = RowsJSON(lines)
		}
		facts, faults := readFacts(pack.Records, k, in)
		if len(typed) == 0 {
			return
		}
		if len(faults) > 0 {
			t.Fatalf("%+v", faults)
		}
		for i := range k.Fields {
			f := &k.Fields[i]
			if f.Type != campaign.FieldRows {
				continue
			}
			rows := facts.Rows[f.Key]
			if len(rows) != len(typed[f.Key]) {
				t.Fatalf("%d lines of %d", len(rows), len(typed[f.Key]))
			}
			if f.Rows.Counts != "" && len(rows) > 0 && facts.Numbers[f.Rows.Counts] != int64(len(rows)) {
				t.Errorf("%s is %d", f.Rows.Counts, facts.Numbers[f.Rows.Counts])
			}
			for _, c := range f.Rows.Columns {
				var sum int64
				names := map[string]bool{}
				for j, row := range rows {
					sum += row.Numbers[c.Key]
					for _, name := range row.Names[c.Key] {
						names[name] = true
					}
					if c.Type == campaign.RowText && row.Texts[c.Key] != typed[f.Key][j][c.Key] {
						t.Errorf("line %d says %q", j, row.Texts[c.Key])
					}
				}
				if c.Sums != "" && len(rows) > 0 && facts.Numbers[c.Sums] != sum {
					t.Errorf("%s is %d, want %d", c.Sums, facts.Numbers[c.Sums], sum)
				}
				if c.Distinct != "" && len(rows) > 0 && facts.Numbers[c.Distinct] != int64(len(names)) {
					t.Errorf("%s is %d, want %d", c.Distinct, facts.Numbers[c.Distinct], len(names))
				}
			}
		}
		sameAgain(t, k, facts)
	})
}

// sameAgain wants facts to come back from everywhere they are written to, and to be equal only
// to what says the same.
func sameAgain(t *rapid.T, k *campaign.RecordKind, facts Facts) {
	again, faults := readFacts(pack.Records, k, facts.Inputs(k)) // as a workbook and a form type it
	if len(faults) > 0 || !sameFacts(facts, again) {
		t.Fatalf("typed again: %+v %+v", faults, again.Rows)
	}
	b, err := json.Marshal(facts)
	if err != nil {
		t.Fatal(err)
	}
	var kept Facts
	if err := json.Unmarshal(b, &kept); err != nil || !sameFacts(facts, kept) {
		t.Fatalf("kept as %s: %v", b, err)
	}
	if !reflect.DeepEqual(facts.clone().Rows, facts.Rows) {
		t.Error("a clone says something else")
	}
	for key, rows := range facts.Rows {
		other := facts.clone()
		if len(rows) > 1 && !reflect.DeepEqual(rows[0], rows[1]) {
			other.Rows[key][0], other.Rows[key][1] = rows[1], rows[0]
			if sameFacts(facts, other) {
				t.Error("another order is the same")
			}
		}
	}
	hidden := facts.unnamed()
	text, err := json.Marshal(hidden)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"陈木清", "黄秀英", "林海"} {
		said := hidden.Inputs(k)
		for _, s := range said {
			if strings.Contains(s, name) {
				t.Errorf("%s comes out typed", name)
			}
		}
		if strings.Contains(string(text), name) {
			t.Errorf("%s comes out", name)
		}
		for i := range k.Fields {
			if strings.Contains(hidden.read(&k.Fields[i]), name) {
				t.Errorf("%s is read out", name)
			}
		}
	}
}

// Whoever is not shown the names corrects a table, moves its lines and drops some: the names stay
// with their lines.
func TestNamesStayWithTheirLines(t *testing.T) {
	grid, _ := pack.Records.Kind("grid")
	before, faults := readFacts(pack.Records, grid, map[string]string{"list": `[{"area":"东","person":"陈木清"},{"area":"西","person":"黄秀英"},{"area":"南","person":"林海"}]`})
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	s := &Service{records: pack.Records}
	v := &Version{Kind: "grid", Facts: before}
	for text, want := range map[string]string{
		`[{"was":"3","area":"南"},{"was":"1","area":"东片"}]`:    "南 | 林海\n东片 | 陈木清",
		`[{"was":"2","area":"西","person":"陈木清"}]`:             "西 | 陈木清",
		`[{"was":"9","area":"北","person":"陈木清"},{"was":"1"}]`: "北 | 陈木清",
		``: "东 | 陈木清\n西 | 黄秀英\n南 | 林海",
	} {
		in := s.keepNames(v, map[string]string{"list": text})
		after, faults := readFacts(pack.Records, grid, in)
		f, _ := grid.Field("list")
		if got := after.RowsText(f); len(faults) > 0 || got != want {
			t.Errorf("%s gives %q, %v", text, got, faults)
		}
	}
	in := s.keepNames(v, map[string]string{"list": "[]", "areas": "2", "responsible": "1"})
	if after, faults := readFacts(pack.Records, grid, in); len(faults) > 0 || len(after.Rows) > 0 || after.Numbers["areas"] != 2 {
		t.Errorf("an empty table gives %+v %v", after, faults)
	}
	if !SeesNames(access.Actor{Unit: 445281001202}, 445281001202) {
		t.Error("the village sees no names")
	}
}

// Hostile tables are refused in words, whatever they are, and soon.
func TestHostileTables(t *testing.T) {
	plan, _ := pack.Records.Kind("plan")
	points := strings.TrimSpace(strings.Repeat("1,1 ", 5_000))
	for name, c := range map[string]struct{ text, field, code string }{
		"not a table":         {`[1,2]`, "plots", RowsUnread},
		"another column":      {`[{"place":"村口","trees":1,"admin":"1"}]`, "plots", RowsUnread},
		"a table in a cell":   {`[{"place":["村口"],"trees":1}]`, "plots", RowsUnread},
		"more behind it":      {`[{"place":"村口","trees":1}] [{}]`, "plots", RowsUnread},
		"too many cells":      {"村口|村旁|荔枝|1|0,0 1,1 2,2|又|又", "plots", RowsUnread},
		"too much":            {"[\"" + strings.Repeat("长", maxRowsText) + "\"]", "plots", RowsUnread},
		"many lines":          {strings.Repeat("村口||| 1\n", 61), "plots", RowsMany},
		"very many lines":     {strings.Repeat("\n村", 3_000), "plots", RowsUnread},
		"thousands of points": {`[{"place":"村口","trees":1,"shape":"` + points + `"}]`, "plots.1.shape", RowShape},
		"not a number":        {`[{"place":"村口","trees":1,"shape":"NaN,NaN 1,1 2,2"}]`, "plots.1.shape", RowShape},
		"outside":             {`[{"place":"村口","trees":1,"shape":"1,1 2,2 3,1001"}]`, "plots.1.shape", RowShape},
		"before the map":      {`[{"place":"村口","trees":1,"shape":"1,1 2,2 -3,1"}]`, "plots.1.shape", RowShape},
		"a fraction":          {`[{"place":"村口","trees":1,"shape":"1.5,1 2,2 3,1"}]`, "plots.1.shape", RowShape},
		"markup":              {`[{"place":"村口","trees":1,"shape":"\"/><script>"}]`, "plots.1.shape", RowShape},
		"two corners":         {`[{"place":"村口","trees":1,"shape":"1,1 2,2"}]`, "plots.1.shape", RowShape},
		"huge text":           {`[{"place":"` + strings.Repeat("长", 121) + `","trees":1}]`, "plots.1.place", FieldLong},
		"no trees":            {`[{},{"place":"村口"}]`, "plots.2.trees", FieldMissing},
		"half a tree":         {`[{"place":"村口","trees":1.5}]`, "plots.1.trees", "ledger.fraction"},
		"huge trees":          {`[{"place":"村口","trees":1e30}]`, "plots.1.trees", ""},
	} {
		_, faults := readFacts(pack.Records, plan, map[string]string{"where": "村口", "plots": c.text})
		if len(faults) != 1 || faults[0].Field != c.field || c.code != "" && faults[0].Code != c.code {
			t.Errorf("%s: %+v", name, faults)
		}
	}
	// What a table comes to may be absurd though each line is not, and what is typed must agree.
	line := `{"place":"村口","trees":500000}`
	_, faults := readFacts(pack.Records, plan, map[string]string{"where": "村口", "plots": "[" + line + strings.Repeat(","+line, 4) + "]"})
	if len(faults) != 1 || faults[0].Code != RowsMax || faults[0].Field != "trees" {
		t.Errorf("%+v", faults)
	}
	_, faults = readFacts(pack.Records, plan, map[string]string{"where": "村口", "plots": "[" + line + "]", "trees": "7"})
	if len(faults) != 1 || faults[0].Code != RowsSum {
		t.Errorf("%+v", faults)
	}
	// A plan without a table reads as it always did, and a drawing answers whether there is one.
	old, faults := readFacts(pack.Records, plan, map[string]string{"where": "村口", "trees": "80", "sketched": "是"})
	if len(faults) > 0 || old.Numbers["sketched"] != 1 || old.Rows != nil {
		t.Errorf("%+v %v", old, faults)
	}
	drawn, faults := readFacts(pack.Records, plan, map[string]string{"where": "村口", "sketched": "否", "plots": `[{"place":"村口","trees":1,"shape":"0,0 9,9 0,9"}]`})
	if len(faults) > 0 || drawn.Numbers["sketched"] != 1 {
		t.Errorf("%+v %v", drawn, faults)
	}
}

// FuzzShape reads anything and writes what it read as it was read.
func FuzzShape(f *testing.F) {
	for _, s := range []string{"", "1,1", "0,0 1000,1000 5,5", "NaN,1", "1,1,1", " 1,1\t2,2 ", "+1,1", "0x1,1", "٣,1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		shape, ok := ParseShape(text)
		if !ok {
			return
		}
		again, ok := ParseShape(shape.String())
		if !ok || !reflect.DeepEqual(shape, again) || len(shape) > MaxPoints {
			t.Errorf("%q is read as %v", text, shape)
		}
		if m := shape.Middle(); m.X < 0 || m.X > SketchSize || m.Y < 0 || m.Y > SketchSize {
			t.Errorf("its middle is %v", m)
		}
	})
}
