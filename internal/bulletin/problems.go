package bulletin

import "github.com/sangzi/sangzi/internal/problem"

var (
	// ErrMonth: no reporting week of the campaign is due in the month, or none has come yet.
	ErrMonth = problem.New(problem.Invalid, "bulletin.month")
	// ErrPlan: the campaign has no plan of a bulletin.
	ErrPlan = problem.New(problem.Invalid, "bulletin.plan")
	// ErrUnit: a bulletin is of a county or a city.
	ErrUnit = problem.New(problem.Invalid, "bulletin.unit")
	// ErrNone: there is no bulletin of the month, or none that the actor may read.
	ErrNone = problem.New(problem.NotFound, "bulletin.none")
	// ErrNoVersion: there is no such version, or the actor may not read it.
	ErrNoVersion = problem.New(problem.NotFound, "bulletin.no_version")
	// ErrBegun: the month's bulletin has been begun.
	ErrBegun = problem.New(problem.Conflict, "bulletin.begun")
	// ErrMoved: somebody has made another version since. {version}
	ErrMoved = problem.New(problem.Conflict, "bulletin.moved")
	// ErrStatus: the status does not allow it. {status}
	ErrStatus = problem.New(problem.Conflict, "bulletin.status")
	// ErrSamePerson: who submitted it approves it.
	ErrSamePerson = problem.New(problem.Forbidden, "bulletin.same_person")
	// ErrReason: a reason is asked for. {max} characters
	ErrReason = problem.New(problem.Invalid, "bulletin.reason")
	// ErrNumber: not a 发文字号.
	ErrNumber = problem.New(problem.Invalid, "bulletin.number")
	// ErrNumberTaken: another month's bulletin was issued under it. {month}
	ErrNumberTaken = problem.New(problem.Conflict, "bulletin.number_taken")
	// ErrDay: issued before its figures or after today. {first} {last}
	ErrDay = problem.New(problem.Invalid, "bulletin.day")

	// ErrFaults: the words have faults. See Faults. {count}
	ErrFaults = problem.New(problem.Invalid, "bulletin.faults")
	// ErrReference: no figure or word is called so. {name}
	ErrReference = problem.New(problem.Invalid, "bulletin.reference")
	// ErrBrace: a brace without its other half.
	ErrBrace = problem.New(problem.Invalid, "bulletin.brace")
	// ErrList: a list in a paragraph that says not whose.
	ErrList = problem.New(problem.Invalid, "bulletin.list")
	// ErrListEmpty: the list names nobody.
	ErrListEmpty = problem.New(problem.Invalid, "bulletin.list_empty")
	// ErrLong: a text is longer than is kept. {max}
	ErrLong = problem.New(problem.Invalid, "bulletin.long")
	// ErrBlank: a text that must be there is not. {field}
	ErrBlank = problem.New(problem.Invalid, "bulletin.blank")
	// ErrMany: more sections or paragraphs than are kept. {max}
	ErrMany = problem.New(problem.Invalid, "bulletin.many")
)

// Fault is what is wrong at one place of the words.
type Fault struct {
	Field     string // title, greeting, issuers, copy_to, printer; empty: in a section
	Section   int    // counted from 0
	Paragraph int    // counted from 0; -1: the heading
	Problem   *problem.Problem
}

// Faults are the faults behind an ErrFaults.
type Faults struct{ List []Fault }

// Error gives the problem's code.
func (f *Faults) Error() string { return ErrFaults.Code }

// Unwrap makes errors.Is and problem.Of see the problem.
func (f *Faults) Unwrap() error { return ErrFaults.With("count", len(f.List)) }
