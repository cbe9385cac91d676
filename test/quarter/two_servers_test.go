package quarter

import (
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/task"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
)

// said is everything a server says of a town's villages that follows from records: their rows of
// every week, and the tasks of the county, the town, its villages and a department.
func (s *stage) said(of unit.Code) string {
	s.t.Helper()
	var out strings.Builder
	parties := []record.Party{{Unit: testkit.Puning}, {Unit: of}, {Unit: testkit.Puning, Department: "市林业局"}}
	for _, v := range s.Units.Tree(s.Records.Today()).Villages(of) {
		parties = append(parties, record.Party{Unit: v.Code})
		for _, w := range s.Ledger.Calendar().Until(s.Ledger.Current().Due) {
			row, err := s.Ledger.Row(ctx, testkit.County, v.Code, w.Due)
			if err != nil {
				s.t.Fatal(err)
			}
			fmt.Fprintln(&out, v.Code, w.Due, row.Says, row.Filled)
		}
	}
	for _, p := range parties {
		standing, err := s.Tasks.On(ctx, testkit.County, p, date.Date{})
		if err != nil {
			s.t.Fatal(err)
		}
		text, err := json.Marshal(standing.Statement(p))
		if err != nil {
			s.t.Fatal(err)
		}
		fmt.Fprintln(&out, string(text))
	}
	return out.String()
}

// Two servers on one database are asked about rows and tasks while both enter, correct and
// withdraw records, report rows and tasks; once they have followed each other they say the same,
// and what one says that starts afterwards.
func TestTwoServersAgreeAfterABurst(t *testing.T) {
	testkit.URLs(t, func(t *testing.T, url string) {
		clock := testkit.NewClock("2024-03-29 10:00")
		servers := []*stage{open(t, url, clock), open(t, url, clock)}
		town := testkit.EastTown
		villages := servers[0].Units.Tree(servers[0].Records.Today()).Villages(town)
		servers[0].said(town) // so that both keep something that has to move on
		servers[1].said(town)
		const each = 60
		var wait sync.WaitGroup
		for n, s := range servers {
			wait.Go(func() {
				for i := range each {
					s.burst(n, i, villages[(i*7+n)%len(villages)].Code)
					if i%20 == 10 {
						if err := s.App.Refresh(ctx); err != nil {
							t.Error(err)
						}
					}
				}
			})
		}
		wait.Wait()
		for _, s := range servers {
			if err := s.App.Refresh(ctx); err != nil {
				t.Fatal(err)
			}
		}
		first, second, third := servers[0].said(town), servers[1].said(town), open(t, url, clock).said(town)
		for who, other := range map[string]string{"the second": second, "one started afterwards": third} {
			if first != other {
				a, b := strings.Split(first, "\n"), strings.Split(other, "\n")
				for i := range a {
					if a[i] != b[i] {
						t.Fatalf("the first server says\n%s\n%s says\n%s", a[i], who, b[i])
					}
				}
			}
		}
		list, err := servers[1].Records.List(ctx, testkit.County, record.Query{Of: town, Withdrawn: true})
		if err != nil || len(list) != 2*each {
			t.Errorf("%d records, %v", len(list), err)
		}
	})
}

// burst is one thing recorded, and what else happens beside it.
func (s *stage) burst(n, i int, of unit.Code) {
	who := testkit.Village
	who.Unit, who.Account = of, int64(100+n)
	must := func(err error) {
		if err != nil {
			s.t.Errorf("server %d, step %d: %v", n, i, err)
		}
	}
	kinds := []struct {
		kind   string
		fields map[string]string
	}{{"planting", map[string]string{"work": "new", "trees": fmt.Sprint(1 + i), "occasion": "weekly"}}, {"visit", map[string]string{"patrons": fmt.Sprintf("乡贤%d", i%5)}},
		{"service", map[string]string{}}, {"training", map[string]string{"attendances": fmt.Sprint(3 + n)}}}
	k := kinds[(i+n)%len(kinds)]
	v, err := s.Records.Enter(ctx, who, record.Input{Kind: k.kind, Unit: of, Day: date.MustParse("2024-03-29").Add(-(i * 2) % 80), With: []string{"市林业局"}, Fields: k.fields, Source: ledger.Source{Kind: ledger.ByForm}})
	must(err)
	switch i % 6 {
	case 1:
		_, err = s.Records.Withdraw(ctx, who, record.At{ID: v.ID, Base: 1}, "记错")
	case 3:
		_, err = s.Records.Correct(ctx, who, record.At{ID: v.ID, Base: 1}, record.Input{Day: v.Day.Add(-7), Fields: k.fields, Source: v.Source}, "日期记错")
	case 4:
		_, err = s.Tasks.Exempt(ctx, testkit.County, task.Point{Duty: "4", Demand: "park", Party: record.Party{Unit: of}}, "地少")
	case 5:
		_, err = s.Ledger.Grant(ctx, testkit.County, ledger.GrantInput{Unit: of, Week: date.MustParse("2024-03-29"), Kind: ledger.Extension,
			Until: date.MustParse("2024-03-30").In(testkit.Shanghai).Add(time.Duration(12+i) * time.Hour), Reason: "停电"})
	}
	must(err)
	if _, err := s.Tasks.On(ctx, access.Operator("", of), record.Party{Unit: of}, date.Date{}); err != nil {
		must(err)
	}
}
