package task

import (
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/record"
)

// Point names a demand of a party in a period: what is said is about it.
type Point struct {
	Duty   string // key
	Demand string // key
	Party  record.Party
	From   date.Date // first day of the period; zero: all periods
}

// Report is what a responsible unit reports to have done where no record can show it. Its Day is
// when it was done, its Text the proof.
type Report struct {
	Event
	Decision *Event // of the county office; nil: waiting
}

// Confirmed tells whether the office has confirmed the report.
func (r *Report) Confirmed() bool { return r.Decision != nil && r.Decision.Kind == Confirms }

// Reports are the reports about a county's demands by what they are about, each in order.
type Reports map[Point][]Report

// decide puts a decision to its report.
func (r Reports) decide(p Point, decision Event) {
	list := r[p]
	for i := range list {
		if list[i].ID == decision.Refers && list[i].Decision == nil {
			list[i].Decision = &decision
		}
	}
}

// find gives the last report about a point and the first confirmed one, of what was done by a day.
func (r Reports) find(p Point, by date.Date) (last, confirmed *Report) {
	list := r[p]
	for i := range list {
		x := &list[i]
		if x.Day.After(by) {
			continue
		}
		last = x
		if x.Confirmed() && (confirmed == nil || x.Day.Before(confirmed.Day)) {
			confirmed = x
		}
	}
	return last, confirmed
}

// Exemptions are the reasons why demands do not apply, by what they are about.
type Exemptions map[Point]string

func (e Exemptions) reason(duty, demand string, p record.Party, from date.Date) (string, bool) {
	for _, day := range []date.Date{from, {}} {
		if reason, ok := e[Point{duty, demand, p, day}]; ok {
			return reason, true
		}
	}
	return "", false
}
