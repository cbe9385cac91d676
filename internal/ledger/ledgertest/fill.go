package ledgertest

import (
	"context"
	"fmt"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/week"
)

// What stands out in week 9 of the world.
const (
	Corrected   unit.Code = 445281119001 // a village of 里湖镇 whose 已投入 was corrected downward, with a note
	CorrectNote           = "上周误填，已核对票据"
	Returned    unit.Code = 445281007000 // 大南山街道, sent back
	ReturnWhy             = "资金来源与已投入资金对不上，请核对"
	ShortByOne  unit.Code = 445281117000 // 梅林镇, which left one village out
	Extended    unit.Code = 445281005000 // 池尾街道, with an extension and nothing sent
	ExtendWhy             = "暴雨停电"
	FiledAs               = "里湖镇台账.xlsx"  // the workbook 里湖镇 handed in
	KeptUpload            = "kept-lihu-9" // its id among the kept files
	workbookTab           = "Sheet1"
)

// Fill makes nine weeks: 普宁市 reports every week, a town late here and missing there; two
// towns of 惠来县 report in the last two. In week 9 it is twenty past four, and some have
// still to report. Weeks 1 to 7 are locked, week 8 was locked and opened again.
func Fill(ctx context.Context, w *World) error {
	for _, wk := range w.Ledger.Calendar().Until(ThisWeek) {
		if err := w.fillWeek(ctx, wk); err != nil {
			return fmt.Errorf("week %d: %w", wk.No, err)
		}
	}
	w.set(ThisWeek, 16, 5)
	if _, err := w.Ledger.ReturnTown(ctx, testkit.County, ledger.ReturnInput{Unit: Returned, Week: ThisWeek, Reason: ReturnWhy,
		Cells: []string{"invested_funds"}, Due: ThisWeek.In(testkit.Shanghai).Add(18 * time.Hour)}); err != nil {
		return err
	}
	_, err := w.Ledger.Grant(ctx, testkit.County, ledger.GrantInput{Unit: Extended, Week: ThisWeek, Kind: ledger.Extension,
		Until: ThisWeek.Add(1).In(testkit.Shanghai).Add(12 * time.Hour), Reason: ExtendWhy})
	return err
}

func (w *World) set(day date.Date, hour, minute int) {
	w.Clock.Set(day.In(testkit.Shanghai).Add(time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute))
}

func (w *World) fillWeek(ctx context.Context, wk week.Week) error {
	towns := w.Tree(wk.Due).Towns(testkit.Puning)
	if wk.No >= 8 {
		towns = append(towns, w.Tree(wk.Due).Towns(testkit.Huilai)[:2]...)
	}
	var late []unit.Unit
	for i, town := range towns {
		switch n := (i*7 + wk.No*5) % 31; {
		case wk.No < 9 && n == 3:
			late = append(late, town)
			continue
		case wk.No < 9 && n == 17, wk.No == 9 && (n == 4 || n == 12 || town.Code == Extended):
			continue // missing, or still to come
		}
		w.set(wk.Due, 9+i%7, i)
		if err := w.Hand(ctx, town, wk); err != nil {
			return err
		}
	}
	for _, town := range late {
		w.set(wk.Due.Add(1), 10, 30)
		if err := w.Hand(ctx, town, wk); err != nil {
			return err
		}
	}
	if wk.No == 9 {
		return nil
	}
	w.set(wk.Due.Add(1), 11, 0)
	_, err := w.Ledger.Lock(ctx, testkit.County, ledger.SubmitInput{Unit: testkit.Puning, Week: wk.Due, Base: ledger.AnyBase,
		Head: ledger.Head{Unit: "中共普宁市委组织部", Contact: "林晓燕", Phone: "0663-2244668", FilledOn: wk.Due}})
	if err != nil || wk.No != 8 {
		return err
	}
	_, err = w.Ledger.Reopen(ctx, testkit.County, testkit.Puning, wk.Due, "里湖镇一村数字更正")
	return err
}

// Hand hands in a town's workbook of a week and seals it.
func (w *World) Hand(ctx context.Context, town unit.Unit, wk week.Week) error {
	form := w.Pack.Ledger
	in := ledger.ImportInput{Unit: town.Code, Week: wk.Due, File: town.Name + "台账.xlsx", Submit: true,
		Head: func(unit.Code) ledger.Head {
			return ledger.Head{Unit: town.Name, Contact: "王海", Phone: fmt.Sprintf("0663-2%06d", int64(town.Code/1000)%1_000_000), FilledOn: wk.Due}
		}}
	if town.Code == testkit.LihuTown && wk.Due == ThisWeek {
		in.Upload = KeptUpload
		if err := w.Store.SaveUpload(ctx, ledger.Upload{ID: KeptUpload, Unit: town.Code, Week: wk.Due, File: FiledAs,
			Content: []byte("the kept file"), Account: testkit.Town.Account, Actor: testkit.Town.Name, At: w.Clock.Now()}); err != nil {
			return err
		}
	}
	for i, v := range w.Tree(wk.Due).Villages(town.Code) {
		if v.Kind == unit.Virtual || wk.No == 9 && town.Code == ShortByOne && i == 2 {
			continue
		}
		row := ledger.ImportRow{Village: v.Code, Values: Figures(form, v.Code, wk.No), Notes: map[string]string{},
			Source: ledger.Source{Sheet: workbookTab, Row: 6 + i, Columns: "C D E F G H I J K L M N O P Q R S T U V"}}
		if wk.No == 9 && v.Code == Corrected {
			correct(w, row)
		}
		in.Rows = append(in.Rows, row)
	}
	if len(in.Rows) == 0 {
		return nil
	}
	clerk := access.Actor{Account: 100 + int64(town.Code/1000)%1000, Name: town.Name + "办事员", Role: access.TownClerk, Unit: town.Code}
	if town.Code == testkit.LihuTown {
		clerk = testkit.Town
	}
	_, err := w.Ledger.Import(ctx, clerk, in)
	return err
}

// correct takes one 万元 off what social donors gave, and says why.
func correct(w *World, row ledger.ImportRow) {
	form := w.Pack.Ledger
	last := Figures(form, row.Village, 8)
	for _, key := range []string{"social_funds", "invested_funds"} {
		i, _ := form.ColumnIndex(key)
		row.Values[i] = last[i] - 100_000
		row.Notes[key] = CorrectNote
	}
	for _, key := range []string{"fiscal_funds", "collective_funds"} {
		i, _ := form.ColumnIndex(key)
		row.Values[i] = last[i]
	}
}
