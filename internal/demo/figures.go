package demo

import (
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/unit"
)

// Figures is a village's row of week no (from 1): what its deeds up to then come to, counted
// plainly. It is the same whether they were recorded or typed into a workbook.
func Figures(form *campaign.Form, village unit.Code, no int) ledger.Values {
	row := ledger.NewValues(len(form.Columns))
	for i := range form.Columns {
		switch form.Columns[i].Type {
		case campaign.YesNo:
			row[i] = ledger.No
		default:
			row[i] = 0
		}
	}
	at := func(key string) *ledger.Value {
		i, ok := form.ColumnIndex(key)
		if !ok {
			panic(key)
		}
		return &row[i]
	}
	visited := map[string]bool{}
	tellVillage(village, no, func(d *deed) {
		if d.week > no {
			return
		}
		n := ledger.Value(d.n)
		switch d.kind {
		case "profile":
			*at("party_members") = n
			if d.a == "是" {
				*at("typical_village") = ledger.Yes
			}
		case "liaison":
			*at(liaisonColumns[d.a]) = ledger.Yes
		case "plan":
			*at("plan_made"), *at("planned_trees") = ledger.Yes, n
		case "grid":
			*at("grid_tending") = ledger.Yes
		case "seminar":
			*at("seminar_held") = ledger.Yes
		case "training":
			*at("training_attendances") += n
		case "five_leads":
			*at("five_leads_members") += n
		case "seedlings":
			*at("secured_seedlings") += n
		case "visit":
			for _, name := range d.names {
				visited[name] = true
			}
		case "planting":
			if d.a == "new" {
				*at("planted_trees") += n
			}
		case "funding":
			if d.a == "planned" {
				*at("planned_funds") += n
				break
			}
			*at("invested_funds") += n
			*at(d.b + "_funds") += n
		}
	})
	*at("patrons_visited") = ledger.Value(len(visited))
	return row
}

var liaisonColumns = map[string]string{
	"county_leader": "county_leader", "town_leader": "town_leader",
	"taskforce": "town_taskforce", "first_secretary": "first_secretary",
}
