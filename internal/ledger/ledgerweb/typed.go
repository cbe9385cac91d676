package ledgerweb

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web"
)

// typed is what came with a request: texts and notes by column key, over which version of the
// row they were typed, and why they could not be kept.
type typed struct {
	base         int32
	cells, notes map[string]string
	failed       error
}

func (in typed) empty() bool { return len(in.cells)+len(in.notes) == 0 }

// readTyped takes a village's fields from a form: cell.KEY, note.KEY and base. Fields of
// columns that the form does not have are left out.
func readTyped(form *campaign.Form, values url.Values) typed {
	in := typed{base: readBase(values.Get("base")), cells: map[string]string{}, notes: map[string]string{}}
	for _, col := range form.Columns {
		if texts, ok := values["cell."+col.Key]; ok {
			in.cells[col.Key] = texts[0]
		}
		if texts, ok := values["note."+col.Key]; ok {
			in.notes[col.Key] = strings.TrimSpace(texts[0])
		}
	}
	return in
}

// readBase is the version a form was made over. A form that does not say so is taken over
// whatever stands.
func readBase(text string) int32 {
	n, err := strconv.ParseInt(text, 10, 32)
	if err != nil || n < 0 {
		return ledger.AnyBase
	}
	return int32(n)
}

// readVillageForm reads the place and what was typed for a village.
func (p *Pages) readVillageForm(r *http.Request) (place, typed, error) {
	if err := web.ParseForm(r); err != nil {
		return place{}, typed{}, err
	}
	pl, err := p.at(r)
	if err != nil {
		return place{}, typed{}, err
	}
	return pl, readTyped(p.ledger.Form(), r.PostForm), nil
}

// keep saves what was typed as the village's draft.
func (p *Pages) keep(r *http.Request, pl place, village unit.Code, in typed) error {
	_, err := p.ledger.SaveDraft(r.Context(), pl.actor, ledger.DraftInput{Unit: village, Week: pl.sheet.Week.Due,
		Base: in.base, Inputs: in.cells, Notes: in.notes})
	return err
}

// reportRow reports a row as its page shows it, if it still stands at the version base.
func (p *Pages) reportRow(r *http.Request, pl place, village unit.Code, base int32, by ledger.SourceKind) (ledger.RowVersion, error) {
	v, err := p.ledger.Row(r.Context(), pl.actor, village, pl.sheet.Week.Due)
	if err != nil {
		return ledger.RowVersion{}, err
	}
	switch {
	case base != ledger.AnyBase && base != v.Chain.Version:
		return ledger.RowVersion{}, ledger.ErrMoved.With("base", base).With("version", v.Chain.Version)
	case len(v.Typed) > 0:
		return ledger.RowVersion{}, &ledger.Findings{Problem: ledger.ErrFindings, List: v.Findings}
	}
	return p.ledger.Report(r.Context(), pl.actor, ledger.ReportInput{Unit: village, Week: pl.sheet.Week.Due, Base: v.Chain.Version,
		Values: v.Filled, Notes: v.Notes, Unchanged: v.Last != nil && changes(&v) == 0, Source: ledger.Source{Kind: by}})
}

// clash is a cell that two people have changed to different values.
type clash struct {
	Column      *campaign.Column
	Mine, Their string
}

// sortOut holds what was typed over an older version of a row against the row as it stands:
// mine is what only the sender changed, clashes what both did. What the sender's page merely
// showed is neither.
func (p *Pages) sortOut(r *http.Request, pl place, village unit.Code, in typed) (mine map[string]string, clashes []clash, err error) {
	now, err := p.ledger.Standing(r.Context(), pl.actor, village, pl.sheet.Week.Due)
	if err != nil {
		return nil, nil, err
	}
	then, err := p.shownAt(r, pl, village, in.base)
	if err != nil {
		return nil, nil, err
	}
	mine = map[string]string{}
	form := p.ledger.Form()
	for i := range form.Columns {
		col := &form.Columns[i]
		text, sent := in.cells[col.Key]
		if !sent {
			continue
		}
		v, wrong := ledger.Parse(col, text)
		switch {
		case wrong == nil && (v == then[i] || v == now[i]):
		case then[i] == now[i]:
			mine[col.Key] = text
		default:
			clashes = append(clashes, clash{col, text, ledger.Exact(col, now[i])})
		}
	}
	return mine, clashes, nil
}

// shownAt is what a page made over a version of the row had shown.
func (p *Pages) shownAt(r *http.Request, pl place, village unit.Code, base int32) (ledger.Values, error) {
	history, err := p.ledger.RowHistory(r.Context(), pl.actor, village, pl.sheet.Week.Due)
	if err != nil {
		return nil, err
	}
	for i := range history {
		if history[i].Version == base {
			return history[i].Values, nil
		}
	}
	last, _, err := p.ledger.Last(r.Context(), village, pl.sheet.Week.Due)
	if err == nil && last == nil {
		last = ledger.NewValues(len(p.ledger.Form().Columns))
	}
	return last, err
}

// findingsOf are the findings behind a refused report; nil when it was refused for another reason.
func findingsOf(err error) []ledger.Finding {
	var f *ledger.Findings
	if errors.As(err, &f) {
		return f.List
	}
	return nil
}

// isProblem tells whether an error is one that people can be told.
func isProblem(err error) bool {
	_, ok := problem.Of(err)
	return ok
}
