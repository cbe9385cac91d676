package register

import "github.com/sangzi/sangzi/internal/problem"

var (
	// ErrTouches: weeks that have been reported fall on or after the day, more than the caller
	// has said to know of. {count} {weeks}
	ErrTouches = problem.New(problem.Conflict, "register.touches")
	// ErrLater: a change of the past may not reach under one that came after it. {name} {day}
	ErrLater = problem.New(problem.Conflict, "register.later")
	// ErrFarDay: the day is years away, which is a slip of the pen. {day}
	ErrFarDay = problem.New(problem.Invalid, "register.far_day")
	// ErrOwnUnit: a unit that somebody stands at is not ended by himself. {name}
	ErrOwnUnit = problem.New(problem.Forbidden, "register.own_unit")
	// ErrSearchText: nothing to search for, or too long a text.
	ErrSearchText = problem.New(problem.Invalid, "register.search_text")
)
