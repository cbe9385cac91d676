package dispatch

import (
	"fmt"
	"strings"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/words"
)

// FigureText writes a figure of a kind of points: 120 株, 12.30 万元, 连续 4 周, 5 项; over several
// villages 1,240 株（8 村）, 8 村（最长 6 周）.
func FigureText(form *campaign.Form, r *campaign.PointRule, f Figure) string {
	switch r.Kind {
	case campaign.PointStuck, campaign.PointSilent:
		if f.Units > 1 {
			return fmt.Sprintf("%d 村（最长 %d 周）", f.Units, f.Amount)
		}
		return fmt.Sprintf("连续 %d 周", f.Amount)
	case campaign.PointOverdue:
		return fmt.Sprintf("%d 项", f.Amount)
	case campaign.PointAsked:
		return fmt.Sprintf("%d 件", f.Amount)
	}
	text := AmountText(form, r.Column, f.Amount)
	if f.Units > 1 {
		text += fmt.Sprintf("（%d 村）", f.Units)
	}
	return text
}

// AmountText writes a number of a column with its unit.
func AmountText(form *campaign.Form, column string, n int64) string {
	c, _ := form.Column(column)
	return bare(&c, n) + " " + c.Unit
}

func bare(c *campaign.Column, n int64) string {
	if c.Type == campaign.Money {
		return words.GroupedDecimal(ledger.FormatMoney(n))
	}
	return words.Grouped(n)
}

// PointText says what a village's point is made of: 已落实苗木 800，已植树 680.
func PointText(form *campaign.Form, p *Point) string {
	of := func(column string, n int64) string {
		c, _ := form.Column(column)
		return c.Short + " " + bare(&c, n)
	}
	switch p.Rule.Kind {
	case campaign.PointStuck:
		return of(p.Rule.Below, p.Of) + "，" + of(p.Rule.Column, p.Have)
	case campaign.PointGap:
		if len(p.Rule.Less) == 1 {
			return of(p.Rule.Column, p.Of) + "，" + of(p.Rule.Less[0], p.Have)
		}
		names := make([]string, len(p.Rule.Less))
		for i, key := range p.Rule.Less {
			c, _ := form.Column(key)
			names[i] = c.Short
		}
		c, _ := form.Column(p.Rule.Column)
		return of(p.Rule.Column, p.Of) + "，" + strings.Join(names, "、") + "共 " + bare(&c, p.Have)
	}
	return ""
}

// TaskText names an overdue task: 第 3 项 每周义务植树.
func TaskText(t *OverdueTask) string {
	if t.Duty.Number > 0 {
		return fmt.Sprintf("第 %d 项 %s", t.Duty.Number, t.Demand.Says)
	}
	return "正文" + t.Duty.Clause + " " + t.Demand.Says
}

// StepText says what a step of an item or a request is: 延期到4月12日.
func StepText(e *Event) string {
	text := words.Text("dispatch_event."+string(e.Kind), nil)
	if e.Kind == Extends || e.Kind == Reopens {
		text += "，" + e.Day.ShortChinese() + "前"
	}
	return text
}
