package statistics

import (
	"strconv"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/ledger"
)

// Document is a table for programs: the sums of the ledger's own columns. The command line
// prints it and the API answers with it.
type Document struct {
	Unit    string           `json:"unit"`
	Week    string           `json:"week"`
	Columns []DocumentColumn `json:"columns"`
	Rows    []DocumentRow    `json:"rows"`
	Total   Sums             `json:"total"`
}

// DocumentColumn is one column of the ledger.
type DocumentColumn struct {
	Key   string              `json:"key"`
	Title string              `json:"title"`
	Type  campaign.ColumnType `json:"type" enum:"yes_no,count,money"`
}

// DocumentRow is one unit.
type DocumentRow struct {
	Code string `json:"code"`
	Name string `json:"name"`
	Sums
}

// Sums are a unit's figures in the order of the columns: villages with yes, sums of counts,
// 万元 with two places.
type Sums struct {
	Villages int      `json:"villages" doc:"Villages expected to report, and virtual areas that did"`
	Reported int      `json:"reported"`
	Values   []Amount `json:"values" doc:"In the order of the columns: villages with yes, sums, 万元 with two places"`
}

// Amount is a number as it is written, so that 12.30 stays 12.30.
type Amount string

// MarshalJSON writes the number as it stands.
func (a Amount) MarshalJSON() ([]byte, error) { return []byte(a), nil }

// AmountOf writes a sum of a column: a whole number, or 万元 with two places.
func AmountOf(col *campaign.Column, sum int64) Amount {
	if col.Type == campaign.Money {
		return Amount(ledger.FormatMoney(sum))
	}
	return Amount(strconv.FormatInt(sum, 10))
}

// SumsOf writes a unit's figures.
func SumsOf(form *campaign.Form, f ledger.Figures) Sums {
	out := Sums{Villages: f.Villages, Reported: f.Reported, Values: make([]Amount, len(f.Sums))}
	for i, sum := range f.Sums {
		out.Values[i] = AmountOf(&form.Columns[i], sum)
	}
	return out
}

// Document is the table for programs.
func (t *Table) Document(form *campaign.Form) Document {
	out := Document{Unit: t.Unit.Code.String(), Week: t.Week.Due.String(), Rows: make([]DocumentRow, 0, len(t.Rows)), Total: SumsOf(form, t.Total.Now)}
	for _, c := range form.Columns {
		out.Columns = append(out.Columns, DocumentColumn{c.Key, c.Title, c.Type})
	}
	for i := range t.Rows {
		r := &t.Rows[i]
		out.Rows = append(out.Rows, DocumentRow{r.Unit.Code.String(), t.Tree.ShortName(r.Unit.Code), SumsOf(form, r.Now)})
	}
	return out
}
