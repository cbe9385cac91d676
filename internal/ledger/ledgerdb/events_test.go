package ledgerdb_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/sangzi/sangzi/internal/database"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
)

// Everything of an event comes back as it was written.
func TestEventsReadBack(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		s, other := open(t, db), open(t, db)
		var told []ledger.Event
		other.Follow(func(events []ledger.Event) { told = append(told, events...) })
		at := time.UnixMilli(1_711_700_000_123).UTC()
		r := &ledger.RowVersion{Unit: village(0), Week: week, Version: 1, Status: ledger.Returned, Values: ledger.Values{1, ledger.Empty, -5},
			Unchanged: true, OnBehalf: true, Notes: map[string]string{"a": "“说明”\n第二行"}, Reason: "原因", ReturnDue: at.Add(time.Hour), Cells: []string{"b", "c"},
			Source:  ledger.Source{Kind: ledger.ByWorkbook, File: "表.xlsx", Upload: "u1", Sheet: "台账", Row: 7, Columns: "C - D"},
			Account: 5, Actor: "黄志明", At: at}
		sub := &ledger.Submission{Unit: 445281119000, Week: week, Version: 1, Status: ledger.Sealed, Hash: "abc",
			Head:    ledger.Head{Unit: "里湖镇", Contact: "黄志明", Phone: "138", FilledOn: week},
			Members: []ledger.Member{{Unit: village(0), Version: 1, State: ledger.Late, Carried: true}, {Unit: village(1), State: ledger.Missing}},
			Source:  ledger.Source{Kind: ledger.ByGrid}, Reason: "x", ReturnDue: at, Account: 6, Actor: "林", At: at}
		g := &ledger.Grant{Unit: unit.Nation, Week: week, Kind: ledger.Extension, Until: at, Reason: "台风", Account: 7, Actor: "郑", At: at}
		if err := s.Commit(ctx, ledger.Change{Unit: 445281119000, Week: week, Alone: true, Prepare: func() ([]ledger.Event, error) {
			return []ledger.Event{{Row: r}, {Submission: sub}, {Grant: g}}, nil
		}}); err != nil {
			t.Fatal(err)
		}
		if err := other.Refresh(ctx); err != nil || len(told) != 3 {
			t.Fatalf("%v, %v", told, err)
		}
		want := fmt.Sprintf("%+v %+v %+v", *r, *sub, *g)
		if got := fmt.Sprintf("%+v %+v %+v", *told[0].Row, *told[1].Submission, *told[2].Grant); got != want {
			t.Errorf("told\n%s, want\n%s", got, want)
		}
		var rows []ledger.RowVersion
		var subs []ledger.Submission
		var grants []ledger.Grant
		err := s.LoadWeek(ctx, week, func(x []ledger.Submission, y []ledger.Grant) { subs, grants = x, y },
			func(r *ledger.RowVersion) error { rows = append(rows, *r); return nil })
		if err != nil || len(rows) != 1 || len(subs) != 1 || len(grants) != 1 {
			t.Fatalf("%v %v %v %v", rows, subs, grants, err)
		}
		if got := fmt.Sprintf("%+v %+v %+v", rows[0], subs[0], grants[0]); got != want {
			t.Errorf("read\n%s, want\n%s", got, want)
		}
	})
}
