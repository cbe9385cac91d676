package feedback

import "github.com/sangzi/sangzi/internal/problem"

var (
	// ErrContent: nothing said, or more than fits. {max} characters
	ErrContent = problem.New(problem.Invalid, "feedback.content")
	// ErrContact: a contact that does not fit. {max} characters
	ErrContact = problem.New(problem.Invalid, "feedback.contact")
	// ErrPlace: no place of the tree is called so. {place}
	ErrPlace = problem.New(problem.Invalid, "feedback.place")
	// ErrPlaces: several places are called so. {place} {candidates}
	ErrPlaces = problem.New(problem.Invalid, "feedback.places")
	// ErrAnswer: nothing answered, or more than fits. {max} characters
	ErrAnswer = problem.New(problem.Invalid, "feedback.answer")
	// ErrNone: there is no such entry, or not for this actor.
	ErrNone = problem.New(problem.NotFound, "feedback.none")
	// ErrReference: no entry has this reference.
	ErrReference = problem.New(problem.NotFound, "feedback.reference")
	// ErrMoved: somebody else has answered in the meantime.
	ErrMoved = problem.New(problem.Conflict, "feedback.moved")
)
