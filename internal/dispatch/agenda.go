package dispatch

import (
	"strconv"
	"time"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/unit"
)

// Agenda is a unit's page of a week for programs. The command line prints it and the API
// answers with it.
type Agenda struct {
	Unit     string          `json:"unit"`
	Name     string          `json:"name"`
	Week     string          `json:"week"`
	AsOf     time.Time       `json:"as_of" doc:"Of a week that is over the end of its due day, else now"`
	Columns  []AgendaColumn  `json:"columns"`
	Rows     []AgendaRow     `json:"rows" doc:"The units just below, in code order"`
	Total    AgendaRow       `json:"total"`
	Points   []AgendaPoint   `json:"points" doc:"What stands out, by kind and unit"`
	Items    []AgendaItem    `json:"items" doc:"Open ones by day, then those closed in the week"`
	Requests []AgendaRequest `json:"requests" doc:"What villages asked for and still wait for"`
}

// AgendaColumn is a figure of the table.
type AgendaColumn struct {
	Key   string `json:"key" doc:"Of the ledger's column"`
	Title string `json:"title"`
	Unit  string `json:"unit_of_measure"`
}

// AgendaRow is one unit of the table. Figures are as printed: whole numbers, 万元 with two
// places.
type AgendaRow struct {
	Unit      string   `json:"unit"`
	Name      string   `json:"name"`
	Villages  int      `json:"villages" doc:"Expected to report"`
	Reported  int      `json:"reported"`
	Late      int      `json:"late"`
	Carried   int      `json:"carried" doc:"Counted with an earlier week's figures, or with what the town carried along"`
	Now       []string `json:"now" doc:"Cumulative, in the order of the columns"`
	Added     []string `json:"added" doc:"By the week"`
	Open      int      `json:"open" doc:"Items"`
	OpenLate  int      `json:"open_late"`
	Submitted string   `json:"submitted,omitempty" doc:"The day on which the unit last submitted the week"`
}

// AgendaParty is a unit, or a department of a county.
type AgendaParty struct {
	Unit       string `json:"unit"`
	Department string `json:"department,omitempty"`
	Name       string `json:"name"`
}

// AgendaFigure is how large a point is.
type AgendaFigure struct {
	Amount int64  `json:"amount" doc:"In the unit of its kind; 分 for money, the most weeks for what lasts"`
	Units  int    `json:"units" doc:"Over how many villages"`
	Says   string `json:"says,omitempty"`
}

// AgendaPoint is one kind of points at one unit.
type AgendaPoint struct {
	Rule   string       `json:"rule"`
	Title  string       `json:"title"`
	Party  AgendaParty  `json:"party"`
	Figure AgendaFigure `json:"figure"`
	Says   string       `json:"says,omitempty" doc:"What it is made of"`
	Tasks  []string     `json:"tasks,omitempty" doc:"Of tasks overdue: which"`
	Item   int64        `json:"item,omitempty" doc:"The open item about the unit"`
}

// AgendaItem is an item with all that was said about it.
type AgendaItem struct {
	ID      int64         `json:"id"`
	Rule    string        `json:"rule,omitempty" doc:"The kind of points; none of a free item"`
	Request int64         `json:"request,omitempty" doc:"What it was made of"`
	Party   AgendaParty   `json:"party" doc:"Whom it is about"`
	To      AgendaParty   `json:"to" doc:"Who is responsible"`
	Text    string        `json:"text"`
	Week    string        `json:"week"`
	Due     string        `json:"due" doc:"As put off since"`
	Closed  bool          `json:"closed"`
	Late    bool          `json:"late"`
	Then    *AgendaFigure `json:"then,omitempty" doc:"When it was opened"`
	Now     *AgendaFigure `json:"now,omitempty"`
	Gone    bool          `json:"gone,omitempty" doc:"The point is no longer there"`
	At      time.Time     `json:"at"`
	Actor   string        `json:"actor"`
	Steps   []AgendaStep  `json:"steps,omitempty"`
	Later   []AgendaStep  `json:"later,omitempty" doc:"After the week of the page"`
}

// AgendaStep is one thing said.
type AgendaStep struct {
	Kind  EventKind `json:"kind" enum:"answer,extend,close,reopen,reply,settle,withdraw"`
	Text  string    `json:"text"`
	Day   string    `json:"day,omitempty" doc:"The new day"`
	Actor string    `json:"actor"`
	At    time.Time `json:"at"`
}

// AgendaRequest is something a village asks for.
type AgendaRequest struct {
	ID    int64        `json:"id"`
	Ask   string       `json:"ask"`
	Party AgendaParty  `json:"party"`
	Text  string       `json:"text"`
	State RequestState `json:"state" enum:"waiting,replied,item,settled,withdrawn"`
	Item  int64        `json:"item,omitempty"`
	At    time.Time    `json:"at"`
	Actor string       `json:"actor"`
	Steps []AgendaStep `json:"steps,omitempty"`
}

func partyOf(tree *unit.Tree, p record.Party) AgendaParty {
	return AgendaParty{p.Unit.String(), p.Department, Name(tree, p)}
}

func stepsOf(events []Event) []AgendaStep {
	var list []AgendaStep
	for _, e := range events {
		list = append(list, AgendaStep{e.Kind, e.Text, e.Day.String(), e.Actor, e.At})
	}
	return list
}

// RequestAgenda writes out a request.
func RequestAgenda(tree *unit.Tree, r *Request) AgendaRequest {
	return AgendaRequest{ID: r.ID, Ask: r.Rule, Party: partyOf(tree, r.Party), Text: r.Event.Text, State: r.State, Item: r.Item, At: r.At, Actor: r.Actor, Steps: stepsOf(r.Steps)}
}

// ItemAgenda writes out an item of a page.
func ItemAgenda(pack *campaign.Pack, tree *unit.Tree, l *Line) AgendaItem {
	i := &l.Item
	d := AgendaItem{ID: i.ID, Rule: i.Rule, Request: i.Refers, Party: partyOf(tree, i.Party), To: partyOf(tree, i.To), Text: i.Text, Week: i.Week.String(),
		Due: i.Due.String(), Closed: i.Closed, Late: l.Late, Gone: l.Gone(), At: i.At, Actor: i.Actor, Steps: stepsOf(i.Steps), Later: stepsOf(l.Later)}
	if r, ok := pack.Dispatch.Rule(i.Rule); ok {
		then := figureOf(pack.Ledger, r, i.Figure)
		d.Then = &then
		if l.Known {
			now := figureOf(pack.Ledger, r, l.Now)
			d.Now = &now
		}
	}
	return d
}

func figureOf(form *campaign.Form, r *campaign.PointRule, f Figure) AgendaFigure {
	return AgendaFigure{f.Amount, f.Units, FigureText(form, r, f)}
}

// Agenda writes out a page.
func (p *Page) Agenda(pack *campaign.Pack) Agenda {
	doc := Agenda{Unit: p.Unit.Code.String(), Name: p.Tree.ShortName(p.Unit.Code), Week: p.Week.Due.String(), AsOf: p.At,
		Rows: []AgendaRow{}, Points: []AgendaPoint{}, Items: []AgendaItem{}, Requests: []AgendaRequest{}}
	for _, c := range pack.Dispatch.Columns {
		col, _ := pack.Ledger.Column(c.Of)
		doc.Columns = append(doc.Columns, AgendaColumn{c.Of, c.Title, col.Unit})
	}
	for i := range p.Rows {
		doc.Rows = append(doc.Rows, p.agendaRow(pack, &p.Rows[i]))
	}
	doc.Total = p.agendaRow(pack, &p.Total)
	for i := range p.Groups {
		for k := range p.Groups[i].At {
			doc.Points = append(doc.Points, p.agendaPoint(pack.Ledger, p.Groups[i].Rule, &p.Groups[i].At[k]))
		}
	}
	for _, list := range [][]Line{p.Items, p.Closed} {
		for i := range list {
			doc.Items = append(doc.Items, ItemAgenda(pack, p.Tree, &list[i]))
		}
	}
	for i := range p.Requests {
		doc.Requests = append(doc.Requests, RequestAgenda(p.Tree, &p.Requests[i].Request))
	}
	return doc
}

func (p *Page) agendaRow(pack *campaign.Pack, r *Row) AgendaRow {
	row := AgendaRow{Unit: r.Unit.Code.String(), Name: p.Tree.ShortName(r.Unit.Code), Villages: r.Villages, Reported: r.Reported, Late: r.Late, Carried: r.Carried,
		Open: r.Open, OpenLate: r.OpenLate, Submitted: r.Confirmed.Day.String()}
	for i, c := range pack.Dispatch.Columns {
		col, _ := pack.Ledger.Column(c.Of)
		row.Now = append(row.Now, plain(&col, r.Now[i]))
		row.Added = append(row.Added, plain(&col, r.Added[i]))
	}
	return row
}

// plain writes a number without separators.
func plain(c *campaign.Column, n int64) string {
	if c.Type == campaign.Money {
		return ledger.FormatMoney(n)
	}
	return strconv.FormatInt(n, 10)
}

func (p *Page) agendaPoint(form *campaign.Form, r *campaign.PointRule, at *At) AgendaPoint {
	d := AgendaPoint{Rule: r.Key, Title: r.Title, Party: partyOf(p.Tree, at.Party), Figure: figureOf(form, r, at.Figure)}
	if len(at.Points) == 1 && at.Points[0].Party == at.Party {
		d.Says = PointText(form, &at.Points[0])
	}
	for i := range at.Tasks {
		d.Tasks = append(d.Tasks, TaskText(&at.Tasks[i]))
	}
	if at.Item != nil {
		d.Item = at.Item.ID
	}
	return d
}
