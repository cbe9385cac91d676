package reading

import "github.com/sangzi/sangzi/internal/problem"

var (
	// ErrNone: the pack has no such reading. {key}
	ErrNone = problem.New(problem.NotFound, "reading.none")
	// ErrVerdict: neither agreed to nor read otherwise nor taken back.
	ErrVerdict = problem.New(problem.Invalid, "reading.verdict")
	// ErrText: reading it otherwise needs words, and no words may be longer than fits. {max}
	ErrText = problem.New(problem.Invalid, "reading.text")
	// ErrNothing: nothing was said that could be taken back.
	ErrNothing = problem.New(problem.Conflict, "reading.nothing")
	// ErrMoved: somebody of the office has said something in the meantime.
	ErrMoved = problem.New(problem.Conflict, "reading.moved")
	// ErrWording: the pack's wording is not the one that was looked at.
	ErrWording = problem.New(problem.Conflict, "reading.wording")
	// ErrUnit: a county speaks for itself and a city for itself, nobody for another.
	ErrUnit = problem.New(problem.Forbidden, "reading.unit")
)
