package ledgerweb

import (
	"fmt"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web/ui"
)

func chipURL(pg *gridPage, show string) string {
	if show == "" {
		return pg.url("")
	}
	return pg.url("") + "?show=" + show
}

// codeOf is a row's village; rows are made from codes.
func (pg *gridPage) codeOf(row *gridRow) unit.Code {
	code, err := unit.ParseCode(row.Code)
	if err != nil {
		panic("ledgerweb: row " + row.Code)
	}
	return code
}

func (pg *gridPage) firstOfGroup(i int) bool {
	for _, g := range pg.form.Groups {
		if g.First == i {
			return true
		}
	}
	return false
}

func columnWidth(col *campaign.Column) string {
	switch {
	case col.Type == campaign.YesNo:
		return "w-yn"
	case col.Type == campaign.Money:
		return "w-money"
	case col.Unit == "株":
		return "w-trees"
	}
	return "w-count"
}

func cellMode(col *campaign.Column) string {
	switch col.Type {
	case campaign.YesNo:
		return "text"
	case campaign.Money:
		return "decimal"
	}
	return "numeric"
}

func totalTitle(col *campaign.Column) string {
	if col.Type == campaign.YesNo {
		return col.Title + "：为“是”的村数"
	}
	return col.Title + "：合计"
}

// wrong is what a cell still has to answer for.
func (c *gridCell) wrong() string {
	switch {
	case c.Error != "":
		return c.Error
	case c.Note == "":
		return c.Warning
	}
	return ""
}

func returnURL(pg *gridPage, row *gridRow, column string) string {
	return ledgerURL(pg.codeOf(row), pg.sheet.Week.Due) + "/return?cell=" + column
}

// hashPrefix is as much of a seal as is read out on the telephone.
func hashPrefix(hash string) string { return hash[:min(8, len(hash))] }

// submitText is what the main button of the grid says.
func submitText(pg *gridPage) string {
	sealed := pg.Office.Sealed
	switch {
	case pg.Office.State == ledger.StateReturned:
		return fmt.Sprintf("改好了，重新提交（第 %d 版）", pg.nextVersion())
	case sealed != nil && pg.Changed:
		return fmt.Sprintf("有改动，重新提交（第 %d 版）", pg.nextVersion())
	case sealed != nil:
		return fmt.Sprintf("已提交第 %d 版，再交一次", pg.sealedCount())
	}
	return "提交本周台账"
}

func submitKind(pg *gridPage) ui.ButtonKind {
	if pg.Office.Sealed != nil && !pg.Changed && pg.Office.State != ledger.StateReturned {
		return ui.Secondary
	}
	return ui.Primary
}

// nextVersion is the number the next submission gets.
func (pg *gridPage) nextVersion() int32 { return pg.Office.Chain.Version + 1 }

func (pg *gridPage) sealedCount() int32 { return pg.Office.Sealed.Version }

func orDash(text string) string {
	if text == "" {
		return "—"
	}
	return text
}
