package task

import "github.com/sangzi/sangzi/internal/problem"

var (
	// ErrNone: there is no such task, rule, unit or period. {duty}
	ErrNone = problem.New(problem.NotFound, "task.none")
	// ErrNotReported: records show it; there is nothing to report.
	ErrNotReported = problem.New(problem.Invalid, "task.not_reported")
	// ErrText: nothing written, or more than fits. {max} characters
	ErrText = problem.New(problem.Invalid, "task.text")
	// ErrDay: no day, or one that cannot be meant.
	ErrDay = problem.New(problem.Invalid, "task.day")
	// ErrNotYours: another unit answers for it.
	ErrNotYours = problem.New(problem.Forbidden, "task.not_yours")
	// ErrDecided: the report has been confirmed or declined already.
	ErrDecided = problem.New(problem.Conflict, "task.decided")
	// ErrNoReport: there is no such report, or not for this actor.
	ErrNoReport = problem.New(problem.NotFound, "task.no_report")
	// ErrNoPressing: nothing is pressed for under that number, or not for this actor.
	ErrNoPressing = problem.New(problem.NotFound, "task.no_pressing")
	// ErrLevel: tasks stand at villages, towns, departments and counties.
	ErrLevel = problem.New(problem.Invalid, "task.level")
)
