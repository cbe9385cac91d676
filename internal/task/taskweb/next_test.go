package taskweb

import (
	"strings"
	"testing"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/task"
	"github.com/sangzi/sangzi/internal/testkit"
)

// The next step beside what is missing: the record that shows it where the unit may enter it, the
// report where none does, the week's ledger; nothing where it is for others to do.
func TestNextStep(t *testing.T) {
	pack := campaign.Default()
	p := New(task.New(task.Config{Pack: pack}), nil)
	p.records = func() bool { return true }
	village, town := record.Party{Unit: testkit.Xintan}, record.Party{Unit: testkit.LihuTown}
	item := func(duty, rule string, at record.Party, lacks ...string) *task.Item {
		for _, d := range pack.Duties() {
			if x, ok := d.Demand(rule); ok && d.Key == duty {
				i := &task.Item{Duty: &d, Demand: x, Party: at, State: task.InProgress}
				for _, kind := range lacks {
					i.Lacks = append(i.Lacks, task.Lack{Record: kind, Want: 1})
				}
				return i
			}
		}
		t.Fatalf("no %s %s", duty, rule)
		return nil
	}
	rolled := item("4", "park", town, "grove")
	rolled.Of = 25
	for _, c := range []struct {
		what string
		as   asked
		item *task.Item
		want string
	}{
		{"a record", asked{actor: testkit.Village}, item("4", "park", village, "grove"), "/records/445281001202/new/grove"},
		{"the first of several", asked{actor: testkit.Village}, item("1", "six_measures", village, "party_lecture", "party_day"), "/records/445281001202/new/party_lecture"},
		{"who may not enter", asked{actor: testkit.Leader}, item("4", "park", village, "grove"), ""},
		{"what is not done at a town", asked{actor: testkit.Town}, item("30", "training", town, "training"), ""},
		{"what its villages do", asked{actor: testkit.Town}, rolled, ""},
		{"a report", asked{actor: testkit.Town}, item("24", "towns", town, ""), "/tasks/445281119000/24/towns/"},
		{"the week's ledger", asked{actor: testkit.Town}, item("weekly_report", "weekly", town, ""), "/ledger/445281119000"},
	} {
		if got := p.next(&c.as, c.item).Href; got != c.want && !(strings.HasSuffix(c.want, "/") && strings.HasPrefix(got, c.want)) {
			t.Errorf("%s: %s, want %s", c.what, got, c.want)
		}
	}
}
