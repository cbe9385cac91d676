package dispatchweb

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/dispatch"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/web/ui"
)

// openView is the form in which an item is opened.
type openView struct {
	Page    unit.Code
	Rule    *campaign.PointRule // nil: free
	Figure  string
	Points  []pointView
	About   record.Party
	Name    string
	Abouts  []ui.Choice // where it may be about one of several
	Request *dispatch.Request
	Kind    string // what is asked for
	Week    date.Date
	To      string
	Choices []ui.Choice
	Day     string
	Text    string
	Error   string
	Field   string
	Typed   url.Values
	Cancel  string
}

func partyOf(code unit.Code) record.Party { return record.Party{Unit: code} }

// partyValue is a party in a form: 445281119000, or 445281000000/市林业局.
func partyValue(p record.Party) string {
	if p.Department != "" {
		return p.Unit.String() + "/" + p.Department
	}
	return p.Unit.String()
}

// readParty reads what partyValue wrote; what cannot be read is nobody.
func readParty(text string) record.Party {
	code, department, _ := strings.Cut(text, "/")
	c, err := unit.ParseCode(code)
	if err != nil || code == "" {
		return record.Party{}
	}
	return record.Party{Unit: c, Department: department}
}

// askOpen is GET /dispatch/{unit}/open: ?rule= &about= &department= of a point, ?request= of what a
// village asks for, neither for a free item.
func (p *Pages) askOpen(w http.ResponseWriter, r *http.Request) error {
	v, err := p.openView(r, r.URL.Query())
	if err != nil {
		return err
	}
	return p.renderOpen(w, r, v)
}

func (p *Pages) renderOpen(w http.ResponseWriter, r *http.Request, v openView) error {
	page := web.Page{Title: "列入调度事项", Section: "dispatch", Crumbs: crumbs(p.tree(), web.ActorOf(r.Context()), v.Page, v.Week, "列入"), Styles: styles}
	if v.Error != "" {
		page.Status = http.StatusUnprocessableEntity
	}
	return web.Render(w, r, page, openBody(v))
}

// openView reads what an item is to be made of.
func (p *Pages) openView(r *http.Request, q url.Values) (openView, error) {
	of, err := web.PathUnit(r)
	if err != nil {
		return openView{}, err
	}
	actor := web.ActorOf(r.Context())
	v := openView{Page: of, Typed: q, Text: q.Get("text"), To: q.Get("to"), Day: q.Get("day"), Week: dayOf(q.Get("week"))}
	v.Cancel = unitURL(of, "")
	if !v.Week.IsZero() {
		v.Cancel = weekURL(of, v.Week)
	}
	if _, again := q["day"]; !again {
		calendar := p.dispatch.Pack.Calendar()
		if next, ok := calendar.Next(calendar.Current(p.dispatch.Today())); ok {
			v.Day = next.Due.String()
		}
	}
	if id, err := strconv.ParseInt(q.Get("request"), 10, 64); err == nil {
		asked, err := p.dispatch.Request(r.Context(), actor, id)
		if err != nil {
			return v, err
		}
		v.Request, v.About = &asked, asked.Party
		if k, ok := p.dispatch.Pack.Dispatch.Ask(asked.Rule); ok {
			v.Kind = k.Title
		}
	} else if err := p.openAbout(r, actor, q, &v); err != nil {
		return v, err
	}
	v.Name = dispatch.Name(p.tree(), v.About)
	_, again := q["text"]
	p.suggest(&v, !again)
	v.Choices, err = p.responsible(r, actor, v.About)
	return v, err
}

// openAbout is what a point or a free item is about.
func (p *Pages) openAbout(r *http.Request, a access.Actor, q url.Values, v *openView) error {
	v.About = readParty(q.Get("about"))
	if d := q.Get("department"); d != "" {
		v.About.Department = d
	}
	if q.Get("rule") == "" {
		children := p.tree().Children(v.Page)
		for _, u := range children {
			v.Abouts = append(v.Abouts, ui.Choice{Value: u.Code.String(), Label: p.tree().ShortName(u.Code)})
		}
		if a.Unit.Level() <= unit.LevelCounty && v.Page.Level() >= unit.LevelCounty {
			v.Abouts = append([]ui.Choice{{Value: v.Page.String(), Label: p.tree().ShortName(v.Page) + "（全部）"}}, v.Abouts...)
		}
		if v.About.Unit == 0 && len(children) > 0 {
			v.About = partyOf(children[0].Code)
		}
		return nil
	}
	page, err := p.dispatch.Page(r.Context(), a, v.Page, v.Week)
	if err != nil {
		return err
	}
	for i := range page.Groups {
		g := &page.Groups[i]
		if g.Rule.Key != q.Get("rule") {
			continue
		}
		v.Rule = g.Rule
		figure, _ := page.Figure(g.Rule.Key, v.About)
		v.Figure = dispatch.FigureText(p.form, g.Rule, figure)
		for k := range g.At {
			if g.At[k].Party == v.About {
				line := atView{}
				p.within(page, g.Rule, &g.At[k], &line)
				v.Points = line.Points
			}
		}
	}
	if v.Rule == nil {
		return dispatch.ErrRule
	}
	return nil
}

// suggest fills in what is mostly meant.
func (p *Pages) suggest(v *openView, fresh bool) {
	if !fresh {
		return
	}
	switch {
	case v.Rule != nil:
		v.Text = fmt.Sprintf("%s%s，%s", v.Name, v.Rule.Title, v.Figure)
	case v.Request != nil:
		v.Text = fmt.Sprintf("%s%s：%s", v.Name, v.Kind, v.Request.Event.Text)
	}
	to := v.About
	if to.Unit.Level() == unit.LevelVillage && to.Department == "" && v.Page.Level() < unit.LevelTown {
		to.Unit = to.Unit.At(unit.LevelTown)
	}
	v.To = partyValue(to)
}

// responsible are those whom an actor may name for what is about a party: who it is about and
// those above it first, then departments, then the other towns.
func (p *Pages) responsible(r *http.Request, a access.Actor, about record.Party) ([]ui.Choice, error) {
	tree := p.tree()
	var list []ui.Choice
	seen := map[string]bool{}
	add := func(one record.Party) {
		if v := partyValue(one); !seen[v] && a.Unit.Contains(one.Unit) {
			seen[v] = true
			list = append(list, ui.Choice{Value: v, Label: dispatch.Name(tree, one)})
		}
	}
	add(about)
	if about.Department == "" && about.Unit.Level() == unit.LevelVillage {
		add(partyOf(about.Unit.At(unit.LevelTown)))
	}
	county := about.Unit.At(unit.LevelCounty)
	if a.Unit.Level() <= unit.LevelCounty {
		names, err := p.dispatch.DepartmentsOf(r.Context(), county)
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			add(record.Party{Unit: county, Department: name})
		}
		for _, t := range tree.Towns(county) {
			add(partyOf(t.Code))
		}
		add(partyOf(county))
		return list, nil
	}
	for _, v := range tree.Villages(about.Unit.At(unit.LevelTown)) {
		if v.Kind == unit.Ordinary {
			add(partyOf(v.Code))
		}
	}
	return list, nil
}

// open is POST /dispatch/{unit}/open. A point that is followed already leads to its item.
func (p *Pages) open(w http.ResponseWriter, r *http.Request) error {
	if err := web.ParseForm(r); err != nil {
		return err
	}
	in := dispatch.OpenInput{Rule: r.PostFormValue("rule"), Party: readParty(r.PostFormValue("about")), Week: dayOf(r.PostFormValue("week")),
		To: readParty(r.PostFormValue("to")), Day: dayOf(r.PostFormValue("day")), Text: r.PostFormValue("text")}
	if id, err := strconv.ParseInt(r.PostFormValue("request"), 10, 64); err == nil {
		in.Request = id
	} else if in.Party.Unit == 0 {
		if in.Party.Unit, err = web.PathUnit(r); err != nil {
			return err
		}
	}
	item, err := p.dispatch.Open(r.Context(), web.ActorOf(r.Context()), in)
	if id, ok := dispatch.OpenItem(err); ok {
		if err := web.Say(w, ui.Notice{Tone: ui.Info, Title: "这种情形早已列入，就是下面这一件", At: p.now()}); err != nil {
			return err
		}
		return web.Redirect(w, r, itemURL(id))
	}
	if sentence, ok := wrong(err); ok {
		v, verr := p.openView(r, r.PostForm)
		if verr != nil {
			return verr
		}
		v.Error, v.Field = sentence, fieldOf(err)
		return p.renderOpen(w, r, v)
	}
	if err != nil {
		return err
	}
	return p.done(w, r, "已列入，"+monthDay(item.Due)+"前办，以后每周跟着", itemURL(item.ID))
}

// fieldOf is the field that an error is about.
func fieldOf(err error) string {
	for field, one := range map[string]error{"day": dispatch.ErrDay, "to": dispatch.ErrTo, "text": dispatch.ErrText, "ask": dispatch.ErrAsk} {
		if errors.Is(err, one) {
			return field
		}
	}
	return ""
}
