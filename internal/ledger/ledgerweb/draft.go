package ledgerweb

import (
	"fmt"
	"mime"
	"net/http"
	"slices"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/web/ui"
)

// draft keeps what was typed: one field or a whole form of a village, the changed cells of a
// town's grid as JSON, or the whole grid as a form where there is no script.
func (p *Pages) draft(w http.ResponseWriter, r *http.Request) error {
	of, err := web.PathUnit(r)
	if err != nil {
		return err
	}
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err == nil && kind == "application/json" {
		return p.draftCells(w, r)
	}
	if of.Level() == unit.LevelVillage {
		return p.draftVillage(w, r)
	}
	return p.draftGrid(w, r)
}

func (p *Pages) draftVillage(w http.ResponseWriter, r *http.Request) error {
	pl, in, err := p.readVillageForm(r)
	if err != nil {
		return err
	}
	err = p.keep(r, pl, pl.unit.Code, in)
	if r.Header.Get("HX-Request") == "true" {
		return p.savedField(w, r, in, err)
	}
	if err != nil {
		return p.refuseVillage(w, r, pl, in, err)
	}
	if err := web.Say(w, ui.Notice{Tone: ui.Saved, Title: "已保存", Text: "还没有报，核对后请报送。", At: p.ledger.Now()}); err != nil {
		return err
	}
	return web.Redirect(w, r, pl.url(""))
}

// savedField answers a field that was left: its lines with what is wrong, those of the columns
// it is held against, and the bar.
func (p *Pages) savedField(w http.ResponseWriter, r *http.Request, in typed, err error) error {
	if err != nil && !isProblem(err) {
		return err
	}
	pg, perr := p.villagePage(r, typed{})
	if perr != nil {
		return perr
	}
	if err != nil && ledger.IsMoved(err) {
		return web.Tell(w, r, http.StatusConflict, villageMoved(pg))
	}
	var items []*item
	for _, key := range related(p.ledger.Form(), in) {
		it := pg.find(key)
		if err != nil {
			if text, sent := in.cells[key]; sent {
				it.Text, it.Error = text, sentence(err)
			}
		}
		items = append(items, it)
	}
	return web.Fragment(w, r, http.StatusOK, villageSaved(pg, items))
}

// related lists the columns whose findings can change with what was typed, in form order.
func related(form *campaign.Form, in typed) []string {
	touched := func(key string) bool {
		_, cell := in.cells[key]
		_, note := in.notes[key]
		return cell || note
	}
	var keys []string
	for _, col := range form.Columns {
		if touched(col.Key) || slices.ContainsFunc(form.Rules, func(rule campaign.Rule) bool {
			return rule.Column == col.Key && slices.ContainsFunc(rule.Against, touched)
		}) {
			keys = append(keys, col.Key)
		}
	}
	return keys
}

func (pg *villagePage) find(key string) *item {
	for i := range pg.Changed {
		if pg.Changed[i].Column.Key == key {
			return &pg.Changed[i]
		}
	}
	for i := range pg.Bands {
		for j := range pg.Bands[i].Items {
			if it := &pg.Bands[i].Items[j]; it.Column.Key == key {
				return it
			}
		}
	}
	panic("ledgerweb: no item " + key) // keys come from the form the page is made of
}

// refuseVillage shows the form again with all that was typed and why it was not taken.
func (p *Pages) refuseVillage(w http.ResponseWriter, r *http.Request, pl place, in typed, err error) error {
	if !isProblem(err) {
		return err
	}
	if ledger.IsMoved(err) {
		return p.meetHalfway(w, r, pl, in)
	}
	found := findingsOf(err)
	if found == nil {
		in.failed = err
	}
	pg, perr := p.villagePage(r, in)
	if perr != nil {
		return perr
	}
	if found != nil {
		pg.blame(p.ledger.Form(), found)
	}
	return p.renderVillage(w, r, pg, web.StatusOf(err))
}

// meetHalfway handles a form made over a version that is no longer the latest. What only the
// sender changed is kept at once; where both did he is shown both values.
func (p *Pages) meetHalfway(w http.ResponseWriter, r *http.Request, pl place, in typed) error {
	mine, clashes, err := p.sortOut(r, pl, pl.unit.Code, in)
	if err != nil {
		return err
	}
	pg, err := p.villagePage(r, typed{})
	if err != nil {
		return err
	}
	if len(clashes) > 0 {
		page := web.Page{Title: pg.name() + " · 两边都改过", Sub: pg.Town + " · " + pg.County, Shape: web.Phone, Status: http.StatusConflict, Section: "ledger"}
		return web.Render(w, r, page, villageClash(pg, mine, in.notes, clashes))
	}
	if err := p.keep(r, pl, pl.unit.Code, typed{base: pg.Base, cells: mine, notes: in.notes}); err != nil {
		return err
	}
	text := "您填的没有和它冲突，已合到一起，请核对后再报。"
	if len(mine) == 0 {
		text = "请看过最新的数再办。"
	}
	if err := web.Say(w, ui.Notice{Tone: ui.Warn, Title: movedBy(pg), Text: text}); err != nil {
		return err
	}
	return web.Redirect(w, r, pl.url(""))
}

func movedBy(pg *villagePage) string {
	if l := pg.View.Latest; l != nil {
		return fmt.Sprintf("%s %s 改过这一行", l.Actor, moment(l.At, pg.Now))
	}
	return "这一行刚有人改过"
}

// discard throws away what was typed.
func (p *Pages) discard(w http.ResponseWriter, r *http.Request) error {
	if err := web.ParseForm(r); err != nil {
		return err
	}
	pl, err := p.at(r)
	if err != nil {
		return err
	}
	if err := p.ledger.DropDraft(r.Context(), pl.actor, pl.unit.Code, pl.sheet.Week.Due); err != nil {
		return err
	}
	if err := web.Say(w, ui.Notice{Tone: ui.Info, Title: pl.name() + "没有报的改动已去掉"}); err != nil {
		return err
	}
	return web.Redirect(w, r, p.back(r, pl))
}

// back is where to go when something is done to a village's row: the village's page, or the
// town's grid when it was done there.
func (p *Pages) back(r *http.Request, pl place) string {
	if r.PostForm.Get("back") == "town" {
		return ledgerURL(pl.townCode(), pl.sheet.Week.Due) + "#r-" + pl.unit.Code.String()
	}
	return pl.url("")
}
