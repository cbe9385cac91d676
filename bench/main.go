// Command bench measures the program on one machine and prints Markdown: what was measured, the
// command, the median and the spread over several runs, the aim, and the ratio to a peer
// measured in the same run. It is a module of its own, so that the peers stay out of the
// program's. scripts/bench.sh builds it and runs it.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"
)

// subject is one thing that is measured.
type subject struct {
	name string
	run  func(ctx context.Context, b *bench) error
}

// subjects are measured in this order.
var subjects = []subject{
	{"merge", measureMerge},
	{"nation", measureNation},
	{"records", measureRecords},
	{"typing", measureTyping},
	{"submit", measureSubmit},
	{"page", measurePage},
}

// parts are run in a process of their own by a subject.
var parts = map[string]func(ctx context.Context, args []string) error{
	"part-merge":      mergePart,
	"part-excelize":   excelizePart,
	"part-sheet":      sheetPart,
	"part-load":       loadPart,
	"part-fill":       fillPart,
	"part-records":    recordsPart,
	"part-pocketbase": pocketbasePart,
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		stop()
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	if len(args) > 0 && parts[args[0]] != nil {
		return parts[args[0]](ctx, args[1:])
	}
	b, names, err := newBench(args)
	if err != nil {
		return err
	}
	defer b.close()
	b.printf("%s\n", machine())
	for _, s := range subjects {
		if len(names) > 0 && !names[s.name] {
			continue
		}
		b.logf("%s …", s.name)
		if err := s.run(ctx, b); err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
	}
	return nil
}
