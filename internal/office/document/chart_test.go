package document_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/sangzi/sangzi/internal/office/document"
)

// The scale is round and covers the values; a chart cut for its pages loses no bar and fits.
func TestCharts(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		values := rapid.SliceOfN(rapid.Float64Range(-1e6, 1e9), 1, 150).Draw(rt, "values")
		c := document.Chart{Labels: make([]string, len(values)), Series: []document.Series{{Values: values, Texts: make([]document.Text, len(values))}}}
		low, high, step := c.Range()
		if n := (high - low) / step; low > 0 || n < 1 || n > 8 {
			rt.Fatalf("from %g to %g by %g", low, high, step)
		}
		for _, v := range values {
			if v < low || v > high {
				rt.Fatalf("%g is not between %g and %g", v, low, high)
			}
		}
		n := 0
		for _, part := range c.Cut() {
			if n += len(part.Labels); len(part.Labels) > document.MaxBars || part.Height() > document.MaxDrawn {
				rt.Fatalf("%d bars, %g mm high", len(part.Labels), part.Height())
			}
		}
		if n != len(values) {
			rt.Fatalf("%d of %d bars", n, len(values))
		}
	})
}
