package record

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/unit"
)

// departments are among those the pack names, one by another of its names.
var departments = []string{"市林业局", "市教育局", "市绿委会", "镇农办"}

// placedHistories are histories at villages, towns and the county, with departments taking part.
func placedHistories(t *rapid.T) [][]Version {
	histories := someHistories(t)
	for _, h := range histories {
		at := rapid.SampledFrom([]unit.Code{445281001202, 445281119201, 445281119202, 445281001000, 445281119000, 445281000000}).Draw(t, "place")
		for i := range h {
			h[i].Unit = at
			h[i].With = rapid.SliceOfNDistinct(rapid.SampledFrom(departments), 0, 2, rapid.ID).Draw(t, "with")
		}
	}
	return histories
}

func daysOf(histories [][]Version) *Days {
	d := NewDays(pack)
	for _, h := range histories {
		d.Take(events(h))
	}
	return d
}

// parties are those asked about, of every level.
func askedParties() []Party {
	all := []Party{{Unit: 445281001202}, {Unit: 445281119201}, {Unit: 445281119202}, {Unit: 445281001000}, {Unit: 445281119000}, {Unit: 445281000000}}
	for _, name := range []string{"市林业局", "市教育局", "市绿委办"} {
		all = append(all, Party{445281000000, name})
	}
	return all
}

// now lists what a figure takes of the histories as they are now known, for a party.
func now(histories [][]Version, f campaign.Figure, p Party) []Version {
	kind, _ := pack.Records.Kind(f.Tally.Record)
	var list []Version
	for _, h := range histories {
		v := h[len(h)-1]
		for i := range h {
			if !(kind.Approval && h[i].Status == Standing) {
				v = h[i] // the last that does not wait for approval
			}
		}
		if v.Kind != kind.Key || v.Status == Withdrawn || kind.Approval && v.Status != Approved {
			continue
		}
		ok := true
		for field, answers := range f.Tally.Where {
			ok = ok && slices.Contains(answers, v.Facts.Answers[field])
		}
		switch {
		case f.Each == campaign.EachDepartment:
			ok = ok && p.Department != "" && (slices.Contains(v.With, p.Department) || p.Department == "市绿委办" && slices.Contains(v.With, "市绿委会"))
		case p.Department != "" || string(f.Each) != p.Unit.Level().String():
			ok = false
		case f.Own:
			ok = ok && v.Unit == p.Unit
		default:
			ok = ok && p.Unit.Contains(v.Unit)
		}
		if ok {
			list = append(list, v)
		}
	}
	return list
}

// plain is the amount of a figure by its definition.
func plain(list []Version, tally *campaign.Tally, from, to date.Date) int64 {
	var n int64
	names := map[string]bool{}
	var last *Version
	for i := range list {
		v := &list[i]
		within := !v.Day.Before(from) && !v.Day.After(to)
		switch {
		case tally.Kind == campaign.TallyStanding:
			if !v.Day.After(to) && (v.Until.IsZero() || !v.Until.Before(to)) {
				n++
			}
		case tally.Kind == campaign.TallyLatest:
			if !v.Day.After(to) && (last == nil || v.Day.After(last.Day) || v.Day == last.Day && v.Seq > last.Seq) {
				last = v
				n = v.Facts.Numbers[tally.Field]
			}
		case !within:
		case tally.Kind == campaign.TallySum:
			n += v.Facts.Numbers[tally.Field]
		case tally.Kind == campaign.TallyDistinct:
			for _, name := range v.Facts.Names[tally.Field] {
				names[name] = true
			}
			n = int64(len(names))
		default:
			n++
		}
	}
	return n
}

// plainReached is the first day by trying them all.
func plainReached(list []Version, tally *campaign.Tally, from, to date.Date, least int64) (date.Date, bool) {
	for day := from; !day.After(to); day = day.Add(1) {
		if plain(list, tally, from, day) >= least {
			return day, true
		}
	}
	return date.Date{}, false
}

func TestDaysEqualRecount(t *testing.T) {
	figures := pack.Figures()
	rapid.Check(t, func(t *rapid.T) {
		histories := placedHistories(t)
		d := daysOf(histories)
		from := someday(t, "from")
		to := from.Add(rapid.IntRange(0, 120).Draw(t, "days"))
		least := rapid.Int64Range(1, 60).Draw(t, "least")
		tried := rapid.SliceOfN(rapid.IntRange(0, len(figures)-1), 8, 8).Draw(t, "figures whose day is looked for")
		for _, p := range askedParties() {
			for i, f := range figures {
				list := now(histories, f, p)
				if got, want := d.Amount(p, f.Tally, from, to), plain(list, f.Tally, from, to); got != want {
					t.Fatalf("%v %v: %s of %s is %d, recounted %d", p, f.Each, f.Tally.Kind, f.Tally.Record, got, want)
				}
				if f.Tally.Kind == campaign.TallyLatest || !slices.Contains(tried, i) {
					continue // a latest one can turn back: it has no such day
				}
				for _, n := range []int64{1, least} {
					day, ok := d.Reached(p, f.Tally, from, to, n)
					if wantDay, want := plainReached(list, f.Tally, from, to, n); ok != want || day != wantDay {
						t.Fatalf("%v %v: %s of %s comes to %d on %v %v, recounted %v %v", p, f.Each, f.Tally.Kind, f.Tally.Record, n, day, ok, wantDay, want)
					}
				}
			}
		}
	})
}

// saidBy is everything the index says of some spans, as text.
func saidBy(d *Days) string {
	var out strings.Builder
	figures := pack.Figures()
	for _, p := range askedParties() {
		for _, f := range figures {
			for _, days := range []int{0, 40, 150} {
				out.WriteString(strconv.FormatInt(d.Amount(p, f.Tally, begin, begin.Add(days)), 10))
				out.WriteByte(' ')
			}
		}
	}
	return out.String()
}

// The order in which records come does not matter; one withdrawn and entered again restores all.
func TestDaysCommute(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		histories := placedHistories(t)
		want := saidBy(daysOf(histories))
		turned := rapid.Permutation(histories).Draw(t, "order")
		d := daysOf(turned)
		if got := saidBy(d); got != want {
			t.Fatalf("in another order\n%s\nwant\n%s", got, want)
		}
		gone := histories[0][len(histories[0])-1]
		gone.Number, gone.Seq, gone.Status = gone.Number+1, 1000, Withdrawn
		d.Take(next(histories[0], gone))
		d.Take(events([]Version{again(histories[0])}))
		if got := saidBy(d); got != want {
			t.Fatalf("withdrawn and entered again\n%s\nwant\n%s", got, want)
		}
	})
}

// A standing figure holds on its first and on its last day, not on those beside them; what held
// before the span holds from its first day on.
func TestDaysOfWhatHolds(t *testing.T) {
	var grid *campaign.Tally
	for _, f := range pack.Figures() {
		if f.Tally.Kind == campaign.TallyStanding && f.Tally.Record == "grid" {
			grid = f.Tally
		}
	}
	day := date.MustParse
	v := Version{Kind: "grid", Unit: villages[0], Day: day("2024-02-05"), Until: day("2024-02-20"), Status: Standing}
	next := Version{Kind: "grid", Unit: villages[0], Day: day("2024-03-01"), Status: Standing}
	d := NewDays(pack)
	d.Take([]Event{{Version: &v}, {Version: &next}})
	p := Party{Unit: villages[0]}
	for text, want := range map[string]int64{"2024-02-04": 0, "2024-02-05": 1, "2024-02-20": 1, "2024-02-21": 0, "2024-02-29": 0, "2024-03-01": 1, "2030-01-01": 1} {
		if got := d.Amount(p, grid, day("2024-01-01"), day(text)); got != want {
			t.Errorf("on %s %d hold", text, got)
		}
	}
	for _, c := range []struct{ from, to, on string }{
		{"2024-01-01", "2024-02-04", ""}, {"2024-01-01", "2024-02-05", "2024-02-05"}, {"2024-02-20", "2024-02-25", "2024-02-20"},
		{"2024-02-21", "2024-02-29", ""}, {"2024-02-21", "2024-03-01", "2024-03-01"}, {"2024-05-01", "2024-05-02", "2024-05-01"},
	} {
		if on, ok := d.Reached(p, grid, day(c.from), day(c.to), 1); on.String() != c.on || ok != (c.on != "") {
			t.Errorf("from %s to %s it holds first on %v", c.from, c.to, on)
		}
	}
}

// While the stamp of a day is the same, no figure of the county up to that day changes, whatever
// happens; and what happens after the day leaves the stamp alone.
func TestStampTellsChanges(t *testing.T) {
	figures := pack.Figures()
	rapid.Check(t, func(t *rapid.T) {
		d := NewDays(pack)
		last := someday(t, "last day")
		county := unit.Code(445281000000)
		said := func() string {
			var out strings.Builder
			for _, p := range askedParties() {
				for _, f := range figures {
					out.WriteString(strconv.FormatInt(d.Amount(p, f.Tally, begin, last), 10))
					out.WriteByte(' ')
				}
			}
			return out.String()
		}
		stamp, text := d.Stamp(county, last), said()
		for _, h := range placedHistories(t) {
			for i := range h {
				h[i].Unit = rapid.SampledFrom([]unit.Code{445281001202, 445281119000, 445281000000}).Draw(t, "place")
				if i > 0 {
					h[i].Unit = h[0].Unit
				}
			}
			for _, e := range events(h) {
				d.Take([]Event{e})
				now, nowSaid := d.Stamp(county, last), said()
				if now == stamp && nowSaid != text {
					t.Fatalf("the stamp stays %d and the figures up to %v change", stamp, last)
				}
				if now != stamp && e.Version.Day.After(last) && (e.Before == nil || e.Before.Day.After(last)) {
					t.Fatalf("the stamp changes by what happened on %v, after %v", e.Version.Day, last)
				}
				stamp, text = now, nowSaid
			}
		}
	})
}
