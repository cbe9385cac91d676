package sheet

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"
)

// texts of a sheet's cells, row by row.
func cellTexts(s Sheet) [][]string {
	var out [][]string
	for _, row := range s.Rows {
		var line []string
		for _, c := range row {
			line = append(line, c.Text)
		}
		out = append(out, line)
	}
	return out
}

func TestCSV(t *testing.T) {
	for text, want := range map[string][][]string{
		"a,b\n1,2":                {{"a", "b"}, {"1", "2"}},
		"a,b\r\n1,2\r\n":          {{"a", "b"}, {"1", "2"}},
		"a,b\r1,2\r":              {{"a", "b"}, {"1", "2"}},
		"a\tb,c\n1\t2\n":          {{"a", "b,c"}, {"1", "2"}},
		"a;b;c\n1,5;2;3\n":        {{"a", "b", "c"}, {"1,5", "2", "3"}},
		"单位：占陇镇\n村,数\n甲,3\n":      {{"单位：占陇镇"}, {"村", "数"}, {"甲", "3"}},
		"a,,b,,\n\n,c":            {{"a", "", "b"}, nil, {"", "c"}},
		"\"x,y\",\"a\"\"b\"\n":    {{"x,y", `a"b`}},
		"\"第一行\r\n第二行\",b\n":      {{"第一行\n第二行", "b"}},
		"5\" 管,b\n":               {{`5" 管`, "b"}},
		"\"a\"b\",c\n":            {{`a"b`, "c"}},
		"\"没有合上,b\n1,2\n":         {{`"没有合上`, "b"}, {"1", "2"}},
		"\"没合,b\n\"好,的\",2\n":     {{"没合,b\n\"好,的", "2"}},
		"sep=;\na;b,c\n":          {{"a", "b,c"}},
		"\ufeffa,b\n":             {{"a", "b"}},
		"a\x01b,c\x1a":            {{"ab", "c"}},
		"a\u0085b,\u00c2,c":       {{"ab", "\u00c2", "c"}},
		"只有一列\n甲\n":               {{"只有一列"}, {"甲"}},
		"0012,1e5,TRUE,2024-3-29": {{"0012", "1e5", "TRUE", "2024-3-29"}},
	} {
		book := readBook(t, `C:\表\台账.csv`, []byte(text))
		if book.Format != CSV || book.Sheets[0].Name != "台账" {
			t.Fatalf("%v %q", book.Format, book.Sheets[0].Name)
		}
		if got := cellTexts(book.Sheets[0]); !slices.EqualFunc(got, want, slices.Equal[[]string]) {
			t.Errorf("%q reads %q, want %q", text, got, want)
		}
	}
}

func TestCSVEncodings(t *testing.T) {
	const text = "镇,村\n占陇镇,定厝寮村㙍\n"
	utf16le, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(text)
	check(t, err)
	utf16be, err := unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder().String(text)
	check(t, err)
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(text + "𠮷,é\n")
	check(t, err)
	for name, data := range map[string]string{
		"UTF-8": text, "UTF-8 with a mark": "\ufeff" + text, "UTF-16LE": utf16le, "UTF-16BE": utf16be, "GB18030": gb,
	} {
		s := readBook(t, name, []byte(data)).Sheets[0]
		if got := s.At(1, 1).Text; got != "定厝寮村㙍" {
			t.Errorf("%s reads %q", name, got)
		}
	}
}

func TestTextRefusals(t *testing.T) {
	big5, err := traditionalchinese.Big5.NewEncoder().String(strings.Repeat("臺灣的農村與樹木數量統計表,", 5))
	check(t, err)
	gb, err := simplifiedchinese.GBK.NewEncoder().String("占陇镇,定厝寮村")
	check(t, err)
	for name, c := range map[string]struct {
		data string
		want error
	}{
		"nothing":             {"", ErrEmpty},
		"blank lines":         {"\r\n,,\n", ErrEmpty},
		"a page":              {"<html><body><table><tr><td>1", ErrWebpage},
		"a page with a head":  {"\ufeff\r\n <!DOCTYPE HTML PUBLIC \"-//W3C//DTD\">", ErrWebpage},
		"a bare table":        {"<TABLE border=1><tr><td>甲</td></tr></TABLE>", ErrWebpage},
		"an Office page":      {`<?xml version="1.0"?><html xmlns:x="urn:schemas-microsoft-com:office:excel">`, ErrWebpage},
		"a saved page":        {"MIME-Version: 1.0\r\nContent-Type: multipart/related", ErrWebpage},
		"XML of 2003":         {`<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">`, ErrXML2003},
		"other XML":           {`<?xml version="1.0"?><note/>`, ErrNotWorkbook},
		"a PDF":               {"%PDF-1.7\n1 0 obj", ErrNotWorkbook},
		"a picture":           {"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", ErrNotWorkbook},
		"bytes":               {"\x01\x02\x03\x80\xff\x00", ErrNotWorkbook},
		"bytes without zeros": {"\xff\x80\x90\xa0,\xf0", ErrNotWorkbook},
		"Big5":                {big5, ErrNotWorkbook},
		"cut UTF-8":           {"占陇镇,定"[:len("占陇镇,定")-1], ErrTruncated},
		"cut GB 2312":         {gb[:len(gb)-1], ErrTruncated},
		"cut UTF-16":          {"\xff\xfea\x00b", ErrTruncated},
		"cut container":       {string(cfbSignature[:6]), ErrTruncated},
	} {
		if _, err := Read(name, []byte(c.data), Limits{}); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

// TestCSVRoundTrip writes cells with every quoting a writer may choose and reads them back.
func TestCSVRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cell := rapid.StringMatching(`[a-z0-9村镇 "'<,;\n]{0,6}`)
		delimiter := rapid.SampledFrom([]string{",", "\t", ";"}).Draw(t, "delimiter")
		ending := rapid.SampledFrom([]string{"\n", "\r\n", "\r"}).Draw(t, "ending")
		columns := rapid.IntRange(2, 5).Draw(t, "columns")
		want := [][]string{}
		var text strings.Builder
		text.WriteString("sep=" + delimiter + "\n")
		for range rapid.IntRange(1, 6).Draw(t, "rows") {
			line := []string{"头"}
			for range columns {
				line = append(line, cell.Draw(t, "cell"))
			}
			line = append(line, "尾")
			for i, c := range line {
				if i > 0 {
					text.WriteString(delimiter)
				}
				if strings.ContainsAny(c, "\"\n"+delimiter) || rapid.Bool().Draw(t, "quote") {
					c = `"` + strings.ReplaceAll(c, `"`, `""`) + `"`
				}
				text.WriteString(c)
			}
			text.WriteString(ending)
			want = append(want, line)
		}
		book, err := Read("", []byte(text.String()), Limits{})
		if err != nil {
			t.Fatal(err)
		}
		if got := cellTexts(book.Sheets[0]); !slices.EqualFunc(got, want, slices.Equal[[]string]) {
			t.Fatalf("%q reads %q, want %q", text.String(), got, want)
		}
	})
}

// TestCSVOfLoneQuotes: a quote left open costs its own field, not the rows behind it, and the
// search for its partner is not done anew for each quote.
func TestCSVOfLoneQuotes(t *testing.T) {
	text := "\"开,1\n" + strings.Repeat("甲,乙,2\n", 20_000) + "甲,\"乙,丙\",2\n"
	book, err := Read("", []byte(text), Limits{})
	check(t, err)
	if got := cellTexts(book.Sheets[0]); len(got) != 20_002 || !slices.Equal(got[20_001], []string{"甲", "乙,丙", "2"}) {
		t.Errorf("%d rows, the last %q", len(got), got[len(got)-1])
	}
	for _, line := range []string{"\"a,\"b\n", "\"a\n", "\"\",", "\"a\"b,x\n", "\"\"\"\n"} {
		begin := time.Now()
		data := []byte(strings.Repeat(line, 4<<20/len(line)) + "x")
		if _, err := Read("", data, Limits{Rows: 1 << 30, Columns: 1 << 30}); err != nil {
			t.Errorf("%q: %v", line, err)
		}
		if took := time.Since(begin); took > 20*time.Second {
			t.Errorf("%q took %v", line, took)
		}
	}
}
