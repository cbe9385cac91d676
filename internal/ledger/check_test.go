package ledger

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/sangzi/sangzi/internal/campaign"
)

// plainRow is a village's row with nothing to be said about it.
func plainRow(form *campaign.Form) Values {
	row := NewValues(len(form.Columns))
	for i := range form.Columns {
		row[i] = 0
	}
	return set(form, row, "party_members=50 training_attendances=40 patrons_visited=8 five_leads_members=30 plan_made=1 "+
		"planned_trees=1000 secured_seedlings=800 planted_trees=500 planned_funds=10000000 invested_funds=6000000 "+
		"fiscal_funds=3000000 collective_funds=2000000 social_funds=1000000")
}

// set changes cells of a copy: "planted_trees=501 plan_made=-", where - is Empty.
func set(form *campaign.Form, row Values, cells string) Values {
	row = slices.Clone(row)
	for _, cell := range strings.Fields(cells) {
		key, text, _ := strings.Cut(cell, "=")
		i, ok := form.ColumnIndex(key)
		if !ok {
			panic("no column " + key)
		}
		if row[i] = Empty; text != "-" {
			if _, err := fmt.Sscan(text, (*int64)(&row[i])); err != nil {
				panic(err)
			}
		}
	}
	return row
}

// short writes findings as "planted_trees!ledger.negative", with ! for errors and ? for warnings.
func short(form *campaign.Form, found []Finding) string {
	var out []string
	for _, f := range found {
		mark := "?"
		if f.Severity == Error {
			mark = "!"
		}
		out = append(out, form.Columns[f.Column].Key+mark+strings.TrimPrefix(f.Code, "ledger."))
	}
	return strings.Join(out, " ")
}

// Both sides of every rule, and what the last report makes of a row.
func TestCheck(t *testing.T) {
	form := campaign.Default().Ledger
	plain := plainRow(form)
	same := " " // the last report is the plain row
	for _, c := range []struct{ row, last, want string }{
		{"", "", ""},
		{"", same, ""},
		{"party_members=-", "", "party_members!blank"},
		{"planted_trees=-", same, "planted_trees!blank"},
		{"party_members=-1 five_leads_members=0", "", "party_members!negative five_leads_members?five_leads_over_members"},
		{"plan_made=2", "", "plan_made!neither"},
		{"plan_made=-3", "", "plan_made!negative"},
		// limits of a column
		{"party_members=1000", "", ""},
		{"party_members=1001", "", "party_members?unusual"},
		{"party_members=5000", "", "party_members?unusual"},
		{"party_members=5001", "", "party_members!absurd"},
		{"planned_funds=2000000000", "", ""},
		{"planned_funds=2000000001", "", "planned_funds?unusual"},
		{"planned_funds=100000000000", "", "planned_funds?unusual"},
		{"planned_funds=100000000001", "", "planned_funds!absurd"},
		// rules between columns
		{"planted_trees=800", "", ""},
		{"planted_trees=801", "", "planted_trees?planted_over_secured"},
		{"planned_trees=500", "", ""},
		{"planned_trees=499", "", "planted_trees?planted_over_planned"},
		{"planned_trees=499 secured_seedlings=499", "", "planted_trees?planted_over_secured planted_trees?planted_over_planned"},
		{"five_leads_members=50", "", ""},
		{"five_leads_members=51", "", "five_leads_members?five_leads_over_members"},
		{"invested_funds=6000001", "", "invested_funds?sources_not_adding_up"},
		{"invested_funds=5999999", "", "invested_funds?sources_not_adding_up"},
		{"social_funds=1000001 invested_funds=6000001", "", ""},
		{"secured_seedlings=-", "", "secured_seedlings!blank"}, // a rule with an empty cell says nothing
		// against the last report
		{"planted_trees=499", same, "planted_trees?less_than_last"},
		{"planted_trees=501", same, ""},
		{"planned_trees=999", same, ""}, // a plan may shrink
		{"party_members=49", same, ""},
		{"plan_made=0", same, "plan_made?no_longer"},
		{"typical_village=0", "typical_village=1", ""}, // may be lost
		{"fiscal_funds=2999999 collective_funds=2000001", same, "fiscal_funds?less_than_last"},
		{"planted_trees=1", "planted_trees=-", ""},
		{"planted_trees=-1", same, "planted_trees!negative planted_trees?less_than_last"},
	} {
		var last Values
		if c.last != "" {
			last = set(form, plain, c.last)
		}
		found := Check(form, set(form, plain, c.row), last)
		if got := short(form, found); got != c.want {
			t.Errorf("%q after %q: got %q, want %q", c.row, c.last, got, c.want)
		}
		blocked := strings.Contains(c.want, "!")
		if HasErrors(found) != blocked {
			t.Errorf("%q: HasErrors is %t", c.row, !blocked)
		}
		for _, f := range found {
			if f.Params["column"] != form.Columns[f.Column].Title || strings.Contains(f.Message(), "{") {
				t.Errorf("%q: %q with %v", c.row, f.Message(), f.Params)
			}
		}
	}
}

// Every rule of the pack is tried by the table above.
func TestCheckTriesEveryRule(t *testing.T) {
	tried := "planted_over_secured planted_over_planned five_leads_over_members sources_not_adding_up"
	for _, rule := range campaign.Default().Ledger.Rules {
		if !strings.Contains(tried, rule.Code) {
			t.Errorf("rule %s has no line in TestCheck", rule.Code)
		}
	}
}

// A warning that was explained once is not asked about again while its cells stay as they were.
func TestOpen(t *testing.T) {
	form := campaign.Default().Ledger
	s := &Service{form: form}
	plain := plainRow(form)
	for _, c := range []struct{ last, row, want string }{
		{"planted_trees=900", "planted_trees=900", ""},
		{"planted_trees=900", "planted_trees=901", "planted_trees?planted_over_secured"},
		{"planted_trees=900", "planted_trees=900 secured_seedlings=850", "planted_trees?planted_over_secured"},
		{"planted_trees=900 planned_trees=850", "planted_trees=900 planned_trees=850 secured_seedlings=850", "planted_trees?planted_over_secured"},
		{"party_members=1200", "party_members=1200", ""},
		{"party_members=1200", "party_members=1201", "party_members?unusual"},
		{"invested_funds=9000000", "invested_funds=9000000", ""},
		{"invested_funds=9000000", "invested_funds=9000000 social_funds=1000001", "invested_funds?sources_not_adding_up"},
		{"planted_trees=-", "planted_trees=-", "planted_trees!blank"}, // errors stay
		{"planted_trees=600", "planted_trees=500", "planted_trees?less_than_last"},
	} {
		last := set(form, plain, c.last)
		if got := short(form, s.Open(set(form, plain, c.row), last)); got != c.want {
			t.Errorf("%q after %q: got %q, want %q", c.row, c.last, got, c.want)
		}
	}
	if got := short(form, s.Open(set(form, plain, "planted_trees=900"), nil)); got != "planted_trees?planted_over_secured" {
		t.Errorf("a first report: %q", got)
	}
}
