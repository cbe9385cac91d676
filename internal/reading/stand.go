package reading

import "github.com/sangzi/sangzi/internal/campaign"

// State is where a reading stands at a county or a city.
type State string

// The states.
const (
	Unasked   State = "unasked"   // the pack does not mark it, and nobody has said anything
	Open      State = "open"      // 待确认
	Changed   State = "changed"   // said of another wording: asked again
	Otherwise State = "otherwise" // 另有理解
	Agreed    State = "agreed"    // 已确认
)

// States lists the states, what is to be done first.
func States() []State { return []State{Changed, Open, Otherwise, Agreed, Unasked} }

// Waits tells whether the office is asked.
func (s State) Waits() bool { return s == Open || s == Changed }

// Stand is a reading with what was said of it for one place.
type Stand struct {
	campaign.Question
	State State
	By    *Saying  // what the state rests on; of Changed, what was said of the wording before
	Own   *Saying  // the place's own last line, nil when it never spoke
	Above *Saying  // of a county: its city's last line that holds
	Below []Saying // of a city or above: the last line of each unit below
}

// StandOf is the state of a reading by the last lines of a place and of the city above it: what the
// place says of the present wording counts first, then what the city says of it. What was said of
// another wording is asked again.
func StandOf(q campaign.Question, own, above *Saying) Stand {
	s := Stand{Question: q, Own: own, State: Unasked}
	if q.Waiting {
		s.State = Open
	}
	if above != nil && above.Verdict != Retracts && above.Print == q.Print {
		s.Above = above
	}
	for _, by := range []*Saying{own, s.Above} {
		if by == nil || by.Verdict == Retracts {
			continue
		}
		if by.Print == q.Print {
			s.State, s.By = verdictState(by.Verdict), by
			return s
		}
	}
	for _, by := range []*Saying{own, above} {
		if by != nil && by.Verdict != Retracts && by.Print != q.Print {
			s.State, s.By = Changed, by
			return s
		}
	}
	return s
}

func verdictState(v Verdict) State {
	if v == Differs {
		return Otherwise
	}
	return Agreed
}
