package pdf

import (
	"strings"
	"testing"

	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/office/document"
	"github.com/sangzi/sangzi/internal/office/document/documenttest"
)

// Wherever the text ends, its last two lines stand with the signature.
func TestSignatureStandsWithText(t *testing.T) {
	for name, d := range documenttest.Signed() {
		documenttest.CheckSigned(t, name, d, documenttest.Measure(t, write(t, d).Bytes))
	}
}

// More annexes than a page holds with the text: the last of them stand with the signature.
func TestSignatureBehindManyAnnexes(t *testing.T) {
	for n := 15; n < 40; n++ {
		d := documenttest.Plain(1, 3)
		d.Signers, d.Date = []string{"普宁市林业局"}, date.MustParse("2024-04-02")
		for range n {
			d.Annexes = append(d.Annexes, document.Annex{Title: "情况表"})
		}
		for i, p := range documenttest.Measure(t, write(t, d).Bytes) {
			if text := documenttest.Squeeze(p.Text()); strings.Contains(text, "普宁市林业局") && !strings.Contains(text, "情况表") {
				t.Errorf("%d annexes: the signature stands alone on page %d", n, i+1)
			}
		}
	}
}

// A text that ends with a table or a chart keeps its last row, or the chart, with the signature.
func TestSignatureBehindTableAndChart(t *testing.T) {
	table := document.Table{Columns: []document.Column{{Title: "表头"}}}
	for range 3 {
		table.Rows = append(table.Rows, document.Row{Cells: []document.Text{document.Words("末行")}})
	}
	chart := documenttest.Charts().Body[0]
	for _, last := range []document.Block{table, chart} {
		for n := 1; n < 23; n++ {
			d := documenttest.Plain(1, n)
			d.Body = append(d.Body, last)
			d.Signers, d.Date = []string{"普宁市林业局"}, date.MustParse("2024-04-02")
			for i, p := range documenttest.Measure(t, write(t, d).Bytes) {
				if text := documenttest.Squeeze(p.Text()); strings.Contains(text, "普宁市林业局") && !strings.Contains(text, "末行") && !strings.Contains(text, "资金来源") {
					t.Errorf("behind %d lines and %T the signature stands alone on page %d", n, last, i+1)
				}
			}
		}
	}
}

func TestLongAnnexes(t *testing.T) {
	documenttest.CheckLongAnnexes(t, documenttest.Measure(t, write(t, documenttest.LongAnnexes()).Bytes))
}

// A last paragraph of any length leaves lines with the signature.
func TestLongEndings(t *testing.T) {
	for name, d := range documenttest.LongEndings() {
		documenttest.CheckLongEnding(t, name, d, documenttest.Measure(t, write(t, d).Bytes))
	}
}

func TestRowsOfSigners(t *testing.T) {
	documenttest.CheckJoint(t, documenttest.Measure(t, write(t, documenttest.Joint()).Bytes)[0])
}
