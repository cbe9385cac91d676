package ledgerweb

import (
	"fmt"
	"time"

	"github.com/a-h/templ"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web/ui"
	"github.com/sangzi/sangzi/internal/week"
	"github.com/sangzi/sangzi/internal/words"
)

// soon is from when on a deadline is urgent.
const soon = 24 * time.Hour

// due is the deadline that counts for the village now: that of a return while it lasts.
func (pg *villagePage) due() time.Time {
	v := &pg.View
	if v.State == ledger.StateReturned && v.Latest != nil && !v.Latest.ReturnDue.IsZero() {
		return v.Latest.ReturnDue.In(pg.Now.Location())
	}
	return v.Due.Deadline.In(pg.Now.Location())
}

// drafted tells whether anything is typed that has not been reported.
func (pg *villagePage) drafted() bool { return drafted(&pg.View) }

func drafted(v *ledger.RowView) bool {
	return v.Draft != nil && len(v.Draft.Inputs)+len(v.Draft.Notes) > 0
}

// changes counts the cells of the row that differ from the last report.
func changes(v *ledger.RowView) int {
	n := 0
	for i := range v.Filled {
		if v.Changed(i) {
			n++
		}
	}
	return n
}

func changedTitle(pg *villagePage) string {
	n := changes(&pg.View)
	switch {
	case n == 0:
		return fmt.Sprintf("要核对的 %d 项", len(pg.Changed))
	case n < len(pg.Changed):
		return fmt.Sprintf("本周有变化的 %d 项，要核对的 %d 项", n, len(pg.Changed)-n)
	}
	return fmt.Sprintf("本周有变化的 %d 项", n)
}

func restTitle(pg *villagePage) string {
	switch {
	case pg.First:
		return fmt.Sprintf("共 %d 项", len(pg.View.Filled))
	case len(pg.Changed) == 0:
		return fmt.Sprintf("%d 项都与上周相同", pg.Rest)
	}
	return fmt.Sprintf("其余 %d 项与上周相同", pg.Rest)
}

// reportText is what the main button says.
func reportText(pg *villagePage) string {
	switch {
	case pg.OnBehalf:
		return "代" + pg.name() + "报上"
	case pg.View.State == ledger.StateReturned:
		return "改好了，再报给" + pg.Town
	case pg.reported():
		return "改后再报给" + pg.Town
	}
	return "核对无误，报给" + pg.Town
}

func barKind(pg *villagePage) ui.ButtonKind {
	if pg.reported() && !pg.drafted() && !pg.View.Newer {
		return ui.Secondary
	}
	return ui.Primary
}

func savedAt(pg *villagePage) time.Time {
	if !pg.drafted() {
		return time.Time{}
	}
	return pg.View.Draft.At.In(pg.Now.Location())
}

// doneText says what was reported, and by whom.
func doneText(pg *villagePage) string {
	r := pg.View.Latest
	what := "本周无变化"
	if n := changesOf(r.Values, pg.View.Last); n > 0 {
		what = fmt.Sprintf("变更 %d 项", n)
	} else if pg.View.Last == nil {
		what = fmt.Sprintf("首次填报 %d 项", len(r.Values))
	}
	by := r.Actor + "填报"
	switch {
	case r.Source.Kind == ledger.ByWorkbook:
		by = r.Actor + "上传《" + r.Source.File + "》"
	case r.OnBehalf:
		by = r.Actor + "代报"
	}
	return what + " · " + by
}

func changesOf(row, last ledger.Values) int {
	n := 0
	for i := range row {
		if last != nil && row[i] != last[i] {
			n++
		}
	}
	return n
}

func draftText(pg *villagePage) string {
	d := pg.View.Draft
	text := "填了 " + fmt.Sprint(len(d.Inputs)) + " 项，" + moment(d.At, pg.Now) + " 存的，还没有报"
	if d.Actor != pg.actor.Name {
		text = d.Actor + text
	}
	return text
}

// sentence says an error in words for people; an internal one only that it failed.
func sentence(err error) string {
	if s, ok := words.Of(err); ok {
		return s
	}
	return "系统出了点问题，请过一会儿再试。"
}

func (pl place) previous() (week.Week, bool) { return pl.calendar.Previous(pl.sheet.Week) }

// next is the week after, once it has begun.
func (pl place) next() (week.Week, bool) {
	w, ok := pl.calendar.Next(pl.sheet.Week)
	return w, ok && !pl.today.Before(w.Opens)
}

func (pl place) townCode() unit.Code { return pl.unit.Code.At(unit.LevelTown) }

// mayReturn tells whether there is a row that the actor could give back.
func (pg *villagePage) mayReturn() bool {
	s := pg.View.Chain.Status
	return pg.actor.May(access.ReturnRow, pg.unit.Code) && !pg.View.Locked && (s == ledger.Reported || s == ledger.Carried)
}

// described names what describes the field to a screen reader.
func (it *item) described() templ.Attributes {
	a := templ.Attributes{"aria-describedby": "m-" + it.Column.Key}
	if it.Error != "" {
		a["aria-invalid"] = "true"
	}
	return a
}

// formOrder is the keys of a map that are columns, in the order of the form.
func formOrder(pg *villagePage, m map[string]string) []string {
	var keys []string
	for i := range pg.form.Columns {
		if _, ok := m[pg.form.Columns[i].Key]; ok {
			keys = append(keys, pg.form.Columns[i].Key)
		}
	}
	return keys
}

func orBlank(text string) string {
	if text == "" {
		return "空"
	}
	return text
}

// barText says under the main button what it would report.
func barText(pg *villagePage) string {
	switch {
	case pg.reported() && !pg.drafted() && pg.View.Newer:
		return "报过以后又有新的记录，请再报一次"
	case pg.reported() && !pg.drafted():
		return "已报 " + moment(pg.View.Latest.At, pg.Now) + "，没有新的改动"
	}
	return "不对？点那一项改，写一句原因"
}

// saidText tells where a value comes from, in the words under its name.
func (it *item) saidText() string {
	if it.Manual {
		return "手填，记录得出 " + it.Said
	}
	return "由记录得出"
}
