package statistics

import (
	"math/big"
	"strconv"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/ledger"
)

// CellKind says how a cell is written.
type CellKind uint8

// The kinds of cells.
const (
	Number CellKind = iota // a whole number: villages, people, trees
	Money                  // 分, written as 万元 with two places
	Share                  // Part of Whole, written as a percentage with one place
)

// Cell is one figure of the statistics, kept exact; a share keeps both its parts.
type Cell struct {
	Kind        CellKind
	Part, Whole int64 // Whole is only of a Share; a Share of nothing has no value
}

// String writes the cell as the table shows it: 1,318 stays 1318, money 5.76, shares 87.5%,
// a share of nothing —.
func (c Cell) String() string {
	switch c.Kind {
	case Money:
		return ledger.FormatMoney(c.Part)
	case Share:
		if c.Whole == 0 {
			return "—"
		}
		return c.percent() + "%"
	}
	return strconv.FormatInt(c.Part, 10)
}

// percent rounds half away from zero to one place, exactly.
func (c Cell) percent() string {
	return new(big.Rat).SetFrac(new(big.Int).Mul(big.NewInt(c.Part), big.NewInt(100)), big.NewInt(c.Whole)).FloatString(1)
}

// Compare orders cells of one column; shares of nothing come first.
func (c Cell) Compare(d Cell) int {
	if c.Kind != Share {
		return cmp(c.Part, d.Part)
	}
	switch {
	case c.Whole == 0 || d.Whole == 0:
		return cmp(c.Whole, d.Whole)
	}
	return new(big.Int).Mul(big.NewInt(c.Part), big.NewInt(d.Whole)).Cmp(new(big.Int).Mul(big.NewInt(d.Part), big.NewInt(c.Whole)))
}

func cmp(x, y int64) int {
	switch {
	case x < y:
		return -1
	case x > y:
		return 1
	}
	return 0
}

// reckoner works out the cells of a row; column positions are found once.
type reckoner struct {
	columns []reckoned
}

type reckoned struct {
	measure campaign.Measure
	at, per int
	money   bool
}

func newReckoner(form *campaign.Form, stats *campaign.Statistics) reckoner {
	r := reckoner{columns: make([]reckoned, len(stats.Columns))}
	for i, c := range stats.Columns {
		r.columns[i] = reckoned{measure: c.Measure, at: -1, per: -1}
		if at, ok := form.ColumnIndex(c.Column); ok {
			r.columns[i].at, r.columns[i].money = at, form.Columns[at].Type == campaign.Money
		}
		if per, ok := form.ColumnIndex(c.Per); ok {
			r.columns[i].per = per
		}
	}
	return r
}

func (r reckoner) cells(now ledger.Figures, added ledger.Increase) []Cell {
	out := make([]Cell, len(r.columns))
	for i, c := range r.columns {
		out[i] = c.cell(now, added)
	}
	return out
}

func (c reckoned) cell(now ledger.Figures, added ledger.Increase) Cell {
	amount := func(n int64) Cell {
		if c.money {
			return Cell{Kind: Money, Part: n}
		}
		return Cell{Part: n}
	}
	switch c.measure {
	case campaign.Villages:
		return Cell{Part: int64(now.Villages)}
	case campaign.Reported:
		return Cell{Part: int64(now.Reported)}
	case campaign.OnTime:
		return Cell{Part: int64(now.OnTime)}
	case campaign.Late:
		return Cell{Part: int64(now.Late)}
	case campaign.Missing:
		return Cell{Part: int64(now.Villages - now.Reported)}
	case campaign.YesShare:
		return Cell{Kind: Share, Part: now.Sums[c.at], Whole: int64(now.Villages + now.Excused)}
	case campaign.Ratio:
		return Cell{Kind: Share, Part: now.Sums[c.at], Whole: now.Sums[c.per]}
	case campaign.Increase:
		return amount(added.Sums[c.at])
	}
	return amount(now.Sums[c.at]) // yes_count and sum
}
