package task

import (
	"github.com/sangzi/sangzi/internal/record"
)

// Statement is a party's tasks on a day for programs. The command line prints it and the API
// answers with it.
type Statement struct {
	Unit       string              `json:"unit"`
	Department string              `json:"department,omitempty"`
	Name       string              `json:"name"`
	Day        string              `json:"day"`
	Counts     map[State]int       `json:"counts" doc:"How many rules stand in each state"`
	Items      []StatementItem     `json:"items"`
	Quotas     []StatementQuota    `json:"quotas,omitempty" doc:"Of a county: its shares beside what is done"`
	Pressings  []StatementPressing `json:"pressings,omitempty" doc:"What the office presses for (督办)"`
}

// StatementItem is one rule of a task or an order in one period.
type StatementItem struct {
	Task     string           `json:"task" doc:"Number of the task, or key of the order"`
	Title    string           `json:"title"`
	Clause   string           `json:"clause,omitempty"`
	Limit    string           `json:"limit,omitempty" doc:"As printed"`
	Rule     string           `json:"rule"`
	Says     string           `json:"says"`
	Period   string           `json:"period,omitempty" doc:"Its name, where there are several"`
	From     string           `json:"from"`
	To       string           `json:"to,omitempty" doc:"The last day; none where there is no end"`
	State    State            `json:"state" enum:"not_yet,in_progress,done,overdue,done_late,not_applicable"`
	On       string           `json:"on,omitempty" doc:"When it was done"`
	Reason   string           `json:"reason,omitempty" doc:"Why it does not apply"`
	Of       int              `json:"of,omitempty" doc:"At how many units it is measured"`
	Met      int              `json:"met,omitempty" doc:"How many of them have done it"`
	Missing  []StatementParty `json:"missing,omitempty" doc:"Those that have not"`
	Lacks    []StatementLack  `json:"lacks,omitempty"`
	Proofs   []StatementProof `json:"proofs,omitempty" doc:"Which records show it"`
	Reported bool             `json:"reported,omitempty" doc:"No record shows it: it is reported and confirmed"`
	Report   *StatementSaid   `json:"report,omitempty"`
}

// StatementParty is a unit, or a department of a county.
type StatementParty struct {
	Unit       string `json:"unit"`
	Department string `json:"department,omitempty"`
	Name       string `json:"name"`
}

// StatementLack is what is missing.
type StatementLack struct {
	Says   string `json:"says"`
	Have   int64  `json:"have"`
	Want   int64  `json:"want"`
	Record string `json:"record,omitempty" doc:"The kind of record that shows it"`
	Column string `json:"column,omitempty" doc:"The column of the ledger that shows it too"`
}

// StatementProof names records: those of a kind and answers, at a unit or with a department, of
// these days.
type StatementProof struct {
	Says       string              `json:"says"`
	Record     string              `json:"record,omitempty"`
	Where      map[string][]string `json:"where,omitempty"`
	Unit       string              `json:"unit"`
	Department string              `json:"department,omitempty"`
	From       string              `json:"from"`
	To         string              `json:"to"`
	Column     string              `json:"column,omitempty"`
}

// StatementSaid is a report with what became of it.
type StatementSaid struct {
	ID       int64  `json:"id"`
	Day      string `json:"day"`
	Text     string `json:"text"`
	By       string `json:"by"`
	Decision string `json:"decision,omitempty" enum:"confirm,decline"`
	Note     string `json:"note,omitempty"`
}

// StatementQuota is a share beside what is done.
type StatementQuota struct {
	Key    string `json:"key"`
	Title  string `json:"title"`
	Unit   string `json:"unit_of_measure"`
	Before string `json:"before,omitempty" doc:"The first day that is too late"`
	Share  int64  `json:"share"`
	Have   int64  `json:"have"`
	On     string `json:"on,omitempty" doc:"When it was reached"`
	Late   bool   `json:"late"`
}

// StatementPressing is what is pressed for, with the answers.
type StatementPressing struct {
	ID      int64             `json:"id"`
	Task    string            `json:"task"`
	Rule    string            `json:"rule"`
	Party   StatementParty    `json:"party"`
	Note    string            `json:"note"`
	By      string            `json:"by" doc:"The day by which an answer is wanted"`
	Actor   string            `json:"actor"`
	Answers []StatementAnswer `json:"answers,omitempty"`
}

// StatementAnswer is an answer to what is pressed for.
type StatementAnswer struct {
	Day   string `json:"day"`
	Text  string `json:"text"`
	Actor string `json:"actor"`
}

// Name is a party for people.
func (f *Facts) Name(p record.Party) string {
	if p.Department != "" {
		return p.Department
	}
	return f.Tree.ShortName(p.Unit)
}

func (f *Facts) party(p record.Party) StatementParty {
	return StatementParty{p.Unit.String(), p.Department, f.Name(p)}
}

// Statement writes out a party's tasks.
func (s *Standing) Statement(p record.Party) Statement {
	items := s.Of(p)
	doc := Statement{Unit: p.Unit.String(), Department: p.Department, Name: s.Name(p), Day: s.Day.String(), Counts: Count(items), Items: []StatementItem{}}
	for i := range items {
		doc.Items = append(doc.Items, s.item(&items[i]))
	}
	if p == (record.Party{Unit: county(p)}) {
		for _, q := range s.Quotas(p.Unit) {
			doc.Quotas = append(doc.Quotas, StatementQuota{q.Quota.Key, q.Quota.Title, q.Quota.Unit, q.Quota.Before.String(), q.Share.Amount, q.Have, q.On.String(), q.Late})
		}
	}
	for _, x := range s.PressedAt(p) {
		d := StatementPressing{ID: x.ID, Task: x.Duty, Rule: x.Demand, Party: s.party(x.Party), Note: x.Text, By: x.Day.String(), Actor: x.Actor}
		for _, a := range x.Answers {
			d.Answers = append(d.Answers, StatementAnswer{a.Day.String(), a.Text, a.Actor})
		}
		doc.Pressings = append(doc.Pressings, d)
	}
	return doc
}

func (f *Facts) item(i *Item) StatementItem {
	d := StatementItem{Task: i.Duty.Key, Title: i.Duty.Title, Clause: i.Duty.Clause, Limit: i.Duty.Limit, Rule: i.Demand.Key, Says: i.Demand.Says,
		Period: i.Period.Title, From: i.Period.From.String(), To: i.Period.To.String(), State: i.State, On: i.On.String(), Reason: i.Reason,
		Of: i.Of, Met: i.Met, Reported: i.Demand.Reported}
	for _, p := range i.Missing {
		d.Missing = append(d.Missing, f.party(p))
	}
	for _, l := range i.Lacks {
		d.Lacks = append(d.Lacks, StatementLack(l))
	}
	for _, p := range i.Proofs {
		d.Proofs = append(d.Proofs, StatementProof{p.Says, p.Record, p.Where, p.Party.Unit.String(), p.Party.Department, p.From.String(), p.To.String(), p.Column})
	}
	if r := i.Report; r != nil {
		d.Report = &StatementSaid{ID: r.ID, Day: r.Day.String(), Text: r.Text, By: r.Actor}
		if r.Decision != nil {
			d.Report.Decision, d.Report.Note = string(r.Decision.Kind), r.Decision.Text
		}
	}
	return d
}

// PressedAt lists what is pressed for at a party: of a county all, of a town its villages' too.
func (s *Standing) PressedAt(p record.Party) []Pressing {
	var list []Pressing
	for _, x := range s.Pressings {
		if x.Party == p || p.Department == "" && p.Unit.Contains(x.Party.Unit) && (x.Party.Department == "" || p.Unit == county(p)) {
			list = append(list, x)
		}
	}
	return list
}
