package ledger

import (
	"cmp"
	"context"
	"slices"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/unit"
)

// ImportRow is a village's row read from a workbook. Cells that could not be read are Empty; what
// stands for them stays: this week's report, or the last one with what the records say since. A
// cell that was wrong is listed, it does not lower a sum.
type ImportRow struct {
	Village unit.Code
	Values  Values
	Source  Source
	Notes   map[string]string // by column key, for warnings; the file's name stands in where none is given

	derived Values // what the records say
	stands  Values // what cells that could not be read fall back on
}

// ImportInput is the rows of a workbook for one week.
type ImportInput struct {
	Unit   unit.Code // bounds the rows
	Week   date.Date
	File   string
	Upload string // id of the kept file, if it is one
	Rows   []ImportRow
	// Submit also seals each town the rows belong to, with the head the file has. It takes the
	// right to submit.
	Submit bool
	Head   func(town unit.Code) Head
}

// ImportResult is what an import came to.
type ImportResult struct {
	Taken     int // rows stored as new versions
	Unchanged int // rows that stood so already
	Sealed    []Submission
}

// mostRows is about how many rows are written in one transaction; a town is never split.
const mostRows = 4096

// Import takes rows from a workbook. A town is taken whole or not at all; rows that are already
// stored exactly so are left alone, so importing an export, or a file twice, changes nothing.
func (s *Service) Import(ctx context.Context, a access.Actor, in ImportInput) (ImportResult, error) {
	if err := a.Can(access.ImportLedger, in.Unit); err != nil {
		return ImportResult{}, err
	}
	sheet, err := s.book.Sheet(ctx, in.Week)
	if err != nil {
		return ImportResult{}, err
	}
	if s.Today().Before(sheet.Week.Opens) {
		return ImportResult{}, ErrNotOpen.With("day", sheet.Week.Opens.ShortChinese())
	}
	in.File = clean(in.File)
	if err := checkText("file", in.File); err != nil {
		return ImportResult{}, err
	}
	rows := slices.Clone(in.Rows)
	slices.SortStableFunc(rows, func(x, y ImportRow) int { return cmp.Compare(x.Village, y.Village) })
	for i := range rows {
		if in.Submit {
			if err := a.Can(access.SubmitTown, rows[i].Village.At(unit.LevelTown)); err != nil {
				return ImportResult{}, err
			}
		}
		if rows[i], err = s.importable(ctx, sheet, in, rows[i]); err != nil {
			return ImportResult{}, err
		}
	}
	var result ImportResult
	for len(rows) > 0 {
		n := chunk(rows)
		if err := s.importChunk(ctx, a, in, rows[:n], &result); err != nil {
			return result, err
		}
		rows = rows[n:]
	}
	return result, nil
}

// importable holds a row against what no workbook may bring in: villages outside, rows of another
// form, values beyond their column's limits.
func (s *Service) importable(ctx context.Context, sheet *Sheet, in ImportInput, row ImportRow) (ImportRow, error) {
	if !in.Unit.Contains(row.Village) {
		return row, access.ErrOutside.With("unit", row.Village.String())
	}
	if _, ok := sheet.Tree.VillageIndex(row.Village); !ok {
		return row, ErrNoVillage.With("unit", row.Village.String())
	}
	if len(row.Values) != len(s.form.Columns) {
		return row, ErrColumn.With("column", len(row.Values))
	}
	var bad []Finding
	for _, f := range Check(s.form, row.Values, nil) {
		if f.Severity == Error && f.Code != Blank {
			bad = append(bad, f)
		}
	}
	if len(bad) > 0 {
		return row, NewFindings(bad)
	}
	row.Values = slices.Clone(row.Values)
	var err error
	if row.Notes, err = s.cleanNotes(row.Notes); err != nil {
		return row, err
	}
	row.Notes, err = s.importNotes(ctx, in, &row)
	return row, err
}

// chunk is how many of the rows go together: whole towns, mostRows rows or a little more.
func chunk(rows []ImportRow) int {
	n := min(mostRows, len(rows))
	for n < len(rows) && rows[n].Village.At(unit.LevelTown) == rows[n-1].Village.At(unit.LevelTown) {
		n++
	}
	return n
}

// importNotes gives each warning the file as its reason where nobody wrote another.
func (s *Service) importNotes(ctx context.Context, in ImportInput, row *ImportRow) (map[string]string, error) {
	sheet, err := s.book.Sheet(ctx, in.Week)
	if err != nil {
		return nil, err
	}
	state, _ := sheet.Row(row.Village, s.Now())
	g, err := s.ground(ctx, sheet, row.Village, &state)
	if err != nil {
		return nil, err
	}
	row.derived, row.stands = g.says, g.from
	notes := row.Notes
	for _, f := range append(s.Open(row.Values, g.last), s.differs(row.Values, g)...) {
		key := s.form.Columns[f.Column].Key
		if f.Severity == Warning && notes[key] == "" {
			notes = merged(notes, map[string]string{key: "据表格《" + in.File + "》"})
		}
	}
	return notes, nil
}

// taking is what the rows of one transaction come to.
type taking struct {
	events    []Event
	taken     int
	unchanged int
	sealed    []Submission
}

func (s *Service) importChunk(ctx context.Context, a access.Actor, in ImportInput, rows []ImportRow, result *ImportResult) error {
	var t taking
	change := Change{Unit: in.Unit, Week: in.Week, Alone: true, Prepare: func() ([]Event, error) {
		t = taking{}
		for rest := rows; len(rest) > 0; {
			town := rest[0].Village.At(unit.LevelTown)
			n := slices.IndexFunc(rest, func(r ImportRow) bool { return r.Village.At(unit.LevelTown) != town })
			if n < 0 {
				n = len(rest)
			}
			if err := s.importTown(ctx, a, in, town, rest[:n], &t); err != nil {
				return nil, err
			}
			rest = rest[n:]
		}
		return t.events, nil
	}}
	if in.Upload != "" {
		change.Also = []Aside{{TakeUpload: in.Upload, At: s.Now()}}
	}
	if err := s.store.Commit(ctx, change); err != nil {
		return err // t may still be written to
	}
	result.Taken, result.Unchanged = result.Taken+t.taken, result.Unchanged+t.unchanged
	result.Sealed = append(result.Sealed, t.sealed...)
	return nil
}

func (s *Service) importTown(ctx context.Context, a access.Actor, in ImportInput, town unit.Code, rows []ImportRow, t *taking) error {
	sheet, err := s.book.Sheet(ctx, in.Week)
	if err != nil {
		return err
	}
	if sheet.Locked(town) {
		return ErrLocked.With("week", sheet.Week.No)
	}
	states := sheet.Rows(town, s.Now())
	for i := range rows {
		at, ok := slices.BinarySearchFunc(states, rows[i].Village, func(r RowState, c unit.Code) int { return cmp.Compare(r.Village.Code, c) })
		if !ok {
			return ErrNoVillage.With("unit", rows[i].Village.String())
		}
		if v := s.importRow(a, sheet, in, &rows[i], &states[at]); v != nil {
			t.events, t.taken = append(t.events, Event{Row: v}), t.taken+1
		} else {
			t.unchanged++
		}
	}
	if in.Submit {
		if sub := s.importSubmission(a, sheet, in, town, states); sub != nil {
			t.events, t.sealed = append(t.events, Event{Submission: sub}), append(t.sealed, *sub)
		}
	}
	return nil
}

// importRow makes the next version of a row and lays it over its state; nil when it stands so
// already.
func (s *Service) importRow(a access.Actor, sheet *Sheet, in ImportInput, row *ImportRow, st *RowState) *RowVersion {
	if row.Values.Blank() {
		return nil // a line with a name and nothing in it reports nothing
	}
	values, stands := slices.Clone(row.Values), row.stands
	if st.Values != nil && st.Chain.First != 0 {
		stands = st.Values
	}
	for i, v := range values {
		if v == Empty {
			values[i] = stands.at(i)
		}
	}
	if st.Chain.Status == Reported && slices.Equal(st.Values, values) {
		return nil
	}
	source := row.Source
	source.Kind, source.File, source.Upload = ByWorkbook, in.File, in.Upload
	v := s.version(a, ReportInput{Unit: row.Village, Week: in.Week, Values: values, derived: row.derived, Notes: row.Notes, Source: source}, st.Chain.Version+1, Reported)
	st.Chain = st.Chain.Then(v.Version, v.Status, v.At, v.ReturnDue)
	st.State = st.Chain.State(sheet.Due(row.Village), v.At)
	st.Values = values
	return &v
}

// importSubmission seals a town as its rows now stand; nil when it has sealed just that.
func (s *Service) importSubmission(a access.Actor, sheet *Sheet, in ImportInput, town unit.Code, states []RowState) *Submission {
	office := sheet.Office(town, s.Now())
	head := Head{}
	if in.Head != nil {
		head = cleanHead(in.Head(town))
	}
	for _, text := range []*string{&head.Unit, &head.Contact, &head.Phone} {
		if r := []rune(*text); len(r) > maxText {
			*text = string(r[:maxText])
		}
	}
	if head.Unit == "" {
		head.Unit = office.Unit.Name
	}
	if head.FilledOn.IsZero() {
		head.FilledOn = s.Today()
	}
	sub := s.sealed(a, town, in.Week, office, states)
	sub.Head, sub.Source = head, Source{Kind: ByWorkbook, File: in.File, Upload: in.Upload}
	if office.Chain.Status == Sealed && slices.EqualFunc(sub.Members, office.Last.Members, func(x, y Member) bool {
		return x.Unit == y.Unit && x.Version == y.Version
	}) {
		return nil
	}
	s.hash(&sub, office, states)
	return &sub
}
