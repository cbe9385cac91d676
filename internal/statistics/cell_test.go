package statistics

import (
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/ledger"
)

func TestCellString(t *testing.T) {
	for _, c := range []struct {
		cell Cell
		want string
	}{
		{Cell{Kind: Number, Part: 0}, "0"}, {Cell{Kind: Number, Part: 1318}, "1318"}, {Cell{Kind: Number, Part: -3}, "-3"},
		{Cell{Kind: Money, Part: 5_760_000}, "5.76"}, {Cell{Kind: Money, Part: 5_000}, "0.01"}, {Cell{Kind: Money, Part: -5_000}, "-0.01"},
		{Cell{Kind: Share, Part: 7, Whole: 8}, "87.5%"}, {Cell{Kind: Share, Part: 1, Whole: 3}, "33.3%"}, {Cell{Kind: Share, Part: 2, Whole: 3}, "66.7%"},
		{Cell{Kind: Share, Part: 1, Whole: 2000}, "0.1%"}, {Cell{Kind: Share, Part: 1, Whole: 2001}, "0.0%"}, {Cell{Kind: Share, Part: 1999, Whole: 2000}, "100.0%"},
		{Cell{Kind: Share, Part: 14, Whole: 10}, "140.0%"}, {Cell{Kind: Share, Part: 0, Whole: 5}, "0.0%"}, {Cell{Kind: Share, Part: 0, Whole: 0}, "—"},
	} {
		if got := c.cell.String(); got != c.want {
			t.Errorf("%+v: %s, want %s", c.cell, got, c.want)
		}
	}
}

// Every measure by hand, over figures whose every number is another.
func TestCells(t *testing.T) {
	pack := campaign.Default()
	form := pack.Ledger
	now := ledger.Figures{Villages: 50, Reported: 41, OnTime: 37, Late: 4, Carried: 6, Excused: 2, Sums: make([]int64, len(form.Columns))}
	added := ledger.Increase{Villages: 33, Sums: make([]int64, len(form.Columns))}
	for i := range form.Columns {
		now.Sums[i], added.Sums[i] = int64(100+i), int64(10+i)
	}
	at := func(key string) int64 { i, _ := form.ColumnIndex(key); return int64(i) }
	calc := newReckoner(form, pack.Statistics)
	cells := calc.cells(now, added)
	seen := map[campaign.Measure]bool{}
	for i, c := range pack.Statistics.Columns {
		seen[c.Measure] = true
		kind := Number
		if col, ok := form.Column(c.Column); ok && col.Type == campaign.Money {
			kind = Money
		}
		want := map[campaign.Measure]Cell{
			campaign.Villages: {Part: 50}, campaign.Reported: {Part: 41}, campaign.OnTime: {Part: 37}, campaign.Late: {Part: 4}, campaign.Missing: {Part: 9},
			campaign.YesCount: {Part: 100 + at(c.Column)}, campaign.Total: {Kind: kind, Part: 100 + at(c.Column)},
			campaign.YesShare: {Kind: Share, Part: 100 + at(c.Column), Whole: 52}, // the excused that were carried are counted with
			campaign.Ratio:    {Kind: Share, Part: 100 + at(c.Column), Whole: 100 + at(c.Per)},
			campaign.Increase: {Kind: kind, Part: 10 + at(c.Column)},
		}[c.Measure]
		if cells[i] != want {
			t.Errorf("%s: %+v, want %+v", c.Key, cells[i], want)
		}
	}
	if len(seen) < 9 {
		t.Errorf("the form of the statistics uses only %v", seen)
	}
}

// Shares are rounded and ordered as exact fractions are.
func TestSharesAgreeWithExactArithmetic(t *testing.T) {
	share := rapid.Custom(func(t *rapid.T) Cell {
		n := rapid.OneOf(rapid.Int64Range(0, 20), rapid.Int64Range(0, 1<<61))
		return Cell{Kind: Share, Part: n.Draw(t, "part"), Whole: n.Draw(t, "whole")}
	})
	rapid.Check(t, func(t *rapid.T) {
		x, y := share.Draw(t, "x"), share.Draw(t, "y")
		if x.Whole == 0 || y.Whole == 0 {
			if c := x.Compare(y); (c == 0) != (x.Whole == y.Whole) || (c < 0) != (x.Whole == 0 && y.Whole > 0) {
				t.Fatalf("%+v against %+v: %d", x, y, c)
			}
			return
		}
		rx, ry := big.NewRat(x.Part, x.Whole), big.NewRat(y.Part, y.Whole)
		if x.Compare(y) != rx.Cmp(ry) || y.Compare(x) != -x.Compare(y) {
			t.Fatalf("%+v against %+v: %d, want %d", x, y, x.Compare(y), rx.Cmp(ry))
		}
		if want := new(big.Rat).Mul(rx, big.NewRat(100, 1)).FloatString(1) + "%"; x.String() != want {
			t.Fatalf("%+v: %s, want %s", x, x.String(), want)
		}
	})
	for _, c := range []struct{ x, y Cell }{{Cell{Part: 1}, Cell{Part: 2}}, {Cell{Kind: Money, Part: -1}, Cell{Kind: Money}}} {
		if c.x.Compare(c.y) != -1 || c.y.Compare(c.x) != 1 || c.x.Compare(c.x) != 0 {
			t.Errorf("%+v against %+v", c.x, c.y)
		}
	}
}
