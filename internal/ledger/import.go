package ledger

import (
	"context"
	"slices"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/unit"
)

// ImportRow is a village's row read from a workbook. Cells that could not be read are Empty.
type ImportRow struct {
	Village unit.Code
	Values  Values
	Source  Source
	Notes   map[string]string // by column key, for warnings; the file's name stands in where none is given
}

// ImportInput is the rows of a workbook for one week.
type ImportInput struct {
	Unit   unit.Code // bounds the rows
	Week   date.Date
	File   string
	Upload string // id of the kept file, if it is one
	Rows   []ImportRow
	// Submit also seals each town the rows belong to, with the head the file has.
	Submit bool
	Head   func(town unit.Code) Head
}

// ImportResult is what an import came to.
type ImportResult struct {
	Taken     int // rows stored as new versions
	Unchanged int // rows that stood so already
	Sealed    []Submission
}

// importChunk is how many rows are written in one transaction at least; a town is never split.
const importChunk = 4096

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
	rows := slices.Clone(in.Rows)
	slices.SortStableFunc(rows, func(x, y ImportRow) int { return int(x.Village - y.Village) })
	for i := range rows {
		if !in.Unit.Contains(rows[i].Village) {
			return ImportResult{}, access.ErrOutside.With("unit", rows[i].Village.String())
		}
		if _, ok := sheet.Tree.VillageIndex(rows[i].Village); !ok || len(rows[i].Values) != len(s.form.Columns) {
			return ImportResult{}, ErrNoVillage.With("unit", rows[i].Village.String())
		}
		if rows[i].Notes, err = s.importNotes(ctx, in, &rows[i]); err != nil {
			return ImportResult{}, err
		}
	}
	var result ImportResult
	for len(rows) > 0 {
		n := chunk(rows)
		if err := s.importChunk(ctx, a, sheet, in, rows[:n], &result); err != nil {
			return result, err
		}
		rows = rows[n:]
	}
	return result, nil
}

// chunk is how many of the rows go together: whole towns, importChunk rows or a little more.
func chunk(rows []ImportRow) int {
	n := min(importChunk, len(rows))
	for n < len(rows) && rows[n].Village.At(unit.LevelTown) == rows[n-1].Village.At(unit.LevelTown) {
		n++
	}
	return n
}

// importNotes gives each warning the file as its reason where nobody wrote another.
func (s *Service) importNotes(ctx context.Context, in ImportInput, row *ImportRow) (map[string]string, error) {
	last, _, err := s.Last(ctx, row.Village, in.Week)
	if err != nil {
		return nil, err
	}
	notes := row.Notes
	for _, f := range s.Open(row.Values, last) {
		key := s.form.Columns[f.Column].Key
		if f.Severity == Warning && notes[key] == "" {
			notes = merged(notes, map[string]string{key: "据表格《" + in.File + "》"})
		}
	}
	return notes, nil
}

func (s *Service) importChunk(ctx context.Context, a access.Actor, sheet *Sheet, in ImportInput, rows []ImportRow, result *ImportResult) error {
	now := s.Now()
	var sealed []Submission
	taken, unchanged := 0, 0
	change := Change{Unit: in.Unit, Week: in.Week, Alone: true, Prepare: func() ([]Event, error) {
		var events []Event
		for len(rows) > 0 {
			town := rows[0].Village.At(unit.LevelTown)
			n := slices.IndexFunc(rows, func(r ImportRow) bool { return r.Village.At(unit.LevelTown) != town })
			if n < 0 {
				n = len(rows)
			}
			if sheet.Locked(town) {
				return nil, ErrLocked.With("week", sheet.Week.No)
			}
			states := sheet.Rows(town, now)
			for i := range rows[:n] {
				if v := s.importRow(a, sheet, in, &rows[i], states); v != nil {
					events, taken = append(events, Event{Row: v}), taken+1
				} else {
					unchanged++
				}
			}
			if in.Submit {
				if sub := s.importSubmission(a, sheet, in, town, states); sub != nil {
					events, sealed = append(events, Event{Submission: sub}), append(sealed, *sub)
				}
			}
			rows = rows[n:]
		}
		return events, nil
	}}
	if in.Upload != "" {
		change.Also = []Aside{{TakeUpload: in.Upload, At: now}}
	}
	drafts, err := s.store.Drafts(ctx, in.Unit, in.Week)
	if err != nil {
		return err
	}
	for _, d := range drafts {
		if slices.ContainsFunc(rows, func(r ImportRow) bool { return r.Village == d.Unit }) {
			change.Also = append(change.Also, Aside{ClearDraft: &DraftKey{d.Unit, in.Week}})
		}
	}
	if err := s.store.Commit(ctx, change); err != nil {
		return err
	}
	result.Taken, result.Unchanged = result.Taken+taken, result.Unchanged+unchanged
	result.Sealed = append(result.Sealed, sealed...)
	return nil
}

// importRow makes the next version of a row and lays it over the states; nil when it stands so
// already.
func (s *Service) importRow(a access.Actor, sheet *Sheet, in ImportInput, row *ImportRow, states []RowState) *RowVersion {
	i, _ := slices.BinarySearchFunc(states, row.Village, func(r RowState, c unit.Code) int { return int(r.Village.Code - c) })
	st := &states[i]
	if st.Chain.Status == Reported && equal(st.Values, row.Values) {
		return nil
	}
	source := row.Source
	source.Kind, source.File, source.Upload = ByWorkbook, in.File, in.Upload
	v := s.version(a, ReportInput{Unit: row.Village, Week: in.Week, Values: row.Values, Notes: row.Notes, Source: source}, st.Chain.Version+1, Reported)
	st.Chain = st.Chain.Then(v.Version, v.Status, v.At, v.ReturnDue)
	st.State = st.Chain.State(sheet.Due(row.Village), v.At)
	st.Values = row.Values
	return &v
}

// importSubmission seals a town as its rows now stand; nil when it has sealed just that.
func (s *Service) importSubmission(a access.Actor, sheet *Sheet, in ImportInput, town unit.Code, states []RowState) *Submission {
	office := sheet.Office(town, s.Now())
	head := Head{}
	if in.Head != nil {
		head = in.Head(town)
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
