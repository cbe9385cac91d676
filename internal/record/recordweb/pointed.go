package recordweb

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/web/ui"
	"github.com/sangzi/sangzi/internal/words"
)

// few is how many records of each point the page shows before all are asked for.
const few = 10

// pointedPage is what is to be looked at in the records of a unit, by what was pointed out.
type pointedPage struct {
	place
	all    int
	groups []pointedGroup
	only   bool // one point is asked for
	pages  ui.PagesData
}

// pointedGroup is the records in which one point is open.
type pointedGroup struct {
	point record.Points
	title string
	count int
	href  string // all of them; empty: all are shown
	items []pointedItem
}

// pointedItem is one of them, with what it is about.
type pointedItem struct {
	line
	id       int64
	base     string
	point    record.Points
	outliers []record.Outlier
	pairs    []shownPhoto // of same_photo: those that equal another
	photos   []shownPhoto // of the day and the place
	dispute  string
	again    string // where the others of the day are
	may      record.Powers
}

// titleOf is what a group is called.
func titleOf(p record.Points) string {
	if p == record.PointObjected {
		return "村里有异议，还没有答复"
	}
	return words.Text(p.Code(), nil)
}

func pointedURL(of unit.Code) string { return listURL(of) + "/pointed" }

// pointed is GET /records/{unit}/pointed: ?point= one of them, ?page=.
func (p *Pages) pointed(w http.ResponseWriter, r *http.Request) error {
	pl, err := p.at(r)
	if err != nil {
		return err
	}
	open, err := p.records.OpenPoints(r.Context(), pl.actor, pl.unit.Code)
	if err != nil {
		return err
	}
	pg := pointedPage{place: pl, all: open.All}
	one, page := readPoint(r.URL.Query())
	pg.only = one != 0
	for _, point := range record.Pointables() {
		if open.By[point] == 0 || pg.only && point != one {
			continue
		}
		g := pointedGroup{point: point, title: titleOf(point), count: open.By[point]}
		q := record.Query{Of: pl.unit.Code, Open: point, Limit: few}
		if pg.only {
			q.Limit, q.Offset = pageSize, (page-1)*pageSize
			last := (g.count + pageSize - 1) / pageSize
			pg.pages = ui.PagesData{Page: page, Last: last, Href: func(n int) string { return pointHref(pl.unit.Code, point, n) }}
		} else if g.count > few {
			g.href = pointHref(pl.unit.Code, point, 1)
		}
		if g.items, err = p.pointedItems(r.Context(), &pl, point, q); err != nil {
			return err
		}
		pg.groups = append(pg.groups, g)
	}
	out := pl.page("待核对的记录", ui.Crumb{Label: "待核对"})
	return web.Render(w, r, out, pointedBody(&pg))
}

func readPoint(q url.Values) (record.Points, int) {
	n, err := strconv.ParseInt(q.Get("point"), 10, 64)
	one := record.Points(n)
	if err != nil || !slices.Contains(record.Pointables(), one) {
		one = 0
	}
	page, err := strconv.Atoi(q.Get("page"))
	if err != nil || page < 1 || page > 100_000 {
		page = 1
	}
	return one, page
}

func pointHref(of unit.Code, point record.Points, page int) string {
	return pointedURL(of) + "?point=" + strconv.FormatInt(int64(point), 10) + "&page=" + strconv.Itoa(page)
}

func (p *Pages) pointedItems(ctx context.Context, pl *place, point record.Points, q record.Query) ([]pointedItem, error) {
	list, err := p.records.List(ctx, pl.actor, q)
	if err != nil {
		return nil, err
	}
	var items []pointedItem
	for i := range list {
		v := &list[i]
		it := pointedItem{line: p.line(pl, v), id: v.ID, base: strconv.Itoa(int(v.Number)), point: point, dispute: v.Dispute}
		it.line.pointed, it.line.dispute = nil, "" // the group says it
		it.may = record.Powers{Look: point != record.PointObjected && pl.actor.May(access.LookAtRecord, v.Unit), Answer: point == record.PointObjected}
		switch point {
		case record.PointUnusual:
			it.outliers = p.records.Outliers(v)
		case record.PointAgain:
			it.again = listURL(v.Unit) + "?" + url.Values{"kind": {v.Kind}, "from": {v.Day.String()}, "to": {v.Day.String()}}.Encode()
		case record.PointSamePhoto, record.PointPhotoDay, record.PointPhotoFar:
			photos, err := p.shownPhotos(ctx, pl, v)
			if err != nil {
				return nil, err
			}
			if point == record.PointSamePhoto {
				it.pairs = slices.DeleteFunc(photos, func(s shownPhoto) bool { return s.same == nil })
			} else {
				it.photos = photos
			}
		}
		items = append(items, it)
	}
	return items, nil
}
