package ledger

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

var shanghai = time.FixedZone("Asia/Shanghai", 8*60*60)

// clockAt reads "29 17:30", a day and time of March 2024.
func clockAt(t testing.TB, text string) time.Time {
	t.Helper()
	if text == "" {
		return time.Time{}
	}
	at, err := time.ParseInLocation("2006-01-2 15:04", "2024-03-"+text, shanghai)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// step is one version: what, when, and for a return by when it is wanted again.
type step struct {
	status  Status
	at, due string
}

// The deadline is 29 17:30, now is the first of the times; steps are "what at [until]" in order.
func TestState(t *testing.T) {
	for _, c := range []struct {
		name  string
		now   string
		due   Due
		steps []step
		want  State
	}{
		{"nothing yet", "29 09:00", Due{}, nil, NotDue},
		{"the last instant", "29 17:30", Due{}, nil, NotDue},
		{"after it", "29 17:31", Due{}, nil, Missing},
		{"more time", "29 17:31", Due{Deadline: clockAt(t, "30 12:00")}, nil, NotDue},
		{"let off", "29 09:00", Due{Waived: true}, nil, Waived},
		{"let off, and over", "30 09:00", Due{Waived: true}, nil, Waived},
		{"let off, reported", "30 09:00", Due{Waived: true}, []step{{Reported, "29 10:00", ""}}, OnTime},
		{"in time", "30 09:00", Due{}, []step{{Reported, "29 17:30", ""}}, OnTime},
		{"a minute late", "30 09:00", Due{}, []step{{Reported, "29 17:31", ""}}, Late},
		{"late, but given more time", "30 13:00", Due{Deadline: clockAt(t, "30 12:00")}, []step{{Reported, "30 11:00", ""}}, OnTime},
		{"later than the time given", "30 13:00", Due{Deadline: clockAt(t, "30 12:00")}, []step{{Reported, "30 12:01", ""}}, Late},
		{"corrected after the deadline", "30 13:00", Due{}, []step{{Reported, "29 10:00", ""}, {Reported, "30 10:00", ""}}, OnTime},
		{"carried along, before", "29 12:00", Due{}, []step{{Carried, "29 11:00", ""}}, NotDue},
		{"carried along, after", "29 18:00", Due{}, []step{{Carried, "29 11:00", ""}}, Missing},
		{"carried along, then reported", "29 18:00", Due{}, []step{{Carried, "29 11:00", ""}, {Reported, "29 12:00", ""}}, OnTime},
		{"carried along, given back", "29 18:00", Due{}, []step{{Carried, "29 11:00", ""}, {Returned, "29 12:00", ""}}, StateReturned},
		{"given back", "30 18:00", Due{}, []step{{Reported, "29 10:00", ""}, {Returned, "29 11:00", "30 12:00"}}, StateReturned},
		{"given back in a waived week", "30 18:00", Due{Waived: true}, []step{{Reported, "29 10:00", ""}, {Returned, "29 11:00", ""}}, StateReturned},
		{"back by the time set", "30 18:00", Due{}, []step{{Reported, "29 10:00", ""}, {Returned, "29 11:00", "30 12:00"}, {Reported, "30 12:00", ""}}, OnTime},
		{"back after the time set", "30 18:00", Due{}, []step{{Reported, "29 10:00", ""}, {Returned, "29 11:00", "30 12:00"}, {Reported, "30 12:01", ""}}, Late},
		{"back after a time set before the deadline, but by the deadline", "30 18:00", Due{}, []step{{Reported, "27 10:00", ""}, {Returned, "27 11:00", "28 12:00"}, {Reported, "29 12:00", ""}}, OnTime},
		{"back after the time set, with more time since", "30 18:00", Due{Deadline: clockAt(t, "30 17:00")}, []step{{Reported, "29 10:00", ""}, {Returned, "29 11:00", "29 17:30"}, {Reported, "30 12:00", ""}}, OnTime},
		{"back without a time set", "30 18:00", Due{}, []step{{Reported, "29 10:00", ""}, {Returned, "29 18:00", ""}, {Reported, "30 12:00", ""}}, OnTime},
		{"late twice", "31 18:00", Due{}, []step{{Reported, "30 10:00", ""}, {Returned, "30 11:00", "31 12:00"}, {Reported, "31 11:00", ""}}, Late},
		{"back too late, then corrected", "31 18:00", Due{}, []step{{Reported, "29 10:00", ""}, {Returned, "29 11:00", "30 12:00"}, {Reported, "30 13:00", ""}, {Reported, "30 14:00", ""}}, Late},
		{"sealed in time", "30 18:00", Due{}, []step{{Sealed, "29 17:00", ""}}, OnTime},
		{"opened again", "30 18:00", Due{}, []step{{Sealed, "29 17:00", ""}, {Reopened, "30 09:00", ""}}, OnTime},
		{"sealed again after being opened", "31 18:00", Due{}, []step{{Sealed, "29 17:00", ""}, {Reopened, "30 09:00", ""}, {Sealed, "30 12:00", ""}}, OnTime},
	} {
		if c.due.Deadline.IsZero() {
			c.due.Deadline = clockAt(t, "29 17:30")
		}
		var chain Chain
		for i, st := range c.steps {
			chain = chain.Then(int32(i+1), st.status, clockAt(t, st.at), clockAt(t, st.due))
		}
		if got := chain.State(c.due, clockAt(t, c.now)); got != c.want {
			t.Errorf("%s: %s, want %s (%+v)", c.name, got, c.want, chain)
		}
	}
}

// fact is a stored version, as the recomputation below reads them.
type fact struct {
	status  Status
	at, due int64 // due 0: none set
}

// facts draws the versions of one row as they can follow one another.
func facts(t *rapid.T, label string) []fact {
	var list []fact
	at, last := int64(1_000_000), Status("")
	for range rapid.IntRange(0, 7).Draw(t, label) {
		at += rapid.Int64Range(0, 40).Draw(t, "after")
		allowed := []Status{Reported, Carried}
		if last == Reported || last == Carried {
			allowed = []Status{Reported, Returned}
		} else if last == Returned {
			allowed = []Status{Reported}
		}
		f := fact{status: rapid.SampledFrom(allowed).Draw(t, "status"), at: at}
		if f.status == Returned && rapid.Bool().Draw(t, "dated") {
			f.due = at + rapid.Int64Range(1, 60).Draw(t, "due")
		}
		list, last = append(list, f), f.status
	}
	return list
}

// recomputed is the state from the whole list of versions, found without folding: by what
// boards mean by their words.
func recomputed(list []fact, deadline int64, waived bool, now int64) State {
	if n := len(list); n > 0 && list[n-1].status == Returned {
		return StateReturned
	}
	first := slices.IndexFunc(list, func(f fact) bool { return f.status == Reported })
	if first < 0 {
		switch {
		case waived:
			return Waived
		case now > deadline:
			return Missing
		}
		return NotDue
	}
	late := list[first].at > deadline
	for i := 1; i < len(list); i++ {
		if back := list[i]; list[i-1].status == Returned && list[i-1].due > 0 && back.at > list[i-1].due && back.at > deadline {
			late = true
		}
	}
	if late {
		return Late
	}
	return OnTime
}

func fold(list []fact) Chain {
	var c Chain
	for i, f := range list {
		var due time.Time
		if f.due > 0 {
			due = time.UnixMilli(f.due)
		}
		c = c.Then(int32(i+1), f.status, time.UnixMilli(f.at), due)
	}
	return c
}

// A (unit, week) is in exactly one of the states, the one that reading all its versions gives,
// and the states of any villages sum to their number.
func TestFoldingAgreesWithReadingAllVersions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		counts := map[State]int{}
		villages := rapid.IntRange(1, 20).Draw(t, "villages")
		deadline := 1_000_000 + rapid.Int64Range(0, 200).Draw(t, "deadline")
		now := 1_000_400 + rapid.Int64Range(-400, 400).Draw(t, "now")
		for range villages {
			list := facts(t, "versions")
			waived := rapid.Bool().Draw(t, "waived")
			chain := fold(list)
			got := chain.State(Due{Deadline: time.UnixMilli(deadline), Waived: waived}, time.UnixMilli(now))
			if want := recomputed(list, deadline, waived, now); got != want {
				t.Fatalf("%v, deadline %d, waived %t, now %d: %s, want %s", list, deadline, waived, now, got, want)
			}
			if int(chain.Version) != len(list) {
				t.Fatalf("%d versions folded to %d", len(list), chain.Version)
			}
			counts[got]++
		}
		sum := 0
		for _, s := range States() {
			sum += counts[s]
		}
		if sum != villages {
			t.Fatalf("%v sum to %d of %d villages", counts, sum, villages)
		}
	})
}

// States are listed once each.
func TestStates(t *testing.T) {
	var names []string
	for _, s := range States() {
		names = append(names, string(s))
	}
	slices.Sort(names)
	if got := strings.Join(slices.Compact(names), " "); got != "late missing not_due on_time returned waived" {
		t.Errorf("states: %s", got)
	}
}
