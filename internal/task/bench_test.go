package task_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/account"
	"github.com/sangzi/sangzi/internal/app"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/demo"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/record"
	tasks "github.com/sangzi/sangzi/internal/task"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
)

var ctx = context.Background()

// jieyang are the other counties of 揭阳市 that report; with 普宁市 they have 1,651 villages.
var jieyang = []unit.Code{445202000000, 445203000000, 445222000000, 445224000000}

// played is the program after so many weeks of the ledger.
func played(b *testing.B, weeks int, counties []unit.Code) *app.App {
	b.Helper()
	clock := demo.NewClock()
	a, err := app.Open(ctx, app.Options{DB: "sqlite:" + b.TempDir() + "/a.db", Clock: clock.Now, Hash: account.Params{MemoryKiB: 64, Passes: 1, Threads: 1}})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { a.Close() }) //nolint:errcheck // its folder is gone with it
	w, _ := a.Pack.Calendar().Number(weeks)
	clock.Set(w.Due.In(testkit.Shanghai).Add(10 * time.Hour))
	stage := demo.Stage{Pack: a.Pack, Tree: a.Units.Tree, Ledger: a.Ledger, Set: clock.Set, Counties: counties}
	if err := stage.Fill(ctx, w.Deadline.Add(-time.Hour)); err != nil {
		b.Fatal(err)
	}
	clock.Set(w.Deadline.Add(-time.Hour))
	return a
}

func operator(of unit.Code) access.Actor { return access.Operator("bench", of) }

// parties are the county and all who answer to it.
func parties(a *app.App, s *tasks.Standing, of unit.Code) []record.Party {
	all := []record.Party{{Unit: of}}
	seen := map[record.Party]bool{}
	for i := range s.Duties {
		for j := range s.Duties[i].Demands {
			for _, p := range s.Answerable(&s.Duties[i].Demands[j], of) {
				if !seen[p] {
					seen[p] = true
					all = append(all, p)
				}
			}
		}
	}
	return all
}

// A day's states: a village's own after it has recorded something, a county's board by task, and
// every state of the county and all who answer to it, early and late in the campaign.
func BenchmarkDay(b *testing.B) {
	for _, c := range []struct {
		name     string
		weeks    int
		counties []unit.Code
	}{{"普宁 9 weeks", 9, nil}, {"普宁 98 weeks", 98, nil}, {"揭阳 9 weeks", 9, jieyang}, {"揭阳 98 weeks", 98, jieyang}} {
		a := played(b, c.weeks, c.counties)
		counties := append([]unit.Code{testkit.Puning}, c.counties...)
		n := 0
		enter := func() {
			n++
			who := testkit.Village
			if _, err := a.Records.Enter(ctx, who, record.Input{Kind: "visit", Unit: who.Unit, Day: a.Records.Today(), Source: ledger.Source{Kind: ledger.ByForm},
				Fields: map[string]string{"patrons": fmt.Sprintf("乡贤%d", n)}}); err != nil {
				b.Fatal(err)
			}
		}
		on := func(p record.Party) *tasks.Standing {
			s, err := a.Tasks.On(ctx, operator(p.Unit), p, date.Date{})
			if err != nil {
				b.Fatal(err)
			}
			return s
		}
		began := time.Now()
		for _, of := range counties {
			on(record.Party{Unit: of})
		}
		first := time.Since(began)
		b.Run(c.name+", a village's own", func(b *testing.B) {
			p := record.Party{Unit: testkit.Xintan}
			for b.Loop() {
				b.StopTimer()
				enter()
				b.StartTimer()
				on(p).Of(p)
			}
			b.ReportMetric(float64(first.Microseconds())/1000, "ms-at-first")
		})
		b.Run(c.name+", counties by task", func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				enter()
				b.StartTimer()
				for _, of := range counties {
					p := record.Party{Unit: of}
					on(p).Of(p)
				}
			}
		})
		b.Run(c.name+", all states", func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				enter()
				b.StartTimer()
				for _, of := range counties {
					s := on(record.Party{Unit: of})
					for _, p := range parties(a, s, of) {
						s.Of(p)
					}
				}
			}
		})
	}
}
