package ledgerweb

import (
	"fmt"

	"github.com/sangzi/sangzi/internal/web/ui"
)

// carriedAlready counts the rows that an earlier version of the submission carried along.
func (pg *submitPage) carriedAlready() int {
	n := 0
	for i := range pg.Rows {
		if pg.Rows[i].Carried {
			n++
		}
	}
	return n
}

func submitSummary(pg *submitPage) string {
	late := 0
	for i := range pg.Rows {
		if pg.Rows[i].Reported && pg.Rows[i].State == ui.Late {
			late++
		}
	}
	text := fmt.Sprintf("共 %d 村，已报 %d 村，比上周变更 %d 格", pg.Count.Villages, pg.Count.Reported, pg.Count.Changed)
	if late > 0 {
		text += fmt.Sprintf("，其中迟报 %d 村", late)
	}
	if n := pg.carriedAlready(); n > 0 {
		text += fmt.Sprintf("，沿用上周 %d 村", n)
	}
	return text + "。提交后封存为一版，以后再改就是新的一版。"
}

// missingWhy says more about a village that has not reported.
func missingWhy(row *gridRow) string {
	switch {
	case row.State == ui.Returned:
		return "（已退回，还没再报）"
	case row.Draft:
		return "（有草稿没报）"
	}
	return ""
}

// missingChoices is what can become of a village that has not reported. What was given back
// or has never been reported cannot be carried along.
func missingChoices(row *gridRow) []ui.Choice {
	return []ui.Choice{{Value: "named", Label: "缺报"}, {Value: "carried", Label: "沿用上周", Disabled: !row.HasLast || row.State == ui.Returned}}
}
