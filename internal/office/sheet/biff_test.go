package sheet

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math"
	"strings"
	"testing"
	"unicode/utf16"
)

// biffStream writes a record stream by hand, for what LibreOffice never writes.
type biffStream struct{ bytes.Buffer }

func (b *biffStream) record(id int, parts ...any) *biffStream {
	var body bytes.Buffer
	for _, p := range parts {
		switch v := p.(type) {
		case int:
			body.Write(binary.LittleEndian.AppendUint16(nil, uint16(v)))
		case uint32:
			body.Write(binary.LittleEndian.AppendUint32(nil, v))
		case float64:
			body.Write(binary.LittleEndian.AppendUint64(nil, math.Float64bits(v)))
		case byte:
			body.WriteByte(v)
		case string:
			body.WriteString(v)
		}
	}
	b.Write(binary.LittleEndian.AppendUint16(nil, uint16(id)))
	b.Write(binary.LittleEndian.AppendUint16(nil, uint16(body.Len())))
	b.Write(body.Bytes())
	return b
}

func wide(s string) string {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = binary.LittleEndian.AppendUint16(b, u)
	}
	return string(b)
}

// handBook is a stream of one sheet "S" around the records given.
func handBook(globals, cells func(b *biffStream)) []byte {
	b := &biffStream{}
	b.record(recBOF, biff8, 5, 0, 0, uint32(0), uint32(0))
	if globals != nil {
		globals(b)
	}
	at := b.Len() + 4
	b.record(recBoundSheet, uint32(0), byte(0), byte(0), byte(1), byte(0), "S")
	b.record(recEOF)
	begin := b.Len()
	b.record(recBOF, biff8, 0x10, 0, 0, uint32(0), uint32(0))
	cells(b)
	b.record(recEOF)
	data := b.Bytes()
	binary.LittleEndian.PutUint32(data[at:], uint32(begin))
	return data
}

func TestBIFFRecords(t *testing.T) {
	data := handBook(func(b *biffStream) {
		b.record(0x0042, 936)
		b.record(recFormat, 164, 4, byte(0), "yyyy")
		b.record(recXF, 0, 0).record(recXF, 0, 164)
		// Four strings: the second switches from narrow to wide in the middle, the third is rich
		// and phonetic and its runs cross a boundary, the fourth starts behind one.
		b.record(recSST, uint32(9), uint32(4), 2, byte(0), "ab", 4, byte(0), "cd")
		b.record(recContinue, byte(1), wide("村镇"), 1, byte(flagWide|flagRich|flagPhonetic), 2, uint32(6), wide("红"), "1234")
		b.record(recContinue, "5678phonet")
		b.record(recContinue, 3, byte(0), "xyz")
	}, func(b *biffStream) {
		for i := range 4 {
			b.record(recLabelSST, 0, i, 0, uint32(i))
		}
		b.record(recLabel, 1, 0, 0, 2, byte(1), wide("标签"))
		b.record(recRString, 1, 1, 0, 2, byte(0), "rs", 1, 0, 0)
		b.record(recBoolErr, 1, 2, 0, byte(1), byte(0)).record(recBoolErr, 1, 3, 0, byte(7), byte(1))
		b.record(recMulRK, 2, 0, 0, uint32(5<<2|2), 0, uint32(1234<<2|3), 1, uint32(45380<<2|2), 2)
		b.record(recRK, 2, 3, 0, uint32(0xc0000000)) // the upper half of -2.0
		b.record(recNumber, 2, 4, 0, 1e300)
		b.record(0x0201, 2, 5, 0).record(0x00be, 2, 6, 0, 0, 7) // BLANK, MULBLANK
		b.record(recFormula, 3, 0, 0, byte(0), byte(0), uint32(0), 0xffff)
		b.record(0x04bc, 0, 0).record(recString, 3, byte(0), "abc") // SHRFMLA between
		b.record(recFormula, 3, 1, 0, byte(0), byte(0), uint32(0), 0xffff)
		b.record(recBOF, biff8, 0x20, 0, 0, uint32(0), uint32(0)) // a chart
		b.record(recNumber, 9, 9, 0, 1.0)
		b.record(recEOF)
		b.record(recNumber, 4, 0, 0, math.NaN())
		b.record(recMergedCells, 1, 0, 1, 0, 3)
	})
	book := readBook(t, "", data)
	s := book.Sheets[0]
	want := [][]Cell{
		{{Kind: Text, Text: "ab"}, {Kind: Text, Text: "cd村镇"}, {Kind: Text, Text: "红"}, {Kind: Text, Text: "xyz"}},
		{{Kind: Text, Text: "标签"}, {Kind: Text, Text: "rs"}, {Kind: Bool, Text: "TRUE"}, {Kind: Error, Text: "#DIV/0!"}},
		{
			{Kind: Number, Text: "5"}, {Kind: Number, Text: "12.34"}, {Kind: Date, Text: "2024-03-29"},
			{Kind: Number, Text: "-2"}, {Kind: Number, Text: "1E+300"},
		},
		{{Kind: Text, Text: "abc", Formula: true}, {Formula: true}},
		{{Kind: Error, Text: "#NUM!"}},
	}
	sameCells(t, s.Rows, want)
	if !s.Rows[3][0].Formula || !s.Rows[3][1].Formula {
		t.Error("formulas are not marked")
	}
	if len(s.Merges) != 1 || s.Merges[0] != (Range{0, 0, 1, 3}) {
		t.Errorf("merges %v", s.Merges)
	}
}

func TestBIFFRefusals(t *testing.T) {
	number := func(b *biffStream) { b.record(recNumber, 0, 0, 0, 1.0) }
	old := (&biffStream{}).record(recBOF, 0x0500, 5, 0, 0).Bytes()
	older := (&biffStream{}).record(0x0009, 2, 0x10).Bytes()
	book := bytes.Replace(readFixture(t, "plain.xls"),
		[]byte(wide("Workbook")+"\x00\x00"), []byte(wide("Book")+strings.Repeat("\x00", 10)), 1)
	i := bytes.Index(book, []byte(wide("Book")+"\x00\x00"))
	book[i+64] = 10 // the name's length
	for name, c := range map[string]struct {
		data []byte
		want error
	}{
		"a password": {handBook(func(b *biffStream) { b.record(recFilePass, 1, 1, 1, "0123456789") }, number), ErrEncrypted},
		"Excel 95":   {old, ErrOldFormat},
		"Excel 2":    {older, ErrOldFormat},
		"Book":       {book, ErrOldFormat},
		"no string": {handBook(nil, func(b *biffStream) {
			b.record(recLabelSST, 0, 0, 0, uint32(0))
		}), ErrTruncated},
		"string beyond its record": {handBook(nil, func(b *biffStream) {
			b.record(recLabel, 0, 0, 0, 500, byte(1), wide("短"))
		}), ErrTruncated},
		"merges beyond their record": {handBook(nil, func(b *biffStream) { b.record(recMergedCells, 9, 1) }), ErrTruncated},
		"column beyond the limit": {handBook(nil, func(b *biffStream) {
			b.record(recNumber, 0, 40000, 0, 1.0)
		}), ErrTooManyCells},
		"no cells": {handBook(nil, func(*biffStream) {}), ErrEmpty},
	} {
		if _, err := Read(name, c.data, Limits{}); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

// TestImpossibleContainer: this count of allocation sectors makes mscfb panic.
func TestImpossibleContainer(t *testing.T) {
	data := bytes.Repeat([]byte{'0'}, 512)
	copy(data, cfbSignature)
	copy(data[30:], []byte{9, 0})
	copy(data[72:], []byte{0x06, 0x83, 0xc1, 0x60})
	if _, err := Read("", data, Limits{}); !errors.Is(err, ErrTruncated) || strings.Contains(err.Error(), "reader failed") {
		t.Errorf("%v, want %v", err, ErrTruncated)
	}
}
