package app_test

import (
	"context"
	"testing"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/app"
	"github.com/sangzi/sangzi/internal/bulletin"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/test/house"
)

// A month's bulletin of a county of 33 towns drafted with its tasks, and written as .docx and PDF.
func BenchmarkPapers(b *testing.B) {
	h := house.Open(b, "sqlite:"+b.TempDir()+"/a.db")
	ctx, operator := context.Background(), access.Operator("", testkit.Puning)
	march := bulletin.Period{Year: 2024, Month: time.March}
	d, err := h.App.Bulletin.Draft(ctx, operator, testkit.Puning, march)
	if err != nil {
		b.Fatal(err)
	}
	papers := app.Papers{App: h.App}
	b.Run("draft", func(b *testing.B) {
		for range b.N {
			if _, err := h.App.Bulletin.Draft(ctx, operator, testkit.Puning, march); err != nil {
				b.Fatal(err)
			}
		}
	})
	for name, write := range map[string]func(bulletin.Draft) ([]byte, error){"docx": papers.Docx, "pdf": papers.PDF} {
		b.Run(name, func(b *testing.B) {
			for range b.N {
				if _, err := write(d); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
