package record

import (
	"slices"

	"github.com/sangzi/sangzi/internal/campaign"
)

// decided leaves out of what happens to records what nobody has decided yet: of a kind that needs
// approval a version that waits for it. Until that is approved, or the record withdrawn, the
// version approved before it goes on counting.
type decided struct {
	kinds *campaign.Records
	last  map[int64]*Version // by record, of the kinds that need approval
}

func newDecided(kinds *campaign.Records) decided { return decided{kinds, map[int64]*Version{}} }

// waits tells whether a version is not decided yet.
func waits(kind *campaign.RecordKind, v *Version) bool {
	return kind.Approval && v.Status == Standing
}

// of gives the events that count, each with the decided version that it replaces.
func (d decided) of(events []Event) []Event {
	var out []Event
	for _, e := range events {
		kind, known := d.kinds.Kind(e.Version.Kind)
		if !known || !kind.Approval {
			out = append(out, e)
			continue
		}
		if waits(kind, e.Version) {
			continue
		}
		out = append(out, Event{Before: d.last[e.Version.ID], Version: e.Version})
		d.last[e.Version.ID] = e.Version
	}
	return out
}

// Counts is the version of a record that counts now, nil when none does: the last one, or of a
// kind that needs approval the last one approved.
func (s *Service) Counts(versions []Version) *Version {
	for i := range slices.Backward(versions) {
		v := &versions[i]
		kind, known := s.records.Kind(v.Kind)
		switch {
		case !known || v.Status == Withdrawn:
			return nil
		case !waits(kind, v):
			return v
		}
	}
	return nil
}
