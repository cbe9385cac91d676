package patronweb

import (
	"context"
	"net/http"
	"strconv"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/patron"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/web/ui"
)

// Visit is a record of somebody having been visited.
type Visit struct {
	Href string
	Day  date.Date
	Says string
}

// Config is what the pages need.
type Config struct {
	Patrons *patron.Service
	Tree    func() *unit.Tree
	// Visits lists the visits to a name, recorded at a unit and below it.
	Visits func(ctx context.Context, a access.Actor, of unit.Code, name string) ([]Visit, error)
}

// Pages is the pages.
type Pages struct{ Config }

// New makes the pages.
func New(c Config) *Pages { return &Pages{c} }

// Register adds the routes of the wing.
func (p *Pages) Register(m *web.Mux) {
	read, keep := web.Can(access.ReadRecords), web.Can(access.KeepPatrons)
	m.Page("GET /patrons", read, p.own)
	m.Page("GET /patrons/{unit}", read, p.list)
	m.Page("GET /patrons/{unit}/new", keep, p.blank)
	m.Page("POST /patrons/{unit}/new", keep, p.add)
	m.Page("GET /patron/{id}", keep, p.show)
	m.Page("GET /patron/{id}/edit", keep, p.askEdit)
	m.Page("POST /patron/{id}/edit", keep, p.edit)
	m.Page("POST /patron/{id}/phone", keep, p.phone)
	m.Page("POST /patron/{id}/erase", keep, p.erase)
}

func (p *Pages) own(w http.ResponseWriter, r *http.Request) error {
	return web.Redirect(w, r, listURL(web.ActorOf(r.Context()).Unit))
}

func listURL(of unit.Code) string { return "/patrons/" + of.String() }

func patronURL(id int64, rest string) string { return "/patron/" + strconv.FormatInt(id, 10) + rest }

// page is a page about a unit; a villager's is one column.
func (p *Pages) page(r *http.Request, title string, of unit.Code, crumbs ...ui.Crumb) web.Page {
	page := web.Page{Title: title, Section: "records", Styles: []string{"records.css", "register.css"}}
	if web.ActorOf(r.Context()).Unit.Level() == unit.LevelVillage {
		page.Shape, page.Sub = web.Phone, p.Tree().ShortName(of)
		return page
	}
	page.Crumbs = append([]ui.Crumb{{Label: p.Tree().ShortName(of) + "的乡贤名册", Href: listURL(of)}}, crumbs...)
	return page
}

func pathID(r *http.Request) (int64, error) {
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if err != nil {
		return 0, web.ErrNotFound.Because(err)
	}
	return id, nil
}

// listPage is a register, or how many those below have.
type listPage struct {
	of      unit.Code
	village bool
	keeps   bool
	people  []patron.Patron
	counts  []patron.Count
	name    func(unit.Code) string
	listed  int
	phones  int
}

// list is GET /patrons/{unit}.
func (p *Pages) list(w http.ResponseWriter, r *http.Request) error {
	of, err := web.PathUnit(r)
	if err != nil {
		return err
	}
	a, tree := web.ActorOf(r.Context()), p.Tree()
	if _, ok := tree.Unit(of); !ok {
		return web.ErrNotFound
	}
	pg := listPage{of: of, village: a.Unit.Level() == unit.LevelVillage, keeps: patron.Sees(a, of), name: tree.ShortName}
	if of.Level() < unit.LevelTown {
		pg.name = func(c unit.Code) string {
			if c.Level() == unit.LevelVillage {
				return tree.ShortName(c.At(unit.LevelTown)) + tree.ShortName(c)
			}
			return tree.ShortName(c)
		}
	}
	if pg.keeps {
		pg.people, err = p.Patrons.List(r.Context(), a, of)
	} else {
		pg.counts, err = p.Patrons.Counts(r.Context(), a, of)
	}
	if err != nil {
		return err
	}
	for _, c := range pg.counts {
		pg.listed, pg.phones = pg.listed+c.Listed, pg.phones+c.WithPhone
	}
	page := p.page(r, "乡贤名册", of)
	if !pg.village {
		page.Title, page.Crumbs = tree.ShortName(of)+"的乡贤名册", []ui.Crumb{{Label: tree.ShortName(of) + "的记录", Href: "/records/" + of.String()}, {Label: "乡贤名册"}}
	}
	if pg.keeps {
		page.Bar = listBar(&pg)
	}
	return web.Render(w, r, page, listBody(&pg))
}
