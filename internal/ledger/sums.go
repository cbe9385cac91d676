package ledger

// fan is how many rows one block sums, and how many blocks the block above it.
const fan = 16

// sums holds, for n rows of k figures in code order, the sums of every block of 16 rows, of
// every 16 such blocks, and so on. A change costs one addition per level (5 for the nation's
// 620,573 villages), the sum over any range at most 2·16 rows and blocks per level. Empty
// cells count as nothing.
type sums struct {
	k      int
	rows   []Value   // n*k, Empty where nothing was reported
	levels [][]int64 // levels[i] has one line of k for every fan^(i+1) rows
	diff   []int64   // what set adds; kept to be used again
}

func newSums(n, k int) *sums {
	s := &sums{k: k, rows: NewValues(n * k), diff: make([]int64, k)}
	for size := n; size > 1; {
		size = (size + fan - 1) / fan
		s.levels = append(s.levels, make([]int64, size*k))
	}
	return s
}

// row is the stored line of row i; it must not be kept across a change.
func (s *sums) row(i int) Values { return Values(s.rows[i*s.k : (i+1)*s.k]) }

// set replaces row i.
func (s *sums) set(i int, row Values) {
	old := s.row(i)
	diff := s.diff
	changed := false
	for c := range s.k {
		d := number(row[c]) - number(old[c])
		diff[c] = d
		changed = changed || d != 0
	}
	copy(old, row)
	if !changed {
		return
	}
	for _, level := range s.levels {
		i /= fan
		line := level[i*s.k : (i+1)*s.k]
		for c := range line {
			line[c] += diff[c]
		}
	}
}

// add adds the sums of rows [lo, hi) to into, which has k places.
func (s *sums) add(lo, hi int, into []int64) {
	for lo < hi && lo%fan != 0 {
		s.addRow(lo, into)
		lo++
	}
	for lo < hi && hi%fan != 0 {
		hi--
		s.addRow(hi, into)
	}
	for depth := 0; lo < hi; depth++ {
		lo, hi = lo/fan, hi/fan
		level := s.levels[depth]
		if depth == len(s.levels)-1 {
			s.addLines(level, lo, hi, into)
			return
		}
		for lo < hi && lo%fan != 0 {
			s.addLines(level, lo, lo+1, into)
			lo++
		}
		for lo < hi && hi%fan != 0 {
			hi--
			s.addLines(level, hi, hi+1, into)
		}
	}
}

func (s *sums) addRow(i int, into []int64) {
	for c, v := range s.rows[i*s.k : (i+1)*s.k] {
		if v != Empty {
			into[c] += int64(v)
		}
	}
}

func (s *sums) addLines(level []int64, lo, hi int, into []int64) {
	for ; lo < hi; lo++ {
		for c, v := range level[lo*s.k : (lo+1)*s.k] {
			into[c] += v
		}
	}
}

func number(v Value) int64 {
	if v == Empty {
		return 0
	}
	return int64(v)
}
