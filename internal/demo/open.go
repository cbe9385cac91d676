package demo

import (
	"context"

	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/week"
)

// open plays the last week of the towns that have not submitted it: of eight villages five
// have reported by their phones, one declared that nothing changed, one has begun to type and
// one has done nothing; 新坛村 has done nothing yet. One row was given back.
func (s *Stage) open(ctx context.Context, wk week.Week) error {
	for _, town := range s.Open {
		for i, v := range s.Tree(wk.Due).Villages(town) {
			if v.Kind == unit.Virtual || v.Code == Village {
				continue
			}
			// Between eight and half past nine of the day before, in the order of the villages.
			if ok, err := s.at(ctx, wk.Due.Add(-1), 8+i/20, i*3%60); !ok {
				return err
			}
			if err := s.begin(ctx, v, i, wk); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *Stage) begin(ctx context.Context, v unit.Unit, i int, wk week.Week) error {
	reporter := ReporterOf(v.Code)
	now := Figures(s.Pack.Ledger, v.Code, wk.No)
	last, _, err := s.Ledger.Last(ctx, v.Code, wk.Due)
	if err != nil {
		return err
	}
	switch i % 8 {
	case 3:
		planted, _ := s.Pack.Ledger.ColumnIndex("planted_trees")
		_, err = s.Ledger.SaveDraft(ctx, reporter, ledger.DraftInput{Unit: v.Code, Week: wk.Due, Base: ledger.AnyBase,
			Inputs: map[string]string{"planted_trees": ledger.Format(&s.Pack.Ledger.Columns[planted], s.more(now, i))}})
		return err
	case 6:
		return nil
	}
	in := ledger.ReportInput{Unit: v.Code, Week: wk.Due, Base: ledger.AnyBase, Values: now, Notes: map[string]string{}, Source: ledger.Source{Kind: ledger.ByForm}}
	if i%8 == 5 && last != nil || s.records(v.Code.At(unit.LevelTown)) {
		in.Unchanged = true
	}
	for _, f := range s.Ledger.Open(now, last) {
		in.Notes[s.Pack.Ledger.Columns[f.Column].Key] = "已向村委会核对"
	}
	if _, err := s.Ledger.Report(ctx, reporter, in); err != nil || i != 9 {
		return err
	}
	_, err = s.Ledger.Return(ctx, s.ClerkAt(v.Code.At(unit.LevelTown)), ledger.ReturnInput{Unit: v.Code, Week: wk.Due,
		Reason: "走访乡贤人数与上月座谈会名单不符，请核对", Cells: []string{"patrons_visited"}})
	return err
}

// more is what a village has begun to type as 已植树: some trees more, one of them more than it
// has planned.
func (s *Stage) more(row ledger.Values, i int) ledger.Value {
	at := func(key string) ledger.Value {
		c, _ := s.Pack.Ledger.ColumnIndex(key)
		return row[c]
	}
	if i == 19 {
		return at("planned_trees") + 40
	}
	return max(at("planted_trees")+1, min(at("planted_trees")+40, at("planned_trees"), at("secured_seedlings")))
}
