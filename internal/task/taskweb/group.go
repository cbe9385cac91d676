package taskweb

import (
	"fmt"
	"strconv"

	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/task"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web/ui"
)

// soonDays is how many days ahead still belong to what is looked at first.
const soonDays = 7

// group is a part of a long list that opens and closes. What is overdue or due soon stands open.
type group[T any] struct {
	Fold  ui.FoldData
	Lines []T
}

// grouped sorts lines into groups in the order given, each line into the one that at names, and
// leaves out those that stay empty.
func grouped[T any](folds []ui.FoldData, unit string, lines []T, at func(*T) string) []group[T] {
	var list []group[T]
	for _, f := range folds {
		g := group[T]{Fold: f}
		for i := range lines {
			if at(&lines[i]) == f.ID {
				g.Lines = append(g.Lines, lines[i])
			}
		}
		if len(g.Lines) > 0 {
			g.Fold.Count = strconv.Itoa(len(g.Lines)) + " " + unit
			list = append(list, g)
		}
	}
	// Where nothing presses, what comes first stands open.
	if len(list) > 0 && !anyOpen(list) {
		list[0].Fold.Open = true
	}
	return list
}

func anyOpen[T any](list []group[T]) bool {
	for i := range list {
		if list[i].Fold.Open {
			return true
		}
	}
	return false
}

// jumps leads to each group.
func jumps[T any](list []group[T], more ...ui.Jump) []ui.Jump {
	var all []ui.Jump
	for i := range list {
		f := &list[i].Fold
		all = append(all, ui.Jump{Label: f.Title + " " + f.Count, Href: "#" + f.ID})
	}
	return append(all, more...)
}

// Where lines go on the boards and the lists.
const (
	inOverdue = "overdue"
	inSoon    = "soon"
	inLater   = "later"
	inLong    = "long"
	inDone    = "done"
	inRest    = "rest"
)

var soonTitle = fmt.Sprintf("%d 天内到期", soonDays)

// taskGroups sorts a county's demands by what presses most in them.
func taskGroups(day date.Date, list []taskLine) []group[taskLine] {
	groups := grouped([]ui.FoldData{{ID: inOverdue, Title: "有逾期的", Open: true}, {ID: inSoon, Title: soonTitle, Open: true}, {ID: inLater, Title: "推进中"},
		{ID: inDone, Title: "都做完了"}, {ID: inRest, Title: "还没到时候"}}, "条", list, func(l *taskLine) string {
		switch {
		case l.Overdue > 0:
			return inOverdue
		case l.Progress > 0 && !l.To.IsZero() && l.To.Sub(day) <= soonDays:
			return inSoon
		case l.Progress > 0:
			return inLater
		case l.Done+l.Late > 0:
			return inDone
		}
		return inRest
	})
	for i := range groups {
		n := 0
		for j := range groups[i].Lines {
			groups[i].Lines[j].First = j == 0 || groups[i].Lines[j-1].Number != groups[i].Lines[j].Number || groups[i].Lines[j-1].Title != groups[i].Lines[j].Title
			n += groups[i].Lines[j].Overdue
		}
		if n > 0 {
			groups[i].Fold.Says, groups[i].Fold.Tone = fmt.Sprintf("逾期共 %d 件", n), ui.Wrong
		}
	}
	return groups
}

// unitGroups sorts those who answer: towns and departments with something overdue, then the rest.
func unitGroups(list []unitLine) []group[unitLine] {
	return grouped([]ui.FoldData{{ID: "towns", Title: "有逾期的镇街", Open: true}, {ID: "departments", Title: "有逾期的部门", Open: true}, {ID: inRest, Title: "没有逾期的"}}, "个", list, func(l *unitLine) string {
		switch {
		case l.Overdue == 0:
			return inRest
		case l.Department:
			return "departments"
		}
		return "towns"
	})
}

// dayGroups sorts days: those gone by, the next few, then month by month.
func dayGroupsOf(day date.Date, list []dayGroup) []group[dayGroup] {
	folds := []ui.FoldData{{ID: inOverdue, Title: "已过期", Open: true}, {ID: inSoon, Title: soonTitle, Open: true}}
	at := func(g *dayGroup) string {
		switch left := g.On.Sub(day); {
		case left < 0:
			return inOverdue
		case left <= soonDays:
			return inSoon
		}
		return g.On.String()[:7]
	}
	for i := range list {
		if id := at(&list[i]); folds[len(folds)-1].ID != id && id != inOverdue && id != inSoon {
			title := fmt.Sprintf("%d月", list[i].On.Month())
			if list[i].On.Year() != day.Year() {
				title = fmt.Sprintf("%d年", list[i].On.Year()) + title
			}
			folds = append(folds, ui.FoldData{ID: id, Title: title})
		}
	}
	groups := grouped(folds, "天", list, at)
	for i := range groups {
		n := 0
		for _, g := range groups[i].Lines {
			n += len(g.Lines)
		}
		groups[i].Fold.Count = fmt.Sprintf("%d 件", n)
	}
	return groups
}

// owedGroups sorts what a unit owes.
func owedGroups(list []line) []group[line] {
	return grouped([]ui.FoldData{{ID: inOverdue, Title: "逾期", Open: true}, {ID: inSoon, Title: soonTitle, Open: true}, {ID: inLater, Title: "以后到期"}, {ID: inLong, Title: "长期"}}, "件", list, func(l *line) string {
		switch {
		case l.State == task.Overdue:
			return inOverdue
		case l.Due == "":
			return inLong
		case l.Days <= soonDays:
			return inSoon
		}
		return inLater
	})
}

// partyGroups sorts the units of a demand by state. key keeps the parts of several demands apart.
func partyGroups(key string, list []partyLine) []group[partyLine] {
	var folds []ui.FoldData
	for _, s := range task.States() {
		folds = append(folds, ui.FoldData{ID: key + "-" + string(s), Title: stateWord(s), Open: s.Owed(), Under: true})
	}
	groups := grouped(folds, "个", list, func(l *partyLine) string { return key + "-" + string(l.State) })
	if len(groups) > 0 && !groups[0].Lines[0].State.Owed() && len(groups[0].Lines) > fewLines {
		groups[0].Fold.Open = false // all is done: the bar above says so
	}
	return groups
}

// fewLines is how many lines of what is done need not be folded.
const fewLines = 3

// isDepartment tells whether a line is of a department of the county, or of the county itself.
func isDepartment(department string, at unit.Code) bool {
	return department != "" || at.Level() == unit.LevelCounty
}
