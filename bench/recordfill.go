package main

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/app"
	"github.com/sangzi/sangzi/internal/database"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/demo"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/record/recorddb"
	"github.com/sangzi/sangzi/internal/unit"
)

// fillPart brings the database args[0] up to args[1] records of 普宁市; a new one gets the ledger
// of the weeks so far first. Records go in through the store's own verb, without the questions
// that are asked of each one that a person enters.
func fillPart(ctx context.Context, args []string) error {
	want, err := strconv.Atoi(args[1])
	if err != nil {
		return err
	}
	have, villages, err := fillLedger(ctx, args[0])
	if err != nil {
		return err
	}
	db, err := database.Open(ctx, args[0])
	if err != nil {
		return err
	}
	defer db.Close() //nolint:errcheck // what counts is committed
	store, err := recorddb.Open(ctx, db)
	if err != nil {
		return err
	}
	defer store.Close()
	const together = 5000
	for have < want {
		var changes []record.Change
		for ; have < want && len(changes) < together; have++ {
			v := inventedRecord(have, villages)
			changes = append(changes, record.Change{Prepare: func(*record.Version) (*record.Version, error) { return v, nil }})
		}
		if err := store.Commit(ctx, changes); err != nil {
			return err
		}
	}
	return tell(have)
}

// fillLedger makes the database and the weeks before this one when there are none, and counts the
// records.
func fillLedger(ctx context.Context, url string) (records int, villages []unit.Unit, err error) {
	clock := demo.NewClock()
	clock.Set(date.MustParse(due).In(shanghai()).Add(10 * time.Hour))
	db, err := database.Open(ctx, url)
	if err != nil {
		return 0, nil, err
	}
	defer db.Close() //nolint:errcheck // nothing is written through it
	var rows int
	if err := db.Reader().QueryRowContext(ctx, "SELECT value FROM counters WHERE name = 'records'").Scan(&records); err == nil {
		err = db.Reader().QueryRowContext(ctx, "SELECT COUNT(*) FROM row_versions").Scan(&rows)
		if err != nil {
			return 0, nil, err
		}
	}
	tree, err := treeOf("")
	if err != nil || rows > 0 {
		return records, ordinary(tree), err
	}
	a, err := app.Open(ctx, app.Options{DB: url, Clock: clock.Now})
	if err != nil {
		return 0, nil, err
	}
	defer a.Close() //nolint:errcheck // what counts is committed
	stage := demo.Stage{Pack: a.Pack, Tree: a.Units.Tree, Ledger: a.Ledger, Set: clock.Set}
	if err := stage.Fill(ctx, weekDue.In(a.Pack.Spec().Location).Add(16*time.Hour+30*time.Minute)); err != nil {
		return 0, nil, fmt.Errorf("weeks of the ledger: %w", err)
	}
	return 0, ordinary(tree), nil
}

func ordinary(tree *unit.Tree) (list []unit.Unit) {
	for _, v := range tree.Villages(puning) {
		if v.Kind == unit.Ordinary {
			list = append(list, v)
		}
	}
	return list
}

func shanghai() *time.Location { return time.FixedZone("CST", 8*3600) }

// first is the first day of the invented records; they fill the 89 days before today.
var first = date.MustParse("2024-01-01")

// inventedRecord is the n-th record: of the county's villages in turn, most of them plantings,
// and of some kinds that are recorded a hundred times as seldom.
func inventedRecord(n int, villages []unit.Unit) *record.Version {
	v := &record.Version{Number: 1, Status: record.Standing, Account: 77, Actor: "填报员", Source: ledger.Source{Kind: ledger.ByForm},
		Unit: villages[n%len(villages)].Code, Day: first.Add((n / len(villages)) % 89),
		Facts: record.Facts{Numbers: map[string]int64{}, Answers: map[string]string{}}}
	v.From = v.Unit
	v.At = v.Day.In(shanghai()).Add(15*time.Hour + time.Duration(n%3600)*time.Second)
	names := []string{"陈木清", "黄秀英", "方锐钦", "许汉生", "林少华", "王海"}
	switch k := n % 97; {
	case k < 40:
		v.Kind, v.Facts.Numbers["trees"], v.Facts.Answers["work"] = "planting", int64(1+n%40), "new"
		v.Facts.Answers["occasion"] = []string{"weekly", "adoption", "leaders"}[n%3]
		v.Facts.Texts = map[string]string{"place": "村道两旁、文化广场周边" + strconv.Itoa(n%50)}
		v.Facts.People = map[string]int64{"members": int64(n % 9), "villagers": int64(n % 30)}
	case k < 52:
		v.Kind, v.Facts.Numbers["trees"] = "seedlings", int64(1+n%60)
	case k < 62:
		v.Kind, v.Facts.Names = "visit", map[string][]string{"patrons": names[n%6 : n%6+1]}
	case k < 72:
		v.Kind, v.Facts.Numbers["attendances"], v.Facts.Answers["form"] = "training", int64(n%12), "on_site"
	case k < 82:
		v.Kind, v.Facts.Numbers["amount"], v.Facts.Answers["stage"], v.Facts.Answers["source"] = "funding", int64(n%5)*100_000, "spent", "fiscal"
	case k < 88:
		v.Kind, v.Facts.Numbers["members"] = "five_leads", int64(n%2)
	case k < 92:
		v.Kind, v.Facts.Numbers["trees"], v.Facts.Numbers["members"], v.Facts.Answers["through"] = "adoption", int64(1+n%5), int64(n%2), "online"
	case k < 95:
		v.Kind, v.Facts.Texts = "service", map[string]string{"what": "浇水除草"}
	case k == 95:
		v.Kind, v.Facts.Answers["topic"], v.With = "guidance", "plan", []string{"市委组织部"}
	default:
		v.Kind, v.Facts.Answers["kind"], v.With = "grove", "youth", []string{"市教育局", "团市委"}
	}
	if n%200 == 199 {
		v.Pointed = []string{record.Again}
	}
	return v
}

var bulkVillage = access.Actor{Account: 77, Name: "填报员", Role: access.VillageReporter}
