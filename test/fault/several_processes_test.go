package fault

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
)

// Two servers on one database agree within a second, rows, submissions and sums, and neither
// writes over what the other wrote.
func TestTwoServers(t *testing.T) {
	testkit.URLs(t, func(t *testing.T, db string) {
		token := newLedger(t, db)
		acknowledged := newBook()
		var on [2]*caller
		for i := range on {
			on[i] = call(t, serve(t, db), token)
		}
		villages := lihuVillages(t)
		// Each village's versions come from both servers in turn; half of the villages from both
		// at once.
		for n := range 3 {
			var wg sync.WaitGroup
			for i, c := range on {
				wg.Go(func() {
					for k, village := range villages {
						if k%2 == 0 && k/2%2 != i {
							continue
						}
						figure := 1000*n + 100*i + k
						version, err := c.report(t.Context(), village, figure)
						if err != nil {
							t.Errorf("server %d: %v", i, err)
							return
						}
						acknowledged.row(village, version, figure)
					}
				})
			}
			wg.Wait()
			sub, err := on[n%2].submit(t.Context(), testkit.LihuTown)
			if err != nil {
				t.Fatal(err)
			}
			acknowledged.town(testkit.LihuTown, sub)
			eventually(t, soon, func() error {
				return errors.Join(agree(t.Context(), on[0], testkit.LihuTown), agree(t.Context(), on[1], testkit.LihuTown))
			})
		}
		for i, c := range on {
			if err := acknowledged.check(t.Context(), c); err != nil {
				t.Errorf("server %d: %v", i, err)
			}
		}
	})
}

// Another process imports a county into the database of a running server, which goes on
// answering and sees what was imported.
func TestImportBesideServer(t *testing.T) {
	testkit.URLs(t, func(t *testing.T, db string) {
		token := newLedger(t, db)
		s := serve(t, db)
		c := call(t, s, token)
		acknowledged := newBook()
		tree := treeOf(t)
		folder := t.TempDir()
		want := writeTowns(t, folder, tree, 8)

		imported := make(chan struct{})
		var wg sync.WaitGroup
		for i, village := range lihuVillages(t)[:4] {
			wg.Go(func() {
				for n := 0; ; n++ {
					select {
					case <-imported:
						return
					default:
					}
					version, err := c.report(t.Context(), village, 1000*i+n)
					if err != nil {
						t.Errorf("while importing: %v\n%s", err, s.said)
						return
					}
					acknowledged.row(village, version, 1000*i+n)
				}
			})
		}
		out, err := importing(db, folder).CombinedOutput()
		if err != nil {
			t.Errorf("import: %v\n%s", err, out)
		}
		close(imported)
		wg.Wait()
		eventually(t, soon, func() error {
			for _, town := range []unit.Code{testkit.EastTown, testkit.LihuTown} {
				if err := agree(t.Context(), c, town); err != nil {
					return err
				}
			}
			list, err := c.versions(t.Context(), testkit.Xintan)
			if err != nil || len(list) == 0 || list[len(list)-1].Values[told] != float64(8) {
				return fmt.Errorf("the row of 新坛村 has not been imported: %v, %v", list, err)
			}
			return nil
		})
		if err := acknowledged.check(t.Context(), c); err != nil {
			t.Error(err)
		}
		s.stop()
		a := open(t, db)
		defer a.Close() //nolint:errcheck // nothing is written
		sheet, err := a.Ledger.Sheet(t.Context(), operator, testkit.Puning, due)
		if err != nil {
			t.Fatal(err)
		}
		if got := sheet.Figures(testkit.Puning); got.Reported != len(want) {
			t.Errorf("%d villages reported, %d were imported", got.Reported, len(want))
		}
	})
}
