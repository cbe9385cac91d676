package workbook

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/unit"
)

// sketch is a town's workbook as somebody might have made it: the villages of 流沙东街道 under
// the form's head, laid out cell by cell so that a test can bend it.
type sketch struct {
	t      testing.TB
	file   *excelize.File
	sheet  string
	lines  []Line
	name   func(i int) string // how a village is written
	titles []string           // heads of the value columns
	order  []int              // which value column stands where
	left   int                // columns before the serial number
	above  int                // rows before the head
	flat   bool               // a head of one row, without groups
	unit   string             // what stands as 填报单位, "" for no such line
}

func newSketch(t testing.TB) *sketch {
	t.Helper()
	tree := realTree(t)
	s := &sketch{t: t, file: excelize.NewFile(), sheet: "Sheet1", unit: "流沙东街道", above: 3}
	r := rand.New(rand.NewPCG(7, 7))
	for _, v := range tree.Villages(liushaD) {
		if v.Kind == unit.Ordinary {
			s.lines = append(s.lines, Line{Village: v.Code, Name: tree.FullName(v.Code), Values: someValues(r)})
		}
	}
	s.name = func(i int) string { return tree.ShortName(s.lines[i].Village) }
	for i := range form.Columns {
		s.titles = append(s.titles, form.Columns[i].Title)
		s.order = append(s.order, i)
	}
	return s
}

func (s *sketch) set(row, col int, v any) {
	s.t.Helper()
	if err := s.file.SetCellValue(s.sheet, cellName(col, row), v); err != nil {
		s.t.Fatal(err)
	}
}

func (s *sketch) merge(r1, c1, r2, c2 int) {
	s.t.Helper()
	if err := s.file.MergeCell(s.sheet, cellName(c1, r1), cellName(c2, r2)); err != nil {
		s.t.Fatal(err)
	}
}

// The columns and rows of the sketch, one based.
func (s *sketch) serial() int        { return s.left + 1 }
func (s *sketch) nameCol() int       { return s.left + 2 }
func (s *sketch) valueCol(k int) int { return s.left + 3 + k }
func (s *sketch) headEnd() int {
	if s.flat {
		return s.above + 1
	}
	return s.above + 2
}
func (s *sketch) row(i int) int { return s.headEnd() + 1 + i }

// draw lays out head and rows.
func (s *sketch) draw() *sketch {
	s.t.Helper()
	if s.above > 0 {
		s.set(1, s.serial(), form.Title)
	}
	if s.unit != "" && s.above > 1 {
		s.set(2, s.serial(), "填报单位："+s.unit)
		s.set(2, s.valueCol(2), "联系人：黄志明")
		s.set(2, s.valueCol(7), "电话：0663-2900000")
		s.set(2, s.valueCol(12), "填表日期：2024年3月29日")
	}
	s.head()
	for i, line := range s.lines {
		s.set(s.row(i), s.serial(), i+1)
		s.set(s.row(i), s.nameCol(), s.name(i))
		for k, c := range s.order {
			s.set(s.row(i), s.valueCol(k), plain(&form.Columns[c], line.Values[c]))
		}
	}
	return s
}

func (s *sketch) head() {
	top := s.above + 1
	s.set(top, s.serial(), form.SerialTitle)
	s.set(top, s.nameCol(), form.NameTitle)
	for k, c := range s.order {
		s.set(s.headEnd(), s.valueCol(k), s.titles[c])
	}
	if s.flat {
		return
	}
	s.merge(top, s.serial(), top+1, s.serial())
	s.merge(top, s.nameCol(), top+1, s.nameCol())
	for _, g := range form.Groups {
		s.set(top, s.valueCol(g.First), g.Title)
		s.merge(top, s.valueCol(g.First), top, s.valueCol(g.First+g.Count-1))
	}
}

func plain(col *campaign.Column, v ledger.Value) any {
	switch {
	case v == ledger.Empty:
		return nil
	case col.Type == campaign.YesNo:
		return ledger.Format(col, v)
	case col.Type == campaign.Money:
		return float64(v) / campaign.FenPerWan
	}
	return int64(v)
}

func (s *sketch) bytes() []byte {
	s.t.Helper()
	var b bytes.Buffer
	if err := s.file.Write(&b); err != nil {
		s.t.Fatal(err)
	}
	return b.Bytes()
}

// read reads the sketch for 普宁.
func (s *sketch) read() *Reading {
	s.t.Helper()
	return readFor(s.t, puning, "台账.xlsx", s.bytes())
}

func readFor(t testing.TB, within unit.Code, file string, data []byte) *Reading {
	t.Helper()
	got, err := Read(form, realTree(t), within, file, data)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// wantSame fails unless the reading is exactly the sketch's lines.
func (s *sketch) wantSame(got *Reading) {
	s.t.Helper()
	same(s.t, got, Consolidated{Lines: s.lines})
	if got.Town != liushaD {
		s.t.Errorf("town %v", got.Town)
	}
}

// wantFound fails unless exactly these findings were made: "E6 ledger.not_a_number".
func wantFound(t testing.TB, got *Reading, want ...string) {
	t.Helper()
	var have []string
	for _, f := range got.Findings {
		have = append(have, f.Cell+" "+f.Code)
	}
	if fmt.Sprint(have) != fmt.Sprint(want) {
		t.Errorf("found %v\n want %v", messages(got), want)
	}
}

func exactly(c int, v ledger.Value) string { return ledger.Exact(&form.Columns[c], v) }

// inYuan writes the amounts in 元.
func inYuan(s *sketch) {
	for i, l := range s.lines {
		for k, c := range s.order {
			if form.Columns[c].Type == campaign.Money {
				s.set(s.row(i), s.valueCol(k), float64(l.Values[c])/100)
			}
		}
	}
}

func mergesOf(s *sketch) (list [][2]string) {
	s.t.Helper()
	merges, err := s.file.GetMergeCells(s.sheet)
	if err != nil {
		s.t.Fatal(err)
	}
	for _, m := range merges {
		list = append(list, [2]string{m.GetStartAxis(), m.GetEndAxis()})
	}
	return list
}

// dated makes a cell a date, as Excel does of 3-5.
func dated(s *sketch, row, col int) {
	s.t.Helper()
	style, err := s.file.NewStyle(&excelize.Style{NumFmt: 14})
	must(s, err)
	s.set(row, col, 45380)
	must(s, s.file.SetCellStyle(s.sheet, cellName(col, row), cellName(col, row), style))
}
