package quarter

import (
	"strings"
	"testing"

	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/testkit"
)

// A bulletin drafted before its month is over names the tasks that still end in it and are not done;
// drafted afterwards the same tasks are done or overdue, and none ends in it any more.
func TestTasksThatEndInTheRestOfTheMonth(t *testing.T) {
	s, _, _ := story(t)
	const says = "本月内还要到完成时限的任务有"
	s.on(date.MustParse("2024-03-29"), 18)
	early, err := s.Bulletin.Draft(ctx, testkit.County, testkit.Puning, march)
	if err != nil {
		t.Fatal(err)
	}
	ending := early.Snapshot.Tasks.Ending
	if text := reading(s, &early); len(ending) == 0 || strings.Count(text, says) != 1 {
		t.Fatalf("%d tasks end in the rest of March:\n%s", len(ending), text)
	}
	for _, x := range ending {
		if x.By.Before(date.MustParse("2024-03-30")) || x.By.After(date.MustParse("2024-03-31")) || x.Number == 0 || x.Says == "" {
			t.Errorf("%+v does not end in the rest of March", x)
		}
	}
	s.on(date.MustParse("2024-04-08"), 9)
	late, err := s.Bulletin.Draft(ctx, testkit.County, testkit.Puning, march)
	if err != nil {
		t.Fatal(err)
	}
	if text := reading(s, &late); len(late.Snapshot.Tasks.Ending) != 0 || strings.Contains(text, says) {
		t.Errorf("after March %+v still end in it:\n%s", late.Snapshot.Tasks.Ending, text)
	}
	overdue := map[int]bool{}
	for _, x := range late.Snapshot.Tasks.Late {
		overdue[x.Number] = true
	}
	for _, x := range ending {
		if !overdue[x.Number] {
			t.Errorf("task %d of the last days (%s, %s) is not overdue after them, and nothing was done", x.Number, x.Says, x.By)
		}
	}
	if late.Snapshot.Tasks.Overdue < early.Snapshot.Tasks.Overdue {
		t.Errorf("%d tasks overdue after March, %d before its end", late.Snapshot.Tasks.Overdue, early.Snapshot.Tasks.Overdue)
	}
}
