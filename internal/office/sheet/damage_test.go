package sheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/sangzi/sangzi/internal/problem"
	"github.com/xuri/excelize/v2"
)

// everyFixture gives all files in testdata, and .xlsx sources, by name.
func everyFixture(t testing.TB) map[string][]byte {
	t.Helper()
	entries, err := os.ReadDir("testdata")
	check(t, err)
	files := map[string][]byte{}
	for _, e := range entries {
		if !e.IsDir() && !strings.HasSuffix(e.Name(), ".md") {
			files[e.Name()] = readFixture(t, e.Name())
		}
	}
	for _, x := range fixtures {
		files[x.name+".xlsx"] = x.source(t)
	}
	return files
}

// TestTruncated cuts every fixture at many lengths: a part of a book is never taken for the
// whole. Only the unused end of the last sector of an .xls may be missing.
func TestTruncated(t *testing.T) {
	for name, data := range everyFixture(t) {
		whole := readBook(t, name, data)
		step := max(1, len(data)/250)
		for n := 0; n < len(data); n += step {
			book, err := Read(name, data[:n], Limits{})
			if err == nil {
				if whole.Format != XLS {
					t.Fatalf("%s cut to %d of %d bytes is read", name, n, len(data))
				}
				sameBook(t, book, whole)
				continue
			}
			if !errors.Is(err, ErrTruncated) && !errors.Is(err, ErrEmpty) && !errors.Is(err, ErrNotWorkbook) {
				t.Fatalf("%s cut to %d bytes: %v", name, n, err)
			}
			if n >= 16 && !errors.Is(err, ErrTruncated) {
				t.Fatalf("%s cut to %d bytes: %v, want it called cut short", name, n, err)
			}
		}
	}
}

func sameBook(t testing.TB, got, want *Book) {
	t.Helper()
	if len(got.Sheets) != len(want.Sheets) {
		t.Fatalf("%d sheets, want %d", len(got.Sheets), len(want.Sheets))
	}
	for i := range want.Sheets {
		sameCells(t, got.Sheets[i].Rows, want.Sheets[i].Rows)
	}
}

// TestFlipped damages bytes inside: any of the problems will do, but only those, and at once.
func TestFlipped(t *testing.T) {
	r := rand.New(rand.NewPCG(20240312, 1))
	for name, whole := range everyFixture(t) {
		for range 120 {
			data := bytes.Clone(whole)
			for range 1 + r.IntN(8) {
				data[r.IntN(len(data))] = byte(r.Uint32())
			}
			begin := time.Now()
			if _, err := Read(name, data, Limits{}); err != nil {
				if _, ok := problem.Of(err); !ok {
					t.Fatalf("%s: %v is no problem", name, err)
				}
				if strings.Contains(err.Error(), "reader failed") {
					t.Errorf("%s: the reader panicked: %v", name, err)
				}
			}
			if took := time.Since(begin); took > 5*time.Second {
				t.Fatalf("%s took %v", name, took)
			}
		}
	}
}

func TestEncryptedPackage(t *testing.T) {
	f := excelize.NewFile()
	set(t, f, "Sheet1", "A1", "密")
	var b bytes.Buffer
	check(t, f.Write(&b, excelize.Options{Password: "123456"}))
	if _, err := Read("", b.Bytes(), Limits{}); !errors.Is(err, ErrEncrypted) {
		t.Errorf("%v, want %v", err, ErrEncrypted)
	}
	locked := zipped(t, "xl/workbook.xml", oneSheet)
	i := bytes.Index(locked, []byte("PK\x01\x02"))
	locked[i+8] |= 1
	if _, err := Read("", locked, Limits{}); !errors.Is(err, ErrEncrypted) {
		t.Errorf("a locked zip: %v, want %v", err, ErrEncrypted)
	}
}

// bomb is a workbook whose one sheet unzips to size bytes of blank rows.
func bomb(t testing.TB, size int) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range map[string]string{
		"_rels/.rels": rels(mainRel), "xl/workbook.xml": oneSheet, "xl/_rels/workbook.xml.rels": rels(sheetRel),
	} {
		w, err := z.Create(name)
		check(t, err)
		_, err = io.WriteString(w, text)
		check(t, err)
	}
	w, err := z.Create("xl/worksheets/sheet1.xml")
	check(t, err)
	chunk := strings.Repeat("<row/>", 10_000)
	_, err = io.WriteString(w, "<worksheet><sheetData>")
	check(t, err)
	for n := 0; n < size; n += len(chunk) {
		_, err = io.WriteString(w, chunk)
		check(t, err)
	}
	check(t, z.Close())
	return b.Bytes()
}

func TestBombs(t *testing.T) {
	big := bomb(t, 5<<20)
	small := Limits{Unzipped: 4 << 20}
	lying := bytes.Clone(big)
	i := bytes.LastIndex(lying, []byte("PK\x01\x02"))
	copy(lying[i+24:], []byte{0, 1, 0, 0}) // the size it declares
	var crowd []string
	for i := range 10_001 {
		crowd = append(crowd, fmt.Sprintf("%d", i), "")
	}
	tabs, relations := "", "" // many tabs of one large sheet
	for i := range 60 {
		tabs += fmt.Sprintf(`<sheet name="%d" r:id="r%d"/>`, i, i)
		relations += fmt.Sprintf(`<Relationship Id="r%d" Type="x/worksheet" Target="worksheets/sheet1.xml"/>`, i)
	}
	overlaid := zipped(t, "_rels/.rels", rels(mainRel), "xl/workbook.xml", "<workbook><sheets>"+tabs+"</sheets></workbook>",
		"xl/_rels/workbook.xml.rels", rels(relations), "xl/worksheets/sheet1.xml", rows(strings.Repeat("<row/>", 100_000)))
	for name, c := range map[string]struct {
		data []byte
		lim  Limits
		want error
	}{
		"declared":  {big, small, ErrBomb},
		"packed":    {bomb(t, 10<<20), Limits{}, ErrBomb},
		"lying":     {lying, small, ErrTruncated},
		"crowd":     {zipped(t, crowd...), Limits{}, ErrBomb},
		"overlaid":  {overlaid, small, ErrBomb},
		"too large": {big, Limits{Bytes: 1000}, ErrTooLarge},
	} {
		begin := time.Now()
		if _, err := Read(name, c.data, c.lim); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
		if took := time.Since(begin); took > 10*time.Second {
			t.Errorf("%s took %v", name, took)
		}
	}
}

func TestLimits(t *testing.T) {
	csv := []byte("a,b,c\nd,e,f\n")
	book := fixtures[6].source(t)
	sparse := handXLSX(t, rows(`<row><c r="SR1"><v>1</v></c></row>`))
	for name, c := range map[string]struct {
		data []byte
		lim  Limits
		what string
	}{
		"rows": {csv, Limits{Rows: 1}, "rows"}, "columns": {csv, Limits{Columns: 2}, "columns"},
		"cells": {csv, Limits{Cells: 5}, "cells"}, "sheets": {book, Limits{Sheets: 30}, "sheets"},
		"xls sheets":  {readFixture(t, "sheets.xls"), Limits{Sheets: 30}, "sheets"},
		"xls rows":    {readFixture(t, "strings.xls"), Limits{Rows: 100}, "rows"},
		"columns far": {sparse, Limits{Columns: 511}, "columns"},
	} {
		_, err := Read(name, c.data, c.lim)
		p, ok := problem.Of(err)
		if !ok || !errors.Is(err, ErrTooManyCells) || p.Params["what"] != c.what {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, c := range map[string]struct {
		data []byte
		lim  Limits
	}{
		"all used": {csv, Limits{Rows: 2, Columns: 3, Cells: 6, Bytes: int64(len(csv))}}, "31 sheets": {book, Limits{Sheets: 31}},
		"512 columns": {sparse, Limits{Columns: 512}},
	} {
		if _, err := Read(name, c.data, c.lim); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if got, err := Read("", []byte("红花绿叶,x\n"), Limits{Text: 2}); err != nil || got.Sheets[0].At(0, 0).Text != "红花" {
		t.Errorf("cut text: %+v %v", got, err)
	}
}

// TestSparseRowsCostTheirSpan: a cell far right in each row takes memory for the whole row.
func TestSparseRowsCostTheirSpan(t *testing.T) {
	text := strings.Repeat(strings.Repeat(",", 500)+"x\n", 1000)
	if _, err := Read("", []byte(text), Limits{Cells: 10_000}); !errors.Is(err, ErrTooManyCells) {
		t.Errorf("%v, want %v", err, ErrTooManyCells)
	}
	far := handXLSX(t, rows(`<row r="1000000"><c r="A1000000"><v>1</v></c></row>`))
	if _, err := Read("", far, Limits{Cells: 100_000}); !errors.Is(err, ErrTooManyCells) {
		t.Errorf("%v, want %v", err, ErrTooManyCells)
	}
}
