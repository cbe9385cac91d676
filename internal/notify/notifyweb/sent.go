package notifyweb

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/notify"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/web/ui"
	"github.com/sangzi/sangzi/internal/week"
)

const sentSize = 50

// sentView is what went out about a week.
type sentView struct {
	weeks      []ui.Choice
	week       string
	total      int
	messages   []sentLine
	deliveries []sentDelivery
	pages      ui.PagesData
}

type sentLine struct{ place, title, body, at string }

type sentDelivery struct {
	to, at, state, why, body string
	tone                     ui.Tone
}

// sent is GET /reminders: ?week= &page=.
func (p *Pages) sent(w http.ResponseWriter, r *http.Request) error {
	a := web.ActorOf(r.Context())
	due, err := askedWeek(r)
	if err != nil {
		return err
	}
	number := pageNumber(r)
	found, err := p.Notify.SentList(r.Context(), a, notify.SentQuery{Of: a.Unit, Week: due, Offset: (number - 1) * sentSize, Limit: sentSize})
	if err != nil {
		return err
	}
	tree := p.Tree()
	v := sentView{week: found.Week.Due.String(), weeks: p.weeks(), total: found.Total}
	v.pages = listPages(number, sentSize, found.Total, "条", func(n int) string { return "/reminders?week=" + v.week + "&page=" + strconv.Itoa(n) })
	for _, m := range found.Messages {
		v.messages = append(v.messages, sentLine{place(tree, a.Unit, m.Unit), m.Title, m.Body, p.moment(m.At)})
	}
	for _, d := range found.Deliveries {
		v.deliveries = append(v.deliveries, p.delivery(tree, a.Unit, d))
	}
	return web.Render(w, r, web.Page{Title: "催报", Sub: weekText(found.Week), Actions: sentActions(v.week), Styles: styles}, sentBody(v))
}

// place is a unit's name with the one above it, when that is not the reader's own.
func place(tree *unit.Tree, reader, of unit.Code) string {
	name := tree.ShortName(of)
	if above, ok := tree.Parent(of); ok && of != reader && above.Code != reader {
		name = tree.ShortName(above.Code) + name
	}
	if name == "" {
		return of.String() // no longer there
	}
	return name
}

func weekText(w week.Week) string {
	return "第" + strconv.Itoa(w.No) + "周，截止日 " + w.Due.Chinese()
}

// weeks lists the weeks that can be looked at, newest first.
func (p *Pages) weeks() []ui.Choice {
	current, err := p.Notify.Week(date.Date{})
	if err != nil {
		return nil
	}
	var list []ui.Choice
	all := p.Notify.Pack.Calendar().Until(current.Due)
	for i := len(all) - 1; i >= 0; i-- {
		list = append(list, ui.Choice{Value: all[i].Due.String(), Label: "第" + strconv.Itoa(all[i].No) + "周（" + all[i].Due.ShortChinese() + "）"})
	}
	return list
}

// delivery says what has become of one that went by robot or SMS.
func (p *Pages) delivery(tree *unit.Tree, reader unit.Code, d notify.Delivery) sentDelivery {
	out := sentDelivery{to: place(tree, reader, d.Unit), at: p.moment(d.Created), body: d.Body}
	if d.Channel == campaign.BySMS {
		out.to += " 短信"
	} else {
		out.to += " 群消息（" + strconv.Itoa(len(d.Units)) + " 个单位）"
	}
	switch d.State {
	case notify.Sent:
		out.state, out.tone, out.at = "已发出", ui.Saved, p.moment(d.Done)
	case notify.Failed:
		out.state, out.tone = "没有发出", ui.Wrong
	case notify.Dropped:
		out.state, out.tone = "不用发了", ui.Neutral
	default:
		out.state, out.tone = "等待发送", ui.Info
		switch {
		case d.Attempts > 0 && d.Outcome == "":
			out.state = "正在发送"
		case d.Attempts > 0:
			out.state, out.tone = "第 "+strconv.Itoa(d.Attempts)+" 次没有成功", ui.Warn
			out.why = p.moment(d.Next) + " 再发；"
		}
	}
	out.why += reason(d.Outcome)
	return out
}

// reason says an outcome in words.
func reason(outcome string) string {
	code, detail, _ := strings.Cut(outcome, " ")
	switch code {
	case notify.OutcomeExpired:
		return strings.TrimSuffix("已过这项提醒的时间；"+reason(detail), "；")
	case notify.OutcomeSettled:
		return "都已经报了"
	case notify.OutcomeGone:
		return "群机器人或这项提醒已经删除"
	case notify.OutcomeLost:
		return "群机器人的地址已无法读取（密钥已更换），要重新设置"
	case notify.OutcomeNoNumber:
		return "没有登记手机号"
	case notify.OutcomeLogged:
		return "没有接通短信平台，只记在日志里：" + detail
	case notify.OutcomeRefused:
		return "平台没有收下：" + detail
	case notify.OutcomeUnreachable:
		return "平台没有回应"
	}
	return outcome
}

// styles are the stylesheets of the wing beside the site's.
var styles = []string{"notify.css"}
