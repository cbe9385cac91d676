package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// recordSizes are the numbers of records of one county that are measured; the last is the aim's.
var recordSizes = []int{10_000, 100_000, 1_000_000}

// recordsFound is what one county with so many records came to; times in seconds, sizes in bytes.
type recordsFound struct {
	Records      int
	Open, Heap   float64
	Entered      spread // on disk, the village's row and the task's state read back
	Enter        spread // of it: until it is on disk and in every figure
	Chain        spread // entered, reported, the town sealed, the county's statistics read
	Rows, Sums   spread // of the county's week
	States       spread // of all its tasks
	Bulletin     spread
	Dispatch     spread
	Lists        []listFound
	resident     float64
	databaseSize float64
}

type listFound struct {
	Name string
	Took spread
}

// measureRecords enters records into a county that has many, and has its week worked out anew.
func measureRecords(ctx context.Context, b *bench) error {
	path := filepath.Join(b.dir, "records.db")
	var all []recordsFound
	for _, n := range recordSizes {
		if _, err := b.part(ctx, nil, "part-fill", "sqlite:"+path, fmt.Sprint(n)); err != nil {
			return err
		}
		b.logf("%s records are in", count(float64(n)))
		var f recordsFound
		e, err := b.part(ctx, &f, "part-records", "sqlite:"+path, fmt.Sprint(b.runs))
		if err != nil {
			return err
		}
		f.resident = float64(e.memory)
		if info, err := os.Stat(path); err == nil {
			f.databaseSize = float64(info.Size())
		}
		b.logf("%d records: entered in %s, p99 %s", n, duration(f.Entered.median()), duration(f.Entered.at(99)))
		all = append(all, f)
	}
	b.recordsTable(all)
	return nil
}

func (b *bench) recordsTable(all []recordsFound) {
	var rows []row
	last := len(all) - 1
	add := func(what, aim string, value func(f *recordsFound) string) {
		texts := make([]string, len(all))
		for i := range all {
			texts[i] = value(&all[i])
		}
		rows = append(rows, row{what, strings.Join(texts, " · "), aim, ""})
	}
	tails := func(s spread) string { return fmt.Sprintf("%s, p99 %s", duration(s.median()), duration(s.at(99))) }
	add("a record entered, on disk, with the village's row and the state of its task read back", "< 5 ms", func(f *recordsFound) string { return tails(f.Entered) })
	add("of it: until it is on disk and in every figure", "", func(f *recordsFound) string { return tails(f.Enter) })
	add("a record entered, the row reported, the town sealed anew and the county's statistics read", "", func(f *recordsFound) string { return tails(f.Chain) })
	add("the county's week anew: 580 rows from records", "< 1 s", func(f *recordsFound) string { return duration(f.Rows.median()) })
	add("its sums and statistics by town", "", func(f *recordsFound) string { return duration(f.Sums.median()) })
	add("the states of all tasks of the county, its towns and departments", "", func(f *recordsFound) string { return duration(f.States.median()) })
	add("the dispatch page of the week", "< 100 ms", func(f *recordsFound) string { return duration(f.Dispatch.median()) })
	add("a bulletin of the month drafted", "< 2 s", func(f *recordsFound) string { return duration(f.Bulletin.median()) })
	for i := range all[last].Lists {
		add("list: "+all[last].Lists[i].Name, "", func(f *recordsFound) string { return duration(f.Lists[i].Took.median()) })
	}
	add("the program opened, every record read", "", func(f *recordsFound) string { return duration(f.Open) })
	add("in memory after that", "", func(f *recordsFound) string { return mebibytes(f.Heap) })
	add("largest memory of the process", "", func(f *recordsFound) string { return mebibytes(f.resident) })
	add("size of the database", "", func(f *recordsFound) string { return mebibytes(f.databaseSize) })
	var sizes []string
	for i := range all {
		sizes = append(sizes, count(float64(all[i].Records)))
	}
	b.table("A county with "+strings.Join(sizes, ", ")+" records", "",
		"普宁市: 580 villages, nine weeks of the ledger, SQLite with synchronous=FULL; each figure at these numbers of records, one after another. "+
			"Medians; entering is measured over a few hundred records of as many villages, lists are of 50 records. Figures are invented.", rows)
}
