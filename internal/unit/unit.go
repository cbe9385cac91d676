package unit

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/sangzi/sangzi/internal/date"
)

// Kind tells units with people from units that exist in the statistics only.
type Kind uint8

// The kinds.
const (
	Ordinary Kind = iota
	Virtual       // 虚拟生活区, 虚拟社区: kept and shown, reports nothing
)

// String names the kind for JSON and logs.
func (k Kind) String() string {
	if k == Virtual {
		return "virtual"
	}
	return "ordinary"
}

// KindOf is Virtual for registered names that say so themselves (虚拟).
func KindOf(name string) Kind {
	if strings.Contains(name, "虚拟") {
		return Virtual
	}
	return Ordinary
}

// Unit is one unit through one unbroken span of validity, From <= day < To; a zero From has
// always been, a zero To has not ended. Name is as registered: in a Tree the name of the
// tree's day, in a Registry's spans the name at the span's beginning. Successor is the unit
// that took over at To; zero when there is none.
type Unit struct {
	Code      Code
	Name      string
	Kind      Kind
	From, To  date.Date
	Successor Code
}

// Level is the level of the unit's code.
func (u Unit) Level() Level { return u.Code.Level() }

// ValidOn tells whether the unit's span holds the day.
func (u Unit) ValidOn(day date.Date) bool {
	return !day.Before(u.From) && (u.To.IsZero() || day.Before(u.To))
}

// NameChange gives the unit with this code another name from a day on, until its next change
// or its end.
type NameChange struct {
	Code Code
	Name string
	From date.Date
}

// nationUnit stands at the root of every tree.
var nationUnit = Unit{Code: Nation, Name: "全国"}

const maxNameRunes = 60

func checkName(code Code, name string) error {
	bad := name == "" || strings.TrimSpace(name) != name ||
		!utf8.ValidString(name) || utf8.RuneCountInString(name) > maxNameRunes
	for _, r := range name {
		bad = bad || unicode.IsControl(r)
	}
	if bad {
		return ErrBadName.With("code", code.String()).With("name", name)
	}
	return nil
}
