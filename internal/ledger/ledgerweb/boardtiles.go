package ledgerweb

import (
	"context"
	"fmt"

	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web/ui"
	"github.com/sangzi/sangzi/internal/week"
	"github.com/sangzi/sangzi/internal/words"
)

// treeColumns are where the form has the three figures of the two-layer bar.
type treeColumns struct {
	planned, secured, planted int
	ok                        bool
}

func (p *Pages) treeColumns() treeColumns {
	f := p.ledger.Form()
	planned, a := f.ColumnIndex("planned_trees")
	secured, b := f.ColumnIndex("secured_seedlings")
	planted, c := f.ColumnIndex("planted_trees")
	return treeColumns{planned, secured, planted, a && b && c}
}

func (t treeColumns) of(f ledger.Figures) ui.TwoBarData {
	if !t.ok || f.Sums == nil {
		return ui.TwoBarData{}
	}
	return ui.TwoBarData{Plan: f.Sums[t.planned], Secured: f.Sums[t.secured], Planted: f.Sums[t.planted]}
}

// hasFigures tells whether a unit had sealed anything.
func hasFigures(f ledger.Figures) bool { return f.Reported+f.Carried > 0 }

// lastFigures are what a unit had sealed last before the week, and when; ok is false when it
// had sealed nothing in the weeks the board looks back to.
func (p *Pages) lastFigures(ctx context.Context, at place, of unit.Code) (f ledger.Figures, when week.Week, ok bool) {
	w := at.sheet.Week
	for range trailWeeks {
		var found bool
		if w, found = p.ledger.Calendar().Previous(w); !found {
			return f, w, false
		}
		sheet, err := p.ledger.Sheet(ctx, at.actor, of, w.Due)
		if err != nil {
			return f, w, false // the unit did not exist then
		}
		if f = sheet.Figures(of); hasFigures(f) {
			return f, w, true
		}
	}
	return f, w, false
}

// boardTiles are the figures above the board. A state nobody is in and nobody can come into
// any more has no tile.
func (p *Pages) boardTiles(v boardView, b ledger.Board, trees treeColumns) []ui.Tile {
	states, what := map[ledger.State]int{}, ""
	for i := range b.Rows {
		if !v.City {
			states[b.Rows[i].Office.State]++
			continue
		}
		what = "的镇街"
		for s, n := range b.Rows[i].Towns {
			states[s] += n
		}
	}
	over := v.Now.After(v.Deadline)
	var tiles []ui.Tile
	if v.City {
		locked := 0
		for _, l := range v.Lines {
			if l.Locked {
				locked++
			}
		}
		tiles = append(tiles, ui.Tile{Figure: fmt.Sprintf("%d / %d", locked, len(v.Lines)), Label: "已锁定上报" + countedAs(b.Unit.Level())})
	}
	for _, s := range boardStates {
		n := states[ledger.State(s)]
		if n == 0 && (s == ui.NotDue && over || (s == ui.Late || s == ui.Missing) && !over) {
			continue
		}
		t := ui.Tile{Figure: words.Grouped(int64(n)), Label: s.Label() + what, State: s}
		if n == 0 {
			t.State = ""
		} else {
			t.Href = boardURL(b.Unit.Code, b.Week.Due, "") + "?state=" + string(s)
		}
		tiles = append(tiles, t)
	}
	if trees.ok {
		bar := trees.of(b.Figures)
		planted := ui.Tile{Figure: words.Grouped(bar.Planted), Label: "已植树（株）", Href: statisticsURL(b.Unit.Code, b.Week.Due)}
		planted.Extra = growth(v)
		tiles = append(tiles, planted, ui.Tile{Figure: ui.Share(bar.Planted, bar.Plan), Label: "完成计划", Extra: "苗木落实 " + ui.Share(bar.Secured, bar.Plan)})
	}
	return append(tiles, ui.Tile{Figure: words.Grouped(int64(b.Changed)), Label: "本周变更的格", Href: ledgerURL(b.Unit.Code, b.Week.Due)})
}

func countedAs(l unit.Level) string {
	if l == unit.LevelCity {
		return "的县"
	}
	return "的单位"
}

// growth says what the units that have reported planted since they last did, and how many are
// not in the sum.
func growth(v boardView) string {
	sum, known, stale := int64(0), false, 0
	for _, l := range v.Lines {
		if l.Grown {
			sum, known = sum+l.Increase, true
		}
		if l.Stale != "" {
			stale++
		}
	}
	text := ""
	if known {
		text = "本周 " + signed(sum)
	}
	if stale > 0 && known {
		text += fmt.Sprintf("，未含 %d 个没报的", stale)
	}
	return text
}

// signed writes an increase with its sign: +21,870, −3, 0.
func signed(n int64) string {
	switch {
	case n > 0:
		return "+" + words.Grouped(n)
	case n < 0:
		return "−" + words.Grouped(-n)
	}
	return "0"
}
