package workbook

import (
	"strings"
	"testing"
)

// A file made to cost a lot costs little, and says something sensible.
func TestHostileSheets(t *testing.T) {
	head := "序号,村名," + strings.Join(titles(), ",") + "\n"
	row := "1,无此村" + strings.Repeat(",不是", 20) + "\n"
	t.Run("everything wrong", func(t *testing.T) {
		got := readFor(t, puning, "x.csv", []byte(head+strings.Repeat(row, 20_000)))
		if n := len(got.Findings); n != mostFindings+1 || got.Findings[n-1].Code != TooManyFindings || !strings.Contains(got.Findings[n-1].Message, "15,000") {
			t.Errorf("%d findings, the last %+v", n, got.Findings[n-1])
		}
	})
	t.Run("nothing but heads", func(t *testing.T) {
		if got, err := Read(form, realTree(t), puning, "x.csv", []byte(strings.Repeat(head, 2_000))); err == nil {
			t.Errorf("taken: %d findings", len(got.Findings))
		}
	})
	t.Run("a village a thousand times", func(t *testing.T) {
		got := readFor(t, puning, "流沙东街道.csv", []byte(head+strings.Repeat("1,新坛村"+strings.Repeat(",1", 20)+"\n", 1_000)))
		if len(got.Rows) != 1 || len(got.Findings) != 999 {
			t.Errorf("%d rows, %d findings", len(got.Rows), len(got.Findings))
		}
	})
}

func titles() (list []string) {
	for i := range form.Columns {
		list = append(list, form.Columns[i].Title)
	}
	return list
}

// FuzzRead: whatever the bytes, Read returns, and what it takes it can account for. Most seeds
// are .csv, where every byte reaches this package; containers are fuzzed in package sheet.
func FuzzRead(f *testing.F) {
	tree := realTree(f)
	small := filled(tree, liushaD, 1)
	small.Lines = small.Lines[:1]
	f.Add(written(f, small))
	head := "填报单位：流沙东街道\n序号,村名," + strings.Join(titles(), ",") + "\n"
	f.Add([]byte(head + "1,新坛村" + strings.Repeat(",1", 20) + "\n合计,,3\n注：说明\n"))
	f.Add([]byte("村名," + strings.Join(titles(), ",") + "\n新坛村,是,12人,√,有,Y,0,１２,×,3,4,是,1,318,2,1,是,5.76,1万元,10000元,0,#N/A\n"))
	r := NewReader(form, tree, puning)
	f.Fuzz(func(t *testing.T, data []byte) {
		got, err := r.Read("x", data)
		if (got == nil) == (err == nil) {
			t.Fatal(got, err)
		}
		if err != nil {
			return
		}
		got.Check(nil)
		seen := map[any]bool{}
		for i := range got.Rows {
			row := &got.Rows[i]
			if seen[row.Village] || !puning.Contains(row.Village) || len(row.Values) != len(form.Columns) || row.NameCell() == "" {
				t.Fatalf("%+v", row)
			}
			seen[row.Village] = true
			got.Source(row)
		}
		for _, finding := range got.Findings {
			if finding.Cell == "" || finding.Column == "" || strings.Contains(finding.Message, "{") && !strings.Contains(finding.Value, "{") {
				t.Fatalf("%+v", finding)
			}
		}
	})
}
