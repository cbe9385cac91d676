package ledgerweb

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/web/ui"
)

// bulk is a question about several villages at once, asked before it is done.
type bulk struct {
	Title  string
	Text   string
	Action string
	Submit string
	Rows   []gridRow
	Out    []leftOut // villages that are not in it, and why
}

// leftOut is a village, where it is put right, and why it is not in it.
type leftOut struct{ Name, Href, Why string }

// reportMany reports rows of a grid on behalf of their villages: those that are filled, or
// those that are ticked. It asks first.
func (p *Pages) reportMany(w http.ResponseWriter, r *http.Request, pl place) error {
	if r.PostForm.Get("confirm") == "1" {
		return p.doMany(w, r, pl, "已代 %d 村报上", func(village unit.Code, base int32) error {
			_, err := p.reportRow(r, pl, village, base, ledger.ByGrid)
			return err
		})
	}
	pg, err := p.gridAfterKeeping(r, pl)
	if err != nil {
		return err
	}
	b := bulk{Title: "代报这些村", Action: pl.url("/report"), Text: "按表里现在的数报给镇里，记为代报；村里会看到是谁报的。"}
	for _, row := range pg.asked(r) {
		switch {
		case row.Reported && !row.Draft && !row.Newer:
			b.Out = append(b.Out, leftOut{row.Name, pg.villageURL(row.Code), "已报，没有新的改动"})
		case row.Problems > 0 || row.unfilled() > 0:
			b.Out = append(b.Out, leftOut{row.Name, pg.villageURL(row.Code), row.why(pg)})
		default:
			b.Rows = append(b.Rows, row)
		}
	}
	b.Submit = fmt.Sprintf("代报 %d 村", len(b.Rows))
	return p.askBulk(w, r, pg, b)
}

// unchangedMany declares "nothing changed" for ticked villages, or for all that have not
// reported. It asks first.
func (p *Pages) unchangedMany(w http.ResponseWriter, r *http.Request, pl place) error {
	if r.PostForm.Get("confirm") == "1" {
		return p.doMany(w, r, pl, "已代 %d 村按“本周无变化”报上", func(village unit.Code, base int32) error {
			_, err := p.ledger.Report(r.Context(), pl.actor, ledger.ReportInput{Unit: village, Week: pl.sheet.Week.Due, Base: base,
				Unchanged: true, Source: ledger.Source{Kind: ledger.ByGrid}})
			return err
		})
	}
	pg, err := p.gridAfterKeeping(r, pl)
	if err != nil {
		return err
	}
	b := bulk{Title: "这些村本周无变化", Action: pl.url("/unchanged"),
		Text: fmt.Sprintf("%d 项按上次报的数和之后的记录报上，记为代报。请先向村里问清楚。", len(pg.form.Columns))}
	for _, row := range pg.asked(r) {
		switch {
		case row.Reported:
			b.Out = append(b.Out, leftOut{row.Name, pg.villageURL(row.Code), "已报"})
		case row.Draft:
			b.Out = append(b.Out, leftOut{row.Name, pg.villageURL(row.Code), "有草稿没报，请用“代报”"})
		case !row.HasLast:
			b.Out = append(b.Out, leftOut{row.Name, pg.villageURL(row.Code), "以前没有报过，请逐项填写"})
		default:
			b.Rows = append(b.Rows, row)
		}
	}
	b.Submit = fmt.Sprintf("%d 村本周无变化", len(b.Rows))
	return p.askBulk(w, r, pg, b)
}

// villageURL is a village's own page, all its entries in sight.
func (pg *gridPage) villageURL(code string) string {
	return "/ledger/" + code + "/" + pg.sheet.Week.Due.String() + "?edit=1"
}

// gridAfterKeeping keeps the cells that came with the form, then loads the grid.
func (p *Pages) gridAfterKeeping(r *http.Request, pl place) (*gridPage, error) {
	if _, err := p.keepGrid(r, pl); err != nil {
		return nil, err
	}
	return p.gridPage(r)
}

// asked is the rows a form names: those ticked, all that are filled, or all not yet reported.
func (pg *gridPage) asked(r *http.Request) []gridRow {
	which := r.PostForm.Get("which")
	ticked := r.PostForm["unit"]
	var rows []gridRow
	for _, row := range pg.Rows {
		switch {
		case row.Virtual:
		case which == "filled" && row.Draft, which == "pending" && !row.Reported,
			which == "ticked" && slices.Contains(ticked, row.Code):
			rows = append(rows, row)
		}
	}
	return rows
}

func (p *Pages) askBulk(w http.ResponseWriter, r *http.Request, pg *gridPage, b bulk) error {
	page := web.Page{Title: b.Title, Sub: fmt.Sprintf("%s · 第 %d 报告周", pg.name(), pg.sheet.Week.No), Shape: web.Desk, Section: "ledger",
		Crumbs: []ui.Crumb{{Label: pg.name(), Href: pg.url("")}, {Label: b.Title}}}
	return web.Render(w, r, page, bulkBody(pg, b))
}

// doMany does one thing to each village of a confirmed question and says what came of it.
func (p *Pages) doMany(w http.ResponseWriter, r *http.Request, pl place, said string, do func(unit.Code, int32) error) error {
	done := 0
	var refused []string
	for _, text := range r.PostForm["unit"] {
		village, err := unit.ParseCode(text)
		if err != nil || !pl.unit.Code.Contains(village) {
			return errCells.With("unit", text)
		}
		switch err := do(village, readBase(r.PostForm.Get("base."+text))); {
		case err == nil:
			done++
		case isProblem(err):
			refused = append(refused, pl.sheet.Tree.ShortName(village)+"："+sentence(err))
		default:
			return err
		}
	}
	n := ui.Notice{Tone: ui.Saved, Title: fmt.Sprintf(said, done), At: p.ledger.Now()}
	if len(refused) > 0 {
		n.Tone = ui.Warn
		n.Text = fmt.Sprintf("%d 村没有办成。%s", len(refused), strings.Join(refused[:min(3, len(refused))], "；"))
	}
	if err := web.Say(w, n); err != nil {
		return err
	}
	return web.Redirect(w, r, pl.url(""))
}

// unfilled counts the cells with nothing in them.
func (row *gridRow) unfilled() int {
	n := 0
	for i := range row.Cells {
		if row.Cells[i].Text == "" {
			n++
		}
	}
	return n
}

// why is the first thing that keeps a row from being reported.
func (row *gridRow) why(pg *gridPage) string {
	for i := range row.Cells {
		c := &row.Cells[i]
		switch {
		case c.Error != "":
			return c.Error
		case c.Warning != "" && c.Note == "":
			return c.Warning
		}
	}
	return fmt.Sprintf("还有 %d 格没有填", row.unfilled())
}
