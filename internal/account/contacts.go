package account

import (
	"context"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/unit"
)

// Contact is somebody to be called for a unit.
type Contact struct {
	Unit  unit.Code
	Name  string
	Role  access.Role
	Phone string // whole, masked, or empty when none is known
	Whole bool   // false when the middle of the number is hidden, or it cannot be read
}

// callable are the roles that answer for a unit's report.
var callable = map[access.Role]bool{access.VillageReporter: true, access.TownClerk: true, access.CountyOffice: true, access.CityOffice: true}

// Contacts is whom to call, by unit, for every unit of a subtree that has somebody. Numbers
// are whole for who may see them and have their middle hidden for all others.
func (s *Service) Contacts(ctx context.Context, a access.Actor, of unit.Code) (map[unit.Code][]Contact, error) {
	if err := a.Can(access.ReadLedger, of); err != nil {
		return nil, err
	}
	page, err := s.store.Accounts(ctx, Query{Of: of})
	if err != nil {
		return nil, err
	}
	contacts := map[unit.Code][]Contact{}
	for _, one := range page.Accounts {
		if one.Disabled || !callable[one.Role] {
			continue
		}
		c := Contact{Unit: one.Unit, Name: one.Name, Role: one.Role, Phone: one.Phone, Whole: access.Readable(one.Phone)}
		if !a.May(access.SeePhone, one.Unit) {
			c.Phone, c.Whole = access.MaskPhone(one.Phone), false
		}
		contacts[one.Unit] = append(contacts[one.Unit], c)
	}
	return contacts, nil
}
