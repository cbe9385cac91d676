package ledgerweb

import (
	"context"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/unit"
)

// Contact is whom to call at a unit. Phone is as the asking actor may see it: whole or masked.
type Contact struct {
	Name  string
	Phone string
}

// Contacts tells whom to call. Units without anybody are left out.
type Contacts interface {
	Contacts(ctx context.Context, a access.Actor, units []unit.Code) (map[unit.Code]Contact, error)
}

// contacts gives whom to call at each unit: as the accounts have it, else as the head of the
// unit's latest submission.
func (p *Pages) contacts(ctx context.Context, a access.Actor, sheet *ledger.Sheet, units []unit.Code) (map[unit.Code]Contact, error) {
	found := map[unit.Code]Contact{}
	if p.options.Contacts != nil && len(units) > 0 {
		var err error
		if found, err = p.options.Contacts.Contacts(ctx, a, units); err != nil {
			return nil, err
		}
	}
	if found == nil {
		found = map[unit.Code]Contact{}
	}
	weeks := p.ledger.Calendar().Until(sheet.Week.Due)
	for i := len(weeks) - 1; i >= 0 && i >= len(weeks)-trailWeeks && len(found) < len(units); i-- {
		old, err := p.ledger.Sheet(ctx, a, a.Unit, weeks[i].Due)
		if err != nil {
			break // the actor's unit did not exist then
		}
		for _, code := range units {
			if _, known := found[code]; known {
				continue
			}
			if o := old.Office(code, p.ledger.Now()); o.Sealed != nil && o.Sealed.Head.Contact != "" {
				found[code] = Contact{o.Sealed.Head.Contact, a.Phone(code, o.Sealed.Head.Phone)}
			}
		}
	}
	return found, nil
}

// trailWeeks is how far back a contact is looked for.
const trailWeeks = 9

// toType is a number as it is proposed in a field to be filled in.
func toType(phone string) string {
	if !access.Readable(phone) {
		return ""
	}
	return phone
}

// lostHelp says below such a field that the number before cannot be read.
func lostHelp(phone string) string {
	if access.Readable(phone) {
		return ""
	}
	return "原来的号码" + phone + "，请重新填写"
}

// headFor is the head of a form with the number as the actor may see it.
func headFor(a access.Actor, of unit.Code, h ledger.Head) ledger.Head {
	h.Phone = a.Phone(of, h.Phone)
	return h
}
