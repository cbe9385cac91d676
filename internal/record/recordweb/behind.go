package recordweb

import (
	"net/http"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/web/ui"
)

// behindPage is the records that a village's column comes from in a week.
type behindPage struct {
	place
	column *campaign.Column
	week   date.Date
	said   string // what they come to; empty when they say nothing
	rule   string // how a figure is made of them
	lines  []behindLine
}

type behindLine struct {
	line
	late, fresh bool
}

// rules say how a figure is made of records.
var rules = map[campaign.TallyKind]string{
	campaign.TallySum:      "下面各条相加",
	campaign.TallyCount:    "下面一共几条",
	campaign.TallyAny:      "有一条就是“是”",
	campaign.TallyStanding: "这一周还有效就是“是”",
	campaign.TallyDistinct: "同一个人只算一次",
	campaign.TallyLatest:   "按最近的一条",
}

// behind is GET /records/{unit}/behind/{week}/{column}.
func (p *Pages) behind(w http.ResponseWriter, r *http.Request) error {
	pl, err := p.at(r)
	if err != nil {
		return err
	}
	due, err := date.Parse(r.PathValue("week"))
	if err != nil {
		return web.ErrNotFound.Because(err)
	}
	i, ok := p.form.ColumnIndex(r.PathValue("column"))
	if !ok || pl.unit.Code.Level() != unit.LevelVillage {
		return web.ErrNotFound
	}
	list, err := p.records.Behind(r.Context(), pl.actor, pl.unit.Code, due, i)
	if err != nil {
		return err
	}
	pg := behindPage{place: pl, column: &p.form.Columns[i], week: due}
	if says := p.records.Derived(pl.unit.Code, due); says != nil && says[i] != ledger.Empty {
		pg.said = ledger.Format(pg.column, says[i])
		if pg.column.Unit != "" {
			pg.said += " " + pg.column.Unit
		}
	}
	if pg.column.Derive != nil {
		pg.rule = rules[pg.column.Derive.Kind]
	}
	for k := range list {
		pg.lines = append(pg.lines, behindLine{p.line(&pl, &list[k].Version), list[k].Late, list[k].New})
	}
	page := pl.page(pg.column.Short+" · 依据的记录", ui.Crumb{Label: pg.column.Short})
	return web.Render(w, r, page, behindBody(&pg))
}
