package bulletinweb

import (
	"errors"
	"net/http"
	"strings"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/bulletin"
	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/web/ui"
	"github.com/sangzi/sangzi/internal/words"
)

// neutral says how tables stand without a rule.
const neutral = "没有排名规则在施行，表格都按单位代码的顺序排列。"

func ruleURL(of unit.Code) string { return listURL(of) + "/ranking" }

// ruleView is a unit's rule of ranking with all its versions.
type ruleView struct {
	Action  string
	Now     string // what is in force this month
	May     bool
	Ends    bool // there is ranking that can be ended
	Typed   typedRule
	Figures []ui.Choice
	Months  []ui.Choice // in which a rule may begin
	Ending  []ui.Choice // in which ranking may end
	History []ruleLine
	Errors  []ui.FieldError
	Moved   string
}

type typedRule struct {
	Base                                                  int32
	From, Name, First, Second, Third, Least, Tie, Minimum string
	Reason                                                string
}

type ruleLine struct {
	Version int32
	From    string
	What    string
	Who     string
	Why     string
	Neutral bool
}

func (v *ruleView) errorAt(id string) string {
	for _, e := range v.Errors {
		if e.Field == id {
			return e.Message
		}
	}
	return ""
}

// rule is GET /bulletins/{unit}/ranking.
func (p *Pages) rule(w http.ResponseWriter, r *http.Request) error {
	of, err := web.PathUnit(r)
	if err != nil {
		return err
	}
	month := bulletin.MonthOf(p.bulletin.Today()).String()
	return p.ruling(w, r, of, ruleView{Typed: typedRule{From: month, Tie: string(bulletin.TieSkip), Base: -1}}, 0)
}

func (p *Pages) ruling(w http.ResponseWriter, r *http.Request, of unit.Code, v ruleView, status int) error {
	actor := web.ActorOf(r.Context())
	list, err := p.bulletin.Rules(r.Context(), actor, of)
	if err != nil {
		return err
	}
	names := p.bulletin.Names()
	v.Action, v.Now, v.May = ruleURL(of), neutral, actor.May(access.RuleBulletin, of)
	if rule := bulletin.InForce(list, bulletin.MonthOf(p.bulletin.Today())); rule != nil {
		v.Now = rule.Note(names)
	}
	v.Ends = len(list) > 0 && !list[len(list)-1].Neutral
	if v.Typed.Base < 0 {
		v.Typed.Base = int32(len(list))
	}
	v.Months, v.Ending = p.months()
	v.Figures = []ui.Choice{{Value: "", Label: "请选"}}
	for _, ref := range p.bulletin.RankedBy() {
		v.Figures = append(v.Figures, ui.Choice{Value: ref, Label: names.Of(ref)})
	}
	for i := len(list) - 1; i >= 0; i-- {
		x := &list[i]
		line := ruleLine{Version: x.Version, From: x.From.Chinese(), Who: p.moment(x.At) + " " + x.Actor, Why: x.Reason, Neutral: x.Neutral, What: "不排名，按单位代码的顺序。"}
		if !x.Neutral {
			line.What = x.Note(names)
		}
		v.History = append(v.History, line)
	}
	return web.Render(w, r, web.Page{Title: p.name(of) + "排名规则", Section: section, Styles: styles, Status: status,
		Crumbs: []ui.Crumb{{Label: p.name(of) + "月通报", Href: listURL(of)}, {Label: "排名规则"}}}, ruleBody(v))
}

// adopt is POST /bulletins/{unit}/ranking: another version of the rule, or the end of ranking.
func (p *Pages) adopt(w http.ResponseWriter, r *http.Request) error {
	if err := web.ParseForm(r); err != nil {
		return err
	}
	of, err := web.PathUnit(r)
	if err != nil {
		return err
	}
	get := func(name string) string { return strings.TrimSpace(r.PostFormValue(name)) }
	t := typedRule{Base: number(get("base")), From: get("from"), Name: get("name"), First: get("first"), Second: get("second"), Third: get("third"), Least: get("least"), Tie: get("tie"), Minimum: get("minimum"), Reason: get("reason")}
	in := bulletin.RuleInput{Unit: of, Base: t.Base, Neutral: get("neutral") != "", Name: t.Name, Least: t.Least != "", Tie: bulletin.Tie(t.Tie), Minimum: int64(number(t.Minimum)), Reason: t.Reason}
	for _, ref := range []string{t.First, t.Second, t.Third} {
		if ref != "" {
			in.Of = append(in.Of, ref)
		}
	}
	if in.From, err = bulletin.ParsePeriod(t.From); err != nil {
		in.From = bulletin.Period{} // which is no month to begin with
	}
	if t.Minimum != "" && t.Minimum != "0" && in.Minimum == 0 {
		in.Minimum = -1
	}
	kept, err := p.bulletin.AdoptRule(r.Context(), web.ActorOf(r.Context()), in)
	if err != nil {
		return p.unruled(w, r, of, ruleView{Typed: t}, err)
	}
	said := "排名规则已改定"
	if kept.Neutral {
		said = "已停止排名"
	}
	if err := web.Say(w, ui.Notice{Tone: ui.Saved, Title: said, At: kept.At}); err != nil {
		return err
	}
	return web.Redirect(w, r, ruleURL(of))
}

// unruled shows the form again with what was typed and what is wrong with it.
func (p *Pages) unruled(w http.ResponseWriter, r *http.Request, of unit.Code, v ruleView, err error) error {
	sentence, _ := words.Of(err)
	found, ok := problem.Of(err)
	switch {
	case ok && found.Kind == problem.Conflict:
		v.Moved, v.Typed.Base = sentence, -1
	case ok && found.Kind == problem.Invalid:
		field := "reason"
		for _, at := range []struct {
			err   error
			field string
		}{{bulletin.ErrRuleFrom, "from"}, {bulletin.ErrRuleName, "name"}, {bulletin.ErrRuleOf, "first"}, {bulletin.ErrRuleTie, "tie"}, {bulletin.ErrRuleMinimum, "minimum"}} {
			if errors.Is(err, at.err) {
				field = at.field
			}
		}
		if r.PostFormValue("neutral") != "" {
			field = "end-" + field
		}
		v.Errors = []ui.FieldError{{Field: field, Message: sentence}}
	default:
		return err
	}
	return p.ruling(w, r, of, v, http.StatusUnprocessableEntity)
}

func ties() []ui.Choice {
	var list []ui.Choice
	for _, t := range bulletin.Ties() {
		list = append(list, ui.Choice{Value: string(t), Label: words.Text("bulletin_tie."+string(t), nil)})
	}
	return list
}

// months are those in which a rule may begin, this one first, and those from which ranking may be
// ended: these and the campaign's earlier ones.
func (p *Pages) months() (begin, end []ui.Choice) {
	m := bulletin.MonthOf(p.bulletin.Today())
	for range 12 {
		begin = append(begin, ui.Choice{Value: m.String(), Label: m.Chinese()})
		m = m.Next()
	}
	for m = bulletin.MonthOf(p.bulletin.Begins()); m.First().Before(bulletin.MonthOf(p.bulletin.Today()).First()); m = m.Next() {
		end = append(end, ui.Choice{Value: m.String(), Label: m.Chinese()})
	}
	return begin, append(end, begin...)
}
