package patron

import "github.com/sangzi/sangzi/internal/problem"

var (
	// ErrNone: there is nobody of that number, or not for this actor.
	ErrNone = problem.New(problem.NotFound, "patron.none")
	// ErrMoved: somebody else has written meanwhile.
	ErrMoved = problem.New(problem.Conflict, "patron.moved")
	// ErrErased: who was erased is not written to.
	ErrErased = problem.New(problem.Conflict, "patron.erased")
	// ErrPlace: registers are kept by villages and towns.
	ErrPlace = problem.New(problem.Invalid, "patron.place")
	// ErrTaken: the register has somebody of that name. {name}
	ErrTaken = problem.New(problem.Conflict, "patron.taken")
	// ErrFaults: fields are wrong; the list is in Faults.
	ErrFaults = problem.New(problem.Invalid, "patron.faults")

	ErrName    = problem.New(problem.Invalid, "patron.name")     // ErrName: no name.
	ErrOneName = problem.New(problem.Invalid, "patron.one_name") // ErrOneName: more than one.
	ErrLong    = problem.New(problem.Invalid, "patron.long")     // ErrLong: longer than is kept. {max}
	ErrPhone   = problem.New(problem.Invalid, "patron.phone")    // ErrPhone: not a telephone number.
	ErrConsent = problem.New(problem.Invalid, "patron.consent")  // ErrConsent: a number without consent.
	ErrDay     = problem.New(problem.Invalid, "patron.day")      // ErrDay: not a day, or one to come.
	ErrHow     = problem.New(problem.Invalid, "patron.how")      // ErrHow: neither spoken nor written.
	ErrBy      = problem.New(problem.Invalid, "patron.by")       // ErrBy: nobody who obtained it.
)

// Faults are what is wrong, by field.
type Faults struct {
	Problem *problem.Problem
	Fields  map[string]*problem.Problem
}

// Error gives the problem's code.
func (f *Faults) Error() string { return f.Problem.Error() }

// Unwrap makes errors.Is and problem.Of see the problem.
func (f *Faults) Unwrap() error { return f.Problem }
