package recordweb

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/web/ui"
	"github.com/sangzi/sangzi/internal/words"
)

// liaisonLine is one who answers for a place.
type liaisonLine struct {
	href   string
	place  string
	level  string
	post   string
	sentBy string
	span   string
	ended  bool
	owed   []owedLine
}

// owedLine is one thing owed.
type owedLine struct {
	title string
	tone  ui.Tone
	state string
	href  string // the record that shows it; empty: none
	enter string // where it can be recorded; empty: done, or not by this reader
}

// liaisonGroup is the lines of one place, or of one who answers.
type liaisonGroup struct {
	title string
	lines []liaisonLine
}

// liaisonsPage is who answers for the places of a unit.
type liaisonsPage struct {
	place
	by     string // who: grouped by who answers; empty: by place
	only   string // owing, ended: also those that have ended; empty: those that hold
	groups []liaisonGroup
	below  []liaisonBelow // of a county and above by place: the units just below
	pages  ui.PagesData
	enter  string
	liaisonTally
}

// liaisonTally counts those who answer for the places of a unit, and what they owe.
type liaisonTally struct {
	holding, done, owing, overdue int
	bare                          int // places of which nobody is named
	places                        int
}

// liaisonBelow is a unit just below the page's.
type liaisonBelow struct {
	name, href string
	liaisonTally
}

func liaisonsURL(of unit.Code) string { return "/liaisons/" + of.String() }

func (pg *liaisonsPage) href(by, only string) string {
	q := url.Values{}
	if by != "" {
		q.Set("by", by)
	}
	if only != "" {
		q.Set("only", only)
	}
	if len(q) == 0 {
		return liaisonsURL(pg.unit.Code)
	}
	return liaisonsURL(pg.unit.Code) + "?" + q.Encode()
}

// ownLiaisons leads to those who answer for the actor's own unit.
func (p *Pages) ownLiaisons(w http.ResponseWriter, r *http.Request) error {
	return web.Redirect(w, r, liaisonsURL(web.ActorOf(r.Context()).Unit))
}

// liaisons is GET /liaisons/{unit}: ?by=who ?only=owing|ended.
func (p *Pages) liaisons(w http.ResponseWriter, r *http.Request) error {
	pl, err := p.at(r)
	if err != nil {
		return err
	}
	list, err := p.records.Liaisons(pl.actor, pl.unit.Code)
	if err != nil {
		return err
	}
	pg := liaisonsPage{place: pl, by: r.URL.Query().Get("by"), only: r.URL.Query().Get("only")}
	if kind, ok := p.records.LiaisonKind(); ok && len(p.Tiles(pl.actor, pl.unit.Code)) > 0 {
		pg.enter = newURL(pl.unit.Code, kind)
	}
	pg.fill(p, list)
	if len(pg.below) == 0 {
		pg.cut(r)
	}
	page := pl.page("上级包抓", ui.Crumb{Label: "上级包抓"})
	if !pl.village() {
		page.Title = pl.name(pl.unit.Code) + "的上级包抓"
		page.Actions = liaisonActions(&pg)
	}
	page.Styles = append(page.Styles, "register.css")
	return web.Render(w, r, page, liaisonsBody(&pg))
}

// cut leaves the groups of the page asked for; one that does not fit goes on on the next.
func (pg *liaisonsPage) cut(r *http.Request) {
	var all []liaisonLine
	var titles []string
	for _, g := range pg.groups {
		for _, l := range g.lines {
			all, titles = append(all, l), append(titles, g.title)
		}
	}
	lines, pages := cut(r, all, pg.href(pg.by, pg.only))
	first := (pages.Page - 1) * linesPerPage
	pg.groups, pg.pages = nil, pages
	for i, l := range lines {
		if title := titles[first+i]; i == 0 || titles[first+i-1] != title {
			pg.groups = append(pg.groups, liaisonGroup{title: title})
		}
		g := &pg.groups[len(pg.groups)-1]
		g.lines = append(g.lines, l)
	}
}

// fill counts, narrows and groups.
func (pg *liaisonsPage) fill(p *Pages, list []record.Liaison) {
	named, index, under := map[unit.Code]bool{}, map[string]int{}, map[unit.Code]*liaisonTally{}
	tally := func(of unit.Code) *liaisonTally {
		of = pg.place.below(of)
		if under[of] == nil {
			under[of] = &liaisonTally{}
		}
		return under[of]
	}
	for i := range list {
		l := &list[i]
		holds := l.Holds(pg.today)
		if holds {
			pg.count(l)
			tally(l.Unit).count(l)
			named[l.Unit] = true
		}
		if pg.only == "owing" && !(holds && l.Owing()) || pg.only == "" && !holds {
			continue
		}
		line := pg.line(p, l)
		key := line.place
		if pg.by == "who" {
			key = line.level + " " + line.post
			if line.sentBy != "" {
				key += "（" + line.sentBy + "派出）"
			}
		}
		at, known := index[key]
		if !known {
			at = len(pg.groups)
			index[key] = at
			pg.groups = append(pg.groups, liaisonGroup{title: key})
		}
		pg.groups[at].lines = append(pg.groups[at].lines, line)
	}
	if pg.by == "who" {
		slices.SortStableFunc(pg.groups, func(a, b liaisonGroup) int { return strings.Compare(a.title, b.title) })
	}
	for _, v := range pg.tree.Villages(pg.unit.Code) {
		if v.Kind == unit.Ordinary {
			t := tally(v.Code)
			pg.places++
			t.places++
			if !named[v.Code] {
				pg.bare++
				t.bare++
			}
		}
	}
	if pg.unit.Code.Level() >= unit.LevelTown || pg.by != "" || pg.only != "" {
		return
	}
	for _, u := range pg.tree.Children(pg.unit.Code) {
		if t := under[u.Code]; t != nil {
			pg.below = append(pg.below, liaisonBelow{pg.name(u.Code), liaisonsURL(u.Code), *t})
		}
	}
}

func (pg *liaisonTally) count(l *record.Liaison) {
	pg.holding++
	for _, o := range l.Owed {
		switch o.State {
		case record.OwedDone, record.OwedLate:
			pg.done++
		case record.OwedOpen:
			pg.owing++
		case record.OwedOverdue:
			pg.owing++
			pg.overdue++
		}
	}
}

func (pg *liaisonsPage) line(p *Pages, l *record.Liaison) liaisonLine {
	line := liaisonLine{href: recordURL(l.ID, ""), place: pg.name(l.Unit), level: l.Level.Title, post: l.Post, sentBy: l.SentBy, ended: !l.Until.IsZero() && l.Until.Before(pg.today),
		span: l.From.Chinese() + "起"}
	if pg.unit.Code.Level() < unit.LevelTown && l.Unit.Level() == unit.LevelVillage {
		line.place = pg.name(l.Unit.At(unit.LevelTown)) + line.place
	}
	if !l.Until.IsZero() {
		line.span = l.From.Chinese() + "至" + l.Until.Chinese()
	}
	enters := len(p.Tiles(pg.actor, l.Unit)) > 0
	for _, o := range l.Owed {
		w := owedLine{title: o.Owe.Title, tone: owedTone(o.State), state: words.Text("record_owed."+string(o.State), nil)}
		if o.By != 0 {
			w.href, w.state = recordURL(o.By, ""), o.Day.ShortChinese()+w.state
		} else if enters && !line.ended && o.State != record.OwedSpared {
			w.enter = newURL(l.Unit, o.Owe.Record)
		}
		line.owed = append(line.owed, w)
	}
	return line
}

func owedTone(s record.OwedState) ui.Tone {
	switch s {
	case record.OwedDone:
		return ui.Saved
	case record.OwedLate:
		return ui.Warn
	case record.OwedOverdue:
		return ui.Wrong
	case record.OwedOpen:
		return ui.Info
	}
	return ui.Neutral
}

func (pg *liaisonsPage) tiles() []ui.Tile {
	n := func(i int) string { return words.Number(int64(i)) }
	list := []ui.Tile{
		{Figure: n(pg.holding), Label: "人（队、单位）包抓", Href: pg.href(pg.by, "")},
		{Figure: n(pg.done), Label: "件已办"},
		{Figure: n(pg.owing), Label: "件还欠", Extra: "逾期 " + n(pg.overdue), Href: pg.href(pg.by, "owing")},
	}
	if pg.places > 1 {
		list = append(list, ui.Tile{Figure: n(pg.bare), Label: "村没有人包抓", Extra: "共 " + n(pg.places) + " 村"})
	}
	return list
}
