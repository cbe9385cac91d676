package dispatch

import (
	"context"
	"slices"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/unit"
)

// Page is what lies on the table at a unit's meeting of a week.
type Page struct {
	*Stands
	Rows     []Row // the units just below, in code order; never a ranking
	Total    Row
	Groups   []Group  // the kinds of points, in the pack's order
	Items    []Line   // open ones, the late first, then by day
	Closed   []Line   // closed within the week
	Settled  []Line   // closed before, the last one first
	Requests []Asking // that stood

	LastConfirmed Confirmed // where the week is not submitted: when an earlier one was last
}

// Row is one unit of the table.
type Row struct {
	Unit     unit.Unit
	Villages int // expected to report
	Reported int // of them, by themselves, and not given back since
	Late     int // of those reported
	Returned int // given back and not yet reported again
	Carried  int // counted with an earlier week's figures, or with what the town carried along
	Now      []int64
	Added    []int64 // by the week, over those that could be compared
	Open     int     // items
	OpenLate int
	Confirmed
}

// Confirmed is when a unit last submitted its week, and who did; zero for never.
type Confirmed struct {
	Version int32
	Day     date.Date
	Actor   string
}

// Group is one kind of points over the units just below.
type Group struct {
	Rule   *campaign.PointRule
	Figure Figure // of all
	At     []At
}

// At is a kind of points at one unit or department just below the page's, with the points of the
// units below that.
type At struct {
	Party  record.Party
	Figure Figure
	Points []Point // of its villages
	Tasks  []OverdueTask
	Item   *Item // the open one about the party
}

// Line is an item on a page: as it stood, and how its figure has moved.
type Line struct {
	Item
	Late  bool
	Now   Figure
	Known bool // Now is known: the item is of a point that this page reaches
	Later []Event
}

// Gone tells whether the point that the item is about is no longer there.
func (l *Line) Gone() bool { return l.Known && l.Now.IsZero() && !l.Item.Closed }

// Asking is a request on a page, and what was said about it since.
type Asking struct {
	Request
	Later []Event
	Since RequestState
}

// Page gives a unit's page of a week; no day is the current week.
func (s *Service) Page(ctx context.Context, a access.Actor, of unit.Code, due date.Date) (*Page, error) {
	if err := a.Can(access.ReadDispatch, of); err != nil {
		return nil, err
	}
	if of.Level() < unit.LevelCity {
		return nil, ErrLevel
	}
	w, err := s.week(due)
	if err != nil {
		return nil, err
	}
	stands, err := s.stands(ctx, a, record.Party{Unit: of}, w)
	if err != nil {
		return nil, err
	}
	p := &Page{Stands: stands}
	p.items()
	p.requests()
	p.groups()
	if err := s.rows(ctx, a, p); err != nil {
		return nil, err
	}
	return p, s.lastConfirmed(ctx, a, p)
}

// lastConfirmed looks for the last week that the page's unit has submitted.
func (s *Service) lastConfirmed(ctx context.Context, a access.Actor, p *Page) error {
	w := p.Week
	for n := 0; n < farthest && p.LastConfirmed.Version == 0 && p.Total.Confirmed.Version == 0; n++ {
		previous, ok := s.Pack.Calendar().Previous(w)
		if !ok {
			break
		}
		w = previous
		sheet, err := s.Ledger.Sheet(ctx, a, p.Unit.Code, w.Due)
		if err != nil {
			if known, ok := problem.Of(err); ok && known.Code == ledger.ErrNoVillage.Code {
				return nil // the unit was another then
			}
			return err
		}
		p.LastConfirmed = (&Stands{At: p.At, sheet: sheet}).confirmed(p.Unit)
	}
	return nil
}

// rows fills the table.
func (s *Service) rows(ctx context.Context, a access.Actor, p *Page) error {
	units := p.Tree.Children(p.Unit.Code)
	if len(units) == 0 {
		units = []unit.Unit{p.Unit}
	}
	all := append(slices.Clone(units), p.Unit)
	added, err := s.Ledger.Increase(ctx, a, p.Unit.Code, p.Week.Due, all)
	if err != nil {
		return err
	}
	at := make([]int, len(p.rules.Columns))
	for i, c := range p.rules.Columns {
		at[i], _ = s.Pack.Ledger.ColumnIndex(c.Of)
	}
	for i, u := range all {
		row := Row{Unit: u, Now: make([]int64, len(at)), Added: make([]int64, len(at)), Confirmed: p.confirmed(u)}
		for k, c := range at {
			row.Added[k] = added[i].Sums[c]
		}
		lo, hi := p.span(u.Code)
		for k := lo; k < hi; k++ {
			row.count(&p.Villages[k], at)
		}
		for k := range p.Items {
			if l := &p.Items[k]; concerns(u.Code, &l.Item) {
				row.Open++
				if l.Late {
					row.OpenLate++
				}
			}
		}
		if i < len(units) {
			p.Rows = append(p.Rows, row)
		} else {
			p.Total = row
		}
	}
	return nil
}

// span is the villages of a unit among those of the page.
func (d *Stands) span(of unit.Code) (lo, hi int) {
	first, _ := d.Tree.VillageSpan(d.Unit.Code)
	lo, hi = d.Tree.VillageSpan(of)
	return lo - first, hi - first
}

// count adds a village.
func (r *Row) count(v *Village, at []int) {
	for k, c := range at {
		if c < len(v.Values) && v.Values[c] != ledger.Empty {
			r.Now[k] += int64(v.Values[c])
		}
	}
	if v.Unit.Kind == unit.Virtual && !v.Own || v.Waived {
		return
	}
	r.Villages++
	switch {
	case v.State == ledger.StateReturned:
		r.Returned++
	case v.Own:
		r.Reported++
	}
	if v.State == ledger.Late {
		r.Late++
	}
	if v.Carried && v.Values != nil {
		r.Carried++
	}
}

// confirmed is when a town or county last submitted the week, or else an earlier one.
func (d *Stands) confirmed(u unit.Unit) Confirmed {
	if u.Level() > unit.LevelTown || u.Level() < unit.LevelCounty {
		return Confirmed{}
	}
	o := d.sheet.Office(u.Code, d.At)
	if o.Sealed == nil || o.Sealed.At.After(d.At) {
		return Confirmed{}
	}
	return Confirmed{o.Sealed.Version, date.FromTime(o.Sealed.At.In(d.At.Location())), o.Sealed.Actor}
}

// concerns tells whether an item is about a unit or below it, or to be done there.
func concerns(of unit.Code, i *Item) bool {
	return of.Contains(i.Party.Unit) || of.Contains(i.To.Unit)
}

// items sorts those that concern the page's unit.
func (p *Page) items() {
	for i := range p.Log.Items {
		item := p.Log.Items[i]
		if !concerns(p.Unit.Code, &item) {
			continue
		}
		l := p.line(item)
		closed, _ := item.Last(Closes)
		switch {
		case !item.Closed:
			p.Items = append(p.Items, l)
		case !date.FromTime(closed.At.In(p.At.Location())).Before(p.Week.Opens):
			p.Closed = append(p.Closed, l)
		default:
			p.Settled = append(p.Settled, l)
		}
	}
	slices.Reverse(p.Settled)
	slices.SortStableFunc(p.Items, func(x, y Line) int { return x.Due.Compare(y.Due) })
}

// line is an item beside how its point stands.
func (p *Page) line(item Item) Line {
	l := Line{Item: item, Late: item.Late(p.Day)}
	if item.Rule != "" {
		l.Now, l.Known = p.Figure(item.Rule, item.Party)
	}
	for _, now := range p.now {
		if later, ok := now.Item(item.ID); ok {
			l.Later = later.Steps[len(item.Steps):]
		}
	}
	return l
}

// requests lists those that stood, the longest waiting first.
func (p *Page) requests() {
	for i := range p.Log.Requests {
		r := p.Log.Requests[i]
		if !r.Stands() || !p.Unit.Code.Contains(r.Party.Unit) {
			continue
		}
		a := Asking{Request: r, Since: r.State}
		for _, now := range p.now {
			if later, ok := now.Request(r.ID); ok {
				a.Later, a.Since = later.Steps[len(r.Steps):], later.State
				a.Item = later.Item
			}
		}
		p.Requests = append(p.Requests, a)
	}
}

// groups arranges the points by kind and by the units just below. What a village asks for is
// listed with its words instead.
func (p *Page) groups() {
	for i := range p.rules.Points {
		r := &p.rules.Points[i]
		g := Group{Rule: r}
		var last *At
		for _, one := range p.byRule[r.Key] {
			party := one.Party
			if party.Department == "" {
				party.Unit = p.child(party.Unit)
			}
			if last == nil || last.Party != party {
				g.At = append(g.At, At{Party: party})
				last = &g.At[len(g.At)-1]
				last.Figure, _ = p.Figure(r.Key, party)
				last.Tasks = p.Overdue[party]
				if r.Kind != campaign.PointOverdue {
					last.Tasks = nil
				}
				if item, ok := p.Log.Open(r.Key, party); ok {
					last.Item = item
				}
			}
			if r.Kind != campaign.PointOverdue {
				last.Points = append(last.Points, one)
			}
		}
		g.Figure, _ = p.Figure(r.Key, record.Party{Unit: p.Unit.Code})
		if r.Kind == campaign.PointOverdue {
			g.Figure.Units = len(g.At)
		}
		p.Groups = append(p.Groups, g)
	}
}

// child is the unit just below the page's in which another lies.
func (d *Stands) child(of unit.Code) unit.Code {
	for of != d.Unit.Code {
		above, ok := d.Tree.Parent(of)
		if !ok || above.Code == d.Unit.Code {
			return of
		}
		of = above.Code
	}
	return of
}
