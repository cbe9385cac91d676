package main

import (
	"fmt"
	"slices"
	"time"
)

// spread is one figure measured several times.
type spread []float64

func (s spread) sorted() spread { return slices.Sorted(slices.Values(s)) }

func (s spread) median() float64 {
	o := s.sorted()
	if len(o) == 0 {
		return 0
	}
	if n := len(o); n%2 == 0 {
		return (o[n/2-1] + o[n/2]) / 2
	}
	return o[len(o)/2]
}

// at is the value under which so many of a hundred lie.
func (s spread) at(percent int) float64 {
	o := s.sorted()
	if len(o) == 0 {
		return 0
	}
	return o[min(len(o)-1, len(o)*percent/100)]
}

// show prints the median and the spread; each figure is printed by how.
func (s spread) show(how func(float64) string) string {
	o := s.sorted()
	if len(o) == 0 {
		return "–"
	}
	return fmt.Sprintf("%s (%s–%s)", how(s.median()), how(o[0]), how(o[len(o)-1]))
}

func (s *spread) took(d time.Duration) { *s = append(*s, d.Seconds()) }

// duration prints seconds in the unit that suits them.
func duration(seconds float64) string {
	switch d := seconds; {
	case d < 1e-6:
		return fmt.Sprintf("%.0f ns", d*1e9)
	case d < 1e-3:
		return fmt.Sprintf("%.1f µs", d*1e6)
	case d < 0.1:
		return fmt.Sprintf("%.1f ms", d*1e3)
	case d < 10:
		return fmt.Sprintf("%.0f ms", d*1e3)
	}
	return fmt.Sprintf("%.1f s", seconds)
}

func mebibytes(bytes float64) string { return fmt.Sprintf("%.0f MiB", bytes/(1<<20)) }

func kilobytes(bytes float64) string { return fmt.Sprintf("%.1f KB", bytes/1000) }

func count(n float64) string {
	text := fmt.Sprintf("%.0f", n)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

// times says how much better ours is than the peer's, where less is better.
func times(ours, peer spread) string {
	if len(peer) == 0 || ours.median() == 0 {
		return ""
	}
	return ratio(peer.median() / ours.median())
}

func ratio(r float64) string {
	if r < 10 {
		return fmt.Sprintf("%.1f×", r)
	}
	return fmt.Sprintf("%.0f×", r)
}
