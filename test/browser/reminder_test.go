package browser_test

import (
	"context"
	"testing"

	"github.com/sangzi/sangzi/internal/notify"
	"github.com/sangzi/sangzi/internal/testkit"
)

// A village that has not reported finds the reminder at the head of its page, goes from there to
// its ledger and reports with one touch; its reminder is then settled.
func TestReminderOnAPhone(t *testing.T) {
	s := open(t)
	remind := func() {
		t.Helper()
		if _, err := s.Remind(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	remind()
	v := s.phone(t).signIn("xintan")
	v.look("reminder-head-phone")
	v.click(".unread")
	v.at("/inbox")
	v.says(".messages", "今天截止")
	v.look("reminder-inbox-phone")
	v.follow("去填报")
	v.at("/ledger/" + testkit.Xintan.String() + "/" + thisWeek.String())
	v.hasNot(".unread")
	s.set("16:31")
	remind()
	v.visit("/inbox")
	v.says(".messages li:first-child", "还剩 59 分")
	town := s.desk(t).signIn("lihu")
	town.visit("/inbox")
	town.says(".messages", "缺村的可以先交")
	town.look("reminder-inbox-desk")
}

// An office sets a robot up, and finds what was sent and whom to call.
func TestRobotAtTheOffice(t *testing.T) {
	s := open(t)
	for _, v := range []*visitor{s.desk(t), s.phone(t)} {
		width := "desk"
		if v.phone {
			width = "phone"
		}
		v.signIn("puning")
		v.visit("/robots")
		v.fill("#name", "普宁市党旗红乡村绿专班工作群")
		v.fill("#address", "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-"+width+"-4bc4")
		v.follow("添加")
		v.says(".robot", "qyapi.weixin.qq.com/…4bc4")
		v.look("reminder-robots-" + width)
	}
	stopped, stop := context.WithCancel(context.Background())
	s.Notify.Poster = nobody{stop} // nothing leaves the machine
	if _, err := s.Remind(stopped); err == nil {
		t.Fatal("nothing was sent to the groups")
	}
	for _, v := range []*visitor{s.desk(t).signIn("puning"), s.phone(t).signIn("puning")} {
		width := "desk"
		if v.phone {
			width = "phone"
		}
		v.visit("/reminders")
		v.says(".table", "正在发送")
		v.look("reminder-sent-" + width)
		v.visit("/calls")
		v.says(".table", "138")
		v.look("reminder-calls-" + width)
	}
}

// nobody is a platform that is never reached: the run ends first.
type nobody struct{ stop func() }

func (n nobody) Post(ctx context.Context, _ notify.Post) error { n.stop(); return ctx.Err() }
