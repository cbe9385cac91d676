package demo

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/week"
)

// What stands out in the last week.
const (
	Corrected   unit.Code = 445281119001 // a village of 里湖镇 whose 已投入 was corrected downward, with a note
	CorrectNote           = "上周误填，已核对票据"
	Returned    unit.Code = 445281007000 // 大南山街道, sent back
	ReturnWhy             = "资金来源与已投入资金对不上，请核对"
	ShortByOne  unit.Code = 445281117000 // 梅林镇, which left one village out
	Extended    unit.Code = 445281005000 // 池尾街道, with an extension and nothing sent
	ExtendWhy             = "暴雨停电"
)

// Fill plays the weeks up to the one being reported at a moment, and nothing after it: 普宁市
// reports every week, a town late here and missing there; in the last week some have still to
// report. Weeks are locked on the day after; the one before the last was opened again.
func (s *Stage) Fill(ctx context.Context, now time.Time) error {
	now = now.In(s.Pack.Spec().Location)
	calendar := s.Ledger.Calendar()
	weeks := calendar.Until(calendar.Current(date.FromTime(now)).Due)
	if len(weeks) == 0 {
		return nil
	}
	s.now = now
	last := weeks[len(weeks)-1]
	if s.Records != nil {
		s.pending = s.entries(last.No, now)
		if s.Photos {
			s.photograph(s.pending)
		}
	}
	for _, wk := range weeks {
		if s.Progress != nil {
			s.Progress(wk.No, last.No)
		}
		if err := s.fillWeek(ctx, wk, last); err != nil {
			return fmt.Errorf("week %d: %w", wk.No, err)
		}
	}
	if err := s.open(ctx, last); err != nil {
		return err
	}
	if err := s.sendBack(ctx, last); err != nil {
		return err
	}
	return s.enterUntil(ctx, now)
}

// sendBack is what the office does about the last week: one town is sent back, one has more time.
func (s *Stage) sendBack(ctx context.Context, last week.Week) error {
	if ok, err := s.at(ctx, last.Due, 16, 5); !ok {
		return err
	}
	office := castAt(2)
	if _, err := s.Ledger.ReturnTown(ctx, office, ledger.ReturnInput{Unit: Returned, Week: last.Due, Reason: ReturnWhy,
		Cells: []string{"invested_funds"}, Due: last.Deadline.Add(30 * time.Minute)}); err != nil {
		return err
	}
	_, err := s.Ledger.Grant(ctx, office, ledger.GrantInput{Unit: Extended, Week: last.Due, Kind: ledger.Extension,
		Until: last.Deadline.Add(18*time.Hour + 30*time.Minute), Reason: ExtendWhy})
	return err
}

func castAt(i int) access.Actor { return Cast()[i].Actor }

// at sets the clock, when the moment has come, and records what was to be recorded until then.
func (s *Stage) at(ctx context.Context, day date.Date, hour, minute int) (come bool, err error) {
	t := day.In(s.Pack.Spec().Location).Add(time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute)
	if t.After(s.now) {
		return false, nil
	}
	if err := s.enterUntil(ctx, t); err != nil {
		return false, err
	}
	s.Set(t)
	return true, nil
}

func (s *Stage) fillWeek(ctx context.Context, wk, last week.Week) error {
	latest := wk.Due == last.Due
	towns := slices.Clone(s.Tree(wk.Due).Towns(County))
	for _, county := range s.Counties {
		towns = append(towns, s.Tree(wk.Due).Towns(county)...)
	}
	if len(s.Counties) == 0 && wk.No >= last.No-1 {
		towns = append(towns, s.Tree(wk.Due).Towns(Huilai)[:2]...)
	}
	var late []lateTown
	for i, town := range towns {
		switch n := (i*7 + wk.No*5) % 31; {
		case latest && slices.Contains(s.Open, town.Code):
			continue
		case !latest && n == 3:
			late = append(late, lateTown{town, i})
			continue
		case !latest && n == 17, latest && (n == 4 || n == 12 || town.Code == Extended):
			continue // missing, or still to come
		}
		if err := s.handAt(ctx, town, i, wk, last, 9+i%7, i%60); err != nil {
			return err
		}
	}
	if latest {
		return nil
	}
	return s.close(ctx, wk, last, late)
}

// lateTown is a town that hands in on the day after, with its number.
type lateTown struct {
	unit.Unit
	n int
}

func (s *Stage) handAt(ctx context.Context, town unit.Unit, n int, wk, last week.Week, hour, minute int) error {
	if ok, err := s.at(ctx, wk.Due, hour, minute); !ok {
		return err
	}
	return s.Hand(ctx, town, n, wk, last)
}

// close locks a week. Three counties of five report to the city in time, without those of their
// towns that are late; the others wait for them.
func (s *Stage) close(ctx context.Context, wk, last week.Week, late []lateTown) error {
	early := s.Counties[:min(3, len(s.Counties))]
	if ok, err := s.at(ctx, wk.Due, 17, 20); !ok {
		return err
	}
	if err := s.lock(ctx, early, wk); err != nil {
		return err
	}
	if ok, err := s.at(ctx, wk.Due.Add(1), 10, 30); !ok {
		return err
	}
	for _, town := range late {
		if slices.Contains(early, town.Code.At(unit.LevelCounty)) {
			continue
		}
		if err := s.Hand(ctx, town.Unit, town.n, wk, last); err != nil {
			return err
		}
	}
	if ok, err := s.at(ctx, wk.Due.Add(1), 11, 0); !ok {
		return err
	}
	if err := s.lock(ctx, append([]unit.Code{County}, s.Counties[len(early):]...), wk); err != nil {
		return err
	}
	if wk.No != last.No-1 {
		return nil
	}
	_, err := s.Ledger.Reopen(ctx, castAt(2), County, wk.Due, "里湖镇一村数字更正")
	return err
}

// lock seals counties' weeks and sends them to the city.
func (s *Stage) lock(ctx context.Context, counties []unit.Code, wk week.Week) error {
	for _, county := range counties {
		who := castAt(2)
		head := ledger.Head{Unit: "中共普宁市委组织部", Contact: who.Name, Phone: "0663-2244668", FilledOn: wk.Due}
		if county != County {
			u, _ := s.Tree(wk.Due).Unit(county)
			who = access.Actor{Account: 50 + int64(county/1_000_000)%100, Name: u.Name + "专班", Role: access.CountyOffice, Unit: county}
			head.Unit, head.Contact = "中共"+u.Name+"委组织部", who.Name
		}
		if _, err := s.Ledger.Lock(ctx, who, ledger.SubmitInput{Unit: county, Week: wk.Due, Base: ledger.AnyBase, Head: head}); err != nil {
			return err
		}
	}
	return nil
}

// Hand hands in a town's week and seals it: what its villages have recorded, or its workbook.
func (s *Stage) Hand(ctx context.Context, town unit.Unit, n int, wk, last week.Week) error {
	if s.records(town.Code) {
		if OnlyVirtual(s.Tree(wk.Due), town.Code) {
			return nil
		}
		if err := s.tap(ctx, town, wk); err != nil {
			return err
		}
		return s.seal(ctx, town, wk)
	}
	latest := wk.Due == last.Due
	clerk := ClerkOf(town, n)
	if s.Clerk != nil {
		clerk = s.Clerk(town)
	}
	in := ledger.ImportInput{Unit: town.Code, Week: wk.Due, File: town.Name + "台账.xlsx", Submit: true,
		Head: func(unit.Code) ledger.Head {
			return ledger.Head{Unit: town.Name, Contact: clerk.Actor.Name, Phone: clerk.Phone, FilledOn: wk.Due}
		}}
	for i, v := range s.Tree(wk.Due).Villages(town.Code) {
		if v.Kind == unit.Virtual || latest && town.Code == ShortByOne && i == 2 {
			continue
		}
		in.Rows = append(in.Rows, s.row(v, i, wk, latest))
	}
	if len(in.Rows) == 0 {
		return nil
	}
	_, err := s.Ledger.Import(ctx, clerk.Actor, in)
	return err
}

// row is a village's row as it stands in its town's workbook.
func (s *Stage) row(v unit.Unit, i int, wk week.Week, latest bool) ledger.ImportRow {
	form := s.Pack.Ledger
	row := ledger.ImportRow{Village: v.Code, Values: Figures(form, v.Code, wk.No), Notes: map[string]string{},
		Source: ledger.Source{Sheet: "Sheet1", Row: 6 + i, Columns: columnsOf(form)}}
	if latest && v.Code == Corrected {
		s.correct(row, wk)
	}
	return row
}

// columnsOf names the columns in which the form prints itself: C and those after it.
func columnsOf(form *campaign.Form) string {
	letters := make([]string, len(form.Columns))
	for i := range letters {
		letters[i] = string(rune('C' + i))
	}
	return strings.Join(letters, " ")
}

// correct takes 1,000 元 off what social donors gave, and says why.
func (s *Stage) correct(row ledger.ImportRow, wk week.Week) {
	before := Figures(s.Pack.Ledger, row.Village, wk.No-1)
	for _, key := range []string{"social_funds", "invested_funds"} {
		i, _ := s.Pack.Ledger.ColumnIndex(key)
		row.Values[i] = max(0, before[i]-100_000)
		row.Notes[key] = CorrectNote
	}
	for _, key := range []string{"fiscal_funds", "collective_funds"} {
		i, _ := s.Pack.Ledger.ColumnIndex(key)
		row.Values[i] = before[i]
	}
}
