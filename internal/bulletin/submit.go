package bulletin

import (
	"context"

	"github.com/sangzi/sangzi/internal/access"
)

// Submit sends a draft to be approved (送审). Every reference must have its figure and every list
// somebody to name.
func (s *Service) Submit(ctx context.Context, a access.Actor, on On) (Version, error) {
	return s.step(ctx, a, on, ToSubmit, func(v *Version) error {
		v.Status = Submitted
		return s.ready(&v.Draft)
	})
}

// ready finds what keeps a draft from being submitted.
func (s *Service) ready(d *Draft) error {
	var faults []Fault
	for i, section := range d.Sections {
		for j, p := range section.Paragraphs {
			listed, wrong := s.check(d, p.Text)
			if wrong == nil && listed && len(d.listed(s.ledger.Form(), &p)) == 0 {
				wrong = ErrListEmpty
			}
			if wrong != nil {
				faults = append(faults, Fault{Section: i, Paragraph: j, Problem: wrong})
			}
		}
	}
	if len(faults) > 0 {
		return &Faults{faults}
	}
	return nil
}

// Return sends back what was submitted or approved, with a reason (退回修改).
func (s *Service) Return(ctx context.Context, a access.Actor, on On, why string) (Version, error) {
	return s.step(ctx, a, on, ToReturn, func(v *Version) (err error) {
		v.Status = Returned
		v.Reason, err = reason(why)
		return err
	})
}

// Approve approves what was submitted (审定). It takes another person than who submitted it.
func (s *Service) Approve(ctx context.Context, a access.Actor, on On) (Version, error) {
	return s.step(ctx, a, on, ToApprove, func(v *Version) error {
		if v.Account == a.Account {
			return ErrSamePerson
		}
		v.Status = Approved
		return nil
	})
}
