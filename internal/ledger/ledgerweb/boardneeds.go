package ledgerweb

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web/ui"
)

// needs is what an office has to look after this week.
type needs struct {
	Mine       bool // the reader can act on it, not only look
	Unreported []needUnit
	Returned   []needReturn
	Notes      []needNote
	Grants     []needGrant
	Unchanged  int // villages that declared that nothing had changed
	Changed    int // villages whose figures changed
}

type needUnit struct {
	Name, Href  string
	State       ui.State
	Contact     Contact
	Call        string // tel: when the whole number may be seen
	Until, More string // an extension; for a county, how many towns
}

type needReturn struct {
	Name, Href, Reason, Due, By string
}

// needNote is a figure that had to be explained, and the explanation.
type needNote struct {
	Town, Village, Href string
	Message, Note       string
	Correction          bool // less than before
}

type needGrant struct {
	Name, Text, Reason, By string
}

// readableVillages is up to how many villages notes are read for; above, the boards below show them.
const readableVillages = 5_000

func (p *Pages) boardNeeds(ctx context.Context, at place, b ledger.Board) (needs, error) {
	n := needs{Mine: at.actor.May(access.GrantTime, at.unit.Code)}
	if err := p.needUnits(ctx, &n, at, b); err != nil {
		return n, err
	}
	now := p.ledger.Now()
	for i := range b.Rows {
		if o := b.Rows[i].Office; o.State == ledger.StateReturned && o.Last != nil {
			r := needReturn{Name: o.Unit.Name, Href: readURL(o.Unit.Code, at.sheet.Week.Due), Reason: o.Last.Reason, By: moment(o.Last.At, now) + " " + o.Last.Actor}
			if !o.Last.ReturnDue.IsZero() {
				r.Due = moment(o.Last.ReturnDue, now)
			}
			n.Returned = append(n.Returned, r)
		}
	}
	for _, g := range at.sheet.Grants(at.unit.Code) {
		u, _ := at.sheet.Tree.Unit(g.Unit)
		text := "免报"
		if g.Kind == ledger.Extension {
			text = "延至 " + moment(g.Until, now)
		}
		n.Grants = append(n.Grants, needGrant{u.Name, text, g.Reason, moment(g.At, now) + " " + g.Actor})
	}
	if len(at.sheet.Tree.Villages(at.unit.Code)) <= readableVillages {
		return n, p.needNotes(ctx, &n, at)
	}
	return n, nil
}

// needUnits lists the units that have not reported, with whom to call.
func (p *Pages) needUnits(ctx context.Context, n *needs, at place, b ledger.Board) error {
	var waited []ledger.OfficeState
	var codes []unit.Code
	for i := range b.Rows {
		if o := b.Rows[i].Office; (o.State == ledger.NotDue || o.State == ledger.Missing) && o.Expects > 0 {
			waited, codes = append(waited, o), append(codes, o.Unit.Code)
		}
	}
	contacts, err := p.contacts(ctx, at.actor, at.sheet, codes)
	if err != nil {
		return err
	}
	for _, o := range waited {
		u := needUnit{Name: o.Unit.Name, Href: readURL(o.Unit.Code, at.sheet.Week.Due), State: ui.State(o.State), Contact: contacts[o.Unit.Code]}
		if u.Contact.Phone != "" && access.Readable(u.Contact.Phone) && at.actor.May(access.SeePhone, o.Unit.Code) {
			u.Call = "tel:" + u.Contact.Phone
		}
		if o.Due.Deadline.After(at.sheet.Week.Deadline) {
			u.Until = "延至 " + moment(o.Due.Deadline, p.ledger.Now())
		}
		n.Unreported = append(n.Unreported, u)
	}
	return nil
}

// needNotes reads what the villages' sealed rows had to explain.
func (p *Pages) needNotes(ctx context.Context, n *needs, at place) error {
	views, err := p.ledger.Rows(ctx, at.actor, at.unit.Code, at.sheet.Week.Due)
	if err != nil {
		return err
	}
	form, tree := p.ledger.Form(), at.sheet.Tree
	for i := range views {
		v := &views[i]
		if v.Sealed == nil || v.Latest == nil || v.SealedAt != v.Latest.Version {
			continue
		}
		if v.Last != nil && slices.Equal(v.Values, v.Last) {
			n.Unchanged++
			continue
		}
		n.Changed++
		for _, f := range p.ledger.Explained(v) {
			town, _ := tree.Unit(v.Village.Code.At(unit.LevelTown))
			key := form.Columns[f.Column].Key
			n.Notes = append(n.Notes, needNote{Town: town.Name, Village: tree.ShortName(v.Village.Code), Message: found(form, &f, v), Note: v.Latest.Notes[key],
				Href: historyURL(v.Village.Code, at.sheet.Week.Due, key), Correction: f.Code == ledger.LessThanLast || f.Code == ledger.NoLonger})
		}
	}
	slices.SortStableFunc(n.Notes, func(x, y needNote) int {
		switch {
		case x.Correction == y.Correction:
			return 0
		case x.Correction:
			return -1
		}
		return 1
	})
	return nil
}

func (n needs) empty() bool { return len(n.Unreported)+len(n.Returned)+len(n.Notes) == 0 }

// found says what had to be explained, to those who read the explanation.
func found(form *campaign.Form, f *ledger.Finding, v *ledger.RowView) string {
	col := &form.Columns[f.Column]
	switch f.Code {
	case ledger.LessThanLast, ledger.NoLonger:
		return fmt.Sprintf("%s由 %s 改为 %s", bare(col.Title), withUnit(col, v.Last[f.Column]), withUnit(col, v.Values[f.Column]))
	case ledger.Differs:
		return fmt.Sprintf("%s手填 %s，记录得出 %s", bare(col.Title), withUnit(col, v.Values[f.Column]), withUnit(col, v.Latest.Derived[f.Column]))
	case ledger.Unusual:
		return fmt.Sprintf("%s %s，数值偏大", bare(col.Title), withUnit(col, v.Values[f.Column]))
	}
	if says, ok := f.Params["says"].(string); ok {
		return fmt.Sprintf("%s（%v，对照 %v）", says, f.Params["value"], f.Params["other"])
	}
	return f.Message()
}

// bare is a title without what stands in brackets behind it: 已投入资金.
func bare(title string) string {
	if i := strings.IndexAny(title, "(（"); i > 0 {
		return title[:i]
	}
	return title
}
