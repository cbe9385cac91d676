package bulletin_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/sangzi/sangzi/internal/bulletin"
	"github.com/sangzi/sangzi/internal/ledger/ledgertest"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
)

// dangling is what no sentence of a bulletin has: a list of nobody, an increase of nothing, marks
// beside each other, what was not filled in.
var dangling = regexp.MustCompile(`[{}\[\]]|的有[。，；]|新[增植]0[个人株]|投入0\.00万元|[，；、。：]{2}|（）|“”|[，、]$`)

// The drafts of a county, of one that knows nothing of the program and of the city read as whole
// sentences, month and quarter; no section is empty.
func TestDraftsReadWhole(t *testing.T) {
	w := ledgertest.Busy(t, "2024-03-30 09:00")
	for _, of := range []unit.Code{testkit.Puning, testkit.Huilai, testkit.Jieyang} {
		for _, period := range []string{"2024-01", "2024-02", "2024-03", "2024-Q1"} {
			d := draft(t, w, of, period)
			for i, s := range d.Sections {
				if i > 0 && s.Heading == "" || len(s.Paragraphs) == 0 {
					t.Errorf("%s %s: section %d is %q with %d paragraphs", of, period, i, s.Heading, len(s.Paragraphs))
				}
				for _, p := range s.Paragraphs {
					text := spoken(d, w, p)
					if bad := dangling.FindString(text); bad != "" || !strings.HasSuffix(text, "。") {
						t.Errorf("%s %s: %q stands in %s", of, period, bad, text)
					}
					if of == testkit.Jieyang && strings.Contains(text, "项重点任务中") {
						t.Errorf("the city, which has no board, tells of tasks: %s", text)
					}
				}
			}
		}
	}
}

func spoken(d bulletin.Draft, w *ledgertest.World, p bulletin.Paragraph) string {
	var b strings.Builder
	for _, r := range d.Runs(w.Pack.Ledger, p) {
		b.WriteString(r.Text)
	}
	return b.String()
}

// Units that were named are not named again one by one, and a task that is due on several days is
// named once.
func TestListsAreNotRepeated(t *testing.T) {
	w := ledgertest.Busy(t, "2024-03-30 09:00")
	named := bulletin.Pick{Of: "planted_trees/planned_trees%", AtLeast: 50, Below: true}
	d := draft(t, w, testkit.Puning, "2024-Q1")
	list := func(n int) (codes []unit.Code) {
		for _, u := range d.Snapshot.Units[:n] {
			codes = append(codes, u.Code)
		}
		return codes
	}
	par := func(text string, n int) bulletin.Paragraph {
		return bulletin.Paragraph{Text: text, List: list(n), Pick: &named}
	}
	d.Sections = []bulletin.Section{
		{Heading: "问题", Paragraphs: []bulletin.Paragraph{par("甲的有{named}。", 5), par("乙的有{named}。", 5), par("丙的有{named}。", 3), par("丁的有{named}。", 3)}},
		{Heading: "要求", Paragraphs: []bulletin.Paragraph{par("戊{named}要查明原因。", 5)}},
	}
	want := map[string]bool{"甲": false, "乙": true, "丙": false, "丁": false, "戊": true}
	for _, s := range d.Sections {
		for _, p := range s.Paragraphs {
			text := spoken(d, w, p)
			if again := strings.Contains(text, "上述5个乡镇场街道"); again != want[string([]rune(text)[:1])] {
				t.Errorf("%s", text)
			}
		}
	}
	d.Snapshot.Units[6].Name = "另一个镇"
	other := par("己的有{named}。", 5)
	other.List = append(other.List[:4:4], d.Snapshot.Units[6].Code)
	d.Sections[0].Paragraphs = append(d.Sections[0].Paragraphs, other)
	if text := spoken(d, w, d.Sections[1].Paragraphs[0]); strings.Contains(text, "上述") {
		t.Errorf("as many others were named since: %s", text)
	}

	full := draft(t, w, testkit.Puning, "2024-Q1")
	for _, s := range full.Sections {
		for _, p := range s.Paragraphs {
			if text := spoken(full, w, p); p.Pick != nil && p.Pick.Which == "due" && (strings.Count(text, "“节日纪念日植树”") != 1 || !strings.Contains(text, "清明节4月11日前，劳动节5月8日前，端午节6月17日前")) {
				t.Errorf("%s", text)
			}
		}
	}
}

// Units where nobody has anything to report stand in no table and no chart, and the tables say so.
func TestUnitsWithNothingToReport(t *testing.T) {
	w := ledgertest.Busy(t, "2024-03-30 09:00")
	d := draft(t, w, testkit.Puning, "2024-03")
	names := bulletin.NewNames(w.Pack.Ledger)
	idle, busy := []string{}, 0
	for _, u := range d.Snapshot.Units {
		if u.Villages == 0 {
			idle = append(idle, u.Name)
		} else {
			busy++
		}
	}
	if len(idle) == 0 {
		t.Fatal("every unit has villages")
	}
	for _, table := range d.Tables {
		if rows := d.Rows(w.Pack.Ledger, table); len(rows) != busy+1 {
			t.Errorf("%s has %d rows for %d units", table.Title, len(rows), busy)
		}
		if note := d.TableNote(table, names); note != strings.Join(idle, "、")+"没有应报的村（社区），不列。" {
			t.Errorf("%s", note)
		}
	}
	for _, c := range d.AnnexCharts() {
		if n := len(d.Drawn(w.Pack.Ledger, c).Labels); n != busy {
			t.Errorf("%s has %d labels", c.Title, n)
		}
	}
}

// Villages of very many towns are counted, and quotation marks inside others are single.
func TestLongListsAndQuotes(t *testing.T) {
	w := ledgertest.Busy(t, "2024-03-30 09:00")
	d := draft(t, w, testkit.Puning, "2024-03")
	d.Snapshot.Villages = map[string][]bulletin.Village{}
	for _, u := range d.Snapshot.Units[:13] {
		d.Snapshot.Villages["late"] = append(d.Snapshot.Villages["late"], bulletin.Village{Code: u.Code, Name: "甲村"})
	}
	late := bulletin.Paragraph{Text: "{named}逾期。", Pick: &bulletin.Pick{Kind: "villages", Which: "late"}}
	if text := spoken(d, w, late); text != "13个乡镇场街道的13个村（社区）逾期。" {
		t.Error(text)
	}
	d.Snapshot.Villages["late"] = d.Snapshot.Villages["late"][:2]
	if text := spoken(d, w, late); text != "流沙东街道甲村，流沙南街道甲村等2个村（社区）逾期。" {
		t.Error(text)
	}
	d.Snapshot.Tasks = &bulletin.Tasks{Late: []bulletin.Task{{Number: 16, Says: "村“两委”干部上门走访乡贤", By: d.Snapshot.Week}}}
	if text := spoken(d, w, bulletin.Paragraph{Text: "{named}。", Pick: &bulletin.Pick{Kind: "tasks", Which: "overdue"}}); text != "“村‘两委’干部上门走访乡贤”（第16项，3月29日前）。" {
		t.Error(text)
	}
}
