package notify_test

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/database"
	"github.com/sangzi/sangzi/internal/notify"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
)

var deadline = at("2024-03-29 17:30")

var clerk = access.Actor{Account: 21, Name: "吴晓东", Role: access.TownClerk, Unit: testkit.EastTown}

// A Friday: at ten the villages that owe are told, once; who reports is told no more; the group
// hears of those that still owe.
func TestFriday(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		w := newWorld(t, db, "2024-03-29 09:59")
		east := villages(t, testkit.EastTown, 3)
		w.ledger.owe(deadline, east...)
		w.people[east[0]] = []notify.Person{{Name: "陈秋月", Phone: "13800138001"}, {Name: "座机", Phone: "0663-2281121"}}
		w.people[east[1]] = []notify.Person{{Name: "赵", Phone: "13800138009"}}
		w.robot(clerk, true)
		w.robot(testkit.County, false)
		if r := w.run(); r != (notify.Report{}) {
			t.Errorf("before its time: %+v", r)
		}
		w.set("2024-03-29 10:00")
		if r := w.run(); r.Reminded != 3 || r.Sent != 1 {
			t.Errorf("at ten: %+v", r)
		}
		if r := w.run(); r != (notify.Report{}) {
			t.Errorf("again: %+v", r)
		}
		one := w.posts.got[0]
		if one.Robot.Unit != testkit.EastTown || !slices.Equal(one.Mobiles, []string{"13800138001", "13800138009"}) || one.ID == "" ||
			!strings.HasPrefix(one.Text, "流沙东街道第9周台账3月29日17:30截止，还有 3 个村（社区）没有报：") || strings.Count(one.Text, "、") != 2 {
			t.Errorf("posted %+v", one)
		}
		box, err := w.Inbox(ctx, access.Actor{Account: 1, Role: access.VillageReporter, Unit: east[0]}, 0, 10)
		if err != nil || box.Total != 1 || box.Messages[0].Link != "/ledger/"+east[0].String()+"/2024-03-29" || !box.Messages[0].Unread() {
			t.Fatalf("inbox %+v, %v", box, err)
		}
		w.ledger.pay(east[1])
		w.set("2024-03-29 16:30")
		if r := w.run(); r.Reminded != 2 || r.Sent != 2 || r.Failed != 1 {
			t.Errorf("an hour before: %+v: %s", r, say(w.deliveries()))
		}
		if len(w.phones.got) != 1 || !strings.Contains(w.phones.got[0], " 13800138001 ") || !strings.HasSuffix(w.phones.got[0], "还剩 1 小时。") {
			t.Errorf("SMS %q", w.phones.got)
		}
		for _, d := range w.deliveries() {
			if strings.Contains(d.Outcome, "13800138001") {
				t.Errorf("a whole number is kept: %q", d.Outcome)
			}
			if d.Channel == campaign.BySMS && d.Unit == east[2] && (d.State != notify.Failed || d.Outcome != notify.OutcomeNoNumber) {
				t.Errorf("nobody to text: %+v", d)
			}
		}
		if n := w.told("last_hour", east[1]); n != 0 {
			t.Error("who has reported is reminded")
		}
		w.ledger.owe(deadline, testkit.EastTown, testkit.LihuTown, testkit.Puning)
		w.set("2024-03-29 18:00")
		if r := w.run(); r.Reminded != 4 || r.Sent != 2 {
			t.Errorf("after the deadline: %+v", r)
		}
		last := w.posts.got[len(w.posts.got)-2:]
		slices.SortFunc(last, func(x, y notify.Post) int { return int(x.Robot.Unit - y.Robot.Unit) })
		if got := last[1].Text + last[0].Text; !strings.Contains(got, "普宁市第9周台账已过截止时间（3月29日17:30），还有 2 个镇街没有提交：流沙东街道、里湖镇。") {
			t.Errorf("the county's group hears %q", got)
		}
	})
}

// Whatever the order of ticks, restarts, servers, reports and extensions: a reminder goes to a
// unit at most once, never to one that has reported, never outside the pack's times; and one that
// owed all through a reminder's time with a tick in it has got it.
func TestEachReminderOnce(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		east := villages(t, testkit.EastTown, 4)
		rapid.Check(t, func(rt *rapid.T) {
			clear := []string{"reminders_sent", "inbox_messages", "outbox_messages"}
			for _, table := range clear {
				if _, err := db.Writer().ExecContext(ctx, `DELETE FROM `+table); err != nil {
					rt.Fatal(err)
				}
			}
			w := newWorld(t, db, "2024-03-28 09:00")
			w.ledger.owe(deadline, east...)
			servers := []*notify.Service{w.server(), w.server()}
			reported := map[unit.Code]time.Time{}
			ticked := map[string]bool{} // reminders with a tick in their time for the plain deadline
			extended := map[unit.Code]bool{}
			for range rapid.IntRange(1, 25).Draw(rt, "steps") {
				switch rapid.SampledFrom([]string{"tick", "tick", "tick", "both", "restart", "report", "extend", "wait"}).Draw(rt, "step") {
				case "tick":
					s := servers[rapid.IntRange(0, 1).Draw(rt, "server")]
					if _, err := s.Run(ctx); err != nil {
						rt.Fatal(err)
					}
					noteTick(rt, w, ticked)
				case "both":
					var wait sync.WaitGroup
					errs := make([]error, 2)
					for i, s := range servers {
						wait.Go(func() { _, errs[i] = s.Run(ctx) })
					}
					wait.Wait()
					if err := errors.Join(errs...); err != nil {
						rt.Fatal(err)
					}
					noteTick(rt, w, ticked)
				case "restart":
					servers[rapid.IntRange(0, 1).Draw(rt, "which")] = w.server()
				case "report":
					v := rapid.SampledFrom(east).Draw(rt, "village")
					if _, ok := reported[v]; !ok {
						reported[v] = w.clock.Now()
					}
					w.ledger.pay(v)
				case "extend":
					v := rapid.SampledFrom(east).Draw(rt, "village")
					if _, ok := reported[v]; !ok {
						w.ledger.owe(at("2024-03-30 12:00"), v)
						extended[v] = true
					}
				case "wait":
					w.clock.Advance(time.Duration(rapid.IntRange(1, 600).Draw(rt, "minutes")) * time.Minute)
				}
			}
			for _, v := range east {
				list, _, err := w.Store.Inbox(ctx, notify.Reader{Unit: v}, 0, 100)
				if err != nil {
					rt.Fatal(err)
				}
				seen := map[string]bool{}
				for _, m := range list {
					if seen[m.Reminder] {
						rt.Fatalf("%s twice to %s", m.Reminder, v)
					}
					seen[m.Reminder] = true
					if paid, ok := reported[v]; ok && m.At.After(paid) {
						rt.Fatalf("%s to %s, which has reported", m.Reminder, v)
					}
					if r, _ := w.Pack.Reminder(m.Reminder); !extended[v] && !inTime(t, r, m.At) {
						rt.Fatalf("%s to %s at %s", m.Reminder, v, m.At)
					}
				}
				_, paid := reported[v]
				for key := range ticked {
					if !paid && !extended[v] && !seen[key] {
						rt.Fatalf("%s never came to %s", key, v)
					}
				}
			}
		})
	})
}

func inTime(t testing.TB, r campaign.Reminder, now time.Time) bool {
	from, until := notify.Window(r, ninth(t), deadline)
	return !now.Before(from) && now.Before(until)
}

// noteTick notes which reminders of villages a tick fell into.
func noteTick(rt *rapid.T, w *world, ticked map[string]bool) {
	for _, r := range w.Pack.Reminders {
		if r.To == unit.LevelVillage && inTime(w.t, r, w.clock.Now()) {
			ticked[r.Key] = true
		}
	}
}

// Servers that tick at the same instant decide once and send once.
func TestServersAtOnce(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		w := newWorld(t, db, "2024-03-29 10:00")
		codes := slices.Concat(villages(t, testkit.EastTown, 10), villages(t, testkit.LihuTown, 10))
		w.ledger.owe(deadline, codes...)
		w.robot(clerk, false)
		w.robot(testkit.Town, false)
		var (
			wait  sync.WaitGroup
			mu    sync.Mutex
			total notify.Report
		)
		for range 4 {
			s := w.server()
			wait.Go(func() {
				r, err := s.Run(ctx)
				mu.Lock()
				defer mu.Unlock()
				total.Reminded += r.Reminded
				total.Sent += r.Sent
				if err != nil {
					t.Error(err)
				}
			})
		}
		wait.Wait()
		w.run()
		if total.Reminded != 20 || len(w.posts.got) != 2 {
			t.Errorf("reminded %d, posted %d: %s", total.Reminded, len(w.posts.got), say(w.deliveries()))
		}
		for _, v := range codes {
			if n := w.told("due_day", v); n != 1 {
				t.Errorf("%s was told %d times", v, n)
			}
		}
	})
}

var errDown = errors.New("no route to host")

// A robot that does not answer is tried again ever later, with the same message, until it does;
// who reports meanwhile is left out.
func TestBackOff(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		w := newWorld(t, db, "2024-03-29 10:00")
		east := villages(t, testkit.EastTown, 2)
		w.ledger.owe(deadline, east...)
		w.robot(clerk, false)
		w.posts.fail = []error{errDown, &notify.Refusal{Says: "45009 api freq out of limit"}, errDown}
		if r := w.run(); r.Retried != 1 || r.Sent != 0 {
			t.Fatalf("down: %+v", r)
		}
		waits := []time.Duration{time.Minute, 2 * time.Minute, 4 * time.Minute}
		for i, wait := range waits {
			w.clock.Advance(wait - time.Second)
			if r := w.run(); r != (notify.Report{}) {
				t.Errorf("attempt %d too early: %+v", i+2, r)
			}
			if i == 2 {
				w.ledger.pay(east[0])
			}
			w.clock.Advance(time.Second)
			w.Service = w.server() // restarted meanwhile
			if r := w.run(); r.Retried+r.Sent != 1 || (r.Sent == 1) != (i == 2) {
				t.Errorf("attempt %d: %+v", i+2, r)
			}
		}
		d := w.deliveries()
		if len(d) != 1 || d[0].State != notify.Sent || d[0].Attempts != 4 || len(w.posts.got) != 1 || w.posts.got[0].ID != d[0].Message || d[0].Body != w.posts.got[0].Text ||
			!strings.Contains(d[0].Body, "还有 1 个村（社区）没有报") {
			t.Errorf("%s", say(d))
		}
		// All report before the next attempt: nothing is sent.
		w.set("2024-03-29 16:30")
		w.posts.fail = []error{errDown}
		w.run()
		w.ledger.pay(east[1])
		w.clock.Advance(time.Minute)
		if r := w.run(); r.Dropped != 1 || len(w.posts.got) != 1 {
			t.Errorf("needless: %+v %s", r, say(w.deliveries()))
		}
	})
}

// A platform that says no for good is not asked again; one that is down is given up after the last
// attempt, and when the reminder's time is over.
func TestGivenUp(t *testing.T) {
	w := newWorld(t, testkit.SQLite(t), "2024-03-29 18:00") // overdue: sixteen hours
	w.ledger.owe(deadline, villages(t, testkit.EastTown, 1)...)
	w.robot(clerk, false)
	w.posts.fail = slices.Repeat([]error{errDown}, 100)
	for range 300 {
		w.run()
		w.clock.Advance(2 * time.Minute)
	}
	d := w.deliveries()
	if len(d) != 1 || d[0].State != notify.Failed || d[0].Attempts != notify.MaxAttempts || d[0].Outcome != notify.OutcomeUnreachable || w.posts.tried != notify.MaxAttempts {
		t.Errorf("tried %d times: %s", w.posts.tried, say(d))
	}

	w = newWorld(t, testkit.SQLite(t), "2024-03-29 16:30") // the last hour: 45 minutes
	w.ledger.owe(deadline, villages(t, testkit.EastTown, 1)...)
	w.robot(clerk, false)
	w.posts.fail = slices.Repeat([]error{errDown}, 100)
	for range 40 {
		w.run()
		w.clock.Advance(time.Minute)
	}
	for _, d := range w.deliveries() {
		if d.Channel == campaign.ByRobot && (d.State != notify.Failed || d.Outcome != "unreachable" || d.Attempts != 6) {
			t.Errorf("no more time: %s", say([]notify.Delivery{d}))
		}
	}

	w = newWorld(t, testkit.SQLite(t), "2024-03-29 16:30")
	w.ledger.owe(deadline, villages(t, testkit.EastTown, 1)...)
	w.robot(clerk, false)
	w.posts.fail = slices.Repeat([]error{errDown}, 100)
	w.run()
	w.set("2024-03-29 17:20") // the program was down
	w.run()
	if d := w.deliveries()[0]; w.posts.tried != 1 || d.Channel == campaign.ByRobot && d.Outcome != "expired unreachable" {
		t.Errorf("after its time: %s", say(w.deliveries()))
	}

	w = newWorld(t, testkit.SQLite(t), "2024-03-29 10:00")
	w.ledger.owe(deadline, villages(t, testkit.EastTown, 1)...)
	w.robot(clerk, false)
	w.posts.fail = []error{&notify.Refusal{Says: "93000 invalid webhook url", Final: true}}
	if r := w.run(); r.Failed != 1 {
		t.Errorf("refused: %+v", r)
	}
	if d := w.deliveries(); d[0].Outcome != "refused 93000 invalid webhook url" || d[0].Attempts != 1 {
		t.Errorf("%s", say(d))
	}
}

// The program ends between the decision and the sending, and again in the middle of it: after the
// restart what was decided goes out, with the same message.
func TestRestartLosesNothing(t *testing.T) {
	testkit.URLs(t, func(t *testing.T, url string) {
		db, err := database.Open(ctx, url)
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := db.Migrate(ctx); err != nil {
			t.Fatal(err)
		}
		w := newWorld(t, db, "2024-03-29 10:00")
		east := villages(t, testkit.EastTown, 2)
		w.ledger.owe(deadline, east...)
		w.robot(clerk, false)
		stopping, stop := context.WithCancel(ctx)
		w.posts.while = stop // while the post is under way the program is told to stop
		w.posts.fail = []error{errDown}
		if _, err := w.Run(stopping); err == nil {
			t.Error("a run that was stopped says nothing")
		}
		if d := w.deliveries(); len(d) != 1 || d[0].State != notify.Waiting || d[0].Attempts != 1 {
			t.Fatalf("%s", say(d))
		}
		first := w.deliveries()[0].Message
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		if db, err = database.Open(ctx, url); err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		w.db, w.posts.while = db, nil
		w.Service = w.server()
		w.clock.Advance(time.Minute)
		if r := w.run(); r.Sent != 1 || r.Reminded != 0 || w.posts.got[0].ID != first {
			t.Errorf("%+v %s", r, say(w.deliveries()))
		}
		for _, v := range east {
			if w.told("due_day", v) != 1 {
				t.Errorf("%s was not told once", v)
			}
		}
	})
}

// Killed in the middle of the last attempt: it is not tried for ever.
func TestKilledAtTheLastAttempt(t *testing.T) {
	w := newWorld(t, testkit.SQLite(t), "2024-03-29 18:00")
	w.ledger.owe(deadline, villages(t, testkit.EastTown, 1)...)
	w.robot(clerk, false)
	w.posts.fail = []error{errDown}
	w.run()
	for range notify.MaxAttempts - 1 { // claimed, and nothing more is heard
		w.clock.Advance(time.Hour)
		d := w.deliveries()[0]
		if mine, err := w.Store.Claim(ctx, d, w.clock.Now().Add(time.Hour)); err != nil || !mine {
			t.Fatal(mine, err)
		}
		if mine, err := w.Store.Claim(ctx, d, w.clock.Now().Add(time.Hour)); err != nil || mine {
			t.Fatal("claimed twice", err)
		}
	}
	w.clock.Advance(time.Hour)
	if r := w.run(); r.Failed != 1 || w.posts.tried != 1 {
		t.Errorf("%+v, tried %d", r, w.posts.tried)
	}
}

// A decision that cannot be kept keeps nothing of itself.
func TestDecisionIsWhole(t *testing.T) {
	db, err := database.Open(ctx, "sqlite:"+filepath.Join(t.TempDir(), "a.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, _, err := db.Migrate(ctx); err != nil {
		t.Fatal(err)
	}
	w := newWorld(t, db, "2024-03-29 10:00")
	east := villages(t, testkit.EastTown, 2)
	w.ledger.owe(deadline, east...)
	w.robot(clerk, false)
	if _, err := db.Writer().ExecContext(ctx, `CREATE TRIGGER full BEFORE INSERT ON outbox_messages BEGIN SELECT RAISE(ABORT, 'disk full'); END`); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Run(ctx); err == nil {
		t.Fatal("nothing failed")
	}
	if w.told("due_day", east[0]) != 0 {
		t.Error("the inbox has what was not decided")
	}
	if _, err := db.Writer().ExecContext(ctx, `DROP TRIGGER full`); err != nil {
		t.Fatal(err)
	}
	if r := w.run(); r.Reminded != 2 || r.Sent != 1 {
		t.Errorf("afterwards %+v", r)
	}
}
