package statisticsweb

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/statistics"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web/ui"
)

// pageRows is how many units one page of a table shows.
const pageRows = 120

// view is a table as its page draws it.
type view struct {
	Title, Mark string
	Confirmed   bool // the pack marks the form, and the office has confirmed it
	Unit        unit.Unit
	Weeks       ui.WeekNavData
	WeekNo      int
	Due         string
	NameTitle   string
	Groups      []group
	Columns     []column
	Rows        []row
	Total       []cell
	By          []choice
	Chosen      []choice // groups of columns, each shown or not
	Pages       ui.PagesData
	Name        ui.HeadData
	Export      string
	Reported    bool // anybody has
	Silent      int  // units without figures this week
	Missing     int  // villages whose figures are in no sum
	Bars        ui.BarChartData
	Trend       ui.TrendData
	BarsMore    int // units that the chart leaves out
	AllColumns  string
}

type group struct {
	Title string
	Count int
}

// column is a shown column; At is its place in the form of the statistics.
type column struct {
	At   int
	Head ui.HeadData
}

type row struct {
	Name, Href, Code string
	Up               string // the unit between, where a table skips a level
	Cells            []cell
}

type cell struct {
	Text, Href string
	Sorted     bool
	Tone       string // up, down or nothing
}

type choice struct {
	Label, Href string
	On          bool
}

// request is what a page of the table was asked with.
type request struct {
	path   string
	query  url.Values
	sort   int // column of the form to sort by; -1 the order of codes
	desc   bool
	hidden map[string]bool // groups that are not shown
	page   int
}

func readRequest(path string, q url.Values, form *campaign.Statistics) request {
	r := request{path: path, query: q, sort: -1, desc: q.Get("dir") != "asc", hidden: map[string]bool{}, page: 1}
	if key := q.Get("sort"); key != "" {
		r.sort = slices.IndexFunc(form.Columns, func(c campaign.StatisticsColumn) bool { return c.Key == key })
	}
	if list := q.Get("columns"); list != "" {
		shown := strings.Split(list, ",")
		for _, g := range form.Groups {
			if !slices.Contains(shown, g.Key) {
				r.hidden[g.Key] = true
			}
		}
		if len(r.hidden) == len(form.Groups) {
			r.hidden = map[string]bool{}
		}
	}
	if n, err := strconv.Atoi(q.Get("page")); err == nil && n > 1 {
		r.page = n
	}
	return r
}

// sorted orders a table's rows by the chosen column; equal ones stay in the order of codes.
func (r request) sorted(rows []statistics.Row) []statistics.Row {
	out := slices.Clone(rows)
	if r.sort < 0 {
		if r.query.Get("sort") == "name" && r.desc {
			slices.Reverse(out)
		}
		return out
	}
	slices.SortStableFunc(out, func(x, y statistics.Row) int {
		c := x.Cells[r.sort].Compare(y.Cells[r.sort])
		if r.desc {
			return -c
		}
		return c
	})
	return out
}

// order is how the table stands sorted by a column.
func (r request) order(column int) ui.SortOrder {
	switch {
	case column != r.sort:
		return ui.Unsorted
	case r.desc:
		return ui.Descending
	}
	return ui.Ascending
}

// sortBy is the address that sorts by a column, the other way round when it is sorted by it.
func (r request) sortBy(key string, order ui.SortOrder) string {
	dir := ""
	if order == ui.Descending {
		dir = "asc"
	}
	return with(r.path, r.query, "sort", key, "dir", dir, "page", "")
}
