package merge

import "github.com/sangzi/sangzi/internal/problem"

var (
	// ErrNoFiles: no workbook at the given places. {places}
	ErrNoFiles = problem.New(problem.NotFound, "merge.no_files")
	// ErrNoPlace: a given file or folder does not exist or may not be read. {path}
	ErrNoPlace = problem.New(problem.NotFound, "merge.no_place")
	// ErrOverwrites: the output would overwrite a file that is read. {path}
	ErrOverwrites = problem.New(problem.Conflict, "merge.overwrites")
	// ErrNoUnit: the unit has no villages in the tree. {unit}
	ErrNoUnit = problem.New(problem.NotFound, "merge.no_unit")
	// ErrCannotWrite: the output cannot be written. {path}
	ErrCannotWrite = problem.New(problem.Unavailable, "merge.cannot_write")
)

// Unreadable is the refusal of a file that the system does not let us read.
const Unreadable = "ledger.unreadable_file"

// The sentences for a village in two files; the code is workbook.VillageTwice.
const (
	twoFiles     = "ledger.two_files"
	twoFilesSame = "ledger.two_files_same"
)
