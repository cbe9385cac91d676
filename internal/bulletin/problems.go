package bulletin

import "github.com/sangzi/sangzi/internal/problem"

var (
	// ErrPeriod: no reporting week of the campaign is due in the month or quarter, or none has come
	// yet. {period}
	ErrPeriod = problem.New(problem.Invalid, "bulletin.period")
	// ErrPlan: the campaign has no plan of a bulletin.
	ErrPlan = problem.New(problem.Invalid, "bulletin.plan")
	// ErrUnit: a bulletin is of a county or a city.
	ErrUnit = problem.New(problem.Invalid, "bulletin.unit")
	// ErrNone: there is no bulletin of the period, or none that the actor may read.
	ErrNone = problem.New(problem.NotFound, "bulletin.none")
	// ErrNoVersion: there is no such version, or the actor may not read it.
	ErrNoVersion = problem.New(problem.NotFound, "bulletin.no_version")
	// ErrNoFile: nothing was kept of it as a file, and nothing can be printed.
	ErrNoFile = problem.New(problem.NotFound, "bulletin.no_file")
	// ErrFileBroken: a kept file is not what was issued.
	ErrFileBroken = problem.New(problem.Conflict, "bulletin.file_broken")
	// ErrBegun: the period's bulletin has been begun. {period}
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
	// ErrNumberTaken: another period's bulletin was issued under it. {period}
	ErrNumberTaken = problem.New(problem.Conflict, "bulletin.number_taken")
	// ErrDay: issued before its figures or after today. {first} {last}
	ErrDay = problem.New(problem.Invalid, "bulletin.day")

	// ErrRuleMoved: somebody has adopted another version of the rule since. {version}
	ErrRuleMoved = problem.New(problem.Conflict, "bulletin.rule_moved")
	// ErrNeutral: there is no ranking that could be ended.
	ErrNeutral = problem.New(problem.Conflict, "bulletin.neutral")
	// ErrRuleFrom: not a month, or one before this for a rule that ranks. {first}
	ErrRuleFrom = problem.New(problem.Invalid, "bulletin.rule_from")
	// ErrRuleName: the rule has no name, or a long one. {max}
	ErrRuleName = problem.New(problem.Invalid, "bulletin.rule_name")
	// ErrRuleOf: not a figure of the ledger's columns. {name}
	ErrRuleOf = problem.New(problem.Invalid, "bulletin.rule_of")
	// ErrRuleTie: no rule for ties.
	ErrRuleTie = problem.New(problem.Invalid, "bulletin.rule_tie")
	// ErrRuleMinimum: a least size that makes no sense. {max}
	ErrRuleMinimum = problem.New(problem.Invalid, "bulletin.rule_minimum")

	// ErrFaults: the words have faults. See Faults. {count}
	ErrFaults = problem.New(problem.Invalid, "bulletin.faults")
	// ErrReference: no figure or word is called so. {name}
	ErrReference = problem.New(problem.Invalid, "bulletin.reference")
	// ErrBrace: a brace without its other half.
	ErrBrace = problem.New(problem.Invalid, "bulletin.brace")
	// ErrList: a list in a paragraph that says not whose.
	ErrList = problem.New(problem.Invalid, "bulletin.list")
	// ErrLimit: not a value that a condition can be held against. {value}
	ErrLimit = problem.New(problem.Invalid, "bulletin.limit")
	// ErrUnitName: no unit below is called so. {name}
	ErrUnitName = problem.New(problem.Invalid, "bulletin.unit_name")
	// ErrChart: a figure that a chart of the kind cannot draw. {name}
	ErrChart = problem.New(problem.Invalid, "bulletin.chart")
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
	Field     string // title, greeting, issuers, copy_to, printer, tables.0.columns.1.of, charts.0.kind; empty: in a section
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
