package ledger

import (
	"context"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/unit"
)

// LatestFigures are a unit's figures when each village counts with what was last sealed for it.
type LatestFigures struct {
	Figures
	Earlier int // villages whose last sealed row is of an earlier week
}

// Latest gives, for each unit, the figures of a week in which a village that is not sealed counts
// with what was last sealed for it, whichever week that was: what a village has planted is not
// gone because it reports late. The units lie in the one that the actor may read.
func (s *Service) Latest(ctx context.Context, a access.Actor, of unit.Code, due date.Date, units []unit.Code) ([]LatestFigures, error) {
	sheet, err := s.Sheet(ctx, a, of, due)
	if err != nil {
		return nil, err
	}
	out := make([]LatestFigures, len(units))
	for i, code := range units {
		if !of.Contains(code) {
			return nil, access.ErrOutside.With("unit", code.String())
		}
		out[i].Figures = sheet.Figures(code)
	}
	lo, hi := sheet.Tree.VillageSpan(of)
	for i := lo; i < hi; i++ {
		if sheet.sealedRow(i) != nil {
			continue
		}
		village := sheet.Tree.Villages(0)[i].Code
		row, _, err := s.LastSealed(ctx, village, due)
		if err != nil {
			return nil, err
		}
		if row == nil {
			continue
		}
		for k, code := range units {
			if !code.Contains(village) {
				continue
			}
			out[k].Earlier++
			for c, v := range row {
				if v != Empty {
					out[k].Sums[c] += int64(v)
				}
			}
		}
	}
	return out, nil
}
