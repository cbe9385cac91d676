package unitweb

import (
	"net/http"
	"slices"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/unit/register"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/web/ui"
)

// life is the page of one unit.
type life struct {
	register.Life
	weeks  []date.Date // newest first
	more   int         // older weeks that are not listed
	verbs  []register.Verb
	reads  func(unit.Code) bool
	events bool
}

const shownWeeks = 12

// show is GET /units/{unit}.
func (p *Pages) show(w http.ResponseWriter, r *http.Request) error {
	of, err := web.PathUnit(r)
	if err != nil {
		return err
	}
	actor := web.ActorOf(r.Context())
	if of == unit.Nation {
		return web.Redirect(w, r, listURL(of, zeroDay))
	}
	found, err := p.register.History(r.Context(), actor, of)
	if err != nil {
		return err
	}
	l := life{Life: found, weeks: slices.Clone(found.Weeks), events: actor.May(access.ReadAudit, of),
		reads: func(c unit.Code) bool { return actor.May(access.ReadLedger, c) }}
	slices.Reverse(l.weeks)
	if len(l.weeks) > shownWeeks {
		l.more = len(l.weeks) - shownWeeks
		l.weeks = l.weeks[:shownWeeks]
	}
	if l.Today && actor.May(access.ManageUnits, of) {
		l.verbs = verbsFor(actor, of)
	}
	page := web.Page{Title: l.Unit.Name, Section: section, Lead: showLead(l), Actions: showActions(l),
		Crumbs: crumbs(actor, l.Tree, of, zeroDay, l.Unit.Name)}
	if n, ok := standing(l, p.register.Today()); ok {
		page.Notices = append(page.Notices, n)
	}
	return web.Render(w, r, page, showBody(l))
}

// verbsFor leaves out what cannot be done to a unit: nobody ends his own, a village has
// nothing below it.
func verbsFor(a access.Actor, of unit.Code) []register.Verb {
	if of == a.Unit {
		return []register.Verb{register.Rename}
	}
	return []register.Verb{register.Rename, register.Merge, register.Split, register.Abolish, register.Move}
}

// standing says what is to be known before all else: that the unit is no more, or not yet.
func standing(l life, today date.Date) (ui.Notice, bool) {
	switch {
	case l.Today && !l.Unit.To.IsZero() && isLast(l):
		return ui.Notice{Tone: ui.Warn, Title: "将于 " + l.Unit.To.Chinese() + " 撤并", Text: "从那一天所在的报告周起不再报数。"}, true
	case l.Today:
		return ui.Notice{}, false
	case l.Unit.From.After(today):
		return ui.Notice{Tone: ui.Info, Title: "将于 " + l.Unit.From.Chinese() + " 设立", Text: "从那一天所在的报告周起报数。"}, true
	case l.Heir.Code != 0:
		return ui.Notice{Tone: ui.Warn, Title: "已于 " + l.Unit.To.Chinese() + " 撤并，由“" + l.Heir.Name + "”承接", Text: "以前各周的台账和统计仍按原单位保留。"}, true
	}
	return ui.Notice{Tone: ui.Warn, Title: "已于 " + l.Unit.To.Chinese() + " 撤销", Text: "以前各周的台账和统计仍按原单位保留。"}, true
}

// isLast tells whether today's name is the last of its span, so that its end is the unit's.
func isLast(l life) bool {
	for _, n := range l.Names {
		if n.From == l.Unit.To {
			return false
		}
	}
	return true
}
