package sheet

import (
	"encoding/binary"
	"fmt"
	"math"
)

// readSheet reads the sheet whose BOF stands at a position.
func (b *biffBook) readSheet(stream []byte, at int) (Sheet, error) {
	r := &records{stream: stream}
	if err := r.begin(at); err != nil {
		return Sheet{}, err
	}
	s := biffSheet{b: b, g: grid{m: b.m}, formula: -1}
	for depth := 1; depth > 0; {
		if err := r.next(); err != nil {
			return Sheet{}, err
		}
		switch {
		case r.id == recBOF: // a chart within the sheet
			depth++
		case r.id == recEOF:
			depth--
		case depth == 1:
			if err := s.record(r); err != nil {
				return Sheet{}, err
			}
		}
	}
	rows, err := s.g.finish()
	return Sheet{Rows: rows, Merges: s.merges}, err
}

// biffSheet gathers one sheet from its records.
type biffSheet struct {
	b       *biffBook
	g       grid
	merges  []Range
	work    []byte
	formula int // row<<16|column of the formula whose text comes in a STRING record, or -1
}

func (s *biffSheet) record(r *records) error {
	switch r.id {
	case recLabelSST, recNumber, recRK, recBoolErr, recFormula, recLabel, recRString, recMulRK:
		if len(r.body) < 6 {
			return errBIFF
		}
		s.formula = -1
		return s.cells(r)
	case recString:
		return s.formulaText(r)
	case recMergedCells:
		return s.merged(r.body)
	}
	return nil
}

// cells reads a record of one cell, or of several side by side.
func (s *biffSheet) cells(r *records) error {
	body := r.body
	row, col := int(binary.LittleEndian.Uint16(body)), int(binary.LittleEndian.Uint16(body[2:]))
	format, value := s.format(body[4:]), body[6:]
	switch r.id {
	case recLabelSST:
		if len(value) < 4 {
			return errBIFF
		}
		i := binary.LittleEndian.Uint32(value)
		text, ok := s.b.strings.at(int(i))
		if !ok {
			return ErrTruncated.Because(fmt.Errorf("no shared string %d", i))
		}
		return s.text(row, col, text)
	case recLabel, recRString:
		parts, err := r.continued()
		if err != nil {
			return err
		}
		parts[0] = value
		text, err := biffString(parts, 2)
		if err != nil {
			return err
		}
		return s.text(row, col, s.b.texts.keep(text))
	case recNumber:
		if len(value) < 8 {
			return errBIFF
		}
		return s.number(row, col, float(value), format, false)
	case recRK:
		if len(value) < 4 {
			return errBIFF
		}
		return s.number(row, col, rk(value), format, false)
	case recMulRK:
		return s.numbers(row, col, body[4:])
	case recBoolErr:
		if len(value) < 2 {
			return errBIFF
		}
		return s.g.put(row, col, boolOrError(value[0], value[1] != 0))
	}
	return s.computed(row, col, format, value)
}

// numbers reads MULRK: pairs of format and number, and the last column behind them.
func (s *biffSheet) numbers(row, col int, pairs []byte) error {
	for ; len(pairs) >= 8; pairs = pairs[6:] {
		if err := s.number(row, col, rk(pairs[2:]), s.format(pairs), false); err != nil {
			return err
		}
		col++
	}
	return nil
}

// computed reads a formula's last value: a number, or in the same eight bytes something else.
func (s *biffSheet) computed(row, col int, format numberFormat, value []byte) error {
	if len(value) < 8 {
		return errBIFF
	}
	if value[6] != 0xff || value[7] != 0xff {
		return s.number(row, col, float(value), format, true)
	}
	cell := Cell{Formula: true}
	switch value[0] {
	case 0:
		s.formula = row<<16 | col
	case 1:
		cell = boolOrError(value[2], false)
	case 2:
		cell = boolOrError(value[2], true)
	case 3:
		cell.Kind = Text
	}
	cell.Formula = true
	return s.g.put(row, col, cell)
}

func (s *biffSheet) formulaText(r *records) error {
	if s.formula < 0 {
		return nil
	}
	parts, err := r.continued()
	if err != nil {
		return err
	}
	text, err := biffString(parts, 2)
	if err != nil {
		return err
	}
	row, col := s.formula>>16, s.formula&0xffff
	s.formula = -1
	s.g.m.cells-- // the formula itself was counted
	return s.g.put(row, col, Cell{Kind: Text, Text: s.b.texts.keep(text), Formula: true})
}

func (s *biffSheet) text(row, col int, text string) error {
	if text == "" {
		return nil
	}
	return s.g.put(row, col, Cell{Kind: Text, Text: text})
}

func (s *biffSheet) number(row, col int, x float64, format numberFormat, formula bool) error {
	out, kind := appendCellNumber(s.work[:0], x, format, s.b.epoch1904)
	s.work = out
	return s.g.put(row, col, Cell{Kind: kind, Text: s.b.texts.store(out), Formula: formula})
}

// merged reads MERGEDCELLS: a count and four numbers each.
func (s *biffSheet) merged(body []byte) error {
	if len(body) < 2 {
		return errBIFF
	}
	n := int(binary.LittleEndian.Uint16(body))
	body = body[2:]
	if len(body) < 8*n {
		return errBIFF
	}
	for ; n > 0; n-- {
		at := func(i int) int { return int(binary.LittleEndian.Uint16(body[2*i:])) }
		if m := (Range{R1: at(0), R2: at(1), C1: at(2), C2: at(3)}); m.R1 <= m.R2 && m.C1 <= m.C2 && (m.R1 < m.R2 || m.C1 < m.C2) {
			s.merges = append(s.merges, m)
			if err := s.b.m.takeMerge(); err != nil {
				return err
			}
		}
		body = body[8:]
	}
	return nil
}

func (s *biffSheet) format(xf []byte) numberFormat {
	if i := int(binary.LittleEndian.Uint16(xf)); i < len(s.b.formats) {
		return s.b.formats[i]
	}
	return plainNumber
}

func float(b []byte) float64 { return math.Float64frombits(binary.LittleEndian.Uint64(b)) }

// rk unpacks a number of four bytes: an integer or the upper half of a float, as it is or in
// hundredths.
func rk(b []byte) float64 {
	v := binary.LittleEndian.Uint32(b)
	x := float64(int32(v) >> 2)
	if v&2 == 0 {
		x = math.Float64frombits(uint64(v&^3) << 32)
	}
	if v&1 != 0 {
		x /= 100
	}
	return x
}

func boolOrError(code byte, isError bool) Cell {
	if !isError {
		return Cell{Kind: Bool, Text: boolText(code != 0)}
	}
	text, ok := map[byte]string{
		0x00: "#NULL!", 0x07: "#DIV/0!", 0x0f: "#VALUE!", 0x17: "#REF!",
		0x1d: "#NAME?", 0x24: "#NUM!", 0x2a: "#N/A", 0x2b: "#GETTING_DATA",
	}[code]
	if !ok {
		text = "#VALUE!"
	}
	return Cell{Kind: Error, Text: text}
}
