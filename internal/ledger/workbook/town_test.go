package workbook

import (
	"slices"
	"testing"

	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/unit"
)

// Whose file it is: 填报单位, else a title, the sheet's or the file's name, else the villages;
// what contradicts is said.
func TestWhoseFileItIs(t *testing.T) {
	for name, c := range map[string]struct {
		file   string
		within unit.Code
		bend   func(s *sketch)
		town   unit.Code
		found  []string
		head   string
	}{
		"by 填报单位":                             {"台账.xlsx", puning, func(*sketch) {}, liushaD, nil, "流沙东街道"},
		"by the file's name":                  {"流沙东街道3月29日.xlsx", puning, func(s *sketch) { s.unit = "" }, liushaD, nil, ""},
		"by the villages":                     {"台账.xlsx", puning, func(s *sketch) { s.unit = "" }, liushaD, nil, ""},
		"by the villages in the city":         {"台账.xlsx", jieyang, func(s *sketch) { s.unit = "" }, liushaD, nil, ""},
		"in the town itself":                  {"台账.xlsx", liushaD, func(s *sketch) { s.unit = "" }, liushaD, nil, ""},
		"a copied 填报单位":                       {"台账.xlsx", puning, func(s *sketch) { s.unit = "流沙南街道" }, liushaD, []string{"A2 ledger.town_disagrees"}, "流沙南街道"},
		"填报单位 of another county":              {"台账.xlsx", puning, func(s *sketch) { s.unit = "惠来县隆江镇" }, liushaD, []string{"A2 ledger.town_disagrees"}, "惠来县隆江镇"},
		"the file's name of another":          {"流沙南街道.xlsx", puning, func(*sketch) {}, liushaD, []string{"B5 ledger.file_name_disagrees"}, "流沙东街道"},
		"the file's name of another, no 填报单位": {"流沙南街道.xlsx", puning, func(s *sketch) { s.unit = "" }, liushaD, []string{"B5 ledger.town_disagrees"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSketch(t)
			c.bend(s)
			got := readFor(t, c.within, c.file, s.draw().bytes())
			wantFound(t, got, c.found...)
			if got.Town != c.town || got.Head.Unit != c.head || len(got.Rows) != len(s.lines) {
				t.Errorf("town %v, 填报单位 %q, %d rows", got.Town, got.Head.Unit, len(got.Rows))
			}
		})
	}
}

// A county's ledger holds several towns; a sheet for each town and a table beside or below
// another are read too.
func TestSeveralTowns(t *testing.T) {
	tree := realTree(t)
	county := filled(tree, puning, 4)
	got := readFor(t, puning, "普宁市.xlsx", written(t, county))
	same(t, got, county)
	if got.Town != 0 || got.Head.Unit != "普宁市" {
		t.Errorf("town %v, %+v", got.Town, got.Head)
	}

	s := newSketch(t).draw()
	must(s, s.file.SetSheetName("Sheet1", "流沙东"))
	other := newSketch(t)
	other.file, other.sheet, other.unit = s.file, "流沙南", "流沙南街道"
	other.lines = filled(tree, 445281002000, 9).Lines
	_, err := s.file.NewSheet("流沙南")
	must(s, err)
	other.draw()
	s.sheet = "流沙东"
	both := readFor(t, puning, "两镇.xlsx", s.bytes())
	same(t, both, Consolidated{Lines: slices.Concat(s.lines, other.lines)})
	if both.Town != 0 || len(both.Parts) != 2 || both.Parts[0].Town != liushaD || both.Parts[1].Town != 445281002000 || both.Parts[1].Head.Unit != "流沙南街道" {
		t.Errorf("%v %+v", both.Town, both.Parts)
	}
}

func TestTablesOnOneSheet(t *testing.T) {
	for name, place := range map[string]func(s, half *sketch){
		"below":  func(s, half *sketch) { half.above = 20 },
		"beside": func(s, half *sketch) { half.left = 23 },
	} {
		t.Run(name, func(t *testing.T) {
			s := newSketch(t)
			all := s.lines
			half := *s
			s.lines, half.lines = all[:9], all[9:]
			half.name = func(i int) string { return realTree(t).ShortName(half.lines[i].Village) }
			place(s, &half)
			s.draw()
			half.unit = ""
			half.draw()
			got := s.read()
			slices.SortFunc(got.Rows, func(a, b Row) int { return int(a.Village - b.Village) })
			s.lines = all
			s.wantSame(got)
		})
	}
}

// A county's own table often has a line with the town's name above its villages.
func TestTownsAsHeadings(t *testing.T) {
	tree := realTree(t)
	s := newSketch(t)
	s.unit = "普宁市"
	east, south := s.lines, filled(tree, 445281002000, 9).Lines
	s.lines = slices.Concat([]Line{{Name: "流沙东街道"}}, east, []Line{{Name: "流沙南街道"}}, south)
	for i := range s.lines {
		if s.lines[i].Values == nil {
			s.lines[i].Values = ledger.NewValues(len(form.Columns))
		}
	}
	s.name = func(i int) string {
		if s.lines[i].Village == 0 {
			return s.lines[i].Name
		}
		return tree.ShortName(s.lines[i].Village)
	}
	got := s.draw().read()
	same(t, got, Consolidated{Lines: slices.Concat(east, south)})
}
