package ledgertest

import (
	"context"
	"testing"

	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/testkit"
)

func TestMain(m *testing.M) { testkit.Main(m) }

// What the pages' tests count on.
func TestBusy(t *testing.T) {
	w := Busy(t, "2024-03-29 16:18")
	b, err := w.Ledger.Board(context.Background(), testkit.County, testkit.Puning, ThisWeek)
	if err != nil {
		t.Fatal(err)
	}
	want := map[ledger.State]int{ledger.OnTime: 25, ledger.NotDue: 3, ledger.StateReturned: 1, ledger.Waived: 4}
	for s, n := range want {
		if b.States[s] != n {
			t.Errorf("%d towns are %s, want %d (%v)", b.States[s], s, n, b.States)
		}
	}
}
