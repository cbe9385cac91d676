package ledger

import (
	"slices"
	"testing"

	"github.com/sangzi/sangzi/internal/campaign"
)

// What a column holds after the records have gone on, from what it held, what they said then,
// what they say now, and what of it is not of earlier weeks.
func TestFollow(t *testing.T) {
	const none = Empty
	for _, c := range []struct {
		name, column         string
		row, then, says, new Value
		want                 Value
	}{
		{"nothing recorded, ever", "planted_trees", 300, none, none, 0, 300},
		{"nothing recorded, nothing reported", "planted_trees", none, none, none, 0, none},
		{"all recorded", "planted_trees", 100, 100, 120, 20, 120},
		{"withdrawn", "planted_trees", 100, 100, 80, 0, 80},
		{"all withdrawn", "planted_trees", 100, 100, none, 0, 0},
		{"the first record of a village that typed", "planted_trees", 300, none, 20, 20, 320},
		{"what it had typed is recorded later", "planted_trees", 300, none, 250, 0, 300},
		{"and overtakes it", "planted_trees", 300, none, 310, 0, 310},
		{"typed more, then new records", "planted_trees", 300, 250, 270, 20, 320},
		{"typed more, then some of it recorded late", "planted_trees", 300, 250, 280, 0, 300},
		{"typed more, some late and some new", "planted_trees", 300, 250, 300, 20, 320},
		{"typed less: some had died", "planted_trees", 90, 100, 130, 30, 120},
		{"typed less, then more withdrawn than is left", "planted_trees", 10, 100, 50, 0, 0},
		{"typed less, nothing new", "planted_trees", 90, 100, 100, 0, 90},
		{"a new column, recorded", "planted_trees", none, none, 5, 5, 5},
		{"distinct people", "patrons_visited", 4, 4, 6, 2, 6},

		{"a seminar is recorded", "seminar_held", No, none, Yes, 0, Yes},
		{"typed yes, never recorded", "seminar_held", Yes, none, none, 0, Yes},
		{"the only seminar is withdrawn", "seminar_held", Yes, Yes, none, 0, No},
		{"typed no against the records, nothing new", "seminar_held", No, Yes, Yes, 0, No},
		{"a liaison has ended", "county_leader", Yes, Yes, none, 0, No},
		{"a plan grows", "planned_trees", 500, 500, 800, 0, 800},
		{"a plan typed by hand stays", "planned_trees", 600, 500, 500, 0, 600},
		{"until another is approved", "planned_trees", 600, 500, 700, 0, 700},
		{"the plan is withdrawn", "planned_trees", 500, 500, none, 0, 500},
	} {
		form := *campaign.Default().Ledger
		i, _ := form.ColumnIndex(c.column)
		form.Columns = []campaign.Column{form.Columns[i]}
		got := follow(&form, Values{c.row}, Values{c.then}, Values{c.says}, Values{c.new})
		if !slices.Equal(got, Values{c.want}) {
			t.Errorf("%s: %v, want %d", c.name, got, c.want)
		}
	}
}

// A village that has never reported starts from its records; where they could have said
// something and did not, there is none. What no record says stays open.
func TestFirstRowFromRecords(t *testing.T) {
	form := campaign.Default().Ledger
	if got := first(form, nil); !got.Blank() {
		t.Errorf("without records %v", got)
	}
	says := NewValues(len(form.Columns))
	planted, _ := form.ColumnIndex("planted_trees")
	says[planted] = 60
	got := first(form, says)
	for key, want := range map[string]Value{"planted_trees": 60, "seminar_held": No, "county_leader": No, "training_attendances": 0, "planned_trees": 0,
		"invested_funds": 0, "party_members": Empty, "typical_village": Empty} {
		if i, _ := form.ColumnIndex(key); got[i] != want {
			t.Errorf("%s is %d, want %d", key, got[i], want)
		}
	}
}
