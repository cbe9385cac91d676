package browser_test

import (
	"testing"

	"github.com/sangzi/sangzi/internal/demo"
	"github.com/sangzi/sangzi/internal/unit"
)

// The villages of 里湖镇 that the Friday is about.
type cast struct {
	begun    unit.Unit // has typed 已植树 and not reported
	idle     unit.Unit // has done nothing; its reporter says that nothing changed
	uploaded unit.Unit // has done nothing; its row comes in the clerk's workbook
	faulty   unit.Unit // has begun; its row in the workbook has a mistake
	late     unit.Unit // has done nothing until the deadline is over
	returned unit.Unit // was given back yesterday
}

// TestOneFriday is the whole of the job: from the village's phone to the county's locked week.
// Its steps follow each other; the first that fails ends it.
func TestOneFriday(t *testing.T) {
	s := open(t)
	in := s.villages(t, demo.Town)
	c := cast{begun: in[3], idle: in[6], uploaded: in[14], faulty: in[11], late: in[22], returned: in[9]}
	for _, step := range []struct {
		name string
		walk func(*testing.T, *stage, cast)
	}{
		{"the village changes one field", villageChangesOneField},
		{"another village has nothing to say", villageUnchanged},
		{"the county sees who has still to report", countyWaits},
		{"the town types and pastes", townTypes},
		{"the town uploads a workbook", townUploads},
		{"the town gives a row back", townReturns},
		{"the town reports for a village and submits", townSubmits},
		{"the county sends the town back", countyReturns},
		{"the deadline passes and the missing village becomes the next version", lateVillage},
		{"the county walks down to a cell", countyDrills},
		{"the county exports both annexes", countyExports},
		{"the county locks the week", countyLocks},
		{"the city sees its counties", citySees},
		{"the county opens the week again", countyReopens},
		{"a leader reads one screen on a phone", leaderReads},
		{"a department reads", departmentReads},
		{"an outsider gets nothing", outsiderGetsNothing},
	} {
		if !t.Run(step.name, func(t *testing.T) { step.walk(t, s, c) }) {
			t.FailNow()
		}
	}
}
