package ledger

import (
	"cmp"
	"slices"
	"sync"
	"time"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/week"
)

// Sheet is one week of the ledger in memory: every village of that week's tree in code order,
// with its latest row and the row its town last sealed, and the sums of the sealed ones. It is
// fed by events in their order and answers any number of readers at once.
type Sheet struct {
	Week week.Week
	Tree *unit.Tree
	form *campaign.Form

	mu       sync.RWMutex
	chains   []Chain        // by village index
	live     Values         // latest values, len(form.Columns) a village
	derived  map[int]Values // by village index: what the records said of the latest values, where they did
	line     Values         // a row of sealed, to be filled
	sealed   *sums          // what the towns' latest sealed submissions hold
	versions []int32        // the row version behind each sealed row; 0 none
	offices  map[unit.Code]*office
	grants   []Grant // by Seq
	waived   []span  // villages let off by a waiver, as ranges in order that do not touch
	ordinary []int32 // ordinary[i] is how many of the first i villages are not virtual

	increase increase
}

// office is a town's or a county's week.
type office struct {
	chain  Chain
	sealed *Submission // the latest sealed one, even when it was returned since
	last   *Submission
}

// span is the villages lo <= i < hi.
type span struct{ lo, hi int }

func newSheet(w week.Week, tree *unit.Tree, form *campaign.Form) *Sheet {
	n, k := tree.VillageCount(), len(form.Columns)
	s := &Sheet{Week: w, Tree: tree, form: form, chains: make([]Chain, n), live: NewValues(n * k),
		sealed: newSums(n, k+extraSums), line: NewValues(k + extraSums), versions: make([]int32, n), offices: map[unit.Code]*office{}, derived: map[int]Values{},
		ordinary: make([]int32, n+1)}
	for i, v := range tree.Villages(0) {
		s.ordinary[i+1] = s.ordinary[i]
		if v.Kind == unit.Ordinary {
			s.ordinary[i+1]++
		}
	}
	return s
}

func (s *Sheet) liveRow(i int) Values {
	k := len(s.form.Columns)
	return s.live[i*k : (i+1)*k]
}

// apply takes in one event. Events that are in already change nothing.
func (s *Sheet) apply(e Event) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case e.Row != nil:
		s.applyRow(e.Row)
	case e.Submission != nil:
		s.applySubmission(e.Submission, nil)
	case e.Grant != nil:
		s.applyGrant(e.Grant)
	}
}

// applyRow takes in one more version of a row; versions already known change nothing.
func (s *Sheet) applyRow(r *RowVersion) {
	i, ok := s.Tree.VillageIndex(r.Unit)
	if !ok || r.Version <= s.chains[i].Version {
		return
	}
	s.chains[i] = s.chains[i].Then(r.Version, r.Status, r.At, r.ReturnDue)
	row := s.liveRow(i)
	for c := range row {
		row[c] = r.Values.at(c)
	}
	if delete(s.derived, i); r.Derived != nil {
		s.derived[i] = r.Derived
	}
}

// applySubmission takes in one more version of a town's or county's submission, whose members
// are the latest versions of its rows, or those in older.
func (s *Sheet) applySubmission(sub *Submission, older map[unit.Code]Values) {
	o := s.offices[sub.Unit]
	if o == nil {
		o = &office{}
		s.offices[sub.Unit] = o
	}
	if sub.Version <= o.chain.Version {
		return
	}
	o.chain = o.chain.Then(sub.Version, sub.Status, sub.At, sub.ReturnDue)
	o.last = sub
	if sub.Status != Sealed {
		return
	}
	o.sealed = sub
	if sub.Unit.Level() != unit.LevelTown {
		return
	}
	lo, hi := s.Tree.VillageSpan(sub.Unit)
	in := make(map[unit.Code]Member, len(sub.Members))
	for _, m := range sub.Members {
		in[m.Unit] = m
	}
	for i := lo; i < hi; i++ {
		code := s.Tree.Villages(0)[i].Code
		m, ok := in[code]
		if !ok || m.Version == 0 {
			s.seal(i, nil, Member{})
			continue
		}
		values := s.liveRow(i)
		if m.Version != s.chains[i].Version {
			values = older[code]
		}
		s.seal(i, values, m)
	}
}

func (s *Sheet) applyGrant(g *Grant) {
	for i := range s.grants {
		if s.grants[i].Seq == g.Seq {
			return
		}
	}
	s.grants = append(s.grants, *g)
	slices.SortFunc(s.grants, func(x, y Grant) int { return cmp.Compare(x.Seq, y.Seq) })
	if g.Kind == Waiver {
		s.mergeWaived(g.Unit)
	}
}

// due is what the unit's state is measured against, with all grants to it or above it.
func (s *Sheet) due(code unit.Code) Due {
	d := Due{Deadline: s.Week.Deadline}
	for i := range s.grants {
		if g := &s.grants[i]; g.Unit.Contains(code) {
			switch {
			case g.Kind == Waiver:
				d.Waived = true
			case g.Until.After(d.Deadline):
				d.Deadline = g.Until
			}
		}
	}
	return d
}

// Due is what the unit's state is measured against.
func (s *Sheet) Due(code unit.Code) Due {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.due(code)
}

// RowState is a village's row of the week as it stands.
type RowState struct {
	Village  unit.Unit
	Chain    Chain
	State    State
	Values   Values // the latest; nil when there is none
	Derived  Values // what the records said of them then; nil when they said nothing
	Sealed   Values // what the town last sealed; nil when there is none
	SealedAt int32  // the version of Sealed
	Carried  bool   // the sealed row was carried along, not reported
}

// Rows gives the villages of a unit in code order, as they stand at now.
func (s *Sheet) Rows(of unit.Code, now time.Time) []RowState {
	s.mu.RLock()
	defer s.mu.RUnlock()
	lo, hi := s.Tree.VillageSpan(of)
	rows := make([]RowState, 0, hi-lo)
	for i := lo; i < hi; i++ {
		rows = append(rows, s.rowState(i, now))
	}
	return rows
}

// Row gives one village's row; ok is false when the week's tree has no such village.
func (s *Sheet) Row(code unit.Code, now time.Time) (RowState, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	i, ok := s.Tree.VillageIndex(code)
	if !ok {
		return RowState{}, false
	}
	return s.rowState(i, now), true
}

func (s *Sheet) rowState(i int, now time.Time) RowState {
	k := len(s.form.Columns)
	v := s.Tree.Villages(0)[i]
	c := s.chains[i]
	r := RowState{Village: v, Chain: c, State: c.State(s.expectation(v), now), SealedAt: s.versions[i]}
	if c.Version > 0 {
		r.Values, r.Derived = append(Values(nil), s.liveRow(i)...), s.derived[i]
	}
	if s.versions[i] > 0 {
		line := s.sealed.row(i)
		r.Sealed = append(Values(nil), line[:k]...)
		r.Carried = line[k+sumCarried] == 1
	}
	return r
}

// expectation is due for a village; a virtual area is never expected.
func (s *Sheet) expectation(v unit.Unit) Due {
	d := s.due(v.Code)
	d.Waived = d.Waived || v.Kind == unit.Virtual
	return d
}

// OfficeState is where a town or county stands in the week.
type OfficeState struct {
	Unit    unit.Unit
	Chain   Chain
	State   State
	Sealed  *Submission // the latest sealed one
	Last    *Submission // the latest of any status
	Due     Due
	Expects int // ordinary villages below it
}

// Office gives where a town or county stands; a unit with nothing to report is waived.
func (s *Sheet) Office(code unit.Code, now time.Time) OfficeState {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.office(code, now)
}

func (s *Sheet) office(code unit.Code, now time.Time) OfficeState {
	u, _ := s.Tree.Unit(code)
	lo, hi := s.Tree.VillageSpan(code)
	st := OfficeState{Unit: u, Due: s.due(code), Expects: int(s.ordinary[hi] - s.ordinary[lo])}
	if st.Expects == 0 {
		st.Due.Waived = true
	}
	if o := s.offices[code]; o != nil {
		st.Chain, st.Sealed, st.Last = o.chain, o.sealed, o.last
	}
	st.State = st.Chain.State(st.Due, now)
	return st
}

// Locked tells whether the county above the unit has locked the week.
func (s *Sheet) Locked(code unit.Code) bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.locked(code)
}

func (s *Sheet) locked(code unit.Code) bool {
	o := s.offices[code.At(unit.LevelCounty)]
	return o != nil && o.chain.Status == Sealed
}

// Grants gives the grants that touch a unit: to it, above it or below it.
func (s *Sheet) Grants(of unit.Code) []Grant {
	s.mu.RLock()
	defer s.mu.RUnlock()
	var out []Grant
	for _, g := range s.grants {
		if g.Unit.Contains(of) || of.Contains(g.Unit) {
			out = append(out, g)
		}
	}
	return out
}
