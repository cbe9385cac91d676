package workbook

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/office/sheet"
	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/words"
)

const (
	// MaxFile is the most bytes of a file of records.
	MaxFile = 4 << 20
	// MaxRows is the most records of one file.
	MaxRows = 2_000
	// headWithin is in how many rows the head row is looked for.
	headWithin = 15
)

var limits = sheet.Limits{Bytes: MaxFile, Unzipped: 64 << 20, Rows: 20_000, Columns: 256, Cells: 400_000, Sheets: 16}

// Finding is one thing that is wrong, at its cell.
type Finding struct {
	Sheet   string `json:"sheet"`
	Cell    string `json:"cell"`   // A1; of the row's first column when the table lacks the column
	Column  string `json:"column"` // its title
	Code    string `json:"code"`
	Message string `json:"message"`
	Value   string `json:"value"` // what the cell holds
}

// Row is one record of the file.
type Row struct {
	Input    record.Input
	Version  *record.Version // as it would be written; nil when something is wrong
	Sheet    string
	Line     int    // counted from 1
	Cell     string // where the row begins, A1
	Again    bool   // the same is recorded already
	Twin     int    // the line above that says the same; 0: none
	Findings []Finding
}

// Good tells whether the row can be recorded and is not there already.
func (r *Row) Good() bool { return r.Version != nil && !r.Again && r.Twin == 0 }

// Reading is what a workbook says.
type Reading struct {
	File    string
	Rows    []Row
	Ignored []string // heads of columns that belong to nothing
}

// Read reads the records of one kind that were done at a unit or below it, and checks each as if
// it were entered now. The error is a problem of package sheet or of this one, and then the file
// is refused as a whole; everything smaller is a finding.
func Read(ctx context.Context, s *record.Service, a access.Actor, within unit.Code, kind *campaign.RecordKind, file string, data []byte) (*Reading, error) {
	if err := a.Can(access.EnterRecord, within); err != nil {
		return nil, err
	}
	book, err := sheet.Read(file, data, limits)
	if err != nil {
		return nil, err
	}
	r := &reader{service: s, within: within, kind: kind, columns: columnsOf(s.Kinds(), kind), reading: &Reading{File: file}}
	if err := r.read(book); err != nil {
		return nil, err
	}
	return r.reading, r.check(ctx, a)
}

type reader struct {
	service *record.Service
	within  unit.Code
	kind    *campaign.RecordKind
	columns []column
	reading *Reading
	refs    []map[string]int // of each row: the sheet's column of each field
}

// read finds the tables in the visible sheets and takes their rows.
func (r *reader) read(book *sheet.Book) error {
	found, missing := false, []string(nil)
	for i := range book.Sheets {
		s := &book.Sheets[i]
		head, at := r.head(s)
		if s.Hidden || at == nil {
			continue
		}
		if missing = r.lacking(at); len(missing) > 0 {
			continue
		}
		found = true
		for row := head + 1; row < len(s.Rows); row++ {
			if err := r.row(s, row, at); err != nil {
				return err
			}
		}
	}
	switch {
	case !found && len(missing) > 0:
		return ErrColumns.With("columns", missing)
	case !found:
		return ErrNoTable.With("kind", r.kind.Title)
	case len(r.reading.Rows) == 0:
		return ErrNoRows
	}
	return nil
}

// head finds the head row: the one that names most of the columns, two at least.
func (r *reader) head(s *sheet.Sheet) (row int, at map[string]int) {
	known := heads(r.columns)
	var ignored []string
	for i := range min(headWithin, len(s.Rows)) {
		found, unknown := map[string]int{}, []string(nil)
		for col := range s.Rows[i] {
			text := s.At(i, col).Text
			n, ok := known[key(text)]
			if !ok {
				if strings.TrimSpace(text) != "" {
					unknown = append(unknown, clip(text))
				}
				continue
			}
			if _, twice := found[r.columns[n].field]; !twice {
				found[r.columns[n].field] = col
			}
		}
		if len(found) >= 2 && len(found) > len(at) {
			row, at, ignored = i, found, unknown
		}
	}
	for _, text := range ignored {
		if !slices.Contains(r.reading.Ignored, text) && len(r.reading.Ignored) < 20 {
			r.reading.Ignored = append(r.reading.Ignored, text)
		}
	}
	return row, at
}

// lacking are the columns that must be there and are not. A village's own table needs no names.
func (r *reader) lacking(at map[string]int) []string {
	var list []string
	for _, c := range r.columns {
		if _, ok := at[c.field]; !ok && (c.required || c.field == record.PlaceField && r.within.Level() < unit.LevelVillage) {
			list = append(list, c.title)
		}
	}
	return list
}

// row takes one row, unless it is a total or says nothing but where.
func (r *reader) row(s *sheet.Sheet, row int, at map[string]int) error {
	filled := false
	for field, col := range at {
		c := cell(s, row, col)
		filled = filled || field != record.PlaceField && (c.Kind != sheet.Blank || c.Formula)
	}
	if !filled || total(s, row) {
		return nil
	}
	if len(r.reading.Rows) == MaxRows {
		return ErrTooManyRows.With("max", MaxRows)
	}
	in := record.Input{Kind: r.kind.Key, Unit: r.within, Fields: map[string]string{},
		Source: ledger.Source{Kind: ledger.ByWorkbook, File: r.reading.File, Sheet: s.Name, Row: row + 1}}
	out := Row{Sheet: s.Name, Line: row + 1, Cell: sheet.Ref(row, colOf(at, record.PlaceField))}
	place := ""
	for field, col := range at {
		c := cell(s, row, col)
		text := c.Text
		if c.Kind == sheet.Blank && c.Formula {
			out.Findings = append(out.Findings, r.finding(s, row, col, field, NotComputed, problem.Params{"column": r.title(field)}))
		}
		switch field {
		case record.PlaceField:
			place = s.At(row, col).Text // one name merged over several rows is that of each
		case record.DayField:
			in.Typed.Day = dayText(s.At(row, col))
		case record.UntilField:
			in.Typed.Until = dayText(c)
		case record.WithField:
			in.With = strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("、，,；;\n", r) })
		default:
			in.Fields[field] = text
		}
	}
	of, fault := r.service.Place(r.within, r.kind, place)
	if fault != nil {
		out.Findings = append(out.Findings, r.finding(s, row, colOf(at, fault.Field), fault.Field, fault.Code, fault.Params))
		of = r.someVillage() // only to find what else is wrong
	}
	in.Unit = of
	out.Input = in
	r.reading.Rows = append(r.reading.Rows, out)
	r.refs = append(r.refs, at)
	return nil
}

// someVillage stands for one that is not known.
func (r *reader) someVillage() unit.Code {
	if villages := r.service.Tree(r.service.Today()).Villages(r.within); len(villages) > 0 {
		return villages[0].Code
	}
	return r.within
}

// check asks of each row what would be wrong with entering it, and whether it is there already.
func (r *reader) check(ctx context.Context, a access.Actor) error {
	seen := map[string][]*Row{} // by unit and day
	for i := range r.reading.Rows {
		row := &r.reading.Rows[i]
		v, err := r.service.Ready(ctx, a, row.Input)
		switch found := (*record.Faults)(nil); {
		case errors.As(err, &found):
			for _, f := range found.List {
				row.Findings = append(row.Findings, r.at(row, i, f.Field, f.Code, f.Params))
			}
		case errors.Is(err, record.ErrPlace):
			p, _ := problem.Of(err)
			row.Findings = append(row.Findings, r.at(row, i, record.PlaceField, p.Code, p.Params))
		case err != nil:
			return err
		}
		slices.SortStableFunc(row.Findings, func(x, y Finding) int { return strings.Compare(padded(x.Cell), padded(y.Cell)) })
		if err != nil || len(row.Findings) > 0 {
			continue
		}
		row.Version, row.Again = v, slices.Contains(v.Pointed, record.Again)
		place := v.Unit.String() + v.Day.String()
		for _, other := range seen[place] {
			if other.Version.Same(v) {
				row.Twin = other.Line
				break
			}
		}
		if row.Twin == 0 {
			seen[place] = append(seen[place], row)
		}
	}
	return nil
}

// at is a finding at a field of a row that has been read.
func (r *reader) at(row *Row, i int, field, code string, params problem.Params) Finding {
	field = record.FieldOf(r.kind, field) // a line of a table stands in the table's cell
	value := row.Input.Fields[field]
	switch field {
	case record.DayField:
		value = row.Input.Typed.Day
	case record.UntilField:
		value = row.Input.Typed.Until
	case record.WithField:
		value = strings.Join(row.Input.With, "、")
	}
	return Finding{Sheet: row.Sheet, Cell: sheet.Ref(row.Line-1, colOf(r.refs[i], field)), Column: r.title(field), Code: code, Message: words.Text(code, params), Value: value}
}

func (r *reader) finding(s *sheet.Sheet, row, col int, field, code string, params problem.Params) Finding {
	return Finding{Sheet: s.Name, Cell: sheet.Ref(row, col), Column: r.title(field), Code: code, Message: words.Text(code, params), Value: s.At(row, col).Text}
}

func (r *reader) title(field string) string {
	for _, c := range r.columns {
		if c.field == field {
			return c.title
		}
	}
	return field
}

// colOf is where a field stands, or where the row begins.
func colOf(at map[string]int, field string) int {
	if col, ok := at[field]; ok {
		return col
	}
	first := -1
	for _, col := range at {
		if first < 0 || col < first {
			first = col
		}
	}
	return max(first, 0)
}

func cell(s *sheet.Sheet, row, col int) sheet.Cell {
	if row >= len(s.Rows) || col >= len(s.Rows[row]) {
		return sheet.Cell{}
	}
	return s.Rows[row][col]
}

// total tells whether a row sums others.
func total(s *sheet.Sheet, row int) bool {
	for _, c := range s.Rows[row] {
		if c.Kind == sheet.Blank {
			continue
		}
		k := key(c.Text)
		return k == "合计" || k == "小计" || k == "总计" || k == "共计"
	}
	return false
}

// dayText is a day as it is typed; the bare number of a day that lost its format is that day.
func dayText(c sheet.Cell) string {
	if c.Kind == sheet.Number {
		if n, err := strconv.Atoi(c.Text); err == nil && n > 36_526 && n < 73_050 { // of this century
			return date.Of(1899, 12, 30).Add(n).String()
		}
	}
	return c.Text
}

// padded orders cells of one row by their column: B before AA.
func padded(cell string) string { return strings.Repeat(" ", max(0, 12-len(cell))) + cell }

func clip(s string) string {
	const most = 20
	if r := []rune(strings.Join(strings.Fields(s), " ")); len(r) > most {
		return string(r[:most]) + "…"
	}
	return strings.Join(strings.Fields(s), " ")
}
