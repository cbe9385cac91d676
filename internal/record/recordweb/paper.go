package recordweb

import (
	"net/http"
	"slices"

	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/web/ui"
	"github.com/sangzi/sangzi/internal/words"
)

// paperPage is a record on an A4 page: what it says, its tables, its map, how it came about.
type paperPage struct {
	showPage
	kind     string
	versions []paperVersion
	approval string // who approved it, and when
	checked  string // what the county said
}

// paperVersion is a line of the table of versions.
type paperVersion struct{ number, act, who, at, says string }

// paper is GET /record/{id}/paper, a page to be printed and filed.
func (p *Pages) paper(w http.ResponseWriter, r *http.Request) error {
	f, err := p.find(r)
	if err != nil {
		return err
	}
	v := f.last()
	kind, ok := p.records.Kinds().Kind(v.Kind)
	if !ok {
		return web.ErrNotFound
	}
	pg := paperPage{showPage: showPage{found: f, facts: p.facts(&f.place, v), tables: tablesOf(kind, &v.Facts), sketch: sketchOf(kind, &v.Facts, f.name(v.Unit)+kind.Title)}, kind: kind.Title}
	for i := range f.versions {
		pg.versions = append(pg.versions, p.paperVersion(&f, i))
	}
	pg.approval, pg.checked = "还没有审定", "还没有核对"
	if !kind.Approval {
		pg.approval = ""
	}
	if !kind.Check {
		pg.checked = ""
	}
	if i := slices.IndexFunc(f.versions, func(one record.Version) bool { return one.Status == record.Approved }); i >= 0 && v.Status == record.Approved {
		pg.approval = approvalOf(&f)
	}
	if n := checkedNotice(&f.place, v); n != nil {
		pg.checked = words.Text("record_check."+string(v.Check.Verdict), nil) + "　" + n.Text
	}
	page := f.page(f.name(v.Unit)+kind.Title, ui.Crumb{Label: kind.Title, Href: recordURL(v.ID, "")}, ui.Crumb{Label: "打印"})
	page.Styles = append(page.Styles, "register.css", "paper.css")
	return web.Render(w, r, page, paperBody(&pg))
}

// approvalOf is who approved the version that stands, and when.
func approvalOf(f *found) string {
	for i := len(f.versions) - 1; i > 0; i-- {
		v := &f.versions[i]
		if v.Act(&f.versions[i-1]) == record.DidApprove {
			return "同意　" + f.who(v.Entry(), v.Unit) + " · " + f.moment(v.At)
		}
	}
	return "同意"
}

func (p *Pages) paperVersion(f *found, i int) paperVersion {
	s, v := p.step(f, i), &f.versions[i]
	line := paperVersion{number: words.Number(int64(v.Number)), act: s.act, who: s.who, at: s.at, says: s.reason}
	if v.Number == 1 || len(s.changes) > 0 {
		line.says = p.records.Says(v)
		if s.reason != "" {
			line.says += "（" + s.reason + "）"
		}
	}
	return line
}
