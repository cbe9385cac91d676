package bulletinweb

import (
	"net/http"

	"github.com/sangzi/sangzi/internal/bulletin"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/web/ui"
)

// compareView is two versions held against each other.
type compareView struct {
	bulletin.Comparison
	A, B    string
	Choices []ui.Choice
	Same    int // lines that are the same
}

// compare is GET /bulletin/{unit}/{period}/compare; without a choice it shows the last two versions.
func (p *Pages) compare(w http.ResponseWriter, r *http.Request) error {
	of, m, err := place(r)
	if err != nil {
		return err
	}
	actor, q := web.ActorOf(r.Context()), r.URL.Query()
	after, err := p.bulletin.Show(r.Context(), actor, of, m, number(q.Get("b")))
	if err != nil {
		return err
	}
	first := number(q.Get("a"))
	for _, h := range after.History {
		if number(q.Get("a")) == 0 && h.Number < after.Version.Number {
			first = h.Number
		}
	}
	if first == 0 {
		first = after.Version.Number
	}
	before, err := p.bulletin.Show(r.Context(), actor, of, m, first)
	if err != nil {
		return err
	}
	v := compareView{Comparison: p.bulletin.Compare(&before.Version.Draft, &after.Version.Draft), A: itoa(first), B: itoa(after.Version.Number)}
	for _, h := range after.History {
		v.Choices = append(v.Choices, ui.Choice{Value: itoa(h.Number), Label: "第 " + itoa(h.Number) + " 版 " + statusName(h.Status) + " " + p.moment(h.At)})
	}
	for i := range v.Lines {
		if v.Lines[i].Same() {
			v.Same++
		}
	}
	return web.Render(w, r, web.Page{Title: m.Chinese() + m.Kind() + "两版对照", Section: section, Styles: styles,
		Crumbs: []ui.Crumb{{Label: p.name(of) + "月通报", Href: listURL(of)}, {Label: m.Chinese(), Href: bulletinURL(of, m, "")}, {Label: "两版对照"}}}, compareBody(v))
}
