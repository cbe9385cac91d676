package ledgerweb

import (
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/web/ui"
)

// item is one column on the village's page.
type item struct {
	Column   *campaign.Column
	Text     string // what its field holds
	Shown    string // the value as read out
	Was      string // how it stands to last week, empty when it does not differ
	Changed  bool
	Pointed  bool // the town has pointed at it when it gave the row back
	Error    string
	Warning  string // asks for a note
	Note     string
	Open     bool
	Readonly bool
	Said     string // what the records say, when they say anything
	Manual   bool   // and the cell is another
	Ground   string // where the records behind it are shown
}

func (it *item) name() string { return "cell." + it.Column.Key }
func (it *item) noted() bool  { return it.Warning != "" || it.Note != "" }
func (it *item) yesNo() bool  { return it.Column.Type == campaign.YesNo }

func (it *item) inputMode() string {
	if it.Column.Type == campaign.Money {
		return "decimal"
	}
	return "numeric"
}

// band is one of the form's groups with those of its items that stand in it.
type band struct {
	Title string
	Items []item
}

// villagePage is a village's week as its page shows it.
type villagePage struct {
	place
	View     ledger.RowView
	Town     string
	County   string
	Now      time.Time
	Changed  []item // what differs from the last report, or needs a word, first
	Bands    []band // the rest, as grouped in the form
	Rest     int    // how many those are
	First    bool   // the village has never reported
	Writable bool
	OnBehalf bool
	NotOpen  bool
	Base     int32
	Errors   []ui.FieldError
	Typed    typed  // what came with the request and could not be kept
	Tiles    []Tile // to the village's records
	Asks     string // where the village asks for what it needs; may be empty
}

func (p *Pages) showVillage(w http.ResponseWriter, r *http.Request) error {
	pg, err := p.villagePage(r, typed{})
	if err != nil {
		return err
	}
	return p.renderVillage(w, r, pg, http.StatusOK)
}

func (p *Pages) renderVillage(w http.ResponseWriter, r *http.Request, pg *villagePage, status int) error {
	page := web.Page{
		Title: fmt.Sprintf("%s · 第 %d 周", pg.name(), pg.sheet.Week.No), Sub: pg.Town + " · " + pg.County,
		Shape: web.Phone, Htmx: pg.Writable, Status: status, Section: "ledger", Lead: villageLead(pg),
	}
	if pg.Writable {
		page.Scripts, page.Bar = []string{"village.js"}, villageBar(pg)
	}
	return web.Render(w, r, page, villageBody(pg))
}

// villagePage loads the row and lays over it what came with the request.
func (p *Pages) villagePage(r *http.Request, in typed) (*villagePage, error) {
	pl, err := p.at(r)
	if err != nil {
		return nil, err
	}
	view, err := p.ledger.Row(r.Context(), pl.actor, pl.unit.Code, pl.sheet.Week.Due)
	if err != nil {
		return nil, err
	}
	tree := pl.sheet.Tree
	pg := &villagePage{place: pl, View: view, Now: p.ledger.Now(), Typed: in, Base: view.Chain.Version,
		Town: tree.ShortName(pl.unit.Code.At(unit.LevelTown)), County: tree.ShortName(pl.unit.Code.At(unit.LevelCounty)),
		First: view.Last == nil, OnBehalf: pl.actor.Unit != pl.unit.Code,
		NotOpen: p.ledger.Today().Before(pl.sheet.Week.Opens)}
	pg.Writable = pl.actor.May(access.ReportRow, pl.unit.Code) && !view.Locked && !pg.NotOpen && pl.unit.Kind == unit.Ordinary
	if p.options.Tiles != nil {
		pg.Tiles = p.options.Tiles(pl.actor, pl.unit.Code)
	}
	if p.options.Asks != nil {
		pg.Asks = p.options.Asks(pl.unit.Code)
	}
	pg.arrange(p.ledger.Form(), r.URL.Query().Get("edit") == "1")
	return pg, nil
}

// arrange sorts the columns into what changed and the rest.
func (pg *villagePage) arrange(form *campaign.Form, open bool) {
	for _, g := range form.Groups {
		rest := band{Title: g.Title}
		for i := g.First; i < g.First+g.Count; i++ {
			it := pg.item(form, i)
			it.Open = it.Open || open
			if it.Changed || it.Error != "" || it.noted() || it.Pointed {
				pg.Changed = append(pg.Changed, it)
				continue
			}
			rest.Items = append(rest.Items, it)
		}
		if len(rest.Items) > 0 {
			pg.Rest += len(rest.Items)
			pg.Bands = append(pg.Bands, rest)
		}
	}
}

func (pg *villagePage) item(form *campaign.Form, i int) item {
	v, col := &pg.View, &form.Columns[i]
	it := item{Column: col, Text: ledger.Exact(col, v.Filled[i]), Shown: withUnit(col, v.Filled[i]), Changed: v.Changed(i),
		Note: v.Notes[col.Key], Readonly: !pg.Writable, Open: pg.First && pg.Writable}
	it.Pointed = v.State == ledger.StateReturned && v.Latest != nil && slices.Contains(v.Latest.Cells, col.Key)
	if text, bad := v.Typed[i]; bad {
		it.Text, it.Shown = text, text
	}
	if v.Last != nil {
		it.Was = difference(col, v.Filled[i], v.Last[i])
	}
	if v.Says != nil && v.Says[i] != ledger.Empty {
		it.Said, it.Manual, it.Ground = withUnit(col, v.Says[i]), v.Manual(i), behindURL(pg.unit.Code, pg.sheet.Week.Due, col.Key)
	}
	if f, ok := v.Finding(i); ok {
		it.say(f)
	}
	if text, ok := pg.Typed.cells[col.Key]; ok {
		it.Text = text
	}
	if note, ok := pg.Typed.notes[col.Key]; ok {
		it.Note = note
	}
	return it
}

// say puts a finding at the item, which then stands open. A field that is merely not filled
// yet is not called wrong before the row is to be reported.
func (it *item) say(f ledger.Finding) {
	switch {
	case f.Code == ledger.Blank:
	case f.Severity == ledger.Error:
		it.Error, it.Open = f.Message(), true
	default:
		it.Warning, it.Open = f.Message(), true
	}
}

// blame marks what a refused report has still to answer for, and lists it above the form.
func (pg *villagePage) blame(form *campaign.Form, found []ledger.Finding) {
	pg.Changed, pg.Bands, pg.Rest, pg.Errors = nil, nil, 0, nil
	pg.arrange(form, false)
	at := map[string]*item{}
	for i := range pg.Changed {
		at[pg.Changed[i].Column.Key] = &pg.Changed[i]
	}
	for i := range pg.Bands {
		for j := range pg.Bands[i].Items {
			it := &pg.Bands[i].Items[j]
			at[it.Column.Key] = it
		}
	}
	for _, f := range found {
		if f.Column < 0 {
			continue
		}
		it := at[form.Columns[f.Column].Key]
		it.Open = true
		field := it.fieldID()
		if f.Severity == ledger.Error {
			it.Error = f.Message()
		} else {
			it.Warning, field = f.Message(), it.noteID()
		}
		pg.Errors = append(pg.Errors, ui.FieldError{Field: field, Message: f.Message()})
	}
}

// fieldID is the id of the field, of the first answer where there are two.
func (it *item) fieldID() string {
	if it.yesNo() {
		return it.name() + "-0"
	}
	return it.name()
}

// noteID is the id of the field for a word of explanation. It has no dot: htmx finds what it
// preserves by "#" and the id.
func (it *item) noteID() string { return "note-" + it.Column.Key }

// reported tells whether this week's row is with the town.
func (pg *villagePage) reported() bool { return pg.View.Chain.Status == ledger.Reported }

// untouched tells whether "nothing changed" can be said: there is a last report, the records say
// nothing new, and there is neither this week's row nor anything typed.
func (pg *villagePage) untouched() bool {
	return !pg.First && changes(&pg.View) == 0 && !pg.drafted() && (pg.View.Chain.Version == 0 || pg.View.Chain.Status == ledger.Carried) && len(pg.Typed.cells) == 0
}

// behindURL is where the records behind a village's column are shown.
func behindURL(village unit.Code, due date.Date, column string) string {
	return "/records/" + village.String() + "/behind/" + due.String() + "/" + column
}
