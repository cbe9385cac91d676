package campaign

import (
	"fmt"
	"sort"
	"strings"
)

// Fault is one thing wrong with a pack.
type Fault struct {
	File    string
	Line    int    // counted from 1; 0 when the fault has no line
	Field   string // path in the file, list places counted from 0: ledger.columns[3].type
	Message string // Chinese, for the person who edits the file
}

// String is the fault as compilers print them: file:line: field: message.
func (f Fault) String() string {
	if f.Field == "" {
		return fmt.Sprintf("%s:%d: %s", f.File, f.Line, f.Message)
	}
	return fmt.Sprintf("%s:%d: %s: %s", f.File, f.Line, f.Field, f.Message)
}

// Invalid is a pack that cannot be used, with everything that is wrong with it.
type Invalid struct{ Faults []Fault }

// Error has one fault a line, in the order of the file.
func (e *Invalid) Error() string {
	lines := make([]string, len(e.Faults))
	for i, f := range e.Faults {
		lines[i] = f.String()
	}
	return strings.Join(lines, "\n")
}

// faults collects what is wrong while a pack is read.
type faults struct {
	file string
	list []Fault
}

func (f *faults) add(at place, format string, args ...any) {
	f.list = append(f.list, Fault{File: f.file, Line: at.line, Field: at.field, Message: fmt.Sprintf(format, args...)})
}

// err is nil when nothing is wrong.
func (f *faults) err() error {
	if len(f.list) == 0 {
		return nil
	}
	sort.SliceStable(f.list, func(i, j int) bool { return f.list[i].Line < f.list[j].Line })
	return &Invalid{Faults: f.list}
}

// place is where in the file a value stands.
type place struct {
	line  int
	field string
}
