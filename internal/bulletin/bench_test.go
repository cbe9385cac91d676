package bulletin_test

import (
	"testing"

	"github.com/sangzi/sangzi/internal/bulletin"
	"github.com/sangzi/sangzi/internal/bulletin/bulletindb"
	"github.com/sangzi/sangzi/internal/ledger/ledgertest"
	"github.com/sangzi/sangzi/internal/testkit"
)

// A county's bulletin drafted from nine weeks of 576 villages: of a month and of a quarter, with
// all that stands in it worked out.
func BenchmarkDraft(b *testing.B) {
	w := ledgertest.Busy(b, "2024-03-30 09:00")
	s := bulletin.New(w.Ledger, bulletindb.Open(testkit.SQLite(b)))
	for _, period := range []bulletin.Period{{Year: 2024, Month: 3}, {Year: 2024, Quarter: 1}} {
		b.Run(period.String(), func(b *testing.B) {
			for range b.N {
				d, err := s.Draft(ctx, testkit.County, testkit.Puning, period)
				if err != nil || len(d.Figures(s.Form())) < 500 {
					b.Fatal(err)
				}
			}
		})
	}
}
