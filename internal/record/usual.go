package record

import (
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/unit"
)

// usually names a figure of a unit: the trees of its plantings.
type usually struct {
	unit  unit.Code
	kind  string
	field string
}

// past is what a unit has recorded of a figure so far.
type past struct {
	records int64
	sum     int64
}

// far is how many times the average of its past a figure may be before it is pointed out, once
// there are enough records to speak of one.
const (
	far    = 10
	enough = 4
)

// remember keeps each figure's past: the latest version of each record that stands.
func (b *Book) remember(kind *campaign.RecordKind, e Event) {
	change := func(v *Version, sign int64) {
		if v == nil || v.Status == Withdrawn {
			return
		}
		for field, n := range v.Facts.Numbers {
			key := usually{v.Unit, kind.Key, field}
			p := b.usual[key]
			if p == nil {
				p = &past{}
				b.usual[key] = p
			}
			p.records += sign
			p.sum += sign * n
		}
	}
	change(e.Before, -1)
	change(e.Version, 1)
}

// unusual tells whether a figure is far outside the unit's own past, or above what the pack
// calls large.
func (b *Book) unusual(of unit.Code, kind *campaign.RecordKind, facts *Facts) bool {
	b.mu.RLock()
	defer b.mu.RUnlock()
	for i := range kind.Fields {
		f := &kind.Fields[i]
		n, said := facts.Numbers[f.Key]
		if !said || f.Type == campaign.FieldYesNo {
			continue
		}
		if f.Large > 0 && n > f.Large {
			return true
		}
		if p := b.usual[usually{of, kind.Key, f.Key}]; p != nil && p.records >= enough && n*p.records > far*p.sum {
			return true
		}
	}
	return false
}
