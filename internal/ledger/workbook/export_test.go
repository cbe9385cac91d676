package workbook

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/ledger"
)

// Re-importing an export changes nothing: every value comes back, to the last 分, nothing is
// found, and a village that did not report has not reported.
func TestReadingAnExportGivesTheSame(t *testing.T) {
	tree := realTree(t)
	towns := tree.Towns(puning) // 三坑农场 among them, which has no village
	rapid.Check(t, func(t *rapid.T) {
		town := rapid.SampledFrom(towns).Draw(t, "town")
		c := filled(tree, town.Code, rapid.Uint64().Draw(t, "seed"))
		for i := range c.Lines {
			switch rapid.IntRange(0, 5).Draw(t, "standing") {
			case 0:
				c.Lines[i].Values, c.Lines[i].Standing = nil, Missing
			case 1:
				c.Lines[i].Standing = Carried
			}
			for k := range c.Lines[i].Values {
				col := &form.Columns[k]
				limit := max(col.Max, 1)
				if rapid.IntRange(0, 9).Draw(t, "how") < 2 {
					c.Lines[i].Values[k] = ledger.Value(rapid.Int64Range(0, limit).Draw(t, "value"))
				}
				if col.Type == campaign.YesNo {
					c.Lines[i].Values[k] = c.Lines[i].Values[k] & 1
				}
			}
		}
		got, err := Read(form, tree, puning, "里湖镇.xlsx", written(t, c))
		if err != nil {
			t.Fatal(err)
		}
		same(t, got, c)
		if got.Town != town.Code || got.Head != c.Head {
			t.Fatalf("town %v, head %+v; want %v, %+v", got.Town, got.Head, town.Code, c.Head)
		}
	})
}

// same fails unless the reading is exactly the rows of c that have values.
func same(t interface {
	Helper()
	Fatalf(string, ...any)
}, got *Reading, c Consolidated) {
	t.Helper()
	i := 0
	for _, line := range c.Lines {
		if line.Values == nil {
			if !slices.Contains(got.Unreported, line.Village) {
				t.Fatalf("%s is not said to have not reported", line.Name)
			}
			continue
		}
		if i >= len(got.Rows) {
			t.Fatalf("%d rows; %s is not among them; %v", len(got.Rows), line.Name, messages(got))
		}
		if row := got.Rows[i]; row.Village != line.Village || !slices.Equal(row.Values, line.Values) {
			t.Fatalf("row %d: %v %v\nwant %v %v (%s)\n%v", i, row.Village, row.Values, line.Village, line.Values, line.Name, messages(got))
		}
		i++
	}
	if i != len(got.Rows) {
		t.Fatalf("%d rows, want %d", len(got.Rows), i)
	}
	for _, f := range got.Findings {
		if f.Code != FileDisagrees {
			t.Fatalf("found: %v", messages(got))
		}
	}
}

func messages(r *Reading) []string {
	var list []string
	for _, f := range r.Findings {
		list = append(list, f.Sheet+"!"+f.Cell+" "+f.Code+" "+f.Message)
	}
	return list
}
