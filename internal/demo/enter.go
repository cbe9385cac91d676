package demo

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/week"
)

// entry is a deed that is to be recorded, and when.
type entry struct {
	deed
	at      time.Time
	village unit.Unit
	shots   []shot
	files   []func() ([]byte, error) // of the shots, each drawn once
	noted   *record.At               // told which record it has become; nil: nobody asks
}

// slots are the times of a day at which what was done is written down.
var slots = []time.Duration{9*time.Hour + 20*time.Minute, 11*time.Hour + 5*time.Minute, 15*time.Hour + 40*time.Minute, 19*time.Hour + 50*time.Minute}

// ReporterOf is who reports for a village: one of the cast, or an invented one.
func ReporterOf(village unit.Code) access.Actor {
	if village == Village {
		return castAt(0)
	}
	n := int(village/1000*31 + village%1000)
	return access.Actor{Account: 1000 + int64(village%1_000_000),
		Name: string(surnames[n%len(surnames)]) + givenNames[n%len(givenNames)], Role: access.VillageReporter, Unit: village}
}

// entries are the deeds of the villages, towns and the county that record, in the order in which
// they are entered, up to a moment.
func (s *Stage) entries(no int, until time.Time) []entry {
	var list []entry
	tree := s.Tree(date.FromTime(until))
	add := func(at unit.Unit) func(*deed) {
		return func(d *deed) {
			if d.at == 0 {
				d.at = at.Code
			}
			e := entry{deed: *d, village: at}
			slot := slots[int(at.Code/7+unit.Code(len(d.kind)))%len(slots)]
			e.at = e.entered.In(s.Pack.Spec().Location).Add(slot)
			if !e.at.After(until) {
				list = append(list, e)
			}
		}
	}
	for _, town := range tree.Towns(County) {
		if slices.Contains(s.Workbooks, town.Code) {
			continue
		}
		for _, v := range tree.Villages(town.Code) {
			if v.Kind == unit.Ordinary {
				tellVillage(v.Code, no, add(v))
			}
		}
		if !OnlyVirtual(tree, town.Code) {
			tellTown(town.Code, add(town))
		}
	}
	if county, ok := tree.Unit(County); ok {
		tellCounty(County, add(county))
	}
	slices.SortStableFunc(list, func(a, b entry) int {
		return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.deed.at, b.deed.at))
	})
	return list
}

// enterUntil plays what is to happen up to a moment: records batch by batch, and what offices do.
func (s *Stage) enterUntil(ctx context.Context, until time.Time) error {
	for {
		entering := len(s.pending) > 0 && !s.pending[0].at.After(until)
		if len(s.Doing) > 0 && !s.Doing[0].At.After(until) && (!entering || s.Doing[0].At.Before(s.pending[0].at)) {
			next := s.Doing[0]
			s.Doing = s.Doing[1:]
			s.Set(next.At)
			if err := next.Do(ctx); err != nil {
				return fmt.Errorf("on %s: %w", next.At.Format("2006-01-02 15:04"), err)
			}
			continue
		}
		if !entering {
			return nil
		}
		if err := s.enterNext(ctx); err != nil {
			return err
		}
	}
}

// enterNext records all that is entered at the next moment.
func (s *Stage) enterNext(ctx context.Context) error {
	at, n := s.pending[0].at, 0
	for n < len(s.pending) && s.pending[n].at.Equal(at) {
		n++
	}
	batch := s.pending[:n]
	s.pending = s.pending[n:]
	s.drawn = max(0, s.drawn-n)
	s.drawAhead()
	s.Set(at)
	if err := s.enter(ctx, batch); err != nil {
		return fmt.Errorf("records of %s: %w", at.Format("2006-01-02 15:04"), err)
	}
	return nil
}

// together is how many people write at once.
const together = 24

// enter records a batch, the deeds of a unit in their order.
func (s *Stage) enter(ctx context.Context, batch []entry) error {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(together)
	for len(batch) > 0 {
		n := 1
		for n < len(batch) && batch[n].deed.at == batch[0].deed.at {
			n++
		}
		of := batch[:n]
		batch = batch[n:]
		g.Go(func() error {
			for i := range of {
				if err := s.note(ctx, &of[i]); err != nil {
					return fmt.Errorf("%s %s: %w", of[i].village.Name, of[i].kind, err)
				}
			}
			return nil
		})
	}
	return g.Wait()
}

// note records one deed, with what went wrong with it.
func (s *Stage) note(ctx context.Context, e *entry) error {
	who, first := s.writer(e), e.deed
	if e.fault == mistyped {
		first.n *= 10
	}
	photos, err := s.handIn(ctx, who, e)
	if err != nil {
		return err
	}
	v, err := s.Records.Enter(ctx, who, e.input(first, photos...))
	if err != nil {
		return err
	}
	at := record.At{ID: v.ID, Base: v.Number}
	if e.noted != nil {
		*e.noted = at
	}
	switch {
	case e.kind == "plan" && !e.waits:
		err = s.approve(ctx, e, at)
	case e.fault == mistyped:
		_, err = s.Records.Correct(ctx, who, at, e.input(e.deed, photos...), "多打了一个零")
	case e.fault == twice:
		if v, err = s.Records.Enter(ctx, who, e.input(e.deed)); err == nil {
			_, err = s.Records.Withdraw(ctx, who, record.At{ID: v.ID, Base: v.Number}, "同一件事录了两次")
		}
	case e.fault == outOfPlace:
		_, err = s.Records.Dispute(ctx, ReporterOf(e.deed.at), at, "这一天村里的人数对不上，请核对")
	}
	return err
}

// approve is what the town says of a plan, and of half of them the county.
func (s *Stage) approve(ctx context.Context, e *entry, at record.At) error {
	v, err := s.Records.Approve(ctx, s.ClerkAt(e.deed.at.At(unit.LevelTown)), at)
	if at.Base = v.Number; err != nil || e.n/10%2 == 0 {
		return err
	}
	if e.n/10%21 == 0 {
		_, err = s.Records.Check(ctx, castAt(2), at, record.Remarks, "溪边地块请避开行洪断面，改种耐湿树种")
		return err
	}
	_, err = s.Records.Check(ctx, castAt(2), at, record.Agreed, "")
	return err
}

func (e *entry) input(d deed, photos ...int64) record.Input {
	in := record.Input{Kind: d.kind, Unit: d.at, Day: d.day, Fields: d.fields(), Photos: photos, Source: ledger.Source{Kind: ledger.ByForm}}
	if d.with != "" {
		in.With = []string{d.with}
	}
	return in
}

// writer is whose account a deed is entered with.
func (s *Stage) writer(e *entry) access.Actor {
	switch {
	case e.by == byForestry:
		return castAt(4)
	case e.by == byOffice:
		return castAt(2)
	case e.by == byTown:
		return s.ClerkAt(e.deed.at.At(unit.LevelTown))
	}
	return ReporterOf(e.deed.at)
}

// ClerkAt is a town's clerk.
func (s *Stage) ClerkAt(town unit.Code) access.Actor {
	for i, t := range s.Tree(begin).Towns(County) {
		if t.Code == town {
			return ClerkOf(t, i).Actor
		}
	}
	return access.Actor{Account: 100 + int64(town/1000)%1000, Name: "镇街办事员", Role: access.TownClerk, Unit: town}
}

// records tells whether the villages of a town record what they do.
func (s *Stage) records(town unit.Code) bool {
	return s.Records != nil && County.Contains(town) && !slices.Contains(s.Workbooks, town)
}

// tap is the Friday of a town whose villages record: each looks at its row and says that it is
// so; one in a hundred types a figure over it and says why. One in forty does nothing.
func (s *Stage) tap(ctx context.Context, town unit.Unit, wk week.Week) error {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(together)
	for i, v := range s.Tree(wk.Due).Villages(town.Code) {
		n := int(uint64(v.Code)*2_654_435_761>>20+uint64(wk.No)*97) % 200
		if v.Kind == unit.Virtual || n < 5 || town.Code == ShortByOne && i == 2 {
			continue
		}
		g.Go(func() error {
			if n < 7 {
				return s.typeOver(ctx, v.Code, wk)
			}
			return s.reportAsRecorded(ctx, v.Code, wk)
		})
	}
	return g.Wait()
}

func (s *Stage) reportAsRecorded(ctx context.Context, village unit.Code, wk week.Week) error {
	in := ledger.ReportInput{Unit: village, Week: wk.Due, Base: ledger.AnyBase, Unchanged: true, Notes: map[string]string{}, Source: ledger.Source{Kind: ledger.ByForm}}
	_, err := s.Ledger.Report(ctx, ReporterOf(village), in)
	if findings, ok := errors.AsType[*ledger.Findings](err); ok {
		for _, f := range findings.List {
			in.Notes[s.Pack.Ledger.Columns[f.Column].Key] = "已向村委会核对"
		}
		_, err = s.Ledger.Report(ctx, ReporterOf(village), in)
	}
	return err
}

// typeOver reports more attendances than were recorded.
func (s *Stage) typeOver(ctx context.Context, village unit.Code, wk week.Week) error {
	row, err := s.Ledger.Standing(ctx, ReporterOf(village), village, wk.Due)
	if err != nil {
		return err
	}
	trained, _ := s.Pack.Ledger.ColumnIndex("training_attendances")
	row = slices.Clone(row)
	row[trained] = max(0, row[trained]) + 15
	in := ledger.ReportInput{Unit: village, Week: wk.Due, Base: ledger.AnyBase, Values: row, Source: ledger.Source{Kind: ledger.ByForm},
		Notes: map[string]string{"training_attendances": "镇里集中培训15人次，还没有补记"}}
	_, err = s.Ledger.Report(ctx, ReporterOf(village), in)
	return err
}

// seal submits a town's week as its villages have reported it; those that did not are named.
func (s *Stage) seal(ctx context.Context, town unit.Unit, wk week.Week) error {
	clerk := s.ClerkAt(town.Code)
	var carry []unit.Code
	rows, err := s.Ledger.Rows(ctx, clerk, town.Code, wk.Due)
	if err != nil {
		return err
	}
	for i := range rows {
		if rows[i].Latest == nil && rows[i].Last != nil && (int(rows[i].Village.Code)+wk.No)%2 == 0 {
			carry = append(carry, rows[i].Village.Code)
		}
	}
	_, err = s.Ledger.Submit(ctx, clerk, ledger.SubmitInput{Unit: town.Code, Week: wk.Due, Base: ledger.AnyBase, Carry: carry,
		Head: ledger.Head{Unit: town.Name, Contact: clerk.Name, Phone: clerkPhone(town.Code), FilledOn: wk.Due}})
	return err
}
