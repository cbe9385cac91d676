package recordweb

import (
	"crypto/rand"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/record/workbook"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/web/ui"
	"github.com/sangzi/sangzi/internal/words"
)

// Pages is the pages of the records.
type Pages struct {
	records *record.Service
	form    *campaign.Form // whose columns follow from records

	register Register // nil: there is none
}

// New makes the pages.
func New(records *record.Service, form *campaign.Form) *Pages {
	return &Pages{records: records, form: form}
}

// fileLimit is the most a request with a workbook of records may have: the file as text, and a
// little around it.
const fileLimit = workbook.MaxFile*3/2 + 1<<20

// Register adds the routes of the wing.
func (p *Pages) Register(m *web.Mux) {
	read, enter := web.Can(access.ReadRecords), web.Can(access.EnterRecord)
	m.Page("GET /records", read, p.own)
	m.Page("GET /records/{unit}", read, p.list)
	m.Page("GET /records/{unit}/behind/{week}/{column}", read, p.behind)
	m.Page("GET /records/{unit}/new/{kind}", enter, p.ask)
	m.Page("POST /records/{unit}/new/{kind}", enter, p.enter, web.Body(formLimit))
	m.Page("POST /records/{unit}/photos/{kind}", enter, p.addPhoto, web.Body(uploadLimit))
	m.Page("GET /photos/{id}", read, p.photo)
	m.Page("GET /photos/{id}/thumb", read, p.thumbnail)
	m.Page("GET /records/{unit}/pointed", read, p.pointed)
	m.Page("GET /records/{unit}/workbook", enter, p.askWorkbook)
	m.Page("GET /records/{unit}/workbook/{kind}/template", enter, p.emptyWorkbook)
	m.Page("POST /records/{unit}/workbook", enter, p.readWorkbook, web.Body(fileLimit))
	m.Page("POST /records/{unit}/workbook/{kind}", enter, p.takeWorkbook, web.Body(fileLimit))
	m.Page("GET /record/{id}", read, p.show)
	m.Page("GET /record/{id}/correct", enter, p.askCorrect)
	m.Page("POST /record/{id}/correct", enter, p.correct, web.Body(formLimit))
	m.Page("POST /record/{id}/withdraw", enter, p.withdraw)
	m.Page("POST /record/{id}/object", enter, p.object)
	m.Page("POST /record/{id}/answer", enter, p.answer)
	m.Page("POST /record/{id}/look", web.Can(access.LookAtRecord), p.look)
	m.Page("POST /record/{id}/approve", web.Can(access.ApproveRecord), p.approve)
	m.Page("POST /record/{id}/check", web.Can(access.CheckRecord), p.check)
	m.Page("GET /record/{id}/paper", read, p.paper)
	m.Page("GET /plans", read, p.ownPlans)
	m.Page("GET /plans/{unit}", read, p.plans)
	m.Page("GET /liaisons", read, p.ownLiaisons)
	m.Page("GET /liaisons/{unit}", read, p.liaisons)
}

// own leads to the records of the actor's own unit.
func (p *Pages) own(w http.ResponseWriter, r *http.Request) error {
	return web.Redirect(w, r, listURL(web.ActorOf(r.Context()).Unit))
}

// place is what a page is about: a unit of today's that the actor may read.
type place struct {
	actor access.Actor
	unit  unit.Unit
	tree  *unit.Tree
	today date.Date
	now   time.Time
}

func (p *Pages) at(r *http.Request) (place, error) {
	of, err := web.PathUnit(r)
	if err != nil {
		return place{}, err
	}
	pl := p.here(r)
	u, ok := pl.tree.Unit(of)
	if !ok {
		return place{}, web.ErrNotFound
	}
	pl.unit = u
	return pl, nil
}

// here is a place without its unit.
func (p *Pages) here(r *http.Request) place {
	today := p.records.Today()
	return place{actor: web.ActorOf(r.Context()), tree: p.records.Tree(today), today: today, now: p.records.Now()}
}

// name is a unit as pages call it, by the names of today or, if it is gone, by its code.
func (pl *place) name(of unit.Code) string {
	if name := pl.tree.ShortName(of); name != "" {
		return name
	}
	return of.String()
}

// below is the unit just below the page's that a unit is in.
func (pl *place) below(of unit.Code) unit.Code {
	for {
		above, ok := pl.tree.Parent(of)
		if !ok || above.Code == pl.unit.Code {
			return of
		}
		of = above.Code
	}
}

// village tells whether the reader is a village about itself: one column, large.
func (pl *place) village() bool { return pl.actor.Unit.Level() == unit.LevelVillage }

func (pl *place) shape() web.Shape {
	if pl.village() {
		return web.Phone
	}
	return web.Desk
}

// page is a page of the wing about the place's unit; a villager's has no way above it.
func (pl *place) page(title string, crumbs ...ui.Crumb) web.Page {
	page := web.Page{Title: title, Shape: pl.shape(), Section: "records", Styles: []string{"records.css"}}
	if pl.village() {
		page.Sub = pl.name(pl.unit.Code)
		return page
	}
	page.Crumbs = append([]ui.Crumb{{Label: pl.name(pl.unit.Code) + "的记录", Href: listURL(pl.unit.Code)}}, crumbs...)
	return page
}

func listURL(of unit.Code) string { return "/records/" + of.String() }

func newURL(of unit.Code, kind string) string { return listURL(of) + "/new/" + url.PathEscape(kind) }

func recordURL(id int64, rest string) string { return "/record/" + strconv.FormatInt(id, 10) + rest }

// ledgerURL is the week being reported of a unit.
func ledgerURL(of unit.Code) string { return "/ledger/" + of.String() }

// moment is 3月29日 16:05, the year before it when it is another than now's.
func (pl *place) moment(t time.Time) string {
	day := date.FromTime(t)
	if day.Year() != pl.today.Year() {
		return day.Chinese() + " " + t.Format("15:04")
	}
	return day.ShortChinese() + " " + t.Format("15:04")
}

// who is who wrote something, with where he stands when that is not the record's own unit.
func (pl *place) who(e record.Entry, of unit.Code) string {
	if e.From == of || pl.name(e.From) == e.Actor {
		return e.Actor
	}
	return e.Actor + "（" + pl.name(e.From) + "）"
}

// newKey is the key of a fresh form: what is sent twice with it is recorded once.
func newKey() string { return rand.Text() }

// sentence says an error in words for people; ok is false for an internal one.
func sentence(err error) (string, bool) {
	if _, ok := problem.Of(err); !ok {
		return "", false
	}
	return words.Of(err)
}

// Tile leads to the form of one kind of record.
type Tile struct {
	Sign  string // one character
	Title string
	Href  string
}

// Tiles are the forms with which something done at a unit can be entered, the commonest first;
// none for who may not enter anything there.
func (p *Pages) Tiles(a access.Actor, of unit.Code) []Tile {
	if !a.May(access.EnterRecord, of) {
		return nil
	}
	var tiles []Tile
	for _, k := range p.records.Kinds().Kinds {
		if k.MayBeAt(unit.LevelVillage.String()) || k.MayBeAt(of.Level().String()) {
			tiles = append(tiles, Tile{k.Tile, k.Title, newURL(of, k.Key)})
		}
	}
	return tiles
}
