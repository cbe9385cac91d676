package sheet

import (
	"cmp"
	"slices"
	"sort"
)

// At gives the cell at a zero-based row and column. Inside a merged area it is the area's
// top-left cell, whatever the covered cell holds. Outside the sheet it is Blank.
func (s *Sheet) At(r, c int) Cell {
	if m, ok := s.merge(r, c); ok {
		r, c = m.R1, m.C1
	}
	if r < 0 || r >= len(s.Rows) || c < 0 || c >= len(s.Rows[r]) {
		return Cell{}
	}
	return s.Rows[r][c]
}

// merge finds the merged area that covers a cell. Areas begin at or above the row, so the
// search starts at the last such area and ends where no earlier one reaches down to the row.
func (s *Sheet) merge(r, c int) (Range, bool) {
	if len(s.reach) != len(s.Merges) { // a sheet made by hand
		for _, m := range s.Merges {
			if m.covers(r, c) {
				return m, true
			}
		}
		return Range{}, false
	}
	after := sort.Search(len(s.Merges), func(i int) bool { return s.Merges[i].R1 > r })
	for i := after - 1; i >= 0 && s.reach[i] >= r; i-- {
		if s.Merges[i].covers(r, c) {
			return s.Merges[i], true
		}
	}
	return Range{}, false
}

func (m Range) covers(r, c int) bool {
	return m.R1 <= r && r <= m.R2 && m.C1 <= c && c <= m.C2
}

// indexMerges sorts the merged areas and prepares them for At.
func (s *Sheet) indexMerges() {
	if len(s.Merges) == 0 {
		return
	}
	slices.SortFunc(s.Merges, func(a, b Range) int {
		return cmp.Or(cmp.Compare(a.R1, b.R1), cmp.Compare(a.C1, b.C1))
	})
	s.reach = make([]int, len(s.Merges))
	low := 0
	for i, m := range s.Merges {
		low = max(low, m.R2)
		s.reach[i] = low
	}
}
