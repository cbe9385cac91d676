package notify_test

import (
	"errors"
	"testing"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/database"
	"github.com/sangzi/sangzi/internal/notify"
	"github.com/sangzi/sangzi/internal/testkit"
)

// Each account reads for itself; what is settled asks for nothing; a stranger finds nothing.
func TestInbox(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		w := newWorld(t, db, "2024-03-28 10:00")
		w.ledger.owe(at("2024-03-29 17:30"), testkit.Xintan)
		unread := func(a access.Actor, want int) {
			t.Helper()
			if n, err := w.Unread(ctx, a); err != nil || n != want {
				t.Errorf("%s has %d unread, %v, want %d", a.Name, n, err, want)
			}
		}
		w.run()
		w.set("2024-03-29 10:00")
		w.run()
		second := testkit.Village
		second.Account, second.Name = 31, "赵"
		unread(testkit.Village, 2)
		unread(second, 2)
		unread(testkit.Town, 0)
		unread(testkit.Leader, 0)
		box, err := w.Inbox(ctx, testkit.Village, 0, 1)
		if err != nil || box.Total != 2 || len(box.Messages) != 1 || box.Messages[0].Reminder != "due_day" {
			t.Fatalf("%+v, %v", box, err)
		}
		newest := box.Messages[0].ID
		for range 2 {
			if m, err := w.Open(ctx, testkit.Village, newest); err != nil || m.Link == "" {
				t.Errorf("%+v, %v", m, err)
			}
		}
		unread(testkit.Village, 1)
		unread(second, 2)
		for _, a := range []access.Actor{testkit.Town, testkit.County, testkit.Outsider} {
			if _, err := w.Open(ctx, a, newest); !errors.Is(err, notify.ErrNoMessage) {
				t.Errorf("%s opens another's: %v", a.Name, err)
			}
			if err := w.ReadAll(ctx, a, newest); err != nil {
				t.Error(err)
			}
		}
		if _, err := w.Open(ctx, testkit.Village, newest+1000); !errors.Is(err, notify.ErrNoMessage) {
			t.Errorf("none: %v", err)
		}
		unread(second, 2)
		if err := w.ReadAll(ctx, second, newest-1); err != nil {
			t.Fatal(err)
		}
		unread(second, 1) // the newest came after the page was shown
		w.ledger.pay(testkit.Xintan)
		unread(second, 0)
		if box, err = w.Inbox(ctx, second, 0, 5); err != nil || !box.Messages[0].Settled || box.Messages[0].Read || box.Messages[0].Unread() {
			t.Errorf("settled: %+v, %v", box, err)
		}
		w.ledger.owe(at("2024-03-29 17:30"), testkit.Xintan)
		w.clock.Advance(40 * 24 * time.Hour)
		unread(second, 0)
	})
}
