package ledgerweb

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web/ui"
	"github.com/sangzi/sangzi/internal/week"
	"github.com/sangzi/sangzi/internal/words"
)

// boardView is a board as its page draws it.
type boardView struct {
	Title    string
	Unit     unit.Unit
	Week     week.Week
	Menu     ui.WeekNavData
	Now      time.Time
	Deadline time.Time
	Self     string // the page's own address
	Live     bool   // the week is being reported: the table renews itself
	City     bool   // its rows are counties or more
	Trees    bool   // the form has the columns of trees
	Tiles    []ui.Tile
	Lines    []boardLine
	Shown    int // lines after the filter
	Filter   ui.State
	Idle     []string // units with nothing to report
	Office   officeLine
	Needs    needs
	Notices  []ui.Notice

	MayLock, MayReopen bool
}

// officeLine says whether the board's own unit has locked the week.
type officeLine struct {
	Locked bool
	Acts   bool   // the reader works here, and does not only look
	Text   string // 3月30日 11:00 林晓燕 锁定并上报, 第 1 版
}

// boardLine is one town, or one county on a city's board.
type boardLine struct {
	Unit               unit.Unit
	Name, Href         string
	State              ui.State
	Until              string // an extension: 延至3月30日 12:00
	Reported, Expected int
	Towns              []stateCount
	Locked             bool
	Trail              []ui.WeekBox
	Trees              ui.TwoBarData
	Increase           int64  // since the unit last reported
	Grown              bool   // Increase is known
	Stale              string // nothing sealed this week: the figures are of 3月22日
	Changed            string
	Actions            []lineAction
}

type stateCount struct {
	State ui.State
	Text  string
}

type lineAction struct{ Text, Href string }

// boardStates are the states in the order of the tiles.
var boardStates = []ui.State{ui.OnTime, ui.Late, ui.Missing, ui.Returned, ui.NotDue}

func (p *Pages) boardView(ctx context.Context, at place, b ledger.Board, filter ledger.State) boardView {
	now := p.ledger.Now()
	v := boardView{Unit: b.Unit, Week: b.Week, Now: now, Deadline: b.Office.Due.Deadline, Filter: ui.State(filter),
		Live: p.ledger.Current().Due == b.Week.Due && !b.Locked,
		Menu: p.weekNav(b.Week, func(d date.Date) string { return boardURL(b.Unit.Code, d, "") })}
	trees := p.treeColumns()
	v.Trees = trees.ok
	for i := range b.Rows {
		row := &b.Rows[i]
		if row.Office.Unit.Level() < unit.LevelTown {
			v.City = true
		}
		if row.Office.Expects == 0 && row.Office.Chain.Version == 0 {
			v.Idle = append(v.Idle, row.Office.Unit.Name)
			continue
		}
		v.Lines = append(v.Lines, p.boardLine(ctx, at, row, trees))
	}
	v.Title = fmt.Sprintf("第 %d 报告周 · %s %d %s", b.Week.No, b.Unit.Name, len(v.Lines), counted(b.Rows))
	v.Tiles = p.boardTiles(v, b, trees)
	v.keep(v.Filter)
	p.boardOffice(&v, at, b)
	return v
}

// keep leaves the lines of one state; a city's line stays when one of its towns is in it.
func (v *boardView) keep(s ui.State) {
	v.Shown = len(v.Lines)
	if s == "" {
		return
	}
	kept := v.Lines[:0:0]
	for _, l := range v.Lines {
		in := l.State == s && !v.City
		for _, t := range l.Towns {
			in = in || t.State == s
		}
		if in {
			kept = append(kept, l)
		}
	}
	v.Lines, v.Shown = kept, len(kept)
}

func counted(rows []ledger.BoardRow) string {
	if len(rows) == 0 {
		return "个单位"
	}
	switch rows[0].Office.Unit.Level() {
	case unit.LevelTown:
		return "个乡镇场街道"
	case unit.LevelCounty:
		return "个县（市、区）"
	}
	return "个单位"
}

func (p *Pages) boardLine(ctx context.Context, at place, row *ledger.BoardRow, trees treeColumns) boardLine {
	u, due := row.Office.Unit, at.sheet.Week.Due
	l := boardLine{Unit: u, Name: u.Name, Href: readURL(u.Code, due), State: ui.State(row.Office.State),
		Reported: row.Villages[ledger.OnTime] + row.Villages[ledger.Late], Expected: row.Office.Expects,
		Locked: row.Office.Chain.Status == ledger.Sealed && u.Level() < unit.LevelTown, Changed: "—"}
	if hasFigures(row.Figures) {
		l.Changed = words.Grouped(int64(row.Changed))
	}
	if d := row.Office.Due; d.Deadline.After(at.sheet.Week.Deadline) {
		l.Until = "延至 " + moment(d.Deadline, p.ledger.Now())
	}
	weeks := p.ledger.Calendar().Until(due)
	weeks = weeks[max(0, len(weeks)-len(row.Trail)):]
	for i, s := range row.Trail {
		l.Trail = append(l.Trail, ui.WeekBox{State: ui.State(s), Label: weekName(weeks[i]), Href: readURL(u.Code, weeks[i].Due), Current: i == len(row.Trail)-1})
	}
	for _, s := range boardStates {
		if n := row.Towns[ledger.State(s)]; n > 0 {
			l.Towns = append(l.Towns, stateCount{s, fmt.Sprintf("%s %d", s.Label(), n)})
		}
	}
	l.Trees = trees.of(row.Figures)
	if before, when, ok := p.lastFigures(ctx, at, u.Code); ok && !hasFigures(row.Figures) {
		l.Trees, l.Stale = trees.of(before), when.Due.ShortChinese()
	}
	if trees.ok && row.Increase.Villages > 0 {
		l.Increase, l.Grown = row.Increase.Sums[trees.planted], true
	}
	p.lineActions(&l, at, row)
	return l
}

func (p *Pages) lineActions(l *boardLine, at place, row *ledger.BoardRow) {
	a, code, due := at.actor, l.Unit.Code, at.sheet.Week.Due
	back := "?from=" + url.QueryEscape(boardURL(at.unit.Code, due, ""))
	town := code.Level() == unit.LevelTown
	open := !at.sheet.Locked(code) && !p.ledger.Today().Before(at.sheet.Week.Opens)
	if town && open && row.Office.Chain.Status == ledger.Sealed && a.May(access.ReturnTown, code) {
		l.Actions = append(l.Actions, lineAction{"退回", boardURL(code, due, "/return") + back})
	}
	if open && row.Office.Chain.Status != ledger.Sealed && a.May(access.GrantTime, code) {
		l.Actions = append(l.Actions, lineAction{"延期", boardURL(code, due, "/grant") + back})
	}
	if !town && l.Locked && a.May(access.ReopenWeek, code) {
		l.Actions = append(l.Actions, lineAction{"重新打开", boardURL(code, due, "/reopen") + back})
	}
}

// boardOffice says where the board's own unit stands and what may be done about it.
func (p *Pages) boardOffice(v *boardView, at place, b ledger.Board) {
	o := b.Office
	open := !p.ledger.Today().Before(b.Week.Opens)
	if last := o.Last; last != nil && o.Unit.Level() == unit.LevelCounty {
		v.Office.Locked = o.Chain.Status == ledger.Sealed
		verb := map[ledger.Status]string{ledger.Sealed: "锁定并上报", ledger.Reopened: "重新打开", ledger.Returned: "退回"}[last.Status]
		v.Office.Text = strings.TrimSpace(fmt.Sprintf("%s %s %s", moment(last.At, v.Now), last.Actor, verb))
		if last.Reason != "" {
			v.Office.Text += "：" + last.Reason
		}
	}
	v.Office.Acts = at.actor.May(access.GrantTime, b.Unit.Code)
	county := b.Unit.Level() == unit.LevelCounty
	v.MayLock = county && open && !v.Office.Locked && hasFigures(b.Figures) && at.actor.May(access.LockWeek, b.Unit.Code)
	v.MayReopen = county && v.Office.Locked && at.actor.May(access.ReopenWeek, b.Unit.Code)
	if !open {
		v.Notices = append(v.Notices, ui.Notice{Tone: ui.Info, Title: "这一周还没有开始", Text: b.Week.Opens.ShortChinese() + "开始填报。"})
	}
	if !p.ledger.Calendar().Known(b.Week.Due.Year()) {
		v.Notices = append(v.Notices, ui.Notice{Tone: ui.Info, Title: "报告日待定", Text: fmt.Sprintf("%d年的放假安排还没有录入，报告日暂按周末推算。", b.Week.Due.Year())})
	}
}
