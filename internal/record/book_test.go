package record

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/unit"
)

var (
	pack     = campaign.Default()
	shanghai = pack.Spec().Location
	villages = []unit.Code{445281001202, 445281119201, 445281119202}
	begin    = date.MustParse("2023-12-20")
)

// someday is a day before, in or after the first months of the campaign.
func someday(t *rapid.T, label string) date.Date {
	return begin.Add(rapid.IntRange(0, 150).Draw(t, label))
}

// sometime is often a deadline itself or a millisecond beside it.
func sometime(t *rapid.T, after time.Time) time.Time {
	at := someday(t, "entered on").In(shanghai).Add(time.Duration(rapid.IntRange(0, 24*60-1).Draw(t, "minute")) * time.Minute)
	if w := pack.Calendar().Current(date.FromTime(at)); rapid.IntRange(0, 3).Draw(t, "at the deadline") == 0 {
		at = w.Deadline.Add(time.Duration(rapid.IntRange(-1, 1).Draw(t, "beside it")) * time.Millisecond)
	}
	if at.Before(after) {
		return after
	}
	return at
}

// someFacts fills every field of a kind with something that could have been read.
func someFacts(t *rapid.T, kind *campaign.RecordKind) Facts {
	f := Facts{Numbers: map[string]int64{}, Answers: map[string]string{}, Names: map[string][]string{}}
	for _, field := range kind.Fields {
		switch field.Type {
		case campaign.FieldCount, campaign.FieldMoney:
			f.Numbers[field.Key] = rapid.Int64Range(0, 50).Draw(t, field.Key)
		case campaign.FieldYesNo:
			f.Numbers[field.Key] = rapid.Int64Range(0, 1).Draw(t, field.Key)
		case campaign.FieldChoice:
			f.Answers[field.Key] = rapid.SampledFrom(field.Choices).Draw(t, field.Key).Key
		case campaign.FieldNames:
			names := rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"陈木清", "黄秀英", "方锐钦", "许汉生"}), 1, 3, rapid.ID).Draw(t, field.Key)
			slices.Sort(names)
			f.Names[field.Key] = names
		}
	}
	return f
}

// someHistories are records with their versions, each later than the one before.
func someHistories(t *rapid.T) [][]Version {
	seq := int64(0)
	var all [][]Version
	for range rapid.IntRange(1, 25).Draw(t, "records") {
		kind := &pack.Records.Kinds[rapid.IntRange(0, len(pack.Records.Kinds)-1).Draw(t, "kind")]
		var history []Version
		at := time.Time{}
		v := Version{Kind: kind.Key, Unit: rapid.SampledFrom(villages).Draw(t, "village")}
		for n := range rapid.IntRange(1, 4).Draw(t, "versions") {
			seq++
			at = sometime(t, at)
			if n == 0 {
				v.ID = seq
			}
			v.Number, v.Seq, v.At, v.Day, v.Facts = int32(n+1), seq, at, someday(t, "day"), someFacts(t, kind)
			v.Status = rapid.SampledFrom([]Status{Standing, Standing, Approved, Withdrawn}).Draw(t, "status")
			v.Until = date.Date{}
			if kind.Span && rapid.Bool().Draw(t, "ends") {
				v.Until = v.Day.Add(rapid.IntRange(0, 60).Draw(t, "lasts"))
			}
			history = append(history, v)
		}
		all = append(all, history)
	}
	return all
}

func events(history []Version) []Event {
	var out []Event
	for i := range history {
		e := Event{Version: &history[i]}
		if i > 0 {
			e.Before = &history[i-1]
		}
		out = append(out, e)
	}
	return newDecided(pack.Records).of(out)
}

// next are the events of one more version of a record.
func next(history []Version, v Version) []Event {
	return events(append(slices.Clone(history), v))[len(events(history)):]
}

// again is a record that is entered at the moment of the history's last version and says what
// counts of it, if anything does.
func again(history []Version) Version {
	last := history[len(history)-1]
	v := last
	if e := events(history); len(e) > 0 {
		v = *e[len(e)-1].Version
	}
	v.ID, v.Number, v.At = 1001, 1, last.At
	return v
}

func filled(histories [][]Version) *Book {
	b := newBook(pack.Records, pack.Ledger, pack.Calendar())
	for _, h := range histories {
		b.apply(events(h))
	}
	return b
}

// recount is a column of a village in a week from the definition: of each record the latest
// version known by the deadline, of a kind that needs approval the latest that does not wait for
// it; if it stands and had happened by the due day, it counts.
func recount(histories [][]Version, village unit.Code, due date.Date, deadline time.Time, col *campaign.Column) ledger.Value {
	kind, _ := pack.Records.Kind(col.Derive.Record)
	var counting []Version
	for _, h := range histories {
		var known *Version
		for i := range h {
			if !h[i].At.After(deadline) && !(kind.Approval && h[i].Status == Standing) {
				known = &h[i]
			}
		}
		if known == nil || known.Unit != village || known.Kind != kind.Key || known.Day.After(due) {
			continue
		}
		if known.Status == Withdrawn || kind.Approval && known.Status != Approved || kind.Span && !known.Until.IsZero() && known.Until.Before(due) {
			continue
		}
		ok := true
		for field, answers := range col.Derive.Where {
			ok = ok && slices.Contains(answers, known.Facts.Answers[field])
		}
		if ok {
			counting = append(counting, *known)
		}
	}
	if len(counting) == 0 {
		return ledger.Empty
	}
	sum, names := int64(0), map[string]bool{}
	last := counting[0]
	for _, v := range counting {
		sum += v.Facts.Numbers[col.Derive.Field]
		for _, n := range v.Facts.Names[col.Derive.Field] {
			names[n] = true
		}
		if v.Day.After(last.Day) || v.Day == last.Day && v.Seq > last.Seq {
			last = v
		}
	}
	switch col.Derive.Kind {
	case campaign.TallyAny, campaign.TallyStanding:
		return ledger.Yes
	case campaign.TallyDistinct:
		return ledger.Value(len(names))
	case campaign.TallyCount:
		return ledger.Value(len(counting))
	case campaign.TallyLatest:
		return ledger.Value(last.Facts.Numbers[col.Derive.Field])
	}
	return ledger.Value(sum)
}

// For every column, village and week the book says what a plain recount of the histories says.
func TestBookEqualsRecount(t *testing.T) {
	weeks := newWeeks(pack.Calendar())
	rapid.Check(t, func(t *rapid.T) {
		histories := someHistories(t)
		b := filled(histories)
		for _, village := range villages {
			for i := range 20 {
				got := b.Derived(village, weeks.due[i])
				for c := range pack.Ledger.Columns {
					want := recount(histories, village, weeks.due[i], weeks.deadline[i], &pack.Ledger.Columns[c])
					have := ledger.Empty
					if got != nil {
						have = got[c]
					}
					if have != want {
						t.Fatalf("%s in the week of %s: %s is %d, recounted %d", village, weeks.due[i], pack.Ledger.Columns[c].Key, have, want)
					}
				}
			}
		}
	})
}

// all is everything a book says of the first weeks, as text.
func all(b *Book) string {
	out := ""
	for _, village := range villages {
		for i := range 20 {
			out += fmt.Sprintln(village, i, b.Derived(village, b.weeks.due[i]))
		}
	}
	return out
}

// The order in which records come does not matter, only that of the versions of one record; a
// record withdrawn and entered again leaves no trace beside the two deadlines.
func TestOrderOfEntryDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		histories := someHistories(t)
		want := all(filled(histories))
		// Take the next version from one record or another until none is left.
		queues := make([][]Event, len(histories))
		for i, h := range histories {
			queues[i] = events(h)
		}
		queues = slices.DeleteFunc(queues, func(q []Event) bool { return len(q) == 0 })
		b := newBook(pack.Records, pack.Ledger, pack.Calendar())
		for len(queues) > 0 {
			i := rapid.IntRange(0, len(queues)-1).Draw(t, "next")
			b.apply(queues[i][:1])
			if queues[i] = queues[i][1:]; len(queues[i]) == 0 {
				queues = slices.Delete(queues, i, i+1)
			}
		}
		if got := all(b); got != want {
			t.Fatalf("in another order\n%s\nwant\n%s", got, want)
		}
	})
}

func TestWithdrawnAndEnteredAgainRestores(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		histories := someHistories(t)
		want := all(filled(histories))
		b := filled(histories)
		history := histories[rapid.IntRange(0, len(histories)-1).Draw(t, "record")]
		// Withdrawn and entered again at one moment: no deadline lies between.
		withdrawn := history[len(history)-1]
		withdrawn.Number, withdrawn.Seq, withdrawn.Status = withdrawn.Number+1, 1000, Withdrawn
		b.apply(next(history, withdrawn))
		anew := again(history)
		b.apply(events([]Version{anew}))
		if got := all(b); got != want {
			t.Fatalf("after withdrawing and entering again\n%s\nwant\n%s", got, want)
		}
	})
}
