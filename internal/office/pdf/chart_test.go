package pdf

import (
	"bytes"
	"math"
	"testing"

	"github.com/sangzi/sangzi/internal/office/document"
	"github.com/sangzi/sangzi/internal/office/document/documenttest"
)

func TestCharts(t *testing.T) {
	f := write(t, documenttest.Charts())
	documenttest.CheckCharts(t, documenttest.Measure(t, f.Bytes))
	if len(f.Missing) > 0 || !bytes.Equal(f.Bytes, write(t, documenttest.Charts()).Bytes) {
		t.Errorf("missing %q, or other bytes", f.Missing)
	}
}

// Hostile texts, values that are none, and more than can be drawn break nothing.
func TestHostileCharts(t *testing.T) {
	for i, s := range documenttest.Hostile() {
		for _, kind := range []document.ChartKind{document.BarChart, document.LineChart} {
			c := document.Chart{Title: s, Unit: s, Kind: kind, Labels: []string{s, "乙"}, Series: []document.Series{{Name: s, Values: []float64{math.Inf(1), math.NaN(), 3}, Texts: []document.Text{document.Words("1")}}, {}, {}, {}, {}, {}}}
			f := write(t, document.Document{Body: []document.Block{c}})
			for n, p := range documenttest.Measure(t, f.Bytes) {
				documenttest.CheckPageNumber(t, p, n+1)
			}
			if f.Pages > 40 {
				t.Errorf("text %d: %d pages", i, f.Pages)
			}
		}
	}
}
