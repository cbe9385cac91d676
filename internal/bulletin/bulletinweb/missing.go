package bulletinweb

import (
	"errors"
	"net/http"

	"github.com/sangzi/sangzi/internal/bulletin"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/web/ui"
)

// missingView says why there is no bulletin to read, what can be done, and which there are.
type missingView struct {
	Title string
	Says  []string
	Begin string // where it is begun; empty: not now, or not by this reader
	Name  string // of what is begun
	All   string
	There []otherView
}

// begun is a page about one bulletin. Where there is none, it says so instead of being not found.
func (p *Pages) begun(page web.Handler) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		err := page(w, r)
		if !errors.Is(err, bulletin.ErrNone) && !errors.Is(err, bulletin.ErrPeriod) {
			return err
		}
		of, wrong := web.PathUnit(r)
		if wrong != nil {
			return err
		}
		v, wrong := p.missing(r, of)
		if wrong != nil {
			return err
		}
		return web.Render(w, r, web.Page{Title: v.Name, Section: section, Styles: styles, Status: http.StatusNotFound,
			Crumbs: []ui.Crumb{{Label: p.name(of) + "月通报", Href: listURL(of)}, {Label: v.Name}}}, missingBody(v))
	}
}

func (p *Pages) missing(r *http.Request, of unit.Code) (missingView, error) {
	actor := web.ActorOf(r.Context())
	v := missingView{All: listURL(of)}
	list, err := p.bulletin.List(r.Context(), actor, of)
	if err != nil {
		return v, err
	}
	for _, m := range list {
		if m.Latest != nil {
			v.There = append(v.There, otherView{m.Period.Chinese() + m.Period.Kind(), bulletinURL(of, m.Period, "")})
		}
	}
	m, err := bulletin.ParsePeriod(r.PathValue("period"))
	if err != nil {
		v.Name, v.Title = "没有这一期", "没有这个月份或季度"
		v.Says = []string{"地址里月份写成 2024-03，季度写成 2024-Q1。"}
		return v, nil
	}
	prospect, err := p.bulletin.Prospect(actor, of, m)
	if err != nil {
		return v, err
	}
	v.Name = m.Chinese() + m.Kind()
	if v.Title = "还没有起草"; !prospect.Edits {
		v.Title = "还没有印发"
	}
	if prospect.Begin {
		v.Begin = bulletinURL(of, m, "/begin")
	}
	v.Says = append(v.Says, p.when(m, &prospect))
	if prospect.Planned && !prospect.From.IsZero() {
		v.Says = append(v.Says, p.who(of, prospect.Edits))
	}
	return v, nil
}

// when says from when on it can be begun, and with which figures.
func (p *Pages) when(m bulletin.Period, x *bulletin.Prospect) string {
	switch first := p.bulletin.Begins(); {
	case !x.Planned:
		return "活动配置里没有这种通报的写法，不能起草。"
	case x.From.IsZero() && m.Last().Before(first):
		return "活动第一个报告周在" + first.Chinese() + "截止，在那以前没有可以通报的数。"
	case x.From.IsZero():
		return "这一期里没有报告周，没有可以通报的数。"
	case x.From.After(p.bulletin.Today()):
		return "要到" + x.From.Chinese() + "才有可以通报的数，从那天起可以起草。"
	case x.Over && x.Edits:
		return "这一期的报告周已经全部截止，可以起草，数取到" + x.Week.Chinese() + "。"
	case x.Over:
		return "这一期的报告周已经全部截止。"
	case !x.Edits:
		return "这一期还没有结束。"
	}
	return "这一期还没有结束，现在起草，数取到" + x.Week.Chinese() + "为止；以后的周次截止后可以重新取数。"
}

// who says who may begin it.
func (p *Pages) who(of unit.Code, edits bool) string {
	by := "由" + p.name(of)
	if of.Level() == unit.LevelCounty {
		by += "县级专班起草，" + p.name(of.At(unit.LevelCity)) + "市级专班也可以起草"
	} else {
		by += "市级专班起草"
	}
	if edits {
		return by + "。"
	}
	return by + "，审定、印发以后在这里看。"
}
