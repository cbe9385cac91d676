package notify_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/audit"
	"github.com/sangzi/sangzi/internal/audit/auditdb"
	"github.com/sangzi/sangzi/internal/database"
	"github.com/sangzi/sangzi/internal/notify"
	"github.com/sangzi/sangzi/internal/testkit"
)

const weComAddress = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=0123456789abcdef"

// A robot's address and secret lie sealed, are shown masked, and are gone when it is removed.
func TestRobotIsSealed(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		w := newWorld(t, db, "2024-03-29 10:00")
		made, err := w.AddRobot(ctx, testkit.County, notify.RobotInput{Unit: testkit.Puning, Platform: notify.DingTalk, Name: " 专班\x00群<b> ",
			Address: " https://oapi.dingtalk.com/robot/send?access_token=0123456789abcdef ", Secret: "SECfeed", Mention: true})
		if err != nil {
			t.Fatal(err)
		}
		if made.Name != "专班群<b>" || strings.Contains(made.Address, "0123") || made.Secret != "****" {
			t.Errorf("shown %+v", made)
		}
		var address, secret string
		row := func() {
			t.Helper()
			if err := db.Reader().QueryRowContext(ctx, `SELECT url, secret FROM robots`).Scan(&address, &secret); err != nil {
				t.Fatal(err)
			}
		}
		row()
		if address == "" || strings.Contains(address+secret, "0123456789") || strings.Contains(address+secret, "feed") || strings.Contains(address, "dingtalk") {
			t.Errorf("in the table %q %q", address, secret)
		}
		list, err := w.Robots(ctx, testkit.County, testkit.Puning)
		if err != nil || len(list) != 1 || list[0].Address != "oapi.dingtalk.com/…cdef" || list[0].Secret != "****" || !list[0].Mention {
			t.Errorf("%+v, %v", list, err)
		}
		if _, err := w.TestRobot(ctx, testkit.County, made.ID); err != nil || len(w.posts.got) != 1 || w.posts.got[0].Robot.Secret != "SECfeed" ||
			!strings.Contains(w.posts.got[0].Text, "测试消息") || len(w.posts.got[0].Mobiles) != 0 {
			t.Errorf("tested %+v, %v", w.posts.got, err)
		}
		w.posts.fail = []error{&notify.Refusal{Says: "310000 sign not match", Final: true}, errDown}
		if _, err := w.TestRobot(ctx, testkit.County, made.ID); !errors.Is(err, notify.ErrRefused) {
			t.Errorf("refused: %v", err)
		}
		if _, err := w.TestRobot(ctx, testkit.County, made.ID); !errors.Is(err, notify.ErrUnreachable) {
			t.Errorf("down: %v", err)
		}
		// What waits for a robot that is removed is not sent.
		w.ledger.owe(at("2024-03-29 17:30"), testkit.LihuTown)
		w.set("2024-03-29 15:00")
		w.posts.fail = []error{errDown}
		w.run()
		if err := w.RemoveRobot(ctx, testkit.County, made.ID); err != nil {
			t.Fatal(err)
		}
		row()
		if address != "" || secret != "" {
			t.Errorf("after removal %q %q", address, secret)
		}
		w.set("2024-03-29 15:10")
		if r := w.run(); r.Failed != 1 || w.deliveries()[0].Outcome != notify.OutcomeGone {
			t.Errorf("%+v %s", r, say(w.deliveries()))
		}
		if err := w.RemoveRobot(ctx, testkit.County, made.ID); !errors.Is(err, notify.ErrNoRobot) {
			t.Errorf("removed twice: %v", err)
		}
		events, err := auditdb.Open(db).Events(ctx, audit.Query{Of: testkit.Puning, Limit: 20})
		if err != nil || len(events) != 5 || events[4].Action != "notify.add_robot" || events[0].Action != "notify.remove_robot" {
			t.Errorf("events %+v, %v", events, err)
		}
		for _, e := range events {
			if strings.Contains(e.Before+e.After+e.Subject, "0123456789") {
				t.Errorf("the key is in the history: %+v", e)
			}
		}
	})
}

func TestRobotRefused(t *testing.T) {
	w := newWorld(t, testkit.SQLite(t), "2024-03-29 10:00")
	good := notify.RobotInput{Unit: testkit.Puning, Platform: notify.WeCom, Name: "群", Address: weComAddress}
	for _, c := range []struct {
		change func(*notify.RobotInput)
		want   error
	}{
		{func(in *notify.RobotInput) { in.Name = " \x00" }, notify.ErrRobotName}, {func(in *notify.RobotInput) { in.Name = strings.Repeat("群", 31) }, notify.ErrRobotName},
		{func(in *notify.RobotInput) { in.Platform = "qq" }, notify.ErrPlatform}, {func(in *notify.RobotInput) { in.Address = "https://example.com/" }, notify.ErrAddress},
		{func(in *notify.RobotInput) { in.Secret = "SEC" }, notify.ErrSecret},
		{func(in *notify.RobotInput) {
			in.Platform, in.Address, in.Secret = notify.Feishu, "https://open.feishu.cn/open-apis/bot/v2/hook/a", strings.Repeat("s", 201)
		}, notify.ErrSecret},
		{func(in *notify.RobotInput) { in.Unit = testkit.Huilai }, access.ErrOutside},
	} {
		in := good
		c.change(&in)
		if _, err := w.AddRobot(ctx, testkit.County, in); !errors.Is(err, c.want) {
			t.Errorf("%+v: %v, want %v", in, err, c.want)
		}
	}
	for range notify.MaxRobots {
		if _, err := w.AddRobot(ctx, testkit.County, good); err != nil {
			t.Fatal(err)
		}
		if _, err := w.AddRobot(ctx, testkit.County, good); !errors.Is(err, notify.ErrRobotTwice) {
			t.Errorf("the same again: %v", err)
		}
		good.Address += "0"
	}
	if _, err := w.AddRobot(ctx, testkit.County, good); !errors.Is(err, notify.ErrTooManyRobots) {
		t.Errorf("one more: %v", err)
	}
}

// Who may do what with robots, lists and inboxes.
func TestWhoMay(t *testing.T) {
	w := newWorld(t, testkit.SQLite(t), "2024-03-29 10:00")
	w.ledger.owe(at("2024-03-29 17:30"), testkit.Xintan, testkit.LihuTown)
	w.people[testkit.LihuTown] = []notify.Person{{Name: "黄志明", Phone: "13800138002"}}
	robot := w.robot(testkit.County, false)
	w.run()
	for _, a := range append(testkit.Cast(), access.Actor{}) {
		manages := a.Role == access.TownClerk || a.Role == access.CountyOffice || a.Role == access.CityOffice
		inside := a.Unit.Contains(testkit.Puning) && a.Role != ""
		want := func(what string, err error, allowed bool, outside error) {
			t.Helper()
			switch {
			case inside && allowed && err != nil, inside && !allowed && !errors.Is(err, access.ErrForbidden), !inside && !errors.Is(err, outside):
				t.Errorf("%s %s: %v", a.Name, what, err)
			}
		}
		_, err := w.Robots(ctx, a, testkit.Puning)
		want("robots", err, manages, access.ErrOutside)
		_, err = w.TestRobot(ctx, a, robot.ID)
		want("test", err, manages, notify.ErrNoRobot)
		_, err = w.SentList(ctx, a, notify.SentQuery{Of: testkit.Puning, Limit: 5})
		want("sent", err, manages, access.ErrOutside)
		_, calls, err := w.CallList(ctx, a, testkit.Puning, thisWeek, 4)
		want("calls", err, true, access.ErrOutside)
		if err == nil {
			whole := a.May(access.SeePhone, testkit.LihuTown)
			if len(calls) != 1 || (calls[0].People[0].Phone == "13800138002") != whole {
				t.Errorf("%s sees %+v", a.Name, calls)
			}
		}
		_, err = w.Inbox(ctx, a, 0, 5)
		if may := a.May(access.ReadInbox, a.Unit); may != (err == nil) {
			t.Errorf("%s inbox: %v", a.Name, err)
		}
	}
	if _, _, err := w.CallList(ctx, testkit.Town, testkit.LihuTown, thisWeek, 4); !errors.Is(err, notify.ErrLevel) {
		t.Errorf("towns of a town: %v", err)
	}
	if _, err := w.SentList(ctx, testkit.County, notify.SentQuery{Of: testkit.Puning, Week: thisWeek.Add(1)}); !errors.Is(err, notify.ErrNoWeek) {
		t.Errorf("no week: %v", err)
	}
}
