package dispatch_test

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/sangzi/sangzi/internal/app"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/demo"
	"github.com/sangzi/sangzi/internal/testkit"
)

// BenchmarkPage is a county's page of the week at 普宁市's size, 580 villages in 33 towns, with nine
// weeks of the ledger behind it.
func BenchmarkPage(b *testing.B) {
	a, _, err := app.OpenDemo(context.Background(), app.DemoOptions{DB: "sqlite:" + filepath.Join(b.TempDir(), "demo.db"), Today: demo.Today})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := a.Close(); err != nil {
			b.Error(err)
		}
	})
	for b.Loop() {
		p, err := a.Dispatch.Page(context.Background(), testkit.County, testkit.Puning, date.Date{})
		if err != nil {
			b.Fatal(err)
		}
		if len(p.Villages) < 580 || len(p.Rows) != 33 || len(p.Points) == 0 {
			b.Fatalf("%d villages, %d rows, %d points", len(p.Villages), len(p.Rows), len(p.Points))
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/1000/float64(b.N), "ms/page")
}
