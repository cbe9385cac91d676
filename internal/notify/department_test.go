package notify_test

import (
	"errors"
	"testing"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/database"
	"github.com/sangzi/sangzi/internal/notify"
	"github.com/sangzi/sangzi/internal/testkit"
)

// What a department is told its own accounts read, each for himself, under whichever of its names;
// the office it hangs at and other departments do not, and they do not read what the office is told.
func TestDepartmentsInbox(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		w := newWorld(t, db, "2024-03-28 10:00")
		colleague, water, nameless := testkit.Forestry, testkit.Forestry, testkit.Forestry
		colleague.Account, colleague.Name, colleague.Department = 41, "林业局办公室", "市林业局"
		water.Account, water.Name, water.Department = 42, "水务局", "普宁市水务局"
		nameless.Account, nameless.Name, nameless.Department = 43, "没有部门", ""
		other := testkit.Forestry // of the same name in the next county
		other.Account, other.Unit = 44, testkit.Huilai
		told := []notify.Note{
			{Name: "b", To: testkit.Puning, Department: "普宁市林业局", Title: "找苗", Body: "120株", Link: "/item/1", At: w.clock.Now()},
			{Name: "a", To: testkit.Puning, Title: "有答复", Link: "/item/2", At: w.clock.Now()},
		}
		for range 2 { // told twice, kept once
			if err := w.Tell(ctx, told...); err != nil {
				t.Fatal(err)
			}
		}
		count := func(a access.Actor, total, unread int) notify.Box {
			t.Helper()
			box, err := w.Inbox(ctx, a, 0, 5)
			if err != nil || box.Total != total || len(box.Messages) != total {
				t.Errorf("%s: %+v, %v", a.Name, box, err)
			}
			if n, err := w.Unread(ctx, a); err != nil || n != unread {
				t.Errorf("%s has %d unread, %v, want %d", a.Name, n, err, unread)
			}
			return box
		}
		own := count(testkit.Forestry, 1, 1).Messages[0]
		office := count(testkit.County, 1, 1).Messages[0]
		count(colleague, 1, 1)
		count(water, 0, 0)
		count(other, 0, 0)
		if own.Title != "找苗" || own.Department != "市林业局" || office.Title != "有答复" || office.Department != "" {
			t.Errorf("%+v, %+v", own, office)
		}
		if _, err := w.Inbox(ctx, nameless, 0, 5); !errors.Is(err, access.ErrForbidden) {
			t.Errorf("of no department: %v", err)
		}
		for _, a := range []access.Actor{testkit.County, water, other} {
			if _, err := w.Open(ctx, a, own.ID); !errors.Is(err, notify.ErrNoMessage) {
				t.Errorf("%s opens it: %v", a.Name, err)
			}
			if err := w.ReadAll(ctx, a, own.ID+office.ID); err != nil {
				t.Error(err)
			}
		}
		if _, err := w.Open(ctx, testkit.Forestry, office.ID); !errors.Is(err, notify.ErrNoMessage) {
			t.Errorf("the department opens the office's: %v", err)
		}
		if m, err := w.Open(ctx, testkit.Forestry, own.ID); err != nil || m.Link != "/item/1" {
			t.Errorf("%+v, %v", m, err)
		}
		count(testkit.Forestry, 1, 0)
		count(colleague, 1, 1)
		count(testkit.County, 1, 0)
		if err := w.ReadAll(ctx, colleague, own.ID); err != nil {
			t.Fatal(err)
		}
		count(colleague, 1, 0)
	})
}
