package dispatch

import "github.com/sangzi/sangzi/internal/problem"

var (
	// ErrNone: there is no such item, or not for this actor.
	ErrNone = problem.New(problem.NotFound, "dispatch.none")
	// ErrNoRequest: there is no such request, or not for this actor.
	ErrNoRequest = problem.New(problem.NotFound, "dispatch.no_request")
	// ErrNoWeek: the week has not begun. {day} on which it does
	ErrNoWeek = problem.New(problem.NotFound, "dispatch.no_week")
	// ErrLevel: the unit has no dispatch: it is above a city.
	ErrLevel = problem.New(problem.Invalid, "dispatch.level")
	// ErrOff: the campaign has no dispatch.
	ErrOff = problem.New(problem.NotFound, "dispatch.off")
	// ErrRule: no such kind of points.
	ErrRule = problem.New(problem.Invalid, "dispatch.rule")
	// ErrAsk: no such thing to ask for.
	ErrAsk = problem.New(problem.Invalid, "dispatch.ask")
	// ErrNoPoint: the unit has no such point in that week. {unit}
	ErrNoPoint = problem.New(problem.Conflict, "dispatch.no_point")
	// ErrOpen: there is an open item of the kind about the unit. {id}
	ErrOpen = problem.New(problem.Conflict, "dispatch.open")
	// ErrClosed: the item is closed.
	ErrClosed = problem.New(problem.Conflict, "dispatch.closed")
	// ErrNotClosed: the item is open already.
	ErrNotClosed = problem.New(problem.Conflict, "dispatch.not_closed")
	// ErrSettled: the request stands no more: settled, withdrawn, or followed as an item.
	ErrSettled = problem.New(problem.Conflict, "dispatch.settled")
	// ErrText: nothing written, or more than fits. {max} characters
	ErrText = problem.New(problem.Invalid, "dispatch.text")
	// ErrDay: no day, one that is over, or one that puts nothing off.
	ErrDay = problem.New(problem.Invalid, "dispatch.day")
	// ErrTo: no such responsible unit or department, or not one that the actor may name.
	ErrTo = problem.New(problem.Invalid, "dispatch.to")
	// ErrNotYours: another unit is responsible, or another office opened it.
	ErrNotYours = problem.New(problem.Forbidden, "dispatch.not_yours")
	// ErrMoved: others wrote at the same time again and again.
	ErrMoved = problem.New(problem.Unavailable, "dispatch.moved")
)
