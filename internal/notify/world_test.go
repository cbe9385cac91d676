package notify_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/account"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/database"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/notify"
	"github.com/sangzi/sangzi/internal/notify/notifydb"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/unit/divisions"
)

func TestMain(m *testing.M) { testkit.Main(m) }

var (
	ctx      = context.Background()
	thisWeek = date.MustParse("2024-03-29")
)

var registry = sync.OnceValues(func() (*unit.Registry, error) {
	all, err := divisions.Jieyang()
	if err != nil {
		return nil, err
	}
	towns := []unit.Code{testkit.EastTown, testkit.LihuTown, testkit.Huicheng}
	return unit.NewRegistry(slices.DeleteFunc(all, func(u unit.Unit) bool {
		return u.Level() >= unit.LevelTown && !slices.Contains(towns, u.Code.At(unit.LevelTown))
	}), nil)
})

// board is who owes the ninth week, as far as the reminders see the ledger. It stands for the
// ledger itself, whose own part is tested in its package and in the application.
type board struct {
	mu    sync.Mutex
	debts map[unit.Code]time.Time
}

func (b *board) Owing(_ context.Context, of unit.Code, due date.Date, level unit.Level, _ time.Time) ([]notify.Debt, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	var list []notify.Debt
	if due != thisWeek {
		return nil, nil
	}
	for code, deadline := range b.debts {
		if of.Contains(code) && code.Level() == level {
			list = append(list, notify.Debt{Unit: code, Deadline: deadline})
		}
	}
	slices.SortFunc(list, func(x, y notify.Debt) int { return int(x.Unit - y.Unit) })
	return list, nil
}

func (b *board) owe(deadline time.Time, codes ...unit.Code) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, c := range codes {
		b.debts[c] = deadline
	}
}

func (b *board) pay(code unit.Code) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.debts, code)
}

// book is everybody's telephone number.
type book map[unit.Code][]notify.Person

func (b book) People(_ context.Context, a access.Actor, of unit.Code) (map[unit.Code][]notify.Person, error) {
	out := map[unit.Code][]notify.Person{}
	for code, list := range b {
		if !of.Contains(code) {
			continue
		}
		for _, p := range list {
			p.Whole = a.May(access.SeePhone, code)
			p.Phone = a.Phone(code, p.Phone)
			out[code] = append(out[code], p)
		}
	}
	return out, nil
}

// post is where posts go: kept, after those that fail.
type post struct {
	mu    sync.Mutex
	fail  []error
	got   []notify.Post
	tried int
	while func() // runs while a post is under way
}

func (p *post) Post(_ context.Context, one notify.Post) error {
	if p.while != nil {
		p.while()
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.tried++
	if len(p.fail) > 0 {
		err := p.fail[0]
		if p.fail = p.fail[1:]; err != nil {
			return err
		}
	}
	p.got = append(p.got, one)
	return nil
}

// phones is where SMS go.
type phones struct {
	mu  sync.Mutex
	got []string
}

func (p *phones) Text(_ context.Context, id, number, text string) (bool, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.got = append(p.got, id+" "+number+" "+text)
	return false, nil
}

// world is the reminders on a database, with the clock set by hand.
type world struct {
	*notify.Service
	t      testing.TB
	db     *database.DB
	clock  *testkit.Clock
	ledger *board
	posts  *post
	phones *phones
	people book
}

func newWorld(t testing.TB, db *database.DB, now string) *world {
	w := &world{t: t, db: db, clock: testkit.NewClock(now), ledger: &board{debts: map[unit.Code]time.Time{}}, posts: &post{}, phones: &phones{}, people: book{}}
	w.Service = w.server()
	return w
}

// texting is the pack with SMS in the last hour, as a county with a gateway has it.
func texting() *campaign.Pack {
	p := *campaign.Default()
	p.Reminders = slices.Clone(p.Reminders)
	for i := range p.Reminders {
		if r := &p.Reminders[i]; r.Key == "last_hour" {
			r.Channels = append(slices.Clone(r.Channels), campaign.BySMS)
		}
	}
	return &p
}

// server is one more server on the same database, or the same after a restart.
func (w *world) server() *notify.Service {
	w.t.Helper()
	box, err := account.NewBox([]byte(strings.Repeat("k", account.KeyBytes)))
	if err != nil {
		w.t.Fatal(err)
	}
	r, err := registry()
	if err != nil {
		w.t.Fatal(err)
	}
	return notify.New(notify.Config{Store: notifydb.Open(w.db, box), Pack: texting(), Tree: r.At, Ledger: w.ledger, People: w.people,
		Poster: w.posts, Texter: w.phones, Now: w.clock.Now, Loopback: true})
}

func (w *world) set(now string) { w.clock.Set(at(now)) }

// run runs a server and fails the test when that fails.
func (w *world) run() notify.Report {
	w.t.Helper()
	r, err := w.Run(ctx)
	if err != nil {
		w.t.Fatal(err)
	}
	return r
}

// robot adds a robot for the actor's unit.
func (w *world) robot(a access.Actor, mention bool) notify.Robot {
	w.t.Helper()
	r, err := w.AddRobot(ctx, a, notify.RobotInput{Unit: a.Unit, Platform: notify.WeCom, Name: "镇村群", Address: "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=0123456789", Mention: mention})
	if err != nil {
		w.t.Fatal(err)
	}
	return r
}

// deliveries are those of the whole city, oldest first.
func (w *world) deliveries() []notify.Delivery {
	w.t.Helper()
	list, err := w.Store.Deliveries(ctx, testkit.Jieyang, thisWeek, 1000)
	if err != nil {
		w.t.Fatal(err)
	}
	slices.Reverse(list)
	return list
}

// told is how often a reminder went to a unit's inbox.
func (w *world) told(reminder string, of unit.Code) int {
	w.t.Helper()
	list, _, err := w.Store.Inbox(ctx, notify.Reader{Unit: of}, 0, 1000)
	if err != nil {
		w.t.Fatal(err)
	}
	n := 0
	for _, m := range list {
		if m.Reminder == reminder {
			n++
		}
	}
	return n
}

func villages(t testing.TB, town unit.Code, n int) []unit.Code {
	t.Helper()
	r, err := registry()
	if err != nil {
		t.Fatal(err)
	}
	var codes []unit.Code
	for _, v := range r.At(thisWeek).Villages(town)[:n] {
		codes = append(codes, v.Code)
	}
	return codes
}

func say(list []notify.Delivery) string {
	var b strings.Builder
	for _, d := range list {
		fmt.Fprintf(&b, "%s %s %d×%s %q; ", d.Message, d.State, d.Attempts, d.Outcome, d.Body)
	}
	return b.String()
}
