package ledger

import "github.com/sangzi/sangzi/internal/problem"

var (
	// ErrNoWeek: the day is not a due day of the campaign.
	ErrNoWeek = problem.New(problem.NotFound, "ledger.no_week")
	// ErrNotOpen: the week has not begun.
	ErrNotOpen = problem.New(problem.Conflict, "ledger.not_open")
	// ErrLocked: the county has locked the week.
	ErrLocked = problem.New(problem.Conflict, "ledger.locked")
	// ErrNotLocked: reopening a week that is open.
	ErrNotLocked = problem.New(problem.Conflict, "ledger.not_locked")
	// ErrNoVillage: the week's tree has no such village.
	ErrNoVillage = problem.New(problem.NotFound, "ledger.no_village")
	// ErrNoTown: the week's tree has no such town or county.
	ErrNoTown = problem.New(problem.NotFound, "ledger.no_town")
	// ErrMoved: somebody else has written the row since it was read.
	ErrMoved = problem.New(problem.Conflict, "ledger.moved")
	// ErrFindings: the row has errors, or warnings without a note. See Findings.
	ErrFindings = problem.New(problem.Invalid, "ledger.findings")
	// ErrColumn: no column of the form has this key.
	ErrColumn = problem.New(problem.Invalid, "ledger.unknown_column")
	// ErrNothing: there is nothing to return, carry or submit.
	ErrNothing = problem.New(problem.Conflict, "ledger.nothing")
	// ErrReason: a reason is asked for.
	ErrReason = problem.New(problem.Invalid, "ledger.reason")
	// ErrNoLast: "nothing changed" when nothing was reported before.
	ErrNoLast = problem.New(problem.Conflict, "ledger.no_last")
	// ErrHead: the head of the form lacks a field.
	ErrHead = problem.New(problem.Invalid, "ledger.head")
	// ErrUntil: an extension must end after the deadline.
	ErrUntil = problem.New(problem.Invalid, "ledger.until")
	// ErrReturnDue: what is returned must be wanted again after now.
	ErrReturnDue = problem.New(problem.Invalid, "ledger.return_due")
	// ErrNoDraft: nothing typed is kept for the row.
	ErrNoDraft = problem.New(problem.NotFound, "ledger.no_draft")
	// ErrDraftMoved: the draft was saved elsewhere in the meantime.
	ErrDraftMoved = problem.New(problem.Conflict, "ledger.draft_moved")
	// ErrNoUpload: the upload does not exist or is no longer kept.
	ErrNoUpload = problem.New(problem.NotFound, "ledger.no_upload")
	// ErrTooLong: a text is longer than is kept.
	ErrTooLong = problem.New(problem.Invalid, "ledger.too_long")
	// ErrNoVersion: no such version of a row or submission.
	ErrNoVersion = problem.New(problem.NotFound, "ledger.no_version")
)

// Findings are the findings behind an ErrFindings.
type Findings struct {
	Problem *problem.Problem
	List    []Finding
}

// Error gives the problem's code and the number of findings.
func (f *Findings) Error() string { return f.Problem.Error() }

// Unwrap makes errors.Is and problem.Of see the problem.
func (f *Findings) Unwrap() error { return f.Problem }

// NewFindings makes the error of a list of findings.
func NewFindings(list []Finding) *Findings {
	errors := 0
	for i := range list {
		if list[i].Severity == Error {
			errors++
		}
	}
	return &Findings{Problem: ErrFindings.With("errors", errors).With("warnings", len(list)-errors), List: list}
}
