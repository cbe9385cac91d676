package unit

import "github.com/sangzi/sangzi/internal/problem"

// What can be wrong with units. Parameters are named behind each: codes are text of 12 digits,
// days date.Date.
var (
	// ErrBadCode: not a statistical code. {code}
	ErrBadCode = problem.New(problem.Invalid, "unit.bad_code")
	// ErrBadLevel: not a level's name. {level}
	ErrBadLevel = problem.New(problem.Invalid, "unit.bad_level")
	// ErrBadName: a name is empty, too long or holds control characters. {code} {name}
	ErrBadName = problem.New(problem.Invalid, "unit.bad_name")
	// ErrBadSpan: a unit that ends before it begins. {code}
	ErrBadSpan = problem.New(problem.Invalid, "unit.bad_span")
	// ErrOverlap: the same code twice at one time in stored data. {code}
	ErrOverlap = problem.New(problem.Invalid, "unit.overlap")
	// ErrStrayName: a name change on a day its unit was not valid. {code} {name} {day}
	ErrStrayName = problem.New(problem.Invalid, "unit.stray_name")
	// ErrUnknown: no unit ever had this code. {code}
	ErrUnknown = problem.New(problem.NotFound, "unit.unknown")
	// ErrNotValidThen: the unit exists, but not on that day. {code} {name} {day}
	ErrNotValidThen = problem.New(problem.Conflict, "unit.not_valid_then")
	// ErrCodeTaken: another unit has the code on or after that day. {code} {name} {day}
	ErrCodeTaken = problem.New(problem.Conflict, "unit.code_taken")
	// ErrNoCodeLeft: no free code is left below a unit. {code}
	ErrNoCodeLeft = problem.New(problem.Conflict, "unit.no_code_left")
	// ErrSameName: the unit already has this name. {code} {name}
	ErrSameName = problem.New(problem.Conflict, "unit.same_name")
	// ErrLevelMismatch: units of different levels cannot be merged or split into each other. {code} {name}
	ErrLevelMismatch = problem.New(problem.Invalid, "unit.level_mismatch")
	// ErrHasChildren: what is below the unit must be moved first. {code} {name} {count}
	ErrHasChildren = problem.New(problem.Conflict, "unit.has_children")
	// ErrNoParent: nothing above the code is valid that day. {code} {day}
	ErrNoParent = problem.New(problem.Conflict, "unit.no_parent")
	// ErrLaterChange: the unit ends or is renamed on a later day already. {code} {name} {day}
	ErrLaterChange = problem.New(problem.Conflict, "unit.later_change")
	// ErrNoDay: a change without the day from which it holds.
	ErrNoDay = problem.New(problem.Invalid, "unit.no_day")
	// ErrItself: a unit moved to its own code or abolished into itself. {code} {name}
	ErrItself = problem.New(problem.Invalid, "unit.itself")
	// ErrNothingToDo: a merge or a split of fewer than two units.
	ErrNothingToDo = problem.New(problem.Invalid, "unit.nothing_to_do")
	// ErrNation: the nation itself cannot be changed.
	ErrNation = problem.New(problem.Invalid, "unit.nation")
)
