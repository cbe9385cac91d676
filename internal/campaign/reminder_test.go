package campaign_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/unit"
)

func TestDefaultReminders(t *testing.T) {
	p := campaign.Default()
	if len(p.Reminders) != 7 {
		t.Fatalf("%d reminders", len(p.Reminders))
	}
	r, ok := p.Reminder("day_before")
	if !ok || r.To != unit.LevelVillage || r.Anchor != campaign.AtDay || r.Days != -1 || r.Time != 10*time.Hour || r.For != 8*time.Hour || r.By(campaign.ByRobot) {
		t.Errorf("day_before is %+v", r)
	}
	if r, _ := p.Reminder("last_hour"); r.Anchor != campaign.Before || r.Offset != time.Hour || r.By(campaign.BySMS) || !r.Group.Has("units") {
		t.Errorf("last_hour is %+v", r)
	}
	if _, ok := p.Reminder("none"); ok {
		t.Error("a reminder that is not there")
	}
	got := r.Text.Fill(map[string]string{"unit": "{week}<b>村", "week": "第9周", "deadline": "3月29日 17:30"})
	if !strings.HasPrefix(got, "{week}<b>村第9周台账还没有报，3月29日 17:30截止。") {
		t.Errorf("filled %q", got)
	}
}

// Whatever is wrong with a reminder is told by line and field.
func TestBrokenReminders(t *testing.T) {
	const good = `  - key: one
    to: villages
    before: 1h
    for: 30m
    channels: [inbox, robot]
    title: 提醒
    text: "{unit}"
    group: "{units}"
`
	source := string(small(t))
	start, end := strings.Index(source, "  - {key: hour"), strings.Index(source, "ledger:\n")
	first := 1 + strings.Count(source[:start], "\n")
	for _, c := range []struct {
		old, new string
		line     int // of the block, from 0
		field    string
		message  string
	}{
		{"key: one", "key: One", 0, "key", "以小写字母开头"},
		{"to: villages", "to: people", 1, "to", "villages、towns、counties 之一"},
		{"    before: 1h\n", "", 0, "", "要写一个"},
		{"before: 1h", "before: 1h\n    after: 1h", 0, "", "只能写一个"},
		{"before: 1h", "before: 1小时", 2, "before", "1h30m 这样的时长"},
		{"before: 1h", "before: 90s", 2, "before", "1h30m 这样的时长"},
		{"before: 1h", "after: 200h", 2, "after", "最长 168h"},
		{"before: 1h", "before: 20m", 3, "for", "不能长于 before"},
		{"before: 1h", "before: 1h\n    day: -1", 3, "day", "day 要和 time 一起写"},
		{"before: 1h", "time: 十点", 2, "time", "10:00 这样的时间"},
		{"before: 1h", `time: "11:45"`, 3, "for", "截止时间 12:00 之前发完"},
		{"before: 1h", `time: "10:00"` + "\n    day: 1", 3, "day", "0（截止日）到 -6"},
		{"    for: 30m\n", "", 0, "for", "必须填写"},
		{"[inbox, robot]", "[robot]", 4, "channels", "要有 inbox"},
		{"[inbox, robot]", "[inbox, robot, fax]", 4, "channels[2]", "inbox、robot、sms 之一"},
		{"[inbox, robot]", "[inbox, robot, inbox]", 4, "channels[2]", "写了两次"},
		{"[inbox, robot]", "[inbox]", 7, "group", "不用写"},
		{"    group: \"{units}\"\n", "", 0, "group", "必须填写"},
		{`text: "{unit}"`, `text: "{units}"`, 6, "text", "没有 {units} 这个位置，可以用 {unit}、{week}、{deadline}、{left}"},
		{`text: "{unit}"`, `text: "{unit"`, 6, "text", "大括号要成对"},
		{`text: "{unit}"`, `text: "unit}"`, 6, "text", "大括号要成对"},
		{`group: "{units}"`, `group: "{unit}"`, 7, "group", "没有 {unit} 这个位置"},
		{"title: 提醒", "title: " + strings.Repeat("提", 31), 5, "title", "最多 30 个字，现在有 31 个"},
		{"key: one", "key: one\n    colour: red", 1, "colour", "没有这个字段"},
	} {
		broken := strings.Replace(good, c.old, c.new, 1)
		if broken == good {
			t.Fatalf("%q is not in the reminder", c.old)
		}
		field := strings.TrimSuffix("reminders[0]."+c.field, ".")
		want := fmt.Sprintf("my.yaml:%d: %s: ", first+c.line, field)
		_, err := campaign.Load("my.yaml", []byte(source[:start]+broken+source[end:]))
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), c.message) {
			t.Errorf("%q: want %s…%s, got %v", c.new, want, c.message, err)
		}
	}
	if _, err := campaign.Load("my.yaml", []byte(source[:start]+good+strings.Replace(good, "key: one", "key: two", 1)+source[end:])); err != nil {
		t.Error(err)
	}
	if _, err := campaign.Load("my.yaml", []byte(source[:start]+good+good+source[end:])); err == nil || !strings.Contains(err.Error(), "reminders[1].key") {
		t.Errorf("a key twice: %v", err)
	}
	// After the deadline nothing is left.
	after := strings.Replace(strings.Replace(good, "before:", "after:", 1), "{unit}", "{left}", 1)
	if _, err := campaign.Load("my.yaml", []byte(source[:start]+after+source[end:])); err == nil || !strings.Contains(err.Error(), "没有 {left} 这个位置") {
		t.Errorf("time left after the deadline: %v", err)
	}
}
