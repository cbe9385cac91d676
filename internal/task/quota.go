package task

import (
	"slices"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/unit"
)

// QuotaLine is a county's share of a quota beside what is done.
type QuotaLine struct {
	Quota  campaign.Quota
	Share  campaign.Share
	Have   int64
	On     date.Date // when it was reached; zero: not yet
	Late   bool      // reached after its day, or not reached and the day is past
	Record string    // the kind of record it is counted from
}

// Quotas lists a county's shares with what is done by the day.
func (f *Facts) Quotas(of unit.Code) []QuotaLine {
	var list []QuotaLine
	for _, q := range f.Pack.Quotas {
		share, ok := q.Share(of)
		if !ok {
			continue
		}
		line := QuotaLine{Quota: q, Share: share}
		for i := range f.Duties {
			for j := range f.Duties[i].Demands {
				if x := &f.Duties[i].Demands[j]; x.Quota == q.Key {
					f.fill(&line, &f.Duties[i], x, of)
				}
			}
		}
		last := line.On
		if last.IsZero() {
			last = f.Day
		}
		line.Late = !q.Before.IsZero() && !last.Before(q.Before)
		list = append(list, line)
	}
	return list
}

func (f *Facts) fill(line *QuotaLine, d *campaign.Duty, x *campaign.Demand, of unit.Code) {
	p := record.Party{Unit: of}
	line.Record = x.Checks[0].Tally.Record
	if x.Each == campaign.EachCounty {
		line.Have = f.Done.Amount(p, x.Checks[0].Tally, x.From, f.Day)
		if on, ok := f.Done.Reached(p, x.Checks[0].Tally, x.From, f.Day, line.Share.Amount); ok {
			line.On = on
		}
		return
	}
	at, _ := f.measuredAt(x, p)
	var days []date.Date
	for _, one := range at {
		if state, on, _ := f.state(d, x, one, f.periods(x)[0]); state.Met() {
			days = append(days, on)
		}
	}
	line.Have = int64(len(days))
	if n := int(line.Share.Amount); n > 0 && len(days) >= n {
		slices.SortFunc(days, date.Date.Compare)
		line.On = days[n-1]
	}
}
