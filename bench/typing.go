package main

import (
	"context"
	"fmt"
	"path/filepath"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/app"
	"github.com/sangzi/sangzi/internal/demo"
	"github.com/sangzi/sangzi/internal/unit"
)

// measureTyping counts the cells of the ledger that were typed in the demonstration.
func measureTyping(ctx context.Context, b *bench) error {
	a, _, err := app.OpenDemo(ctx, app.DemoOptions{DB: "sqlite:" + filepath.Join(b.dir, "demo.db"), Today: demo.Today})
	if err != nil {
		return err
	}
	defer a.Close() //nolint:errcheck // nothing is written
	weeks, err := a.Ledger.Typing(ctx, access.Operator("bench", unit.Nation), puning, weekDue)
	if err != nil {
		return err
	}
	var rows []row
	for _, w := range weeks {
		share := func(n, of int) string {
			if of == 0 {
				return "–"
			}
			return fmt.Sprintf("%.2f", float64(n)/float64(of))
		}
		rows = append(rows, row{what: fmt.Sprintf("week due %s: %d villages reported, %d of them with records, %d typed nothing", w.Week, w.Villages, w.Recorded, w.Untyped),
			value: fmt.Sprintf("%s cells, %s a village; with records %s, without %s", count(float64(w.Cells)), share(w.Cells, w.Villages),
				share(w.CellsRecorded, w.Recorded), share(w.Cells-w.CellsRecorded, w.Villages-w.Recorded))})
	}
	b.table("Cells typed in the demonstration", "sangzi stats --typed --db sqlite:sangzi-demo.db --unit 445281 --week "+due,
		"普宁市's villages in the demonstration. A cell of a reported row was typed unless it is what the records said, what the row said before, or that moved on by as much as the records did.", rows)
	return nil
}
