package sheet

import "math"

// Limits bounds what one file may cost. Zero fields take DefaultLimits.
type Limits struct {
	Bytes    int64 // size of the file as sent
	Unzipped int64 // size of a zip's parts once unzipped
	Ratio    int   // unzipped size over zipped size, asked once a part is larger than ratioFloor
	Entries  int   // files inside a zip
	Sheets   int   // worksheets in a book
	Rows     int   // rows of one sheet, up to its last filled one
	Columns  int   // columns of one sheet, up to its last filled one
	Cells    int   // filled cells in all sheets
	Text     int   // characters kept of one cell; the rest is cut off
}

// DefaultLimits fit a clerk's upload.
var DefaultLimits = Limits{
	Bytes:    20 << 20,
	Unzipped: 200 << 20,
	Ratio:    300,
	Entries:  10_000,
	Sheets:   64,
	Rows:     1_100_000,
	Columns:  512,
	Cells:    20_000_000,
	Text:     32_767,
}

// ratioFloor is the unzipped size below which the ratio does not matter: a sheet of equal rows
// packs very well and is harmless while it is small.
const ratioFloor = 8 << 20

func (l Limits) orDefault() Limits {
	d := DefaultLimits
	fill := func(p *int, def int) {
		if *p <= 0 {
			*p = def
		}
		*p = min(*p, math.MaxInt32) // sums of limits must not overflow
	}
	if l.Bytes <= 0 {
		l.Bytes = d.Bytes
	}
	if l.Unzipped <= 0 {
		l.Unzipped = d.Unzipped
	}
	l.Unzipped = min(l.Unzipped, 1<<30) // shared strings are found by 32 bits
	fill(&l.Ratio, d.Ratio)
	fill(&l.Entries, d.Entries)
	fill(&l.Sheets, d.Sheets)
	fill(&l.Rows, d.Rows)
	fill(&l.Columns, d.Columns)
	fill(&l.Cells, d.Cells)
	fill(&l.Text, d.Text)
	return l
}
