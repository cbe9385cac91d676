package document

import "strings"

// Signed is a line of the signature: one name or the date with its indent on the right, several
// names beside one another, or, with neither, a blank line.
type Signed struct {
	Text  string
	Right float64 // in characters
	Row   []Placed
}

// Placed is a name in a row; Middle is in characters from the left of the type area.
type Placed struct {
	Text   string
	Middle float64
}

const (
	// rowSigners is the most that stand in one row.
	rowSigners = 3
	// sealChars is how wide a seal of 4.2 to 4.5 cm is, in characters: seals stand on the names, do
	// not touch each other and do not leave the type area.
	sealChars = 8.0
	// sealLines is the room between two rows, so that their seals do not touch.
	sealLines = 4
)

// Closing is the signature: the signers above the date, as of a document that is sealed (§7.3.5.1).
// One signer is centred above the date, which stands four characters from the right; under a long
// one the date moves in, so that the signer stays inside the type area. Several stand in their
// order in rows, one under the other where the names are too long to stand side by side; the date is
// below the last.
func (d Document) Closing() []Signed {
	var out []Signed
	day := Day(d.Date)
	rows := SignerRows(d.Signers)
	middles := middles(rows)
	for i, row := range rows {
		if i > 0 {
			out = append(out, make([]Signed, d.sealGap(len(rows)))...)
		}
		if middles == nil {
			out = append(out, Signed{Text: row[0]})
			continue
		}
		line := Signed{}
		for j, name := range row {
			line.Row = append(line.Row, Placed{name, middles[len(middles)-len(row)+j]})
		}
		out = append(out, line)
	}
	switch {
	case day == "":
	case middles == nil:
		out = append(out, Signed{Text: day})
	default:
		out = append(out, Signed{Row: []Placed{{day, middles[len(middles)-1]}}})
	}
	if middles == nil {
		indent(out, day)
	}
	return out
}

// indent centres lines above each other at the right.
func indent(lines []Signed, day string) {
	middle := 4 + squaresOf(day)/2
	for _, l := range lines {
		middle = max(middle, min(squaresOf(l.Text), Chars)/2)
	}
	for i, l := range lines {
		if l.Text != "" {
			lines[i].Right = max(0, middle-squaresOf(l.Text)/2)
		}
	}
}

// SignerRows are the signers as they stand beside and below one another, blank ones left out: rows
// of at most three, about as many in each, in which every name and every seal has its room.
func SignerRows(signers []string) [][]string {
	var names []string
	for _, s := range signers {
		if s = strings.TrimSpace(Clean(s)); s != "" {
			names = append(names, s)
		}
	}
	for most := min(rowSigners, len(names)); most > 0; most-- {
		n := (len(names) + most - 1) / most
		most = (len(names) + n - 1) / n
		var rows [][]string
		for rest := names; len(rest) > 0; {
			k := min(most, len(rest))
			rows, rest = append(rows, rest[:k]), rest[k:]
		}
		if most == 1 || room(rows) >= float64(most) {
			return rows
		}
	}
	return nil
}

// columnsOf are the widths of the columns of rows in characters; a shorter last row stands in the last
// columns.
func columnsOf(rows [][]string) []float64 {
	widths := make([]float64, len(rows[0]))
	for i := range widths {
		widths[i] = sealChars
	}
	for _, row := range rows {
		for j, name := range row {
			at := len(widths) - len(row) + j
			widths[at] = max(widths[at], squaresOf(name))
		}
	}
	return widths
}

// room is what the columns of rows leave of a line.
func room(rows [][]string) float64 {
	left := float64(Chars)
	for _, w := range columnsOf(rows) {
		left -= w
	}
	return left
}

// middles are where the columns of rows stand, with the same room between them and half of it outside;
// nil where no two stand beside one another.
func middles(rows [][]string) []float64 {
	if len(rows) == 0 || len(rows[0]) < 2 {
		return nil
	}
	widths := columnsOf(rows)
	gap := room(rows) / float64(len(widths))
	out := make([]float64, len(widths))
	x := gap / 2
	for i, w := range widths {
		out[i] = x + w/2
		x += w + gap
	}
	return out
}

// sealGap is how many blank lines stand between rows: as many as seals want, fewer where the
// signature would not stand on a page with text above it.
func (d Document) sealGap(rows int) int {
	if rows < 2 {
		return 0
	}
	rest := Lines - WithSignature - d.NoteLines() - closingGap - rows - 1
	return max(0, min(sealLines, rest/(rows-1)))
}
