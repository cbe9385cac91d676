package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"strings"
	"testing"
	"unicode/utf16"
)

// zipped packs parts given as name, content pairs.
func zipped(t testing.TB, parts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		w, err := z.Create(parts[i])
		check(t, err)
		_, err = w.Write([]byte(parts[i+1]))
		check(t, err)
	}
	check(t, z.Close())
	return b.Bytes()
}

const (
	relsOf    = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%</Relationships>`
	typeOf    = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	mainRel   = `<Relationship Id="m" Type="` + typeOf + `officeDocument" Target="xl/workbook.xml"/>`
	sheetRel  = `<Relationship Id="rId1" Type="` + typeOf + `worksheet" Target="worksheets/sheet1.xml"/>`
	stringRel = `<Relationship Id="rId2" Type="` + typeOf + `sharedStrings" Target="sharedStrings.xml"/>`
	styleRel  = `<Relationship Id="rId3" Type="` + typeOf + `styles" Target="styles.xml"/>`
	oneSheet  = `<workbook xmlns:r="x"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>`
)

func rels(s string) string { return strings.Replace(relsOf, "%", s, 1) }

// handXLSX is a workbook of one sheet around the sheet part given, and its other parts.
func handXLSX(t testing.TB, sheet string, more ...string) []byte {
	t.Helper()
	parts := []string{
		"_rels/.rels", rels(mainRel), "xl/workbook.xml", oneSheet,
		"xl/_rels/workbook.xml.rels", rels(sheetRel + stringRel + styleRel), "xl/worksheets/sheet1.xml", sheet,
	}
	return zipped(t, append(parts, more...)...)
}

func rows(inner string) string {
	return `<worksheet><sheetData>` + inner + `</sheetData></worksheet>`
}

func TestXLSXCells(t *testing.T) {
	const table = `<sst><si><t>甲</t></si><si><r><rPr><b/></rPr><t>乙</t></r><r><t xml:space="preserve"> 丙</t></r>` +
		`<rPh sb="0" eb="1"><t>yi</t></rPh></si><si/><si><t>a_x000D_` + "\n" + `b_x0009_c_x005F_x0041_&#x4e01;&amp;&lt;</t></si></sst>`
	const styles = `<styleSheet><numFmts><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/></numFmts>` +
		`<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="176"/></cellXfs>` +
		`<dxfs><dxf><numFmt numFmtId="176" formatCode="0"/></dxf></dxfs></styleSheet>`
	for inner, want := range map[string]Cell{
		`<c t="s"><v>0</v></c>`:                                        {Kind: Text, Text: "甲"},
		`<c t="s"><v>1</v></c>`:                                        {Kind: Text, Text: "乙 丙"},
		`<c t="s"><v>3</v></c>`:                                        {Kind: Text, Text: "a\nb\tc_x0041_丁&<"},
		`<c t="inlineStr"><is><t>直</t></is></c>`:                       {Kind: Text, Text: "直"},
		`<c t="inlineStr"><is><r><t>分</t></r><r><t>段</t></r></is></c>`: {Kind: Text, Text: "分段"},
		`<c t="inlineStr"><is><t>音</t><rPh><t>yin</t></rPh></is></c>`:  {Kind: Text, Text: "音"},
		`<c t="str"><f>A1</f><v>文</v></c>`:                             {Kind: Text, Text: "文", Formula: true},
		`<c t="str"><f>A1</f><v></v></c>`:                              {Kind: Text, Formula: true},
		`<c><f>A1+1</f></c>`:                                           {Formula: true},
		`<c><f/><v/></c>`:                                              {Formula: true},
		`<c t="b"><v>1</v></c>`:                                        {Kind: Bool, Text: "TRUE"},
		`<c t="b"><v>0</v></c>`:                                        {Kind: Bool, Text: "FALSE"},
		`<c t="e"><f>1/0</f><v>#DIV/0!</v></c>`:                        {Kind: Error, Text: "#DIV/0!", Formula: true},
		`<c t="n"><v>0.30000000000000004</v></c>`:                      {Kind: Number, Text: "0.3"},
		`<c><v> 1.2345E3 </v></c>`:                                     {Kind: Number, Text: "1234.5"},
		`<c><v>1234.50</v></c>`:                                        {Kind: Number, Text: "1234.5"},
		`<c><v>-0</v></c>`:                                             {Kind: Number, Text: "0"},
		`<c><v>1e999</v></c>`:                                          {Kind: Error, Text: "#NUM!"},
		`<c><v>十二</v></c>`:                                             {Kind: Text, Text: "十二"},
		`<c s="1"><v>45380</v></c>`:                                    {Kind: Date, Text: "2024-03-29"},
		`<c s="2"><v>45380.5</v></c>`:                                  {Kind: Date, Text: "2024-03-29 12:00:00"},
		`<c s="1"><v>-5</v></c>`:                                       {Kind: Number, Text: "-5"},
		`<c s="99"><v>5</v></c>`:                                       {Kind: Number, Text: "5"},
		`<c t="d"><v>2024-03-29T00:00:00</v></c>`:                      {Kind: Date, Text: "2024-03-29"},
		`<c t="d"><v>2024-03-29T08:30:00Z</v></c>`:                     {Kind: Date, Text: "2024-03-29 08:30:00"},
		`<c t="d"><v>明天</v></c>`:                                       {Kind: Text, Text: "明天"},
		`<c t="inlineStr"><is><t><![CDATA[<a>&amp;]]></t></is></c>`:    {Kind: Text, Text: "<a>&amp;"},
		`<c t='inlineStr'><!-- <v>9</v> --><is><t>甲&#10;乙&bogus;</t></is></c>`: {Kind: Text, Text: "甲\n乙&bogus;"},
		"<c t=\"str\"><v>a\x01\x7f\u0085b</v></c>":                             {Kind: Text, Text: "ab"},
		`<c t="str"><v>_xD83D__xDE00_</v></c>`:                                 {Kind: Text, Text: "😀"},
		`<c t="str"><v>_x00e_ _xZZZZ_</v></c>`:                                 {Kind: Text, Text: "_x00e_ _xZZZZ_"},
		`<c t="str"><v>` + strings.Repeat("长", 40000) + `</v></c>`:             {Kind: Text, Text: strings.Repeat("长", 32767)},
	} {
		data := handXLSX(t, rows(`<row>`+inner+`</row>`), "xl/sharedStrings.xml", table, "xl/styles.xml", styles)
		if got := readBook(t, "", data).Sheets[0].At(0, 0); got != want {
			t.Errorf("%.60s is %.60v, want %.60v", inner, got, want)
		}
	}
}

func TestXLSXPlaces(t *testing.T) {
	const dialect = `<?xml version="1.0"?><x:worksheet xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main"><x:sheetData>` +
		`<x:row><x:c><x:v>1</x:v></x:c><x:c r="D1"><x:v>2</x:v></x:c><x:c><x:v>3</x:v></x:c></x:row>` +
		`<x:row r="4" note="a > b"><x:c/><x:c><x:v>4</x:v></x:c></x:row><x:row/><x:row><x:c r="A6"><x:v>5</x:v></x:c></x:row>` +
		`<x:row r="4"><x:c r="A4"><x:v>6</x:v></x:c></x:row></x:sheetData>` +
		`<x:mergeCells><x:mergeCell ref="B4:C5"/><x:mergeCell ref="A1"/></x:mergeCells></x:worksheet>`
	s := readBook(t, "", handXLSX(t, dialect)).Sheets[0]
	for ref, want := range map[string]string{
		"A1": "1", "B1": "", "D1": "2", "E1": "3", "A4": "6", "B4": "4", "C5": "4", "A6": "5", "A5": "",
	} {
		r, c, _ := ParseRef(ref)
		if got := s.At(r, c).Text; got != want {
			t.Errorf("%s is %q, want %q", ref, got, want)
		}
	}
	if len(s.Rows) != 6 || len(s.Rows[0]) != 5 || len(s.Merges) != 1 {
		t.Errorf("%d rows, %d cells in the first, merges %v", len(s.Rows), len(s.Rows[0]), s.Merges)
	}
}

func TestXLSXParts(t *testing.T) {
	const cell = `<row><c><v>7</v></c></row>`
	strict := "http://purl.oclc.org/ooxml/officeDocument/relationships/"
	book := `<workbook><sheets>` +
		`<sheet name="二&amp;三" state="veryHidden" r:id="b"/><sheet name="图" r:id="c"/><sheet name="一" r:id="a"/></sheets></workbook>`
	data := zipped(t,
		"_RELS/.rels", rels(`<Relationship Id="m" Type="`+strict+`officeDocument" Target="/office/Book.xml"/>`),
		`office\book.xml`, book,
		"office/_rels/Book.xml.rels", rels(
			`<Relationship Id="a" Type="`+strict+`worksheet" Target="..\one.xml"/>`+
				`<Relationship Id="b" Type="`+strict+`worksheet" Target="/two.xml"/>`+
				`<Relationship Id="c" Type="`+strict+`chartsheet" Target="/none.xml"/>`),
		"one.xml", "\ufeff"+rows(cell), "two.xml", utf16XML(rows(cell)))
	got := readBook(t, "", data)
	if len(got.Sheets) != 2 || got.Sheets[0].Name != "二&三" || !got.Sheets[0].Hidden || got.Sheets[1].Name != "一" || got.Sheets[1].Hidden {
		t.Fatalf("sheets %+v", got.Sheets)
	}
	for _, s := range got.Sheets {
		if s.At(0, 0).Text != "7" {
			t.Errorf("%s: %+v", s.Name, s.Rows)
		}
	}
	gbk := `<?xml version="1.0" encoding="GB2312"?>` + rows("<row><c t=\"str\"><v>\xd6\xd0</v></c></row>")
	if got := readBook(t, "", handXLSX(t, gbk)).Sheets[0].At(0, 0).Text; got != "中" {
		t.Errorf("GB 2312 part reads %q", got)
	}
}

func utf16XML(s string) string {
	b := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(s)) {
		b = binary.LittleEndian.AppendUint16(b, u)
	}
	return string(b)
}

func TestXLSXRefusals(t *testing.T) {
	one := rows(`<row><c><v>1</v></c></row>`)
	word := zipped(t, "_rels/.rels", rels(strings.Replace(mainRel, "xl/workbook.xml", "word/document.xml", 1)), "word/document.xml", "<document/>")
	for name, c := range map[string]struct {
		data []byte
		want error
	}{
		"no cell":           {handXLSX(t, rows("")), ErrEmpty},
		"an open element":   {handXLSX(t, `<worksheet><sheetData><row>`), ErrTruncated},
		"an empty part":     {handXLSX(t, ""), ErrTruncated},
		"an open tag":       {handXLSX(t, `<worksheet><sheetData><row r="1`), ErrTruncated},
		"a wrong root":      {handXLSX(t, `<document/>`), ErrTruncated},
		"no such string":    {handXLSX(t, rows(`<row><c t="s"><v>3</v></c></row>`)), ErrTruncated},
		"a bad reference":   {handXLSX(t, rows(`<row><c r="1A"><v>3</v></c></row>`)), ErrTruncated},
		"a bad row":         {handXLSX(t, rows(`<row r="x"><c><v>3</v></c></row>`)), ErrTruncated},
		"a declared entity": {handXLSX(t, `<!DOCTYPE a [<!ENTITY b "c">]>`+one), ErrTruncated},
		"a far column":      {handXLSX(t, rows(`<row><c r="XFD1"><v>3</v></c></row>`)), ErrTooManyCells},
		"no sheet part":     {zipped(t, "_rels/.rels", rels(mainRel), "xl/workbook.xml", oneSheet, "xl/_rels/workbook.xml.rels", rels(sheetRel)), ErrTruncated},
		"a document":        {word, ErrNotWorkbook},
		"any zip":           {zipped(t, "photo.jpg", "x"), ErrNotWorkbook},
		"OpenDocument":      {zipped(t, "mimetype", "application/vnd.oasis.opendocument.spreadsheet", "content.xml", "<x/>"), ErrNotWorkbook},
		"an empty zip":      {zipped(t), ErrNotWorkbook},
	} {
		if _, err := Read(name, c.data, Limits{}); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}
