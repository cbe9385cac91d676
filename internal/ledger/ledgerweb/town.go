package ledgerweb

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web"
)

// gridPage is a town's week as its grid shows it.
type gridPage struct {
	place
	Rows      []gridRow
	Totals    []string // one per column, of the rows that are reported or filled
	Count     gridCounts
	Office    ledger.OfficeState
	Head      ledger.Head
	Now       time.Time
	Show      string // which rows: reported, pending, changed, problem; empty for all
	Writable  bool
	MaySubmit bool
	MayReturn bool
	MayImport bool
	NotOpen   bool
	Locked    bool
	Changed   bool // rows have changed since the last submission
}

// gridCounts is what the line above the grid says.
type gridCounts struct {
	Villages int `json:"villages"`
	Reported int `json:"reported"`
	Pending  int `json:"pending"`
	Drafts   int `json:"drafts"` // rows filled and not reported
	Changed  int `json:"changed"`
	Problems int `json:"problems"`
}

func (c gridCounts) Villagewise() string {
	return fmt.Sprintf("%d 村 · 已报 %d", c.Villages, c.Reported)
}
func (c gridCounts) Still() string  { return fmt.Sprintf("待报 %d", c.Pending) }
func (c gridCounts) Cells() string  { return fmt.Sprintf("变更 %d 格", c.Changed) }
func (c gridCounts) Faults() string { return fmt.Sprintf("问题 %d", c.Problems) }
func (c gridCounts) Filled() string { return fmt.Sprintf("草稿 %d", c.Drafts) }

func (p *Pages) showTown(w http.ResponseWriter, r *http.Request) error {
	pg, err := p.gridPage(r)
	if err != nil {
		return err
	}
	return p.renderTown(w, r, pg, http.StatusOK)
}

func (p *Pages) renderTown(w http.ResponseWriter, r *http.Request, pg *gridPage, status int) error {
	page := web.Page{
		Title: fmt.Sprintf("%s · 第 %d 报告周", pg.name(), pg.sheet.Week.No), Lead: townLead(pg), Actions: townActions(pg),
		Shape: web.Sheet, Section: "ledger", Status: status, Scripts: []string{"grid.js"}, Bar: townBar(pg),
	}
	return web.Render(w, r, page, townBody(pg))
}

func (p *Pages) gridPage(r *http.Request) (*gridPage, error) {
	pl, err := p.at(r)
	if err != nil {
		return nil, err
	}
	views, err := p.ledger.Rows(r.Context(), pl.actor, pl.unit.Code, pl.sheet.Week.Due)
	if err != nil {
		return nil, err
	}
	now := p.ledger.Now()
	pg := &gridPage{place: pl, Office: pl.sheet.Office(pl.unit.Code, now), Now: now, Show: r.URL.Query().Get("show"),
		Locked: pl.sheet.Locked(pl.unit.Code), NotOpen: pl.today.Before(pl.sheet.Week.Opens)}
	open := !pg.Locked && !pg.NotOpen
	pg.Writable = open && pl.actor.May(access.ReportRow, pl.unit.Code)
	pg.MaySubmit = open && pl.actor.May(access.SubmitTown, pl.unit.Code)
	pg.MayReturn = open && pl.actor.May(access.ReturnRow, pl.unit.Code)
	pg.MayImport = open && pl.actor.May(access.ImportLedger, pl.unit.Code)
	pg.fill(views)
	pg.Changed = pg.changedSince(views)
	pg.Head, err = p.headOf(r.Context(), pl, pg.Office)
	return pg, err
}

// fill makes the rows, the totals and the counts.
func (pg *gridPage) fill(views []ledger.RowView) {
	sums := make([]int64, len(pg.form.Columns))
	for i := range views {
		row := pg.row(&views[i])
		row.No = i + 1
		if row.counts() {
			for c, v := range views[i].Filled {
				if v != ledger.Empty {
					sums[c] += int64(v)
				}
			}
			pg.Count.Changed += row.Changed
		}
		pg.Count.add(&row)
		pg.Rows = append(pg.Rows, row)
	}
	for c := range pg.form.Columns {
		pg.Totals = append(pg.Totals, total(&pg.form.Columns[c], sums[c]))
	}
}

func (c *gridCounts) add(row *gridRow) {
	if !row.Virtual {
		c.Villages++
		if row.Reported {
			c.Reported++
		} else {
			c.Pending++
		}
	}
	if row.Draft {
		c.Drafts++
	}
	c.Problems += row.Problems
}

// total is the sum of a column: villages with yes, whole numbers, 万元.
func total(col *campaign.Column, sum int64) string {
	if col.Type == campaign.YesNo {
		return fmt.Sprint(sum)
	}
	return ledger.Format(col, ledger.Value(sum))
}

// changedSince tells whether any row is not as the last submission sealed it.
func (pg *gridPage) changedSince(views []ledger.RowView) bool {
	if pg.Office.Sealed == nil {
		return false
	}
	for i := range views {
		v := &views[i]
		version := v.Chain.Version
		if v.Chain.Status == ledger.Returned {
			version = 0
		}
		if version != v.SealedAt {
			return true
		}
	}
	return false
}

// shown tells whether a row belongs to what is asked for.
func (pg *gridPage) shown(row *gridRow) bool {
	switch pg.Show {
	case "reported":
		return row.Reported
	case "pending":
		return !row.Reported && !row.Virtual
	case "changed":
		return row.Changed > 0
	case "problem":
		return row.Problems > 0
	case "draft":
		return row.Draft
	}
	return true
}

// headOf is the head of the form as it would be sent: as last sent, else from the account.
func (p *Pages) headOf(ctx context.Context, pl place, office ledger.OfficeState) (ledger.Head, error) {
	head := ledger.Head{Unit: pl.name(), Contact: "", FilledOn: pl.today}
	if last := p.lastHead(ctx, pl, office); last != nil {
		head.Unit, head.Contact, head.Phone = last.Unit, last.Contact, last.Phone
		if office.Last != nil {
			head.FilledOn = last.FilledOn
		}
		return headFor(pl.actor, pl.unit.Code, head), nil
	}
	if pl.actor.Unit == pl.unit.Code && pl.actor.May(access.SubmitTown, pl.unit.Code) {
		head.Contact = pl.actor.Name
		if p.options.Phone != nil {
			phone, err := p.options.Phone(ctx, pl.actor)
			if err != nil {
				return head, err
			}
			head.Phone = phone
		}
	}
	return head, nil
}

// lastHead is the head the unit last sent, this week or in one of those before it.
func (p *Pages) lastHead(ctx context.Context, pl place, office ledger.OfficeState) *ledger.Head {
	if office.Last != nil {
		return &office.Last.Head
	}
	weeks := pl.calendar.Until(pl.sheet.Week.Due)
	for i := len(weeks) - 2; i >= 0 && i >= len(weeks)-trailWeeks; i-- {
		old, err := p.ledger.Sheet(ctx, pl.actor, pl.unit.Code, weeks[i].Due)
		if err != nil {
			return nil // the unit did not exist then
		}
		if o := old.Office(pl.unit.Code, p.ledger.Now()); o.Last != nil {
			return &o.Last.Head
		}
	}
	return nil
}

// state is the state of the town's own week.

// groupTitle is a group's title; where all its columns are money it says so.
func (pg *gridPage) groupTitle(g campaign.Group) string {
	for _, c := range pg.form.Columns[g.First : g.First+g.Count] {
		if c.Type != campaign.Money {
			return g.Title
		}
	}
	return g.Title + "（万元）"
}

// virtual tells whether a village reports nothing of its own.
func virtual(u unit.Unit) bool { return u.Kind == unit.Virtual }
