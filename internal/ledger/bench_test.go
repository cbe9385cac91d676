package ledger_test

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/testkit"
)

// BenchmarkReport is durable reports by so many clients at once, each acknowledged only when it
// is on disk.
func BenchmarkReport(b *testing.B) {
	for _, clients := range []int{1, 16, 64} {
		b.Run(fmt.Sprintf("clients=%d", clients), func(b *testing.B) {
			s := onSQLite(b, "2024-03-29 10:00")
			sheet, err := s.Sheet(ctx, testkit.Head, testkit.Jieyang, thisWeek)
			if err != nil {
				b.Fatal(err)
			}
			villages := sheet.Tree.Villages(testkit.Jieyang)
			var next atomic.Int64
			var wait sync.WaitGroup
			took := make([]time.Duration, clients)
			b.ResetTimer()
			for c := range clients {
				wait.Go(func() {
					for {
						n := int(next.Add(1))
						if n > b.N {
							return
						}
						began := time.Now()
						village := villages[n%len(villages)].Code
						if _, err := s.Report(ctx, office(village), ledger.ReportInput{Unit: village, Week: thisWeek, Base: ledger.AnyBase,
							Values: s.row(n % 900), Source: ledger.Source{Kind: ledger.ByAPI}}); err != nil {
							b.Error(err)
							return
						}
						took[c] = max(took[c], time.Since(began))
					}
				})
			}
			wait.Wait()
			worst := time.Duration(0)
			for _, d := range took {
				worst = max(worst, d)
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "reports/s")
			b.ReportMetric(float64(worst.Microseconds())/1000, "worst-ms")
		})
	}
}

// BenchmarkLoadWeek reads a week with its submissions from SQLite.
func BenchmarkLoadWeek(b *testing.B) {
	s := onSQLite(b, "2024-03-29 10:00")
	in := s.file(testkit.Jieyang, 10)
	in.Submit = true
	if _, err := s.Import(ctx, access.Operator("操作员", testkit.Jieyang), in); err != nil {
		b.Fatal(err)
	}
	b.ResetTimer()
	for range b.N {
		s.UnitsChanged()
		if f := s.figures(testkit.Jieyang, thisWeek); f.Reported != len(in.Rows) {
			b.Fatalf("%+v", f)
		}
	}
	b.ReportMetric(float64(len(in.Rows)), "rows")
}
