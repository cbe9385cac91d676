package ledgerweb

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/web/ui"
)

// comparePage is how many villages one page of a comparison shows.
const comparePage = 50

// compareView is two submissions of a unit held against each other.
type compareView struct {
	Unit           unit.Unit
	A, B           string // as in the address
	NameA, NameB   string
	Choices        []ui.Choice
	Absent         string // a week of which nothing has been handed in yet
	Changed        string // where the changes not handed in are seen
	Villages       []compareVillage
	Added, Removed []string
	Cells          int
	Pages          ui.PagesData
}

type compareVillage struct {
	Name, Town, Href string
	Diffs            []compareCell
}

type compareCell struct {
	Column         *campaign.Column
	From, To, Diff string
	Href           string
}

// compare shows what differs between any two submissions; without a choice, between this
// week's and the last.
func (p *Pages) compare(w http.ResponseWriter, r *http.Request) error {
	of, err := web.PathUnit(r)
	if err != nil {
		return err
	}
	actor, q := web.ActorOf(r.Context()), r.URL.Query()
	choices, err := p.compareChoices(r, actor, of)
	if err != nil {
		return err
	}
	a, b := q.Get("a"), q.Get("b")
	if b == "" && len(choices) > 0 {
		b = choices[0].Value
	}
	if a == "" && len(choices) > 0 {
		a = choices[min(1, len(choices)-1)].Value
	}
	v := compareView{A: newest(a, choices), B: newest(b, choices), Choices: choices}
	sheet, err := p.ledger.Sheet(r.Context(), actor, of, p.ledger.Current().Due)
	if err != nil {
		return err
	}
	v.Unit, _ = sheet.Tree.Unit(of)
	if len(choices) > 0 {
		if err := p.fillComparison(r, actor, &v, sheet.Tree); err != nil {
			return err
		}
	}
	return web.Render(w, r, web.Page{Title: sheet.Tree.ShortName(of) + " · 对比两次上报", Section: "ledger", Styles: officeStyles}, compareBody(v))
}

// newest is the newest version of the week that a reference without a version means, where a
// choice has one.
func newest(ref string, choices []ui.Choice) string {
	day, version, _ := strings.Cut(ref, ":")
	if version != "" && version != "0" {
		return ref
	}
	for _, c := range choices {
		if strings.HasPrefix(c.Value, day+":") {
			return c.Value
		}
	}
	return ref
}

// compareChoices lists what can be compared, newest first: every sealed version of a town, every
// week of an office above.
func (p *Pages) compareChoices(r *http.Request, actor access.Actor, of unit.Code) ([]ui.Choice, error) {
	var choices []ui.Choice
	weeks := p.ledger.Calendar().Until(p.ledger.Current().Due)
	for i := len(weeks) - 1; i >= 0; i-- {
		sheet, err := p.ledger.Sheet(r.Context(), actor, of, weeks[i].Due)
		if err != nil {
			continue // the unit did not exist then
		}
		if f := sheet.Figures(of); f.Reported+f.Carried == 0 {
			continue
		}
		ref := ledger.Ref{Week: weeks[i].Due}
		if of.Level() != unit.LevelTown {
			choices = append(choices, ui.Choice{Value: refText(ref), Label: weekName(weeks[i])})
			continue
		}
		subs, err := p.ledger.Submissions(r.Context(), actor, of, weeks[i].Due)
		if err != nil {
			return nil, err
		}
		for k := len(subs) - 1; k >= 0; k-- {
			if subs[k].Status == ledger.Sealed {
				ref.Version = subs[k].Version
				choices = append(choices, ui.Choice{Value: refText(ref), Label: fmt.Sprintf("%s 第 %d 版 %s", weekName(weeks[i]), ref.Version, moment(subs[k].At, p.ledger.Now()))})
			}
		}
	}
	return choices, nil
}

func (p *Pages) fillComparison(r *http.Request, actor access.Actor, v *compareView, tree *unit.Tree) error {
	a, err := readRef(v.A)
	if err != nil {
		return err
	}
	b, err := readRef(v.B)
	if err != nil {
		return err
	}
	for _, ref := range []ledger.Ref{a, b} {
		if ref.Version == 0 && !slices.ContainsFunc(v.Choices, func(c ui.Choice) bool { return c.Value == refText(ref) }) {
			v.Absent, v.Changed = p.refName(ref), ledgerURL(v.Unit.Code, ref.Week)+"?show=changed"
		}
	}
	c, err := p.ledger.Compare(r.Context(), actor, v.Unit.Code, a, b)
	if err != nil {
		return err
	}
	v.NameA, v.NameB, v.Cells = p.refName(a), p.refName(b), len(c.Diffs)
	form := p.ledger.Form()
	var all []compareVillage
	var last unit.Code
	for _, d := range c.Diffs {
		if d.Village != last {
			last = d.Village
			town, _ := tree.Unit(d.Village.At(unit.LevelTown))
			all = append(all, compareVillage{Name: tree.ShortName(d.Village), Town: town.Name, Href: ledgerURL(d.Village, b.Week)})
		}
		col := &form.Columns[d.Column]
		one := &all[len(all)-1]
		one.Diffs = append(one.Diffs, compareCell{col, withUnit(col, d.From), withUnit(col, d.To), gap(col, d.From, d.To), historyURL(d.Village, b.Week, col.Key)})
	}
	for _, code := range c.Added {
		v.Added = append(v.Added, tree.ShortName(code))
	}
	for _, code := range c.Removed {
		v.Removed = append(v.Removed, tree.ShortName(code))
	}
	page, pages := 1, max(1, (len(all)+comparePage-1)/comparePage)
	if n, err := strconv.Atoi(r.URL.Query().Get("page")); err == nil && n >= 1 && n <= pages {
		page = n
	}
	v.Villages = all[(page-1)*comparePage : min(page*comparePage, len(all))]
	v.Pages = ui.PagesData{Page: page, Last: pages, Total: fmt.Sprintf("%d 个村（社区）%d 格不同", len(all), len(c.Diffs)),
		Href: func(n int) string { return with(r.URL, "page", strconv.Itoa(n)) }}
	return nil
}

// gap is by how much a number differs: +120, −0.50; empty for what is no number.
func gap(col *campaign.Column, from, to ledger.Value) string {
	if col.Type == campaign.YesNo || from == ledger.Empty || to == ledger.Empty {
		return ""
	}
	if to > from {
		return "+" + ledger.Exact(col, to-from)
	}
	return "−" + ledger.Exact(col, from-to)
}

// readRef reads 2024-03-29:2.
func readRef(text string) (ledger.Ref, error) {
	day, version, _ := strings.Cut(text, ":")
	due, err := date.Parse(day)
	if err != nil {
		return ledger.Ref{}, ledger.ErrNoWeek.With("day", day)
	}
	n, err := strconv.ParseInt(version, 10, 32)
	if version != "" && (err != nil || n < 0) {
		return ledger.Ref{}, ledger.ErrNoVersion.With("version", version)
	}
	return ledger.Ref{Week: due, Version: int32(n)}, nil
}

func (p *Pages) refName(r ledger.Ref) string {
	name := r.Week.ShortChinese()
	if w, ok := p.ledger.Calendar().Week(r.Week); ok {
		name = weekName(w)
	}
	if r.Version > 0 {
		name += fmt.Sprintf(" 第 %d 版", r.Version)
	}
	return name
}
