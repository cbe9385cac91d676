package campaign_test

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/sangzi/sangzi/internal/campaign"
)

// TestNotice holds the embedded pack against the text of the notice, both ways: whatever the
// pack states stands there, and whatever the annexes have is in the pack, save the scanning
// errors that the pack corrects with a reason.
func TestNotice(t *testing.T) {
	n := readNotice(t)
	n.documents()
	n.tasks()
	n.ledger()
	n.quotas()
	n.lists()
	for i, c := range n.pack.Corrections {
		if !n.used[i] {
			t.Errorf("the correction of %s is not needed: %q", c.Where, c.Scanned)
		}
	}
}

func (n *notice) documents() {
	parts := map[string]string{"forwarding": n.forwarding, "original": n.original}
	n.has(n.original, "name", n.pack.Name)
	n.has(n.original, "short name", n.pack.ShortName)
	for _, d := range n.pack.Documents {
		part := parts[d.Key]
		n.has(part, "number", d.Number)
		n.has(part, "title", d.Title)
		for _, issuer := range d.Issuers {
			n.has(part, "issuer", issuer)
		}
		if !d.Issued.IsZero() {
			n.has(part, "issue", d.PrintedBy+d.Issued.Chinese()+"印发")
		}
		if d.CopiedTo != "" {
			n.has(part, "copy", "抄送："+d.CopiedTo)
		}
	}
	for _, c := range n.pack.Clauses {
		number := c.Number[strings.LastIndexAny(c.Number, "）")+len("）"):]
		if number == "" {
			number = c.Number[strings.Index(c.Number, "（"):]
		} else {
			number += "."
		}
		n.quoted("original", c.Number, number+c.Title)
	}
	for _, o := range n.pack.Orders {
		n.quoted(o.Document, o.Clause, o.Quote)
	}
}

var taskRow = regexp.MustCompile(`^(\d+)\t`)

// tasks holds every row of annex 1, cell after cell, against the task of its number: the
// cells that the pack calls merged must be empty there, all others printed, nothing besides.
func (n *notice) tasks() {
	rows := map[int]string{}
	for _, line := range n.annex1 {
		if m := taskRow.FindStringSubmatch(line); m != nil {
			number, err := strconv.Atoi(m[1])
			if err != nil {
				n.Fatal(err)
			}
			rows[number] = line
		}
	}
	if len(rows) != 31 || len(n.pack.Tasks) != len(rows) {
		n.Fatalf("annex 1 has %d rows, the pack %d tasks", len(rows), len(n.pack.Tasks))
	}
	for _, theme := range n.pack.Themes {
		for i, task := range n.pack.Tasks[theme.First : theme.First+theme.Count] {
			printed := func(field, text string) string {
				if slices.Contains(task.Merged, field) {
					return ""
				}
				return text
			}
			row := squeeze(rows[task.Number])
			want := strconv.Itoa(task.Number)
			if i == 0 {
				want += theme.Title
			}
			want += squeeze(printed("sub_theme", task.SubTheme)) + n.scanned(row, task.Measure) +
				printed("responsible", task.ResponsibleText()) + printed("limit", task.Limit)
			if row != want {
				n.Errorf("row %d of annex 1:\nnotice %s\npack   %s", task.Number, row, want)
			}
		}
	}
	list := squeeze(strings.Join(n.annex1, ""))
	for _, d := range n.pack.Departments {
		n.has(list, "department", d.Name)
		for _, also := range d.Also {
			n.has(list+n.forwarding, "other name of a department", also)
		}
	}
	for _, b := range n.pack.Bodies {
		n.has(list, "body", b.Name)
	}
}

// ledger holds the lines of annex 2 against the form.
func (n *notice) ledger() {
	form := n.pack.Ledger
	groups, columns := form.SerialTitle+form.NameTitle, ""
	head := squeeze(strings.Join(n.annex2, ""))
	for _, g := range form.Groups {
		groups += g.Title
	}
	var cells []string
	for _, c := range form.Columns {
		scanned := n.scanned(head, c.Title)
		if c.Scanned != "" && scanned != c.Scanned {
			n.Errorf("%s: scanned %q, the pack has %q", c.Key, scanned, c.Scanned)
		}
		columns += scanned
		cells = append(cells, form.Example.Cell(c))
	}
	fields := ""
	for _, f := range form.Head {
		fields += f.Title + "："
		if f.Key == "filled_on" {
			fields += "年月日"
		}
	}
	want := []string{
		form.Annex, form.Title, fields, groups, columns,
		form.Example.Serial + form.Example.Name + n.scanned(head, strings.Join(cells, " ")),
	}
	for i, note := range form.Notes {
		line := n.scanned(head, note)
		if i == 0 {
			line = "注：" + line
		}
		want = append(want, line)
	}
	var got []string
	for _, line := range n.annex2 {
		if s := strings.ReplaceAll(squeeze(line), "_", ""); s != "" {
			got = append(got, s)
		}
	}
	if !slices.Equal(got, want) {
		for i := range max(len(got), len(want)) {
			if i >= len(got) || i >= len(want) || got[i] != want[i] {
				n.Errorf("line %d of annex 2 differs\nnotice %q\npack   %q", i+1, at(got, i), at(want, i))
			}
		}
	}
	n.has(n.forwarding, "statistics", "《"+n.pack.Statistics.Title+"》")
}

func at(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return ""
}

// quotas looks for every figure in its sentence, and for every sentence in its document.
func (n *notice) quotas() {
	for _, q := range n.pack.Quotas {
		n.quoted(q.Document, q.Clause, q.Quote)
		n.has(q.Quote, "total of "+q.Key, figure(q.Total, q.Unit))
		if q.Limit != "" {
			n.has(n.original, "limit of "+q.Key, q.Limit)
		}
		for _, name := range q.Named {
			n.has(q.Quote, "named by "+q.Key, name)
		}
		if len(q.Shares) == 1 {
			continue // the total is the share; the county is the document's own
		}
		for _, s := range q.Shares {
			each := regexp.MustCompile(s.Name + `(?:、\p{Han}+?)*?(?:各)?` + figure(s.Amount, q.Unit))
			alone := s.Name + figure(s.Amount, q.Unit)
			if !strings.Contains(q.Quote, alone) && !(strings.Contains(q.Quote, "各") && each.MatchString(q.Quote)) {
				n.Errorf("%s: no %s in %q", q.Key, alone, q.Quote)
			}
		}
	}
}

// figure is an amount as the notice writes it: 3万株, 12个.
func figure(amount int64, unit string) string {
	if amount >= 10_000 && amount%10_000 == 0 {
		return fmt.Sprintf("%d万%s", amount/10_000, unit)
	}
	return fmt.Sprintf("%d%s", amount, unit)
}

func (n *notice) lists() {
	notes := squeeze(strings.Join(n.annex2, ""))
	for _, l := range n.pack.Lists {
		part := n.original
		if l.Key == "five_leads" {
			part = notes
		}
		for _, item := range l.Items {
			n.has(part, l.Title, item)
		}
	}
	for key, want := range map[string]int{"six_leads": 6, "five_leads": 5, "six_measures": 6, "theme_groves": 4} {
		if l, ok := n.pack.List(key); !ok || len(l.Items) != want {
			n.Errorf("list %s has %d items, want %d", key, len(l.Items), want)
		}
	}
}

func TestDefaultQuotas(t *testing.T) {
	p := campaign.Default()
	for key, want := range map[string][2]int64{ // total, Puning's share
		"online_adoption": {120_000, 30_000}, "forest_villages": {60, 12},
		"forest_homesteads": {6, 2}, "typical_villages": {15, 15},
	} {
		q, ok := p.Quota(key)
		if s, has := q.Share(p.Forwarder); !ok || !has || q.Total != want[0] || s.Amount != want[1] {
			t.Errorf("%s: total %d, Puning %d; want %v", key, q.Total, s.Amount, want)
		}
	}
}
