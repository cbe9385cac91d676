package record

import (
	"github.com/sangzi/sangzi/internal/access"
)

// Act is what a version did to its record.
type Act string

// The acts.
const (
	DidEnter    Act = "entered"
	DidCorrect  Act = "corrected"
	DidWithdraw Act = "withdrawn"
	DidApprove  Act = "approved"
	DidObject   Act = "objected"
	DidAnswer   Act = "answered"
	DidLook     Act = "looked"
	DidCheck    Act = "checked"
)

// Act tells what the version did to the one before it, nil for the first.
func (v *Version) Act(before *Version) Act {
	switch {
	case before == nil:
		return DidEnter
	case v.Status == Withdrawn && before.Status != Withdrawn:
		return DidWithdraw
	case v.Status == Approved && before.Status != Approved:
		return DidApprove
	case v.Looked != "" && before.Looked == "":
		return DidLook
	case v.Answer != "" && before.Answer == "":
		return DidAnswer
	case v.Check != nil && !v.Check.same(before.Check):
		return DidCheck
	case v.Dispute != "":
		return DidObject // a correction answers the objection, and takes it away
	}
	return DidCorrect
}

// author is the last version that said what was done: no approval, no check, no word about it.
func author(versions []Version) *Version {
	for i := len(versions) - 1; i > 0; i-- {
		if versions[i].Act(&versions[i-1]) == DidCorrect {
			return &versions[i]
		}
	}
	return &versions[0]
}

// owns tells whether the actor may change a record: the unit that entered it or one above, a
// department only what it entered itself.
func owns(a access.Actor, versions []Version) bool {
	first := &versions[0]
	return a.Unit.Contains(first.From) && (a.Role != access.Department || first.Account == a.Account)
}

// Powers is what an actor may do to a record as it stands.
type Powers struct {
	Change  bool // correct or withdraw it
	Object  bool
	Approve bool
	Answer  bool // the objection
	Look    bool // at what was pointed out
	Check   bool
}

// Powers tells what an actor may do to a record, for pages that leave out the rest.
func (s *Service) Powers(a access.Actor, versions []Version) Powers {
	last := &versions[len(versions)-1]
	if last.Status == Withdrawn {
		return Powers{}
	}
	kind, known := s.records.Kind(last.Kind)
	enter := known && a.May(access.EnterRecord, last.Unit)
	return Powers{
		Change:  enter && owns(a, versions),
		Object:  enter && !a.Unit.Contains(author(versions).From),
		Answer:  enter && last.Unanswered() && answers(a, versions),
		Look:    last.Open()&^PointObjected != 0 && a.May(access.LookAtRecord, last.Unit),
		Approve: known && kind.Approval && last.Status == Standing && a.May(access.ApproveRecord, last.Unit),
		Check:   known && kind.Check && a.May(access.CheckRecord, last.Unit),
	}
}
