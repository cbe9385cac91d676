package ui

// State is where a unit stands in a week; the names are the ledger's.
type State string

// The states.
const (
	OnTime   State = "on_time"
	Late     State = "late"
	Missing  State = "missing"
	Returned State = "returned"
	NotDue   State = "not_due"
	Waived   State = "waived"
)

// States lists the states in the order in which boards show them.
func States() []State { return []State{OnTime, Late, Missing, Returned, NotDue, Waived} }

// Label is the state in a word.
func (s State) Label() string {
	switch s {
	case OnTime:
		return "按时"
	case Late:
		return "迟报"
	case Missing:
		return "未报"
	case Returned:
		return "退回"
	case NotDue:
		return "待报"
	case Waived:
		return "免报"
	}
	return "未知"
}

// icon gives each state a shape of its own, so that it is not told by colour alone.
func (s State) icon() Icon {
	switch s {
	case OnTime:
		return "check"
	case Late:
		return "clock"
	case Missing:
		return "x"
	case Returned:
		return "corner-up-left"
	case NotDue:
		return "circle-dashed"
	}
	return "minus"
}

func (s State) class() string {
	switch s {
	case OnTime, Late, Missing, Returned, NotDue, Waived:
		return "s-" + string(s)
	}
	return "s-waived"
}

// Tone colours notices and tags.
type Tone string

// The tones.
const (
	Info    Tone = "info"
	Saved   Tone = "saved"
	Warn    Tone = "warn"
	Wrong   Tone = "wrong"
	Changed Tone = "changed" // a cell that changed: yellow with red figures
	Neutral Tone = "neutral"
)

// Valid tells whether t is one of the tones.
func (t Tone) Valid() bool {
	switch t {
	case Info, Saved, Warn, Wrong, Changed, Neutral:
		return true
	}
	return false
}

func (t Tone) icon() Icon {
	switch t {
	case Saved:
		return "circle-check"
	case Warn:
		return "alert-triangle"
	case Wrong:
		return "alert-circle"
	}
	return "info-circle"
}
