package ledger

import (
	"cmp"
	"slices"

	"github.com/sangzi/sangzi/internal/unit"
)

// Figures beside the form's columns that are summed with them, by position after the columns.
const (
	sumReported       = iota // rows the villages reported
	sumOnTime                // of them by the deadline
	sumLate                  // and after it
	sumCarried               // rows carried along
	sumVirtual               // reported rows of virtual areas, which are not expected
	sumVirtualCarried        // and those carried along
	extraSums
)

// seal sets the sealed row of village i; nil takes it out.
func (s *Sheet) seal(i int, values Values, m Member) {
	k := len(s.form.Columns)
	line := s.line
	for c := range line {
		line[c] = Empty
	}
	s.versions[i] = m.Version
	if values != nil {
		copy(line, values)
		extra := line[k:]
		virtual := s.Tree.Villages(0)[i].Kind == unit.Virtual
		set := func(which int, so bool) {
			if so {
				extra[which] = 1
			}
		}
		set(sumReported, !m.Carried)
		set(sumOnTime, !m.Carried && m.State != Late)
		set(sumLate, !m.Carried && m.State == Late)
		set(sumCarried, m.Carried)
		set(sumVirtual, virtual && !m.Carried)
		set(sumVirtualCarried, virtual && m.Carried)
	}
	s.sealed.set(i, line)
}

// mergeWaived adds a unit's villages to those let off.
func (s *Sheet) mergeWaived(of unit.Code) {
	lo, hi := s.Tree.VillageSpan(of)
	all := append(s.waived, span{lo, hi})
	slices.SortFunc(all, func(x, y span) int { return cmp.Compare(x.lo, y.lo) })
	out := all[:0]
	for _, w := range all {
		if n := len(out); n > 0 && w.lo <= out[n-1].hi {
			out[n-1].hi = max(out[n-1].hi, w.hi)
		} else {
			out = append(out, w)
		}
	}
	s.waived = out
}

// Figures are the sums of a unit's sealed rows.
type Figures struct {
	Villages int     // expected to report, and those that did without being expected
	Reported int     // of them; the rest is missing
	OnTime   int     // of those reported
	Late     int     // of those reported
	Carried  int     // counted in Sums but not reported
	Excused  int     // of those carried: waived or virtual, and so not among Villages
	Sums     []int64 // one per column: villages with yes, sums of counts, 分
}

// Figures sums a unit's sealed rows without reading them one by one: a few hundred additions
// at any size.
func (s *Sheet) Figures(of unit.Code) Figures {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.figures(of)
}

// FiguresOf is Figures for many units at one instant.
func (s *Sheet) FiguresOf(of []unit.Unit) []Figures {
	s.mu.RLock()
	defer s.mu.RUnlock()
	out := make([]Figures, len(of))
	for i := range of {
		out[i] = s.figures(of[i].Code)
	}
	return out
}

func (s *Sheet) figures(of unit.Code) Figures {
	k := len(s.form.Columns)
	lo, hi := s.Tree.VillageSpan(of)
	all := make([]int64, k+extraSums)
	s.sealed.add(lo, hi, all)
	extra := all[k:]
	f := Figures{Villages: int(s.ordinary[hi]-s.ordinary[lo]) + int(extra[sumVirtual]), Reported: int(extra[sumReported]),
		OnTime: int(extra[sumOnTime]), Late: int(extra[sumLate]), Carried: int(extra[sumCarried]), Excused: int(extra[sumVirtualCarried]),
		Sums: all[:k:k]}
	if len(s.waived) > 0 {
		s.excuse(&f, lo, hi)
	}
	return f
}

// excuse takes out of the figures of the villages [lo, hi) those that were let off and have not
// reported.
func (s *Sheet) excuse(f *Figures, lo, hi int) {
	k := len(s.form.Columns)
	line := make([]int64, k+extraSums)
	for _, w := range s.waived {
		from, to := max(lo, w.lo), min(hi, w.hi)
		if from >= to {
			continue
		}
		clear(line)
		s.sealed.add(from, to, line)
		extra := line[k:]
		reported := int(extra[sumReported] - extra[sumVirtual])
		f.Villages -= int(s.ordinary[to]-s.ordinary[from]) - reported
		f.Excused += int(extra[sumCarried] - extra[sumVirtualCarried])
	}
}
