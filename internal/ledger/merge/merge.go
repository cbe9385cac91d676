package merge

import (
	"context"
	"errors"
	"io"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/ledger/workbook"
	"github.com/sangzi/sangzi/internal/office/sheet"
	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/unit"
)

// Options is what to merge.
type Options struct {
	Tree     *unit.Tree
	Form     *campaign.Form
	Unit     unit.Code // bounds everything: nothing outside it is taken
	Inputs   []string  // files and folders of this week
	Previous []string  // files and folders of the week before, or none; a consolidated ledger will do
	Out      string    // the consolidated ledger, an .xlsx
	Report   string    // the report as JSON, or ""

	// Progress, if set, is told after each file that has been read, one call at a time.
	Progress func(done, total int, file string)
}

// merger is one merge under way.
type merger struct {
	o        Options
	reader   *workbook.Reader
	inputs   []*input
	previous []*input
	before   map[unit.Code]ledger.Values // nil when there is no week before
	rows     map[unit.Code]rowAt         // the rows taken
}

// rowAt is a row of a reading.
type rowAt struct {
	in    *input
	index int
}

func (r rowAt) row() *workbook.Row { return &r.in.reading.Rows[r.index] }

// Run merges. The error is a problem of this package or of the context; nothing has been
// written then. What was wrong with single files is in the report, also when no file could be
// taken: then the report is written and the ledger is not.
func Run(ctx context.Context, o Options) (Report, error) {
	m := &merger{o: o, reader: workbook.NewReader(o.Form, o.Tree, o.Unit)}
	if _, ok := o.Tree.Unit(o.Unit); !ok || len(o.Tree.Villages(o.Unit)) == 0 {
		return Report{}, ErrNoUnit.With("unit", o.Unit.String())
	}
	ignored, err := m.gather()
	if err != nil {
		return Report{}, err
	}
	if err := m.read(ctx); err != nil {
		return Report{}, err
	}
	m.remember()
	m.compare()
	c, report := m.consolidate()
	report.Ignored = ignored
	if report.ExitCode() != 1 {
		if err := writeFile(o.Out, func(w io.Writer) error { return workbook.Write(w, o.Form, c) }); err != nil {
			return report, err
		}
	}
	if o.Report != "" {
		if err := writeFile(o.Report, report.WriteJSON); err != nil {
			return report, err
		}
	}
	return report, nil
}

// gather finds the files and sees to it that none of them would be overwritten.
func (m *merger) gather() (ignored []string, err error) {
	if m.inputs, ignored, err = gather(m.o.Inputs, m.o.Out, m.o.Report); err != nil {
		return nil, err
	}
	if len(m.inputs) == 0 {
		return nil, ErrNoFiles.With("places", strings.Join(m.o.Inputs, "、"))
	}
	if m.previous, _, err = gather(m.o.Previous, m.o.Report); err != nil {
		return nil, err
	}
	if len(m.o.Previous) > 0 && len(m.previous) == 0 {
		return nil, ErrNoFiles.With("places", strings.Join(m.o.Previous, "、"))
	}
	for _, in := range slices.Concat(m.inputs, m.previous) {
		for _, out := range []string{m.o.Out, m.o.Report} {
			if isOneOf(in.info, []string{out}) {
				return nil, ErrOverwrites.With("path", out)
			}
		}
	}
	return ignored, nil
}

// read reads all files, as many at a time as there are processors.
func (m *merger) read(ctx context.Context) error {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	var mu sync.Mutex
	done, total := 0, len(m.inputs)+len(m.previous)
	for _, in := range slices.Concat(m.inputs, m.previous) {
		g.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			if data, err := readFile(in.path); err != nil {
				in.err = err
			} else {
				in.reading, in.err = m.reader.Read(in.label, data)
			}
			if m.o.Progress != nil {
				mu.Lock()
				defer mu.Unlock()
				done++
				m.o.Progress(done, total, in.label)
			}
			return nil
		})
	}
	return g.Wait()
}

// readFile reads a file as far as package sheet would take it.
func readFile(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // only read
	limit := sheet.DefaultLimits.Bytes
	size := int64(0)
	if info, err := f.Stat(); err == nil {
		size = min(info.Size(), limit)
	}
	data := make([]byte, 0, size+1)
	for int64(len(data)) <= limit {
		if len(data) == cap(data) {
			data = slices.Grow(data, 1<<16)
		}
		n, err := f.Read(data[len(data):cap(data)])
		data = data[:len(data)+n]
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
	}
	return data, nil
}

// remember gathers the week before. A village in two of its files has the first one's figures.
func (m *merger) remember() {
	if len(m.o.Previous) == 0 {
		return
	}
	m.before = map[unit.Code]ledger.Values{}
	for _, in := range m.previous {
		if in.reading == nil {
			continue
		}
		for i := range in.reading.Rows {
			row := &in.reading.Rows[i]
			if _, ok := m.before[row.Village]; !ok {
				m.before[row.Village] = row.Values
			}
		}
	}
}

// compare checks the rows against the week before, and the files against each other: a village
// in two files with different figures is taken from neither.
func (m *merger) compare() {
	m.rows = map[unit.Code]rowAt{}
	doubted := map[unit.Code]bool{}
	for _, in := range m.inputs {
		if in.reading == nil {
			continue
		}
		in.drop = map[int]bool{}
		in.reading.Check(func(c unit.Code) ledger.Values { return m.before[c] })
		for i := range in.reading.Rows {
			here := rowAt{in, i}
			village := here.row().Village
			first, again := m.rows[village]
			if !again {
				m.rows[village] = here
				continue
			}
			in.drop[i] = true
			if !doubted[village] && slices.Equal(first.row().Values, here.row().Values) && !first.row().Faulty() && !here.row().Faulty() {
				m.twice(here, first, ledger.Warning, twoFilesSame)
				continue
			}
			if !doubted[village] {
				doubted[village] = true
				first.in.drop[first.index] = true
				m.twice(first, here, ledger.Error, twoFiles)
			}
			m.twice(here, first, ledger.Error, twoFiles)
		}
	}
	for village := range doubted {
		delete(m.rows, village)
	}
	for _, in := range m.inputs {
		if in.reading != nil {
			in.taken = len(in.reading.Rows) - len(in.drop)
		}
	}
}

func (m *merger) twice(here, other rowAt, severity ledger.Severity, sentence string) {
	name := m.o.Tree.ShortName(here.row().Village)
	here.in.reading.AboutRow(here.row(), severity, workbook.VillageTwice, sentence,
		problem.Params{"name": name, "other": other.in.label + " " + other.row().NameCell()})
}
