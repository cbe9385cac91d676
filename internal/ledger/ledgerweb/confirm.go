package ledgerweb

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/web/ui"
)

// confirmUpload takes the ticked rows of a workbook. Rows without errors are reported; of rows
// with errors the right cells become the village's draft, with the wrong ones beside them as
// they were written. When somebody has written one of the rows since the preview was made,
// nothing is taken and the preview is shown anew.
func (p *Pages) confirmUpload(w http.ResponseWriter, r *http.Request) error {
	if err := web.ParseForm(r); err != nil {
		return err
	}
	pv, err := p.previewOf(r)
	if err != nil {
		return err
	}
	pv.tick(r.PostForm)
	if pv.Stale > 0 {
		return p.renderPreview(w, r, pv, http.StatusConflict)
	}
	n := ui.Notice{Tone: ui.Saved, At: p.ledger.Now()}
	taken, err := p.takeRows(r, pv)
	if err != nil {
		return err
	}
	drafts, err := p.draftRows(r, pv)
	if err != nil {
		return err
	}
	if taken+drafts == 0 {
		n.Tone, n.Title = ui.Info, "没有勾选要取入的村，什么都没有改"
	} else {
		n.Title = fmt.Sprintf("已从《%s》取入 %d 村", pv.Upload.File, taken)
	}
	if drafts > 0 {
		n.Tone, n.Text = ui.Warn, fmt.Sprintf("另有 %d 村有错，对的格子已存为草稿，改好错的格子再代报。", drafts)
	}
	if err := web.Say(w, n); err != nil {
		return err
	}
	return web.Redirect(w, r, pv.url(""))
}

// tick lays the form over the preview: what is ticked, the notes, and which rows have moved.
func (pv *preview) tick(form url.Values) {
	take := form["take"]
	for i := range pv.Rows {
		row := &pv.Rows[i]
		row.Taken = slices.Contains(take, row.Code) && !row.Same
		if base := readBase(form.Get("base." + row.Code)); base != ledger.AnyBase && base != row.Base && slices.Contains(take, row.Code) {
			row.Moved = true
			pv.Stale++
		}
		for _, cells := range [][]previewCell{row.Changes, row.Asked} {
			for j := range cells {
				if note, sent := form["note."+row.Code+"."+cells[j].Key]; sent {
					cells[j].Note = strings.TrimSpace(note[0])
				}
			}
		}
	}
}

// notes are the words that go with a row's warnings, by column key.
func (row *previewRow) notes() map[string]string {
	notes := map[string]string{}
	for _, c := range slices.Concat(row.Changes, row.Asked) {
		if c.Warning != "" && c.Note != "" {
			notes[c.Key] = c.Note
		}
	}
	return notes
}

// takeRows imports the ticked rows that have no errors.
func (p *Pages) takeRows(r *http.Request, pv *preview) (int, error) {
	in := ledger.ImportInput{Unit: pv.unit.Code, Week: pv.sheet.Week.Due, File: pv.Upload.File, Upload: pv.Upload.ID}
	for i := range pv.Rows {
		row := &pv.Rows[i]
		if row.Taken && len(row.Faults) == 0 {
			in.Rows = append(in.Rows, ledger.ImportRow{Village: row.Village, Values: row.read.Values, Source: pv.Reading.Source(row.read), Notes: row.notes()})
		}
	}
	if len(in.Rows) == 0 {
		return 0, nil
	}
	result, err := p.ledger.Import(r.Context(), pv.actor, in)
	return result.Taken, err
}

// draftRows keeps the ticked rows that have errors as drafts. Blank cells leave what stands.
func (p *Pages) draftRows(r *http.Request, pv *preview) (int, error) {
	if !pv.MayDraft {
		return 0, nil
	}
	n := 0
	for i := range pv.Rows {
		row := &pv.Rows[i]
		if !row.Taken || len(row.Faults) == 0 {
			continue
		}
		cells := map[string]string{}
		for j := range pv.form.Columns {
			if col := &pv.form.Columns[j]; row.read.Values[j] != ledger.Empty {
				cells[col.Key] = ledger.Exact(col, row.read.Values[j])
			}
		}
		maps.Copy(cells, row.wrongTexts(pv))
		if err := p.keep(r, pv.place, row.Village, typed{base: row.Base, cells: cells, notes: row.notes()}); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// maxTyped is the longest text of a wrong cell that is kept, in characters.
const maxTyped = 40

// wrongTexts is what the file has in the row's wrong cells, by column key.
func (row *previewRow) wrongTexts(pv *preview) map[string]string {
	out := map[string]string{}
	for _, f := range row.Faults {
		for i := range pv.form.Columns {
			if pv.form.Columns[i].Title == f.Column && f.Value != "" {
				text := []rune(f.Value)
				out[pv.form.Columns[i].Key] = string(text[:min(maxTyped, len(text))])
			}
		}
	}
	return out
}
