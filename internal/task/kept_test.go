package task_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/account"
	"github.com/sangzi/sangzi/internal/app"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/demo"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/task"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/unit/register"
)

// play is the program with what has been done in it so far.
type play struct {
	*app.App
	t       *testing.T
	r       *rand.Rand
	clock   *demo.Clock
	stage   demo.Stage
	records []record.Version
	done    map[string]int
	added   int
}

func newPlay(t *testing.T, seed uint64) *play {
	t.Helper()
	p := &play{t: t, r: rand.New(rand.NewPCG(seed, 1)), clock: demo.NewClock(), done: map[string]int{}} //nolint:gosec // not a secret
	var err error
	if p.App, err = app.Open(ctx, app.Options{DB: "sqlite:" + t.TempDir() + "/a.db", Clock: p.clock.Now, Hash: account.Params{MemoryKiB: 64, Passes: 1, Threads: 1}}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.Close() }) //nolint:errcheck // its folder is gone with it
	p.stage = demo.Stage{Pack: p.Pack, Tree: p.Units.Tree, Ledger: p.Ledger, Set: p.clock.Set}
	start := date.MustParse("2024-03-08")
	p.clock.Set(start.In(testkit.Shanghai).Add(9 * time.Hour))
	if err := p.stage.Fill(ctx, start.In(testkit.Shanghai).Add(16*time.Hour)); err != nil {
		t.Fatal(err)
	}
	p.clock.Set(start.In(testkit.Shanghai).Add(16 * time.Hour))
	return p
}

// towns are those in which something is done.
var towns = []unit.Code{testkit.LihuTown, testkit.EastTown, 445281117000}

func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

func (p *play) town() unit.Code { return pick(p.r, towns) }

func (p *play) village() unit.Code {
	return pick(p.r, p.Units.Tree(p.Records.Today()).Villages(p.town())).Code
}

// day is one of the campaign's so far.
func (p *play) day() date.Date {
	return p.Pack.Since.Add(p.r.IntN(p.Records.Today().Sub(p.Pack.Since) + 1))
}

// as is an actor at a unit.
func as(of unit.Code) access.Actor {
	a := testkit.County
	switch of.Level() {
	case unit.LevelTown:
		a = testkit.Town
	case unit.LevelVillage:
		a = testkit.Village
	}
	a.Unit = of
	return a
}

// kinds of records with fields that tasks ask for.
var kinds = []struct {
	kind   string
	fields map[string]string
}{
	{"planting", map[string]string{"work": "new", "trees": "30", "occasion": "adoption"}}, {"planting", map[string]string{"work": "tending", "trees": "5", "occasion": "leaders"}},
	{"service", map[string]string{}}, {"party_day", map[string]string{}}, {"grove", map[string]string{"kind": "park", "name": "林"}},
	{"adoption", map[string]string{"through": "online", "trees": "9", "members": "2"}}, {"visit", map[string]string{"patrons": "陈木清、黄秀英"}},
	{"liaison", map[string]string{"level": "taskforce", "post": "工作队"}}, {"model", map[string]string{"kind": "garden", "name": "园"}},
}

// step does one thing; what may not be done is not done.
func (p *play) step() {
	moves := []struct {
		name string
		do   func() error
	}{
		{"enter", p.enter}, {"enter", p.enter}, {"enter", p.enter}, {"correct", p.correct}, {"withdraw", p.withdraw}, {"exempt", p.exempt}, {"lift", p.exempt},
		{"report a task", p.reportTask}, {"report a row", p.reportRow}, {"submit", p.submit}, {"return", p.giveBack}, {"waive", p.waive}, {"add a unit", p.add}, {"a day later", p.later},
	}
	m := pick(p.r, moves)
	if err := m.do(); err == nil {
		p.done[m.name]++
	}
}

func (p *play) enter() error {
	k, of := pick(p.r, kinds), p.village()
	v, err := p.Records.Enter(ctx, as(of), record.Input{Kind: k.kind, Unit: of, Day: p.day(), With: pick(p.r, [][]string{nil, {"市林业局"}, {"市教育局", "市农业农村局"}}),
		Fields: k.fields, Source: ledger.Source{Kind: ledger.ByForm}})
	if err == nil {
		p.records = append(p.records, v)
	}
	return err
}

// old is a record that was entered, with its place in the list.
func (p *play) old() (int, record.Version, error) {
	if len(p.records) == 0 {
		return 0, record.Version{}, fmt.Errorf("none")
	}
	i := p.r.IntN(len(p.records))
	return i, p.records[i], nil
}

func (p *play) correct() error {
	i, v, err := p.old()
	if err != nil {
		return err
	}
	fields := map[string]string{}
	for _, k := range kinds {
		if k.kind == v.Kind {
			fields = k.fields
		}
	}
	next, err := p.Records.Correct(ctx, as(v.Unit), record.At{ID: v.ID, Base: v.Number}, record.Input{Day: p.day(), Fields: fields, Source: v.Source}, "日期记错")
	if err == nil {
		p.records[i] = next
	}
	return err
}

func (p *play) withdraw() error {
	i, v, err := p.old()
	if err != nil {
		return err
	}
	next, err := p.Records.Withdraw(ctx, as(v.Unit), record.At{ID: v.ID, Base: v.Number}, "没有这回事")
	if err == nil {
		p.records[i] = next
	}
	return err
}

// point is a demand of a party in one of its periods.
func (p *play) point(reported bool) (task.Point, error) {
	duties := p.Tasks.Duties()
	for range 200 {
		d := &duties[p.r.IntN(len(duties))]
		x := &d.Demands[p.r.IntN(len(d.Demands))]
		periods := task.Periods(x, p.Pack.Calendar(), p.Records.Today())
		if x.Reported != reported || len(periods) == 0 {
			continue
		}
		party := record.Party{Unit: pick(p.r, []unit.Code{p.village(), p.town(), testkit.Puning})}
		if x.Each == "village" {
			party.Unit = p.village()
		}
		return task.Point{Duty: d.Key, Demand: x.Key, Party: party, From: pick(p.r, periods).From}, nil
	}
	return task.Point{}, fmt.Errorf("none")
}

func (p *play) exempt() error {
	point, err := p.point(false)
	if err != nil {
		return err
	}
	if p.r.IntN(3) == 0 {
		point.From = date.Date{}
	}
	if _, err := p.Tasks.Exempt(ctx, testkit.County, point, "地少"); err != nil || p.r.IntN(3) > 0 {
		return err
	}
	_, err = p.Tasks.Lift(ctx, testkit.County, point, "有地了")
	return err
}

func (p *play) reportTask() error {
	point, err := p.point(true)
	if err != nil {
		return err
	}
	e, err := p.Tasks.Report(ctx, testkit.County, task.ReportInput{Point: point, Day: p.day(), Proof: "文件"})
	if err != nil || p.r.IntN(2) == 0 {
		return err
	}
	_, err = p.Tasks.Decide(ctx, testkit.County, e.ID, pick(p.r, []task.EventKind{task.Confirms, task.Declines}), "看过")
	return err
}

// week is this one or, seldom locked, the last.
func (p *play) week() date.Date {
	now := p.Ledger.Current()
	return pick(p.r, p.Ledger.Calendar().Until(now.Due)[now.No-2:]).Due
}

func (p *play) reportRow() error {
	of, due := p.village(), p.week()
	v, err := p.Ledger.Row(ctx, as(of), of, due)
	if err != nil {
		return err
	}
	for i := range p.Pack.Ledger.Columns {
		if c := &p.Pack.Ledger.Columns[i]; v.Filled[i] == ledger.Empty || c.Type == "yes_no" {
			v.Filled[i] = ledger.Value(p.r.IntN(2))
		}
	}
	notes := map[string]string{}
	for _, c := range p.Pack.Ledger.Columns {
		notes[c.Key] = "已核对"
	}
	_, err = p.Ledger.Report(ctx, as(of), ledger.ReportInput{Unit: of, Week: due, Base: v.Chain.Version, Values: v.Filled, Notes: notes, Source: ledger.Source{Kind: ledger.ByForm}})
	return err
}

func (p *play) submit() error {
	of := p.town()
	_, err := p.Ledger.Submit(ctx, as(of), ledger.SubmitInput{Unit: of, Week: p.week(), Base: ledger.AnyBase, Head: ledger.Head{Unit: "镇", Contact: "人", Phone: "1", FilledOn: p.Records.Today()}})
	return err
}

func (p *play) giveBack() error {
	if p.r.IntN(2) == 0 {
		_, err := p.Ledger.ReturnTown(ctx, testkit.County, ledger.ReturnInput{Unit: p.town(), Week: p.week(), Reason: "请核对"})
		return err
	}
	of := p.village()
	_, err := p.Ledger.Return(ctx, as(of.At(unit.LevelTown)), ledger.ReturnInput{Unit: of, Week: p.week(), Reason: "请核对"})
	return err
}

func (p *play) waive() error {
	_, err := p.Ledger.Grant(ctx, testkit.County, ledger.GrantInput{Unit: p.town(), Week: p.week(), Kind: ledger.Waiver, Reason: "暴雨"})
	return err
}

func (p *play) add() error {
	if p.added > 1 {
		return fmt.Errorf("enough")
	}
	of := p.town()
	code, ok := p.Register.FreeCode(testkit.CountyHead, of, 390)
	if !ok {
		return fmt.Errorf("no code")
	}
	p.added++
	_, err := p.Register.Add(ctx, testkit.CountyHead, register.AddInput{On: register.On{Day: p.Records.Today()}, Unit: code, Name: fmt.Sprintf("新设%d村", p.added)})
	return err
}

func (p *play) later() error {
	p.clock.Set(p.clock.Now().Add(time.Duration(1+p.r.IntN(40)) * 6 * time.Hour))
	return nil
}

// compare holds the tasks of some parties on some days against the same worked out anew.
func (p *play) compare(step string) {
	p.t.Helper()
	parties := []record.Party{{Unit: testkit.Puning}, {Unit: p.town()}, {Unit: p.village()}, {Unit: testkit.Puning, Department: "市林业局"}}
	for _, day := range []date.Date{{}, p.day()} {
		for _, party := range parties {
			said := [2]string{}
			for i, on := range []func() (*task.Standing, error){
				func() (*task.Standing, error) { return p.Tasks.On(ctx, testkit.County, party, day) },
				func() (*task.Standing, error) { return p.Tasks.Plain(ctx, testkit.County, party, day) },
			} {
				s, err := on()
				if err != nil { // a village that there was not yet on the day
					said[i] = err.Error()
					continue
				}
				text, err := json.MarshalIndent(s.Statement(party), "", " ")
				if err != nil {
					p.t.Fatal(err)
				}
				said[i] = string(text)
			}
			if said[0] != said[1] {
				p.t.Fatalf("after %s, %v on %v: %s", step, party, day, firstDifference(said[0], said[1]))
			}
		}
	}
}

func firstDifference(a, b string) string {
	x, y := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range min(len(x), len(y)) {
		if x[i] != y[i] {
			return strings.Join(x[max(0, i-14):i], "\n") + "\nkept: " + x[i] + "\nanew: " + y[i]
		}
	}
	return fmt.Sprintf("%d and %d lines", len(x), len(y))
}

// What is kept of tasks between one question and the next is what it would be worked out anew,
// after records entered late, corrected and withdrawn, rows and submissions, exemptions, reports,
// new units and days gone by, asked as of today and of days gone by.
func TestKeptEqualsAnew(t *testing.T) {
	done := map[string]int{}
	for seed := range uint64(3) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			p := newPlay(t, seed)
			for i := range 72 {
				p.step()
				if i%6 == 5 {
					p.compare(fmt.Sprintf("step %d", i))
				}
			}
			for name, n := range p.done {
				done[name] += n
			}
		})
	}
	for _, name := range []string{"enter", "correct", "withdraw", "exempt", "lift", "report a task", "report a row", "submit", "return", "waive", "add a unit", "a day later"} {
		if done[name] == 0 {
			t.Errorf("nothing came of: %s", name)
		}
	}
}
