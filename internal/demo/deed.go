package demo

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/unit"
)

// deed is one thing that somebody has done, as it is recorded: n is the figure of its kind, a and
// b its choices.
type deed struct {
	kind    string
	at      unit.Code // zero: the village of the story
	day     date.Date
	entered date.Date
	week    int // from which on it counts, 1 for the first
	n       int64
	a, b    string
	names   []string
	with    string // a department or a body that took part
	by      author
	fault   fault
	other   int64 // a further figure: of members, of people
	waits   bool  // for approval, until the next week
}

// author is whose account enters a deed.
type author uint8

const (
	byVillage author = iota
	byTown
	byForestry
	byOffice
)

// fault is what went wrong with a record and was put right.
type fault uint8

const (
	noFault    fault = iota
	mistyped         // ten times too much, corrected the same day
	twice            // entered again by mistake, withdrawn
	outOfPlace       // the village objects to what its town entered
)

// fields is what is typed into the form of a deed.
func (d *deed) fields() map[string]string {
	n := strconv.FormatInt(d.n, 10)
	people := func(f map[string]string) map[string]string {
		if d.other > 0 {
			f["people.members"] = strconv.FormatInt(d.other, 10)
			f["people.villagers"] = strconv.FormatInt(d.other*2+d.n%7, 10)
		}
		return f
	}
	switch d.kind {
	case "planting":
		return people(map[string]string{"work": d.a, "trees": n, "occasion": d.b, "species": species(d.n)})
	case "seedlings":
		return map[string]string{"trees": n, "species": species(d.n), "source": d.a}
	case "seminar":
		return people(map[string]string{"with": d.a, "outcome": d.b})
	case "visit":
		return map[string]string{"patrons": strings.Join(d.names, "、")}
	case "training":
		return map[string]string{"attendances": n, "form": d.a, "subject": d.b}
	case "five_leads":
		return map[string]string{"members": n, "what": d.a}
	case "funding":
		return map[string]string{"stage": d.a, "source": d.b, "donor": donor(d), "amount": ledger.FormatMoney(d.n)}
	case "plan":
		return map[string]string{"where": d.a, "plots": plots(d.n), "marks": marks, "species": species(d.n)}
	case "grid":
		return map[string]string{"list": areas(d.n)}
	case "liaison":
		return map[string]string{"level": d.a, "post": d.b, "sent_by": sentBy[d.b]}
	case "profile":
		return map[string]string{"typical": d.a, "members": n}
	case "briefing":
		return people(map[string]string{"by": d.a, "subject": d.b})
	case "adoption":
		return map[string]string{"through": d.a, "trees": n, "members": strconv.FormatInt(d.other, 10)}
	}
	return people(d.rest(n))
}

// donor is whom money from society comes from.
func donor(d *deed) string {
	if d.b != "social" || d.a == "planned" {
		return ""
	}
	return []string{"patrons", "patrons", "companies", "supporters", "villagers"}[d.n/10_000%5]
}

// rest are the fields of the kinds that fill no column of the ledger.
func (d *deed) rest(n string) map[string]string {
	switch d.kind {
	case "party_day", "study":
		return map[string]string{map[string]string{"party_day": "subject", "study": "where"}[d.kind]: d.a}
	case "party_lecture":
		return map[string]string{"lecturer": d.a}
	case "branch_measure":
		return map[string]string{"measure": d.a, "count": n}
	case "service":
		return map[string]string{"what": d.a}
	case "team":
		return map[string]string{"kind": d.a, "members": n}
	case "exchange":
		return map[string]string{"form": d.a, "where": d.b}
	case "guidance":
		return map[string]string{"topic": d.a, "outcome": d.b}
	case "students":
		return map[string]string{"students": n, "what": d.a}
	case "companies":
		return map[string]string{"companies": strings.Join(d.names, "、")}
	case "grove", "base":
		return map[string]string{"kind": d.a, "name": d.b, "trees": n}
	case "model":
		return map[string]string{"kind": d.a, "name": d.b}
	case "honour":
		return map[string]string{"kind": d.a, "count": n}
	case "case":
		return map[string]string{"title": d.a}
	}
	panic("no fields for a record of " + d.kind)
}

var trees = []string{"荔枝", "龙眼", "黄花风铃木", "宫粉紫荆", "秋枫", "樟树", "青梅", "木棉", "细叶榄仁"}

// species are one or two kinds of trees that add up to a count.
func species(n int64) string {
	first := trees[n%int64(len(trees))]
	if n < 20 || n%3 == 0 {
		return fmt.Sprintf("%s%d", first, n)
	}
	second := trees[(n/7+1+n%int64(len(trees)))%int64(len(trees))]
	if second == first {
		return fmt.Sprintf("%s%d", first, n)
	}
	return fmt.Sprintf("%s%d、%s%d", first, n-n/3, second, n/3)
}
