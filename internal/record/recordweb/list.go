package recordweb

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/web/ui"
	"github.com/sangzi/sangzi/internal/words"
)

// pageSize is how many records a page of a list has.
const pageSize = 50

// pagePhone is how many it has on a phone, and shownTiles how many kinds are in sight there; the
// others are folded away.
const (
	pagePhone  = 20
	shownTiles = 12
)

func (pl *place) pageSize() int {
	if pl.village() {
		return pagePhone
	}
	return pageSize
}

// filter is what a list is asked for, as the address says it.
type filter struct {
	kind      string
	from, to  string
	pointed   bool
	objected  bool // only those with an objection that nobody has answered
	awaiting  bool
	withdrawn bool
	with      bool // only those the reader's own department took part in
	page      int
	wrong     string // a day that cannot be read
}

func readFilter(q url.Values) filter {
	f := filter{kind: q.Get("kind"), from: q.Get("from"), to: q.Get("to"), pointed: q.Get("pointed") == "1", objected: q.Get("objected") == "1", awaiting: q.Get("awaiting") == "1",
		withdrawn: q.Get("withdrawn") == "1", with: q.Get("with") == "1", page: 1}
	if n, err := strconv.Atoi(q.Get("page")); err == nil && n > 1 && n < 100_000 {
		f.page = n
	}
	return f
}

// query is the filter as the service is asked.
func (f *filter) query(p *Pages, pl *place) record.Query {
	q := record.Query{Of: pl.unit.Code, Kind: f.kind, Pointed: f.pointed, Withdrawn: f.withdrawn, Offset: (f.page - 1) * pl.pageSize(), Limit: pl.pageSize() + 1}
	for _, typed := range []struct {
		text string
		day  *date.Date
	}{{f.from, &q.From}, {f.to, &q.To}} {
		if typed.text == "" {
			continue
		}
		day, ok := record.ParseDay(typed.text, pl.today)
		if !ok {
			f.wrong = words.Text(record.DayUnread, map[string]any{"value": typed.text})
			continue
		}
		*typed.day = day
	}
	if f.awaiting {
		q.Awaiting = p.records.Awaiting()
	}
	if f.objected {
		q.Open = record.PointObjected
	}
	if f.with {
		q.With = pl.actor.Department
	}
	return q
}

// href is the list with another filter.
func (f filter) href(of unit.Code, change func(*filter)) string {
	f.page = 1
	change(&f)
	q := url.Values{}
	set := func(name, value string) {
		if value != "" {
			q.Set(name, value)
		}
	}
	yes := map[bool]string{true: "1"}
	set("kind", f.kind)
	set("from", f.from)
	set("to", f.to)
	set("pointed", yes[f.pointed])
	set("objected", yes[f.objected])
	set("awaiting", yes[f.awaiting])
	set("withdrawn", yes[f.withdrawn])
	set("with", yes[f.with])
	if f.page > 1 {
		q.Set("page", strconv.Itoa(f.page))
	}
	if len(q) == 0 {
		return listURL(of)
	}
	return listURL(of) + "?" + q.Encode()
}

// narrow tells whether the list leaves anything out.
func (f *filter) narrow() bool {
	return f.kind != "" || f.from != "" || f.to != "" || f.pointed || f.objected || f.awaiting || f.with
}

// line is one record in a list.
type line struct {
	href     string
	day      string
	title    string // of the kind
	says     string
	place    string // where, when that is not the page's own unit
	by       string
	pointed  []string
	dispute  string
	answer   string // to the objection
	looked   bool   // at what was pointed out
	photos   int
	status   record.Status
	awaiting bool
}

// month is the records of one.
type month struct {
	title string
	lines []line
}

// listPage is a unit's records.
type listPage struct {
	place
	filter
	tiles  []Tile
	months []month
	pages  ui.PagesData
	kinds  []ui.Choice
	enters bool
	open   int // records with something to be looked at; of who looks
}

// list is GET /records/{unit}: ?kind= ?from= ?to= ?pointed=1 ?awaiting=1 ?withdrawn=1 ?with=1 ?page=.
func (p *Pages) list(w http.ResponseWriter, r *http.Request) error {
	pl, err := p.at(r)
	if err != nil {
		return err
	}
	pg := listPage{place: pl, filter: readFilter(r.URL.Query()), tiles: p.Tiles(pl.actor, pl.unit.Code), enters: pl.actor.May(access.EnterRecord, pl.unit.Code)}
	versions, err := p.records.List(r.Context(), pl.actor, pg.query(p, &pl))
	if err != nil {
		return err
	}
	if !pl.village() {
		open, err := p.records.OpenPoints(r.Context(), pl.actor, pl.unit.Code)
		if err != nil {
			return err
		}
		pg.open = open.All
	}
	last := pg.filter.page
	if size := pl.pageSize(); len(versions) > size {
		versions, last = versions[:size], last+1
	}
	pg.pages = ui.PagesData{Page: pg.filter.page, Last: last, Href: func(n int) string { return pg.href(pl.unit.Code, func(f *filter) { f.page = n }) }}
	pg.kinds = []ui.Choice{{Label: "全部种类"}}
	for _, k := range p.records.Kinds().Kinds {
		pg.kinds = append(pg.kinds, ui.Choice{Value: k.Key, Label: k.Title})
	}
	for i := range versions {
		v := &versions[i]
		title := fmt.Sprintf("%d年%d月", v.Day.Year(), int(v.Day.Month()))
		if len(pg.months) == 0 || pg.months[len(pg.months)-1].title != title {
			pg.months = append(pg.months, month{title: title})
		}
		m := &pg.months[len(pg.months)-1]
		m.lines = append(m.lines, p.line(&pl, v))
	}
	page := pl.page("记录")
	page.Crumbs = nil
	if !pl.village() {
		page.Title = pl.name(pl.unit.Code) + "的记录"
		if above, ok := pl.tree.Parent(pl.unit.Code); ok && pl.actor.Unit.Contains(above.Code) {
			page.Crumbs = []ui.Crumb{{Label: pl.name(above.Code) + "的记录", Href: listURL(above.Code)}, {Label: pl.name(pl.unit.Code)}}
		}
		page.Actions = listActions(&pg)
	}
	return web.Render(w, r, page, listBody(&pg))
}

func (p *Pages) line(pl *place, v *record.Version) line {
	l := line{href: recordURL(v.ID, ""), day: v.Day.ShortChinese(), title: v.Kind, says: p.records.Says(v), status: v.Status, dispute: v.Dispute, answer: v.Answer, looked: v.Looked != "", photos: len(v.Photos), by: pl.by(v)}
	if kind, ok := p.records.Kinds().Kind(v.Kind); ok {
		l.title, l.awaiting = kind.Title, kind.Approval && v.Status == record.Standing
		if kind.Span {
			l.day += "起"
		}
	}
	if v.Unit != pl.unit.Code {
		l.place = pl.name(v.Unit)
		if pl.unit.Code.Level() < unit.LevelTown && v.Unit.Level() == unit.LevelVillage {
			l.place = pl.name(v.Unit.At(unit.LevelTown)) + l.place
		}
	}
	l.pointed = pointedWords(v)
	return l
}

// by says who entered a record, and for whom.
func (pl *place) by(v *record.Version) string {
	if v.OnBehalf() {
		return pl.who(v.Entered, v.Unit) + "代记"
	}
	return v.Entered.Actor + "记"
}

// pointedWords says what was pointed out in a version.
func pointedWords(v *record.Version) []string {
	var list []string
	for _, code := range v.Pointed {
		list = append(list, words.Text(code, nil))
	}
	return list
}
