package ledger

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestSumsAgreeWithAPlainScan changes rows at random and compares every sum with adding up.
func TestSumsAgreeWithAPlainScan(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n, k := rapid.IntRange(1, 700).Draw(t, "n"), rapid.IntRange(1, 5).Draw(t, "k")
		s := newSums(n, k)
		plain := make([]Values, n)
		for i := range plain {
			plain[i] = NewValues(k)
		}
		cell := rapid.OneOf(rapid.Just(Empty), rapid.Map(rapid.Int64Range(0, 1_000_000), func(n int64) Value { return Value(n) }))
		for range rapid.IntRange(0, 60).Draw(t, "changes") {
			i := rapid.IntRange(0, n-1).Draw(t, "i")
			row := Values(rapid.SliceOfN(cell, k, k).Draw(t, "row"))
			s.set(i, row)
			plain[i] = slices.Clone(row)
		}
		for range 10 {
			lo := rapid.IntRange(0, n).Draw(t, "lo")
			hi := rapid.IntRange(lo, n).Draw(t, "hi")
			got, want := make([]int64, k), make([]int64, k)
			s.add(lo, hi, got)
			for _, row := range plain[lo:hi] {
				for c, v := range row {
					want[c] += number(v)
				}
			}
			if !slices.Equal(got, want) {
				t.Fatalf("sum [%d,%d) of %d: got %v, want %v", lo, hi, n, got, want)
			}
		}
	})
}

func BenchmarkSumOfAnyRange(b *testing.B) {
	const n, k = 620_573, 25
	s := newSums(n, k)
	row := make(Values, k)
	for i := range n {
		for c := range row {
			row[c] = Value(i % (c + 7))
		}
		s.set(i, row)
	}
	into := make([]int64, k)
	b.ResetTimer()
	for i := range b.N {
		lo := (i * 7919) % (n / 2)
		s.add(lo, lo+n/2-1, into)
	}
}
