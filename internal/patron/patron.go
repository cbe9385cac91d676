package patron

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/unit"
)

// Patron is somebody in the register of a unit. Of one who was erased only ID, Unit and when
// remain.
type Patron struct {
	ID       int64
	Unit     unit.Code
	Name     string
	Lives    string // where now: 深圳, 泰国曼谷
	Relation string // what he is, in a few words: 校友会会长
	Contact  string // whom in the village to talk to
	Consent  Consent
	Phone    string // sealed in its table; masked where it is only shown
	Revision int64  // counts changes
	Actor    string // who wrote it last
	At       time.Time
	Erased   bool
}

// Consent is that somebody agreed to be written down with a number; zero: he was not asked.
type Consent struct {
	Day date.Date
	How How
	By  string // who obtained it
}

// Given tells whether there is any.
func (c Consent) Given() bool { return !c.Day.IsZero() }

// How is in which way consent was given.
type How string

// The ways.
const (
	Spoken  How = "spoken"
	Written How = "written"
)

// Ways lists them.
func Ways() []How { return []How{Spoken, Written} }

// Input is what is typed of a patron.
type Input struct {
	Name, Lives, Relation, Contact string
	ConsentDay                     string // as typed; empty: no consent
	ConsentHow                     How
	ConsentBy                      string
	Phone                          string
	KeepPhone                      bool // an empty Phone leaves the number that is kept
}

const (
	maxName = 30
	maxText = 120
)

// read checks what was typed; faults are by field: name, lives, relation, contact, consent_day,
// consent_how, consent_by, phone.
func (in Input) read(today date.Date) (Patron, map[string]*problem.Problem) {
	faults := map[string]*problem.Problem{}
	text := func(field, value string, most int) string {
		value = clean(value)
		if utf8.RuneCountInString(value) > most {
			faults[field] = ErrLong.With("max", most)
		}
		return value
	}
	p := Patron{Name: text("name", in.Name, maxName), Lives: text("lives", in.Lives, maxText), Relation: text("relation", in.Relation, maxText), Contact: text("contact", in.Contact, maxText)}
	if p.Name == "" {
		faults["name"] = ErrName
	}
	if strings.ContainsAny(p.Name, "、，,；;/ 　") {
		faults["name"] = ErrOneName
	}
	p.Phone = text("phone", in.Phone, 20)
	if p.Phone != "" && !phoneLike(p.Phone) {
		faults["phone"] = ErrPhone
	}
	by := text("consent_by", in.ConsentBy, maxName)
	if day := clean(in.ConsentDay); day != "" {
		read, err := date.Parse(day)
		switch {
		case err != nil || read.After(today):
			faults["consent_day"] = ErrDay
		case in.ConsentHow != Spoken && in.ConsentHow != Written:
			faults["consent_how"] = ErrHow
		case by == "":
			faults["consent_by"] = ErrBy
		default:
			p.Consent = Consent{read, in.ConsentHow, by}
		}
	}
	if !p.Consent.Given() && (p.Phone != "" || in.KeepPhone) && faults["consent_day"] == nil && faults["consent_how"] == nil && faults["consent_by"] == nil {
		faults["phone"] = ErrConsent
	}
	return p, faults
}

// phoneLike tells whether a text can be a telephone number, at home or abroad.
func phoneLike(text string) bool {
	digits := 0
	for i, r := range text {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case r == '+' && i == 0, r == '-', r == ' ', r == '(', r == ')':
		default:
			return false
		}
	}
	return digits >= 7 && digits <= 15
}

// clean drops what no table keeps and the blanks around.
func clean(text string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "")))
}
