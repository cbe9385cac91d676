package demo

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/unit"
)

func told(of unit.Code, no int) []deed {
	var list []deed
	tellVillage(of, no, func(d *deed) { list = append(list, *d) })
	return list
}

// A longer story begins like a shorter one; nothing is entered before it is done or outside its
// week; what is counted stays sensible and never shrinks.
func TestStory(t *testing.T) {
	form := campaign.Default().Ledger
	at := func(key string) int {
		i, ok := form.ColumnIndex(key)
		if !ok {
			t.Fatal(key)
		}
		return i
	}
	rapid.Check(t, func(t *rapid.T) {
		of := Town + unit.Code(rapid.IntRange(1, 999).Draw(t, "village"))
		no := rapid.IntRange(1, 14).Draw(t, "week")
		list := told(of, no)
		if longer := told(of, no+1); !slices.EqualFunc(list, longer[:len(list)], same) {
			t.Fatal("the longer story begins otherwise")
		}
		for i := range list {
			d := &list[i]
			w := reported()[min(d.week, len(reported()))-1]
			if d.entered.Before(d.day) || d.week <= no && d.entered.After(w.Due.Add(-1)) || d.day.Before(begin) {
				t.Fatalf("%+v in %+v", d, w)
			}
			if len(d.fields()) == 0 {
				t.Fatalf("no fields: %+v", d)
			}
		}
		before, now := Figures(form, of, no), Figures(form, of, no+1)
		for i := range now {
			if now[i] < before[i] {
				t.Fatalf("%s falls from %d to %d", form.Columns[i].Key, before[i], now[i])
			}
		}
		planned, secured, planted := now[at("planned_trees")], now[at("secured_seedlings")], now[at("planted_trees")]
		if planted > secured || planted > planned || now[at("five_leads_members")] > now[at("party_members")] ||
			now[at("invested_funds")] != now[at("fiscal_funds")]+now[at("collective_funds")]+now[at("social_funds")] {
			t.Fatalf("%v", now)
		}
	})
}

func same(a, b deed) bool {
	return a.kind == b.kind && a.day == b.day && a.entered == b.entered && a.week == b.week && a.n == b.n && a.a == b.a && a.b == b.b && slices.Equal(a.names, b.names)
}

func BenchmarkTell(b *testing.B) {
	for range b.N {
		tellVillage(Village, 9, func(*deed) {})
	}
}
