package workbook

import (
	"errors"
	"strings"
	"testing"

	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/office/sheet"
	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/unit"
)

// Each story spoils the plain form in one way. Everything wrong is found at its cell, and what
// is right beside it is still taken.
func TestStrictInSubstance(t *testing.T) {
	for name, story := range map[string]struct {
		spoil func(s *sketch)
		found []string
		rows  int // fewer than the sketch's 17
	}{
		"not a number":    {func(s *sketch) { s.set(6, 4, "一百多") }, []string{"D6 ledger.not_a_number"}, 0},
		"negative":        {func(s *sketch) { s.set(6, 4, -3) }, []string{"D6 ledger.negative"}, 0},
		"half a tree":     {func(s *sketch) { s.set(7, 14, 3.5) }, []string{"N7 ledger.fraction"}, 0},
		"absurd":          {func(s *sketch) { s.set(7, 14, 99_000_000) }, []string{"N7 ledger.absurd"}, 0},
		"neither":         {func(s *sketch) { s.set(6, 3, "大概") }, []string{"C6 ledger.neither"}, 0},
		"株 among amounts": {func(s *sketch) { s.set(6, 18, "12株") }, []string{"R6 ledger.wrong_unit"}, 0},
		"a date":          {func(s *sketch) { s.set(6, 4, "2024-03-29"); dated(s, 6, 5) }, []string{"D6 ledger.not_a_number", "E6 ledger.is_a_date"}, 0},
		"an error": {func(s *sketch) { s.set(6, 4, "#DIV/0!"); s.set(7, 4, "####") },
			[]string{"D6 ledger.is_an_error", "D7 ledger.is_an_error"}, 0},
		"a formula never computed": {func(s *sketch) { s.set(6, 4, nil); must(s, s.file.SetCellFormula(s.sheet, "D6", "1+2")) },
			[]string{"D6 ledger.not_computed"}, 0},
		"blank":                     {func(s *sketch) { s.set(6, 4, nil) }, []string{"D6 ledger.blank"}, 0},
		"unknown village":           {func(s *sketch) { s.set(6, 2, "无此村") }, []string{"B6 ledger.unknown_village"}, 1},
		"village of a neighbour":    {func(s *sketch) { s.set(6, 2, neighbour(s)) }, []string{"B6 ledger.outside_unit"}, 1},
		"village of another county": {func(s *sketch) { s.set(6, 2, "惠来县隆江镇孔美村") }, []string{"B6 ledger.outside_unit"}, 1},
		"no name":                   {func(s *sketch) { s.set(6, 2, nil) }, []string{"B6 ledger.no_village_name"}, 1},
		"twice and different":       {func(s *sketch) { s.set(6, 2, s.name(3)) }, []string{"B6 ledger.village_twice", "B9 ledger.village_twice"}, 2},
		"three times": {func(s *sketch) { s.set(6, 2, s.name(3)); s.set(7, 2, s.name(3)) },
			[]string{"B6 ledger.village_twice", "B7 ledger.village_twice", "B9 ledger.village_twice"}, 3},
		"code of another": {func(s *sketch) { s.set(5, 23, "代码"); s.set(6, 23, s.lines[4].Village.String()) },
			[]string{"B6 ledger.code_disagrees"}, 1},
		"a missing column": {func(s *sketch) { s.set(5, 4, "（空）") }, []string{"B5 ledger.column_missing"}, 0},
		"a column twice":   {func(s *sketch) { s.set(5, 23, form.Columns[1].Title) }, []string{"W5 ledger.column_twice"}, 0},
		"one cell for two villages": {func(s *sketch) { s.merge(6, 4, 7, 4) },
			[]string{"D6 ledger.merged_cells", "D7 ledger.merged_cells"}, 0},
		"one cell for two columns": {func(s *sketch) { s.merge(6, 5, 6, 6) }, []string{"E6 ledger.merged_cells", "F6 ledger.merged_cells"}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSketch(t).draw()
			story.spoil(s)
			got := s.read()
			wantFound(t, got, story.found...)
			if len(got.Rows) != len(s.lines)-story.rows {
				t.Errorf("%d rows, want %d", len(got.Rows), len(s.lines)-story.rows)
			}
			for _, f := range got.Findings {
				if strings.HasPrefix(f.Message, "ledger.") || strings.Contains(f.Message, "{") || f.Column == "" {
					t.Errorf("no words: %+v", f)
				}
			}
		})
	}
}

// neighbour is a village that exists in another town of the county only.
func neighbour(s *sketch) string {
	s.t.Helper()
	tree := realTree(s.t)
	for _, v := range tree.Villages(445281002000) {
		name := tree.ShortName(v.Code)
		if len(tree.Resolve(puning, name)) == 1 && len(tree.Resolve(liushaD, name)) == 0 {
			return name
		}
	}
	s.t.Fatal("no such village")
	return ""
}

// What is wrong stays Empty and everything else of the row is taken.
func TestAWrongCellIsEmptyTheRestIsTaken(t *testing.T) {
	s := newSketch(t).draw()
	s.set(6, 4, "很多")
	got := s.read()
	want := append(ledger.Values(nil), s.lines[0].Values...)
	want[1] = ledger.Empty
	for i, v := range got.Rows[0].Values {
		if v != want[i] {
			t.Errorf("column %d: %v, want %v", i, v, want[i])
		}
	}
	f := got.Findings[0]
	if f.Value != "很多" || f.Column != "党员人数" || f.Village != s.lines[0].Village || f.Severity != ledger.Error || f.Sheet != "Sheet1" {
		t.Errorf("%+v", f)
	}
}

func TestRepeatedRowIsTakenOnce(t *testing.T) {
	s := newSketch(t).draw()
	for c := range 22 {
		v, err := s.file.GetCellValue(s.sheet, cellName(c+1, 9))
		must(s, err)
		s.set(s.row(len(s.lines)), c+1, v)
	}
	got := s.read()
	wantFound(t, got, "B23 ledger.village_twice")
	if len(got.Rows) != len(s.lines) || !strings.Contains(got.Findings[0].Message, "B9") || got.Findings[0].Severity != ledger.Warning {
		t.Errorf("%d rows; %v", len(got.Rows), messages(got))
	}
}

// A short name that several towns have, in a file of the whole county, is never guessed.
func TestTwoThatFitAreNamed(t *testing.T) {
	tree := realTree(t)
	name := ambiguousName(t, tree)
	s := newSketch(t)
	s.unit = "普宁市"
	full := func(i int) string { return s.lines[i].Name }
	s.name = full
	s.draw()
	s.set(6, 2, name)
	got := s.read()
	if len(got.Findings) != 1 || got.Findings[0].Code != AmbiguousVillage || got.Findings[0].Cell != "B6" || strings.Count(got.Findings[0].Message, "普宁市") < 2 {
		t.Errorf("%v", messages(got))
	}
	if len(got.Rows) != len(s.lines)-1 || got.Town != 0 {
		t.Errorf("%d rows, town %v", len(got.Rows), got.Town)
	}
}

func ambiguousName(t *testing.T, tree *unit.Tree) string {
	t.Helper()
	for _, v := range tree.Villages(puning) {
		if name := tree.ShortName(v.Code); len(tree.Resolve(puning, name)) > 1 {
			return name
		}
	}
	t.Fatal("no two villages of the county share a name")
	return ""
}

func TestRefusals(t *testing.T) {
	other := newSketch(t).draw()
	for i := range form.Columns {
		other.set(5, 3+i, []string{"姓名", "性别", "年龄", "身份证号"}[i%4])
		other.set(4, 3+i, nil)
	}
	few := newSketch(t).draw()
	for i := 8; i < 20; i++ {
		few.set(5, 3+i, nil)
	}
	good := newSketch(t).draw().bytes()
	for name, c := range map[string]struct {
		within unit.Code
		data   []byte
		want   *problem.Problem
	}{
		"empty":                 {puning, nil, sheet.ErrEmpty},
		"truncated":             {puning, good[:len(good)/2], sheet.ErrTruncated},
		"a web page":            {puning, []byte("<html><body><table><tr><td>台账</td></tr></table></body></html>"), sheet.ErrWebpage},
		"another form":          {puning, other.bytes(), ErrNoLedger},
		"fewer than half":       {puning, few.bytes(), ErrNoLedger},
		"a list of words":       {puning, []byte("新坛村,是\n新美居委会,否\n"), ErrNoLedger},
		"another county's":      {445224000000, good, ErrForeign},
		"another town's":        {445281002000, good, ErrForeign},
		"not a workbook at all": {puning, []byte("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj"), sheet.ErrNotWorkbook},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := Read(form, realTree(t), c.within, "x.xlsx", c.data)
			if !errors.Is(err, c.want) || got != nil {
				t.Errorf("%v, %v; want %v", got, err, c.want)
			}
		})
	}
}
