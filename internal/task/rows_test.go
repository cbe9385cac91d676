package task

import (
	"context"
	"testing"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/ledger/ledgertest"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
)

// sheetsOf are the sheets of the campaign's first weeks.
func sheetsOf(t *testing.T, w *ledgertest.World, until string) []*ledger.Sheet {
	t.Helper()
	var sheets []*ledger.Sheet
	for _, one := range pack.Calendar().Until(date.MustParse(until)) {
		sheet, err := w.Ledger.Sheet(context.Background(), access.Operator("", unit.Nation), puning, one.Due)
		if err != nil {
			t.Fatal(err)
		}
		sheets = append(sheets, sheet)
	}
	return sheets
}

// readRows reads the sheets of weeks at an instant, to be asked about some checks.
func readRows(sheets []*ledger.Sheet, now time.Time, checks ...*campaign.Check) *Rows {
	r := newRows(pack.Ledger, checks).at(now)
	for _, sheet := range sheets {
		if !sheet.Week.Opens.After(date.FromTime(now)) {
			r.with(sheet, puning)
		}
	}
	return r
}

// ofPack are the checks of the pack's demands.
func ofPack() []*campaign.Check { return New(Config{Pack: pack}).checks() }

func endOf(day string) time.Time {
	return date.MustParse(day).Add(1).In(testkit.Shanghai).Add(-time.Millisecond)
}

// A village's rows show a check from the first week that says so, as a walk through the weeks by
// hand finds it; before that they do not.
func TestRowsShow(t *testing.T) {
	w := ledgertest.Busy(t, "2024-03-29 18:00")
	sheets := sheetsOf(t, w, "2024-03-29")
	now := w.Clock.Now()
	shown, not := 0, 0
	for _, check := range []campaign.Check{{Column: "plan_made", AtLeast: 1}, {Column: "patrons_visited", AtLeast: 20}, {Column: "planted_trees", Of: "planned_trees", Percent: 50, AtLeast: 1}, {Column: "grid_tending", AtLeast: 1}} {
		i, _ := pack.Ledger.ColumnIndex(check.Column)
		rows := readRows(sheets, now, &check)
		per, share := pack.Ledger.ColumnIndex(check.Of)
		for _, v := range tree().Villages(puning) {
			want := date.Date{}
			for _, sheet := range sheets {
				row, ok := sheet.Row(v.Code, now)
				if !ok || row.Values == nil || row.State == ledger.StateReturned || row.Values[i] == ledger.Empty {
					continue
				}
				n := int64(row.Values[i])
				if n < check.AtLeast || share && (row.Values[per] == ledger.Empty || n*2 < int64(row.Values[per])) {
					continue
				}
				want = sheet.Week.Due
				if first := date.FromTime(time.UnixMilli(row.Chain.First).In(testkit.Shanghai)); row.Chain.First != 0 && first.Before(want) {
					want = first
				}
				break
			}
			day, ok := rows.shown(v.Code, &check, date.MustParse("2024-03-29"))
			if day != want || ok == want.IsZero() {
				t.Fatalf("%s of %s is shown on %v %v, want %v", check.Column, v.Code, day, ok, want)
			}
			if want.IsZero() {
				not++
				continue
			}
			shown++
			if _, ok := rows.shown(v.Code, &check, want.Add(-1)); ok {
				t.Fatalf("%s of %s is shown before %v", check.Column, v.Code, want)
			}
		}
	}
	if shown < 500 || not < 100 {
		t.Errorf("%d are shown, %d not", shown, not)
	}
}

// A row of the ledger meets a demand where no record does, by the day it was reported; asked as of
// an earlier day it is not known.
func TestLedgerMeetsDemands(t *testing.T) {
	w := ledgertest.Busy(t, "2024-03-29 18:00")
	sheets := sheetsOf(t, w, "2024-03-29")
	grid := campaign.Check{Column: "grid_tending", AtLeast: 1}
	met := 0
	for _, v := range tree().Villages(lihu) {
		rows := readRows(sheets, endOf("2024-03-29"), append(ofPack(), &grid)...)
		on, ok := rows.shown(v.Code, &grid, date.MustParse("2024-03-29"))
		f := facts("2024-03-29")
		f.Rows = rows
		got := item(t, f, "8", "grid", "2024-01-01", at(v.Code))
		want := Overdue
		switch {
		case ok && on.Before(date.MustParse("2024-02-01")):
			want = Done
		case ok:
			want = DoneLate
		}
		if got.State != want || got.On != on {
			t.Errorf("%s: %s on %v, the ledger shows it on %v", v.Code, got.State, got.On, on)
		}
		if !ok {
			continue
		}
		met++
		before := on.Add(-1).String()
		f = facts(before)
		f.Rows = readRows(sheets, endOf(before), ofPack()...)
		if got := item(t, f, "8", "grid", "2024-01-01", at(v.Code)); got.State.Met() {
			t.Errorf("%s: met on %s already", v.Code, before)
		}
	}
	if met == 0 {
		t.Error("no village of the town has said so")
	}
}

// A week's report is done, late, overdue or still to come as the ledger itself has it, for every
// town and week; asked as of a day before it was sent it was not there.
func TestSubmittedDemands(t *testing.T) {
	w := ledgertest.Busy(t, "2024-03-29 16:00")
	now := w.Clock.Now()
	sheets := sheetsOf(t, w, "2024-04-03")
	f := facts("2024-03-29")
	f.Rows = readRows(sheets, now, ofPack()...)
	states := map[State]int{}
	want := map[ledger.State]State{ledger.OnTime: Done, ledger.Late: DoneLate, ledger.Missing: Overdue, ledger.Waived: NotApplicable, ledger.NotDue: InProgress, ledger.StateReturned: Overdue}
	for _, sheet := range sheets[:9] {
		key, name := "weekly_report", "weekly"
		if sheet.Week.No == 1 {
			key, name = "first_report", "first"
		}
		for _, town := range tree().Towns(puning) {
			office := sheet.Office(town.Code, now)
			got := item(t, f, key, name, sheet.Week.Opens.String(), at(town.Code))
			states[got.State]++
			expected := want[office.State]
			if office.State == ledger.StateReturned && !sheet.Week.Due.Before(f.Day) {
				expected = InProgress
			}
			if got.State != expected || got.State.Met() == got.On.IsZero() {
				t.Errorf("%s in week %d: %s on %v, the ledger says %s", town.Name, sheet.Week.No, got.State, got.On, office.State)
			}
			if !got.State.Met() {
				continue
			}
			day := got.On.Add(-1)
			early := facts(day.String())
			early.Rows = readRows(sheets, endOf(day.String()), ofPack()...)
			if got := item(t, early, key, name, sheet.Week.Opens.String(), at(town.Code)); got.State.Met() {
				t.Errorf("%s in week %d: sent on %v, known on %v", town.Name, sheet.Week.No, got.On, day)
			}
		}
	}
	for _, s := range []State{Done, DoneLate, Overdue, InProgress, NotApplicable} {
		if states[s] == 0 {
			t.Errorf("no town is %s: %v", s, states)
		}
	}
	for _, sheet := range sheets[:9] {
		state := sheet.Office(puning, now).State
		if got := item(t, f, "county_weekly_report", "weekly", sheet.Week.Opens.String(), at(puning)); got.State != want[state] {
			t.Errorf("the county's week %d is %s, the ledger says %s", sheet.Week.No, got.State, state)
		}
	}
}

func TestMain(m *testing.M) { testkit.Main(m) }
