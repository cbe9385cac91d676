package docx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/sangzi/sangzi/internal/office/document"
	"github.com/sangzi/sangzi/internal/office/document/documenttest"
)

func TestChartsInLibreOffice(t *testing.T) {
	documenttest.CheckCharts(t, documenttest.Measure(t, documenttest.Convert(t, write(t, documenttest.Charts()))))
}

func opened(t *testing.T, file []byte) map[string][]byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if parts[f.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
	}
	return parts
}

// Each chart is a part of its own with its values kept in it, and a workbook behind it that says
// the same; every part is named, well formed, and has the same bytes each time.
func TestChartParts(t *testing.T) {
	file := write(t, documenttest.Charts())
	if !bytes.Equal(file, write(t, documenttest.Charts())) {
		t.Error("the bytes differ")
	}
	parts := opened(t, file)
	for _, name := range []string{"word/charts/chart5.xml", "word/charts/_rels/chart5.xml.rels", "word/embeddings/chart5.xlsx"} {
		if parts[name] == nil {
			t.Errorf("no %s", name)
		}
	}
	if parts["word/charts/chart6.xml"] != nil {
		t.Error("a chart of nothing is drawn")
	}
	for name, data := range parts {
		if strings.HasSuffix(name, ".xml") || strings.HasSuffix(name, ".rels") {
			for d := xml.NewDecoder(bytes.NewReader(data)); ; {
				if _, err := d.Token(); errors.Is(err, io.EOF) {
					break
				} else if err != nil {
					t.Fatalf("%s: %v", name, err)
				}
			}
		}
	}
	chart := string(parts["word/charts/chart1.xml"])
	for _, want := range []string{`<c:v>840.5</c:v>`, `<c:v>财政资金</c:v>`, `formatCode="0.00"`, `<a:ea typeface="宋体"/>`, `<a:latin typeface="Times New Roman"/>`} {
		if !strings.Contains(chart, want) {
			t.Errorf("%s is not in the chart", want)
		}
	}
	if !strings.Contains(string(parts["[Content_Types].xml"]), `/word/charts/chart5.xml`) || !strings.Contains(string(parts["word/_rels/document.xml.rels"]), `charts/chart5.xml`) {
		t.Error("a chart is not named in the package")
	}
	book, err := excelize.OpenReader(bytes.NewReader(parts["word/embeddings/chart5.xlsx"]))
	if err != nil {
		t.Fatal(err)
	}
	for cell, want := range map[string]string{"A3": "第2镇", "B1": "计划植树", "C1": "已植树", "B3": "15838", "C3": "7919"} {
		if got, err := book.GetCellValue("Sheet1", cell); err != nil || got != want {
			t.Errorf("%s says %q, want %q, %v", cell, got, want, err)
		}
	}
}

// Series are told apart without colour, and hostile texts and values break nothing.
func TestChartLooks(t *testing.T) {
	if barLook(0, 2, false) == barLook(1, 2, false) || lineLook(0) == lineLook(1) || !strings.Contains(barLook(0, 2, true), "FFFFFF") {
		t.Error("series look alike")
	}
	for _, s := range documenttest.Hostile() {
		d := document.Document{Body: []document.Block{document.Chart{Title: s, Unit: s, Labels: []string{s, s}, Series: []document.Series{{Name: s, Values: []float64{1}, Texts: []document.Text{document.Words(s)}}}}}}
		opened(t, write(t, d))
	}
}
