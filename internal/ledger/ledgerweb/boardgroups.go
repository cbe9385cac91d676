package ledgerweb

import (
	"strings"

	"github.com/sangzi/sangzi/internal/web/ui"
)

// stateGroup is the lines of one state, as a phone shows them.
type stateGroup struct {
	State ui.State
	Lines []boardLine
	Open  bool
}

// groups sorts the lines by what wants attention first. Those that have reported are folded,
// unless they are few or all there is.
func (v boardView) groups() []stateGroup {
	var groups []stateGroup
	for _, s := range []ui.State{ui.Missing, ui.Returned, ui.NotDue, ui.Late, ui.OnTime, ui.Waived} {
		g := stateGroup{State: s}
		for _, l := range v.Lines {
			if l.State == s {
				g.Lines = append(g.Lines, l)
			}
		}
		if len(g.Lines) > 0 {
			groups = append(groups, g)
		}
	}
	for i := range groups {
		groups[i].Open = len(groups[i].Lines) <= 6 || len(groups) == 1
	}
	return groups
}

// weeksHead heads the little squares.
func weeksHead(v boardView) string {
	if len(v.Lines) > 0 && len(v.Lines[0].Trail) == trailWeeks {
		return "九周"
	}
	return "各周"
}

func joined(names []string) string { return strings.Join(names, "、") }

// staleText says of when the figures are, where they are not of this week.
func staleText(l boardLine) string {
	if l.Stale == "" {
		return ""
	}
	return l.Stale + "报的数，本周还没有报"
}

// grownText is the increase, where it is known.
func grownText(l boardLine) string {
	if !l.Grown {
		return "—"
	}
	return signed(l.Increase)
}
