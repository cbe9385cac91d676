package campaign_test

import (
	"testing"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
)

func TestDefaultForm(t *testing.T) {
	form := campaign.Default().Ledger
	var keys []string
	for i, c := range form.Columns {
		keys = append(keys, c.Key)
		if at, ok := form.ColumnIndex(c.Key); !ok || at != i {
			t.Errorf("ColumnIndex(%q) = %d, %v, want %d", c.Key, at, ok, i)
		}
	}
	want := []string{
		"typical_village", "party_members", "county_leader", "town_leader", "town_taskforce", "first_secretary",
		"training_attendances", "seminar_held", "patrons_visited", "five_leads_members", "plan_made", "planned_trees",
		"secured_seedlings", "planted_trees", "grid_tending", "planned_funds", "invested_funds", "fiscal_funds",
		"collective_funds", "social_funds",
	}
	if len(keys) != len(want) {
		t.Fatalf("columns %v", keys)
	}
	for i := range want {
		if keys[i] != want[i] {
			t.Errorf("column %d is %s, want %s", i, keys[i], want[i])
		}
	}
	first := 0
	for i, n := range []int{2, 4, 4, 5, 5} {
		if g := form.Groups[i]; g.First != first || g.Count != n {
			t.Errorf("group %s has columns %d+%d, want %d+%d", g.Title, g.First, g.Count, first, n)
		}
		first += n
	}
	if c, _ := form.Column("social_funds"); c.Max != 100_000*campaign.FenPerWan {
		t.Errorf("social_funds.Max = %d, want it in 分", c.Max)
	}
}

func TestDefaultCalendar(t *testing.T) {
	c := campaign.Default().Calendar()
	w, ok := c.Week(date.MustParse("2024-03-29"))
	if !ok || w.No != 9 {
		t.Fatalf("2024-03-29 is week %d, %v; want 9", w.No, ok)
	}
	if got := w.Deadline.UTC().Format("2006-01-02 15:04"); got != "2024-03-29 09:30" {
		t.Errorf("deadline %s UTC, want 09:30", got)
	}
	if first, _ := c.Number(1); first.Opens != date.MustParse("2024-01-01") {
		t.Errorf("the first week opens on %v, want the campaign's since", first.Opens)
	}
	if !c.Known(2025) || c.Known(2023) {
		t.Error("the table should have 2025 and not 2023")
	}
}
