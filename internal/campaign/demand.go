package campaign

import (
	"slices"
	"strconv"

	"github.com/sangzi/sangzi/internal/date"
)

// Duty is something the notices ask for, a task of the list or an order of a notice's body, with
// the demands that tell when it is done.
type Duty struct {
	Key         string // the task's number, or the order's key; stored with reports
	Number      int    // of a task; 0 for an order
	Title       string // what is asked, as printed; of an order in short
	Responsible []string
	Limit       string // as printed; empty for an order
	Document    string // key of the document of an order
	Clause      string
	Demands     []Demand
}

// Demand finds a demand by its key.
func (d *Duty) Demand(key string) (*Demand, bool) {
	for i := range d.Demands {
		if d.Demands[i].Key == key {
			return &d.Demands[i], true
		}
	}
	return nil, false
}

// Each says at whom a demand is measured, each one for itself.
type Each string

// Whom a demand may be measured at.
const (
	EachVillage    Each = "village"
	EachTown       Each = "town"
	EachDepartment Each = "department" // those named as responsible
	EachCounty     Each = "county"
)

// Every says how often a demand wants something done.
type Every string

// How often something is wanted.
const (
	Once       Every = "once"        // by a day
	Ongoing    Every = "ongoing"     // begun, with no day by which
	EveryWeek  Every = "week"        // Monday to Sunday, at least four days of it in the window
	HalfMonth  Every = "half_month"  // to the 15th, and after it
	Quarter    Every = "quarter"     // of the calendar
	HalfYear   Every = "half_year"   // of the calendar
	Festival   Every = "festival"    // around each of the named times
	ReportWeek Every = "report_week" // each reporting week
)

// columnChecks counts the checks over columns of the ledger.
func (p *Pack) columnChecks() int {
	n := 0
	for _, d := range p.Duties() {
		for _, x := range d.Demands {
			for _, c := range slices.Concat(x.Checks, x.Only) {
				if c.Column != "" {
					n++
				}
			}
		}
	}
	return n
}

// Demand is one thing a task or an order wants: at whom, how often, what, by when.
type Demand struct {
	Key      string // within its duty; stored with reports, keep it
	Says     string // what is wanted, in short
	Each     Each
	Who      []string // who answers for it: names of departments and bodies
	Every    Every
	From     date.Date // the first day that counts
	Before   date.Date // the first day that is too late; zero where there is no end
	Times    []Time    // of a festival
	Checks   []Check   // all must hold; none where it is reported
	Reported bool      // no record can show it: the responsible unit reports, the county office confirms
	Only     []Check   // it applies where one of these holds; none: everywhere
	Except   string    // why it does not apply elsewhere
	Quota    string    // key of the quota it stands beside
	Ground   string    // how the words of the notice were read

	spot spot
}

// Answers tells whether a department or body of the name answers for the demand.
func (x *Demand) Answers(name string) bool { return slices.Contains(x.Who, name) }

// Time is a named stretch of days, both included: 清明节 with the days before and after.
type Time struct {
	Title    string
	From, To date.Date
}

// Check is one condition of a demand: an amount over records, a column of the ledger, or either.
type Check struct {
	Says      string // what is missing while it does not hold
	Tally     *Tally // over records; nil: none
	Own       bool   // only records of the unit itself, not of those below it
	Column    string // of the ledger, which may show it too: yes, or at least as much
	Of        string // of the ledger: the column it is a share of
	Percent   int64  // the least share
	AtLeast   int64  // 1 where nothing else is said
	Share     bool   // at least the county's share of the demand's quota
	Submitted bool   // the unit's report of the week has been submitted
}

// MaxColumnChecks is how many checks over columns of the ledger a pack may have.
const MaxColumnChecks = 128

// Duties lists what the notices ask for: the tasks by number, then the orders.
func (p *Pack) Duties() []Duty {
	all := make([]Duty, 0, len(p.Tasks)+len(p.Orders))
	for _, t := range p.Tasks {
		all = append(all, Duty{Key: strconv.Itoa(t.Number), Number: t.Number, Title: t.Measure, Responsible: t.Responsible,
			Limit: t.Limit, Clause: t.Clause, Demands: t.Demands})
	}
	for _, o := range p.Orders {
		d := Duty{Key: o.Key, Title: o.Text, Document: o.Document, Clause: o.Clause, Demands: o.Demands}
		for _, r := range o.Demands {
			for _, who := range r.Who {
				if !slices.Contains(d.Responsible, who) {
					d.Responsible = append(d.Responsible, who)
				}
			}
		}
		all = append(all, d)
	}
	return all
}

// Figure is an amount over records that a demand asks for, and at whom.
type Figure struct {
	Tally *Tally
	Each  Each
	Own   bool // only records of the unit itself, not of those below it
}

// Figures lists the amounts over records that demands ask for.
func (p *Pack) Figures() []Figure {
	var all []Figure
	for _, d := range p.Duties() {
		for _, x := range d.Demands {
			for _, c := range slices.Concat(x.Checks, x.Only) {
				if c.Tally != nil {
					all = append(all, Figure{c.Tally, x.Each, c.Own})
				}
			}
		}
	}
	return all
}
