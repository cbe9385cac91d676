package notify_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/notify"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/week"
)

func at(text string) time.Time { return testkit.NewClock(text).Now() }

func ninth(t testing.TB) week.Week {
	t.Helper()
	w, ok := campaign.Default().Calendar().Week(date.MustParse("2024-03-29"))
	if !ok {
		t.Fatal("no ninth week")
	}
	return w
}

// When each reminder of the pack may go out, on both sides of its times.
func TestDue(t *testing.T) {
	w := ninth(t)
	friday, extended, returned := at("2024-03-29 17:30"), at("2024-03-30 12:00"), at("2024-03-29 14:00")
	for _, c := range []struct {
		reminder string
		deadline time.Time
		now      string
		want     bool
	}{
		{"day_before", friday, "2024-03-28 09:59", false}, {"day_before", friday, "2024-03-28 10:00", true},
		{"day_before", friday, "2024-03-28 17:59", true}, {"day_before", friday, "2024-03-28 18:00", false},
		{"due_day", friday, "2024-03-29 09:59", false}, {"due_day", friday, "2024-03-29 10:00", true},
		{"due_day", friday, "2024-03-29 16:29", true}, {"due_day", friday, "2024-03-29 16:30", false},
		{"due_day", friday, "2024-03-28 12:00", false}, {"due_day", friday, "2024-03-30 12:00", false},
		{"last_hour", friday, "2024-03-29 16:29", false}, {"last_hour", friday, "2024-03-29 16:30", true},
		{"last_hour", friday, "2024-03-29 17:14", true}, {"last_hour", friday, "2024-03-29 17:15", false},
		{"overdue", friday, "2024-03-29 17:59", false}, {"overdue", friday, "2024-03-29 18:00", true},
		{"overdue", friday, "2024-03-30 09:59", true}, {"overdue", friday, "2024-03-30 10:00", false},
		// With an extension the times move along.
		{"last_hour", extended, "2024-03-29 16:30", false}, {"last_hour", extended, "2024-03-30 11:00", true},
		{"due_day", extended, "2024-03-29 10:00", false}, {"due_day", extended, "2024-03-30 10:00", true},
		{"due_day", extended, "2024-03-30 11:59", true}, {"due_day", extended, "2024-03-30 12:00", false}, // not behind the deadline
		{"day_before", extended, "2024-03-29 10:00", true}, {"overdue", extended, "2024-03-30 12:29", false}, {"overdue", extended, "2024-03-30 12:30", true},
		// Given back, wanted again the same afternoon.
		{"last_hour", returned, "2024-03-29 13:00", true}, {"overdue", returned, "2024-03-29 14:30", true},
	} {
		r, ok := campaign.Default().Reminder(c.reminder)
		if !ok {
			t.Fatalf("no reminder %s", c.reminder)
		}
		got := notify.Due(r, w, []notify.Debt{{Unit: testkit.Xintan, Deadline: c.deadline}}, nil, at(c.now))
		if (len(got) == 1) != c.want {
			t.Errorf("%s for a deadline of %s at %s: %v, want %t", c.reminder, c.deadline.Format("01-02 15:04"), c.now, got, c.want)
		}
	}
	r, _ := campaign.Default().Reminder("due_day")
	now := at("2024-03-29 11:00")
	debts := []notify.Debt{{testkit.Xintan, friday}, {testkit.LihuTown, friday}}
	if got := notify.Due(r, w, debts, nil, now); len(got) != 1 || got[0].Unit != testkit.Xintan {
		t.Errorf("a reminder of villages goes to %v", got)
	}
	if got := notify.Due(r, w, debts, map[unit.Code]bool{testkit.Xintan: true}, now); len(got) != 0 {
		t.Errorf("it goes twice: %v", got)
	}
	// Six days before the first week's end, but not before the week has opened.
	early := campaign.Reminder{Key: "early", To: unit.LevelVillage, Anchor: campaign.AtDay, Days: -6, Time: time.Hour, For: 7 * 24 * time.Hour}
	short := week.Week{No: 10, Due: date.MustParse("2024-04-03"), Deadline: at("2024-04-03 17:30"), Opens: date.MustParse("2024-03-30")}
	if from, _ := notify.Window(early, short, short.Deadline); !from.Equal(at("2024-03-30 00:00")) {
		t.Errorf("before its week: %s", from)
	}
}

// A window never crosses the deadline, and never leaves the time the pack gives.
func TestWindow(t *testing.T) {
	w := ninth(t)
	rapid.Check(t, func(t *rapid.T) {
		minutes := func(most int, label string) time.Duration {
			return time.Duration(rapid.IntRange(1, most).Draw(t, label)) * time.Minute
		}
		r := campaign.Reminder{To: unit.LevelVillage, Anchor: rapid.SampledFrom([]campaign.Anchor{campaign.AtDay, campaign.Before, campaign.AfterEnd}).Draw(t, "anchor"),
			Days: rapid.IntRange(-6, 0).Draw(t, "days"), Time: minutes(1439, "time"), Offset: minutes(7*1440, "offset"), For: minutes(7*1440, "for")}
		deadline := w.Deadline.Add(minutes(10000, "extended"))
		now := w.Deadline.Add(time.Duration(rapid.IntRange(-20000, 30000).Draw(t, "now")) * time.Minute)
		from, until := notify.Window(r, w, deadline)
		due := len(notify.Due(r, w, []notify.Debt{{testkit.Xintan, deadline}}, nil, now)) == 1
		if due != (!now.Before(from) && now.Before(until)) {
			t.Fatalf("due %t at %s within %s and %s", due, now, from, until)
		}
		if !due {
			return
		}
		if before := now.Before(deadline); before != (r.Anchor != campaign.AfterEnd) {
			t.Fatalf("%s goes out at %s for %s", r.Anchor, now, deadline)
		}
		if date.FromTime(now).Before(w.Opens) {
			t.Fatalf("before the week: %s", now)
		}
	})
}

func TestBackoff(t *testing.T) {
	want := []time.Duration{1, 2, 4, 8, 16, 32, 60, 60}
	for i, minutes := range want {
		if got := notify.Backoff(i + 1); got != minutes*time.Minute {
			t.Errorf("after attempt %d: %s", i+1, got)
		}
	}
	if len(want) != notify.MaxAttempts {
		t.Errorf("%d attempts", notify.MaxAttempts)
	}
}

func TestCheckAddress(t *testing.T) {
	const key = "693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa"
	good := map[notify.Platform]string{
		notify.WeCom:    "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=" + key,
		notify.DingTalk: "https://oapi.dingtalk.com/robot/send?access_token=" + key,
		notify.Feishu:   "https://open.feishu.cn/open-apis/bot/v2/hook/" + key,
	}
	for p, address := range good {
		if err := notify.CheckAddress(p, address, false); err != nil {
			t.Errorf("%s: %v", address, err)
		}
		if got := notify.MaskAddress(address); len(got) > 40 || got[len(got)-4:] != "5aaa" {
			t.Errorf("masked %s", got)
		}
		for q := range good {
			if p != q && notify.CheckAddress(q, address, true) == nil {
				t.Errorf("%s taken for %s", address, q)
			}
		}
	}
	for _, address := range []string{"", "qyapi.weixin.qq.com", "http://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=a", "https://qyapi.weixin.qq.com.evil.cn/cgi-bin/webhook/send?key=a",
		"https://evil.cn/cgi-bin/webhook/send?key=a", "https://qyapi.weixin.qq.com:8443/cgi-bin/webhook/send?key=a", "https://a:b@qyapi.weixin.qq.com/cgi-bin/webhook/send?key=a",
		"https://qyapi.weixin.qq.com/cgi-bin/webhook/send", "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=a&debug=1", "https://qyapi.weixin.qq.com/cgi-bin/gettoken?key=a",
		"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=a#x", "http://127.0.0.1/cgi-bin/webhook/send?key=a", "https://[::1]/cgi-bin/webhook/send?key=a",
		"https://evil.cn\\@qyapi.weixin.qq.com/cgi-bin/webhook/send?key=a", "javascript:alert(1)", "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=a\r\nHost: evil"} {
		if notify.CheckAddress(notify.WeCom, address, false) == nil {
			t.Errorf("%q was taken", address)
		}
	}
	if err := notify.CheckAddress(notify.WeCom, "http://127.0.0.1:8000/cgi-bin/webhook/send?key=a", true); err != nil {
		t.Errorf("for tests: %v", err)
	}
	for _, address := range []string{"http://10.0.0.1/cgi-bin/webhook/send?key=a", "http://localhost/cgi-bin/webhook/send?key=a"} {
		if notify.CheckAddress(notify.WeCom, address, true) == nil {
			t.Errorf("%q was taken", address)
		}
	}
}
