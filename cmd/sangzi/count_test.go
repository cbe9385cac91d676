package main

import (
	"bytes"
	"encoding/json"
	"math/big"
	"os"
	"slices"
	"strconv"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/demo"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/unit"
)

type sums struct {
	Villages, Reported int
	Values             []json.Number
}

// counted FILE UNIT NO LEVEL TOWN… holds the JSON of stats against a count by hand: village after
// village of the towns, without any of the program's sums.
func counted(ts *testscript.TestScript, _ bool, args []string) {
	b, err := os.ReadFile(ts.MkAbs(args[0]))
	ts.Check(err)
	var got struct {
		Unit, Week string
		Columns    []struct{ Key, Title, Type string }
		Rows       []struct {
			Code, Name string
			sums
		}
		Total sums
	}
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.UseNumber()
	dec.DisallowUnknownFields()
	ts.Check(dec.Decode(&got))
	of, err := unit.ParseCode(args[1])
	ts.Check(err)
	no, err := strconv.Atoi(args[2])
	ts.Check(err)
	level, err := unit.ParseLevel(args[3])
	ts.Check(err)
	var towns []unit.Code
	for _, text := range args[4:] {
		c, err := unit.ParseCode(text)
		ts.Check(err)
		towns = append(towns, c)
	}
	if len(got.Columns) != 20 || got.Unit != of.String() {
		ts.Fatalf("%d columns, unit %s", len(got.Columns), got.Unit)
	}
	for i, c := range got.Columns {
		if f := theForm.Columns[i]; c.Key != f.Key || c.Title != f.Title || c.Type != string(f.Type) {
			ts.Fatalf("column %d is %v", i, c)
		}
	}
	tree := theTree()
	var want []unit.Unit
	for u := range tree.All {
		if u.Level() == level && of.Contains(u.Code) {
			want = append(want, u)
		}
	}
	if len(want) == 0 || len(got.Rows) != len(want) {
		ts.Fatalf("%d rows, want %d", len(got.Rows), len(want))
	}
	for i, r := range got.Rows {
		if r.Code != want[i].Code.String() || r.Name == "" {
			ts.Fatalf("row %d is %s %s, want %s", i, r.Code, r.Name, want[i].Code)
		}
		compare(ts, r.Code, r.sums, byHand(tree, want[i].Code, no, towns))
	}
	compare(ts, "total", got.Total, byHand(tree, of, no, towns))
}

func compare(ts *testscript.TestScript, who string, got, want sums) {
	if got.Villages != want.Villages || got.Reported != want.Reported || !slices.Equal(got.Values, want.Values) {
		ts.Fatalf("%s: %+v\nby hand: %+v", who, got, want)
	}
}

// byHand counts a unit's villages that lie in the towns: yes as one, counts as they are, money
// as fractions of 万元, rounded once at the end.
func byHand(tree *unit.Tree, of unit.Code, no int, towns []unit.Code) sums {
	var out sums
	totals := make([]*big.Rat, len(theForm.Columns))
	for i := range totals {
		totals[i] = new(big.Rat)
	}
	for u := range tree.All {
		if u.Level() != unit.LevelVillage || u.Kind != unit.Ordinary || !of.Contains(u.Code) {
			continue
		}
		out.Villages++
		if !slices.ContainsFunc(towns, func(t unit.Code) bool { return t.Contains(u.Code) }) {
			continue
		}
		out.Reported++
		for i, v := range demo.Figures(theForm, u.Code, no) {
			if v == ledger.Empty {
				continue
			}
			n := big.NewRat(int64(v), 1)
			if theForm.Columns[i].Type == campaign.Money {
				n = big.NewRat(int64(v), 1_000_000)
			}
			totals[i].Add(totals[i], n)
		}
	}
	for i, n := range totals {
		places := 0
		if theForm.Columns[i].Type == campaign.Money {
			places = 2
		}
		out.Values = append(out.Values, json.Number(n.FloatString(places)))
	}
	return out
}
