package main

import (
	"context"
	"fmt"
	"path/filepath"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/ledger/merge"
)

// measureMerge is the clerk's Friday: 33 town workbooks of this week and 33 of the last become
// the consolidated, marked ledger and the list of problems.
func measureMerge(ctx context.Context, b *bench) error {
	last, err := b.folder("last")
	if err != nil {
		return err
	}
	this, err := b.folder("this")
	if err != nil {
		return err
	}
	tree, err := treeOf("")
	if err != nil {
		return err
	}
	form := campaign.Default().Ledger
	if _, err := writeTowns(last, tree, form, puning, lastWeek); err != nil {
		return err
	}
	towns, err := writeTowns(this, tree, form, puning, thisWeek)
	if err != nil {
		return err
	}
	var first, later, whole, memory, peer, peerMemory spread
	for range b.runs {
		var found mergeFound
		if _, err := b.part(ctx, &found, "part-merge", this, last, filepath.Join(b.dir, "merged.xlsx")); err != nil {
			return err
		}
		if found.Rows != 580 {
			return fmt.Errorf("%d rows, not 580", found.Rows)
		}
		first, later = append(first, found.First), append(later, found.Later)
		e, err := execute(ctx, b.sangzi, "ledger", "merge", "--unit", "445281", "--on", due, "--previous", last, "-o", filepath.Join(b.dir, "merged.xlsx"), this)
		if err != nil {
			return err
		}
		whole.took(e.took)
		memory = append(memory, float64(e.memory))
		var read mergeFound
		if e, err = b.part(ctx, &read, "part-excelize", this, last, filepath.Join(b.dir, "plain.xlsx")); err != nil {
			return err
		}
		peer, peerMemory = append(peer, read.First), append(peerMemory, float64(e.memory))
	}
	b.table(fmt.Sprintf("Merging %d + %d town workbooks, 580 villages", towns, towns),
		"sangzi ledger merge --unit 445281 --previous last -o merged.xlsx this",
		"Peer: excelize alone, once started — opens the same 66 files, reads their rows and writes the 580 rows into a plain workbook; no names resolved, nothing checked, compared or marked.",
		[]row{
			{"the merge, first in a fresh process, campaign and units loaded", first.show(duration), "< 250 ms", times(first, peer)},
			{"the merge, repeated in that process", later.show(duration), "", times(later, peer)},
			{"the whole command, exec to exit", whole.show(duration), "", ""},
			{"largest memory of the whole command", memory.show(mebibytes), "< 100 MiB", times(memory, peerMemory)},
			{"peer: excelize", peer.show(duration), "", ""},
			{"largest memory of the peer", peerMemory.show(mebibytes), "", ""},
		})
	return nil
}

// mergeFound is what a merging process found; times in seconds.
type mergeFound struct {
	Rows  int
	First float64
	Later float64
}

// mergePart merges args[0] against args[1] into args[2].
func mergePart(ctx context.Context, args []string) error {
	tree, err := treeOf("")
	if err != nil {
		return err
	}
	o := merge.Options{Tree: tree, Form: campaign.Default().Ledger, Unit: puning, Inputs: args[:1], Previous: args[1:2], Out: args[2]}
	var found mergeFound
	var later spread
	for i := range 5 {
		began := time.Now()
		report, err := merge.Run(ctx, o)
		if err != nil {
			return err
		}
		if report.ExitCode() != 0 {
			return fmt.Errorf("something was left out: %+v", report.Files)
		}
		if found.Rows = report.Rows; i == 0 {
			found.First = time.Since(began).Seconds()
		} else {
			later.took(time.Since(began))
		}
	}
	found.Later = later.median()
	return tell(found)
}

// excelizePart reads the workbooks of args[0] and args[1] and writes the first's rows to args[2].
func excelizePart(_ context.Context, args []string) error {
	began := time.Now()
	out := excelize.NewFile()
	w, err := out.NewStreamWriter("Sheet1")
	if err != nil {
		return err
	}
	found := mergeFound{}
	for i, dir := range args[:2] {
		files, err := filepath.Glob(filepath.Join(dir, "*.xlsx"))
		if err != nil {
			return err
		}
		for _, path := range files {
			rows, err := excelizeRows(path)
			if err != nil {
				return err
			}
			for _, line := range rows {
				if i > 0 || len(line) < 22 {
					continue
				}
				cells := make([]any, len(line))
				for c := range line {
					cells[c] = line[c]
				}
				found.Rows++
				if err := w.SetRow(fmt.Sprintf("A%d", found.Rows), cells); err != nil {
					return err
				}
			}
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	if err := out.SaveAs(args[2]); err != nil {
		return err
	}
	found.First = time.Since(began).Seconds()
	return tell(found)
}

func excelizeRows(path string) ([][]string, error) {
	f, err := excelize.OpenFile(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return f.GetRows(f.GetSheetName(0))
}
