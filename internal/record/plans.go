package record

import (
	"context"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/unit"
)

// Plan is where a village stands with the record that the town approves and the county checks:
// its greening plan.
type Plan struct {
	Unit   unit.Unit
	Latest *Version // that counts, or else the last one entered; nil: there is none
	More   int      // other records of the kind
	Plots  int      // lines of its first table
	Drawn  int      // of them on the sketch map
}

// Approved tells whether the plan counts.
func (p *Plan) Approved() bool { return p.Latest != nil && p.Latest.Status == Approved }

// Verdict is what the county said of it; empty: not yet.
func (p *Plan) Verdict() Verdict {
	if p.Latest == nil || p.Latest.Check == nil {
		return ""
	}
	return p.Latest.Check.Verdict
}

// PlanKind is the kind of record that the county checks; false when the campaign has none.
func (s *Service) PlanKind() (*campaign.RecordKind, bool) {
	for i := range s.records.Kinds {
		if s.records.Kinds[i].Check {
			return &s.records.Kinds[i], true
		}
	}
	return nil, false
}

// Plans tells for each village of a unit where it stands with its plan, in the order of codes.
func (s *Service) Plans(ctx context.Context, a access.Actor, of unit.Code) ([]Plan, error) {
	if err := a.Can(access.ReadRecords, of); err != nil {
		return nil, err
	}
	kind, ok := s.PlanKind()
	if !ok {
		return nil, nil
	}
	const all = 50_000 // a province has fewer villages
	versions, err := s.store.Records(ctx, Query{Of: of, Kind: kind.Key, Limit: all})
	if err != nil {
		return nil, err
	}
	var list []Plan
	index := map[unit.Code]int{}
	for _, u := range s.tree(s.Today()).Villages(of) {
		if u.Kind == unit.Ordinary {
			index[u.Code] = len(list)
			list = append(list, Plan{Unit: u})
		}
	}
	for i := range versions {
		at, known := index[versions[i].Unit]
		if !known {
			continue // of a village that is gone
		}
		s.show(a, &versions[i])
		list[at].take(kind, &versions[i])
	}
	return list, nil
}

// take takes in one of the village's plans; they come the latest day first.
func (p *Plan) take(kind *campaign.RecordKind, v *Version) {
	if p.Latest != nil {
		p.More++
		if p.Latest.Status == Approved || v.Status != Approved {
			return
		}
	}
	p.Latest, p.Plots, p.Drawn = v, 0, 0
	for i := range kind.Fields {
		f := &kind.Fields[i]
		if f.Type != campaign.FieldRows {
			continue
		}
		p.Plots = len(v.Facts.Rows[f.Key])
		for _, c := range f.Rows.Columns {
			if c.Type == campaign.RowArea {
				p.Drawn = drawnOf(v.Facts.Rows[f.Key], c.Key)
			}
		}
		return
	}
}

// PlannedTrees is the field that the lines of a kind's first table sum to; empty: none.
func PlannedTrees(kind *campaign.RecordKind) string {
	for i := range kind.Fields {
		if r := kind.Fields[i].Rows; r != nil {
			for _, c := range r.Columns {
				if c.Sums != "" {
					return c.Sums
				}
			}
		}
	}
	return ""
}
