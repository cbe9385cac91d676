package demo

import (
	"math/rand/v2"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/unit"
)

// Figures invents a village's row of week no (from 1). Cumulative columns only grow, sources
// add up, and from one week to the next about half the villages change nothing.
func Figures(form *campaign.Form, village unit.Code, no int) ledger.Values {
	r := rand.New(rand.NewPCG(uint64(village), 7))
	at := func(key string) int {
		i, ok := form.ColumnIndex(key)
		if !ok {
			panic(key)
		}
		return i
	}
	row := ledger.NewValues(len(form.Columns))
	yes := func(key string, share float64) {
		if row[at(key)] = ledger.No; r.Float64() < share {
			row[at(key)] = ledger.Yes
		}
	}
	yes("typical_village", 0.03)
	members := ledger.Value(25 + r.IntN(120))
	row[at("party_members")] = members
	yes("county_leader", 0.3)
	yes("town_leader", 0.96)
	yes("town_taskforce", 0.6)
	yes("first_secretary", 0.25)
	planned := ledger.Value(200 + 10*r.IntN(120))
	row[at("planned_trees")] = planned
	wants := ledger.Value(10_000 * (planned/2 + ledger.Value(r.IntN(300)))) // 分, whole hundredths of 万元
	row[at("planned_funds")] = wants
	pace := 0.05 + 0.12*r.Float64()
	seminarAt, planAt, gridAt := 1+r.IntN(11), 1+r.IntN(9), 2+r.IntN(12)
	var trained, visited, leads, secured, planted, fiscal, collective, social ledger.Value
	for w := 1; w <= no; w++ {
		if w > 1 && r.Float64() < 0.5 {
			continue
		}
		trained += ledger.Value(r.IntN(18))
		visited += ledger.Value(r.IntN(4))
		leads = min(members, leads+ledger.Value(r.IntN(12)))
		grown := ledger.Value(float64(planned) * pace * (0.6 + r.Float64()))
		planted += grown
		secured = max(secured, planted+ledger.Value(float64(planned)*0.3*r.Float64()))
		fiscal += 10_000 * ledger.Value(r.IntN(30))
		collective += 10_000 * ledger.Value(r.IntN(20))
		social += 10_000 * ledger.Value(r.IntN(25))
	}
	row[at("training_attendances")], row[at("patrons_visited")], row[at("five_leads_members")] = trained, visited, leads
	row[at("secured_seedlings")], row[at("planted_trees")] = min(secured, planned*6/5), min(planted, planned*11/10, secured)
	row[at("fiscal_funds")], row[at("collective_funds")], row[at("social_funds")] = fiscal, collective, social
	row[at("invested_funds")] = fiscal + collective + social
	for key, when := range map[string]int{"seminar_held": seminarAt, "plan_made": planAt, "grid_tending": gridAt} {
		if row[at(key)] = ledger.No; no >= when {
			row[at(key)] = ledger.Yes
		}
	}
	row[at("planted_trees")] = min(row[at("planted_trees")], planned, row[at("secured_seedlings")])
	return row
}
