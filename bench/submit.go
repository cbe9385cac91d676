package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/testkit"
)

// contender is a server that takes submissions.
type contender struct {
	name  string
	kind  string // of door
	start func(ctx context.Context, run int) (s *server, token string, err error)
}

// figures of one contender at one number of clients.
type loads struct{ perSecond, p50, p99 spread }

var crowds = []int{1, 16, 64}

// measureSubmit sends rows of villages over HTTP; each is on disk before it is acknowledged.
func measureSubmit(ctx context.Context, b *bench) error {
	pg, err := testkit.StartCluster()
	if err != nil {
		return fmt.Errorf("PostgreSQL: %w", err)
	}
	defer pg.Stop() //nolint:errcheck // its folder is gone with it
	contenders := []contender{
		{"sangzi on SQLite", "sangzi", func(ctx context.Context, run int) (*server, string, error) {
			return b.submitServer(ctx, "sqlite:"+filepath.Join(b.dir, fmt.Sprintf("submit%d.db", run)))
		}},
		{"sangzi on PostgreSQL", "sangzi", func(ctx context.Context, run int) (*server, string, error) {
			url, err := newDatabase(ctx, pg, fmt.Sprintf("submit%d", run))
			if err != nil {
				return nil, "", err
			}
			return b.submitServer(ctx, url)
		}},
		{"PocketBase, its own setting", "pocketbase", func(ctx context.Context, _ int) (*server, string, error) {
			return b.pocketbase(ctx, "NORMAL")
		}},
		{"PocketBase, synchronous=FULL", "pocketbase", func(ctx context.Context, _ int) (*server, string, error) {
			return b.pocketbase(ctx, "FULL")
		}},
	}
	found := map[string]*loads{}
	checked := 0
	for run := range b.runs {
		for _, c := range contenders {
			n, err := b.runLoads(ctx, c, run, found)
			if err != nil {
				return fmt.Errorf("%s: %w", c.name, err)
			}
			checked += n
		}
	}
	b.submitTable(contenders, found, checked)
	return nil
}

func (b *bench) runLoads(ctx context.Context, c contender, run int, found map[string]*loads) (checked int, err error) {
	s, token, err := c.start(ctx, run)
	if err != nil {
		return 0, err
	}
	for _, clients := range crowds {
		var got loadFound
		if _, err := b.part(ctx, &got, "part-load", c.kind, s.base, token, fmt.Sprint(clients), b.load.String()); err != nil {
			return 0, errors.Join(err, s.kill(), errors.New(s.stderr.String()))
		}
		b.logf("%s, %d clients: %s a second, p50 %s, p99 %s, %d checked", c.name, clients, count(got.PerSecond), duration(got.P50), duration(got.P99), got.Checked)
		key := fmt.Sprint(c.name, clients)
		if found[key] == nil {
			found[key] = &loads{}
		}
		l := found[key]
		l.perSecond, l.p50, l.p99 = append(l.perSecond, got.PerSecond), append(l.p50, got.P50), append(l.p99, got.P99)
		checked += got.Checked
	}
	_, err = s.stop()
	return checked, err
}

func (b *bench) submitTable(contenders []contender, found map[string]*loads, checked int) {
	var rows []row
	for _, c := range contenders {
		for _, clients := range crowds {
			l := found[fmt.Sprint(c.name, clients)]
			aim, peer := "", ""
			if strings.HasSuffix(c.name, "SQLite") && clients > 1 {
				aim = "10,000 a second, p99 < 20 ms"
			}
			if c.kind == "sangzi" {
				for i, p := range contenders[2:] {
					if i > 0 {
						peer += ", "
					}
					of := found[fmt.Sprint(p.name, clients)]
					peer += ratio(l.perSecond.median() / of.perSecond.median())
				}
			}
			rows = append(rows, row{fmt.Sprintf("%s, %d clients", c.name, clients),
				fmt.Sprintf("%s a second; p50 %s; p99 %s", l.perSecond.show(count), l.p50.show(duration), l.p99.show(duration)), aim, peer})
		}
	}
	b.table("Durable submissions over HTTP",
		"curl -X PUT -H 'Authorization: Bearer …' http://127.0.0.1:8080/api/v1/ledger/445281001202/"+due+"/row -d '{\"values\":{…20 columns…}}'",
		fmt.Sprintf("Each client has a connection that stays open and villages of its own, and sends the next row when the one before is acknowledged; %s a load. "+
			"SQLite with synchronous=FULL, PostgreSQL 15 with its default durability. Peers: PocketBase 0.39 creating records of the same columns over its API, as it is set up "+
			"by itself (synchronous=NORMAL: an acknowledged record may be lost when the machine fails) and with FULL; the last column has our rate over each. "+
			"%s acknowledged rows were read back and found as they were sent.", b.load, count(float64(checked))), rows)
}

// submitServer starts the program on a new database with a token for the county.
func (b *bench) submitServer(ctx context.Context, db string) (*server, string, error) {
	token, err := b.token(ctx, db, access.CountyOffice, puning)
	if err != nil {
		return nil, "", err
	}
	s, err := serve(ctx, b.sangzi, "serve", "--db", db, "--today", today, "--listen", "127.0.0.1:0", "--quiet")
	return s, token, err
}

func (b *bench) pocketbase(ctx context.Context, synchronous string) (*server, string, error) {
	dir, err := b.folder("pocketbase")
	if err != nil {
		return nil, "", err
	}
	s, err := serve(ctx, b.self, "part-pocketbase", dir, synchronous)
	if err != nil {
		return nil, "", errors.Join(err, os.RemoveAll(dir))
	}
	token, _, _ := strings.Cut(s.said, " ")
	return s, token, nil
}
