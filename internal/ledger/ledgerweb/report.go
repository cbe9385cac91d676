package ledgerweb

import (
	"fmt"
	"net/http"

	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/web/ui"
)

// report reports a village's row, or, from a town's grid, the rows that are filled.
func (p *Pages) report(w http.ResponseWriter, r *http.Request) error {
	pl, in, err := p.readVillageForm(r)
	if err != nil {
		return err
	}
	if pl.unit.Level() != unit.LevelVillage {
		return p.reportMany(w, r, pl)
	}
	if !in.empty() {
		if err := p.keep(r, pl, pl.unit.Code, in); err != nil {
			return p.refuseVillage(w, r, pl, in, err)
		}
	}
	by := ledger.ByForm
	if r.PostForm.Get("back") == "town" {
		by = ledger.ByGrid
	}
	if _, err := p.reportRow(r, pl, pl.unit.Code, in.base, by); err != nil {
		return p.refuseVillage(w, r, pl, in, err)
	}
	if by == ledger.ByGrid {
		if err := web.Say(w, ui.Notice{Tone: ui.Saved, Title: "已代" + pl.name() + "报上", At: p.ledger.Now()}); err != nil {
			return err
		}
	}
	return web.Redirect(w, r, p.back(r, pl))
}

// unchanged declares that nothing changed since the last report. A form that came along with
// values that differ is kept as a draft instead: the sender did change something.
func (p *Pages) unchanged(w http.ResponseWriter, r *http.Request) error {
	pl, in, err := p.readVillageForm(r)
	if err != nil {
		return err
	}
	if pl.unit.Level() != unit.LevelVillage {
		return p.unchangedMany(w, r, pl)
	}
	changed, err := p.differing(r, pl, in)
	if err != nil {
		return err
	}
	if changed > 0 {
		if err := p.keep(r, pl, pl.unit.Code, in); err != nil {
			return p.refuseVillage(w, r, pl, in, err)
		}
		if err := web.Say(w, ui.Notice{Tone: ui.Warn, Title: fmt.Sprintf("您改了 %d 项，已存下，没有按“无变化”报", changed), Text: "请核对后再报。"}); err != nil {
			return err
		}
		return web.Redirect(w, r, pl.url(""))
	}
	_, err = p.ledger.Report(r.Context(), pl.actor, ledger.ReportInput{Unit: pl.unit.Code, Week: pl.sheet.Week.Due, Base: in.base,
		Unchanged: true, Source: ledger.Source{Kind: ledger.ByForm}})
	if err != nil {
		return p.refuseVillage(w, r, pl, in, err)
	}
	return web.Redirect(w, r, p.back(r, pl))
}

// differing counts the fields that came along and are not as last reported.
func (p *Pages) differing(r *http.Request, pl place, in typed) (int, error) {
	last, _, err := p.ledger.Last(r.Context(), pl.unit.Code, pl.sheet.Week.Due)
	if err != nil || last == nil {
		return 0, err
	}
	n := 0
	form := p.ledger.Form()
	for i := range form.Columns {
		if text, sent := in.cells[form.Columns[i].Key]; sent {
			if v, wrong := ledger.Parse(&form.Columns[i], text); wrong != nil || v != last[i] {
				n++
			}
		}
	}
	return n, nil
}
