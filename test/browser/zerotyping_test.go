package browser_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/sangzi/sangzi/internal/demo"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/testkit"
)

// TestFridayWithoutTyping is the Friday of a village that has recorded its week: it notes one more
// planting, looks at its row and taps once. The town sees it reported, and from the cell one goes
// down to the record.
func TestFridayWithoutTyping(t *testing.T) {
	s := openRecorded(t)
	v := s.phone(t).signIn("xintan")
	v.at(ledgerOf(demo.Village))
	v.reads("#s-planted_trees", "由记录得出")
	before := s.row(t, demo.Village).Filled[s.column(t, "planted_trees")]

	v.follow("义务植树")
	v.click(`[name="f.work"][value=new]`)
	v.fill(`[name="f.trees"]`, "20")
	v.follow("保存")
	v.reads(".notice.t-saved", "已记 16:18")
	v.follow("本周台账")
	v.at(ledgerOf(demo.Village))
	v.reads("#s-planted_trees .entry-value", fmt.Sprintf("%d 株", before+20))
	v.follow("核对无误，报给流沙东街道")
	v.says(".done-title", "已报给流沙东街道")

	r := s.row(t, demo.Village)
	if r.State != ledger.OnTime || len(r.Latest.Notes) != 0 {
		t.Errorf("the village is %s, with notes %v", r.State, r.Latest.Notes)
	}
	for i, value := range r.Latest.Values {
		if said := r.Latest.Derived[i]; said != ledger.Empty && value != said {
			t.Errorf("%s is %d, the records say %d", s.Pack.Ledger.Columns[i].Key, value, said)
		}
	}
	typed, err := s.Ledger.Typing(context.Background(), testkit.County, demo.Village, thisWeek)
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range typed {
		if w.Cells != 0 {
			t.Errorf("%s: %d cells were typed", w.Week, w.Cells)
		}
	}

	east, _ := s.Units.Tree(thisWeek).Unit(demo.EastTown)
	town := s.desk(t).signIn(demo.ClerkOf(east, 0).Login)
	if got := town.value(cell(demo.Village, "planted_trees")); got != fmt.Sprint(before+20) {
		t.Errorf("the town reads %s", got)
	}
	town.visit("/records/" + demo.Village.String() + "/behind/" + thisWeek.String() + "/planted_trees")
	town.reads(".record-list", "新种 20 株")
	town.then(func() { town.click(".record-list a") })
	if at := town.ask("location.pathname"); !strings.HasPrefix(at, "/record/") {
		t.Errorf("the figure leads to %s", at)
	}
}
