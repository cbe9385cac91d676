package app

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"sync"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/account/accountdb"
	"github.com/sangzi/sangzi/internal/account/accountweb"
	"github.com/sangzi/sangzi/internal/api"
	"github.com/sangzi/sangzi/internal/audit"
	"github.com/sangzi/sangzi/internal/audit/auditdb"
	"github.com/sangzi/sangzi/internal/bulletin/bulletinweb"
	"github.com/sangzi/sangzi/internal/campaign/campaignweb"
	"github.com/sangzi/sangzi/internal/demo"
	"github.com/sangzi/sangzi/internal/dispatch/dispatchweb"
	"github.com/sangzi/sangzi/internal/feedback"
	"github.com/sangzi/sangzi/internal/feedback/feedbackdb"
	"github.com/sangzi/sangzi/internal/feedback/feedbackweb"
	"github.com/sangzi/sangzi/internal/ledger/ledgerweb"
	"github.com/sangzi/sangzi/internal/notify/notifyweb"
	"github.com/sangzi/sangzi/internal/patron"
	"github.com/sangzi/sangzi/internal/patron/patrondb"
	"github.com/sangzi/sangzi/internal/patron/patronweb"
	"github.com/sangzi/sangzi/internal/reading/readingweb"
	"github.com/sangzi/sangzi/internal/record/recordweb"
	"github.com/sangzi/sangzi/internal/statistics/statisticsweb"
	"github.com/sangzi/sangzi/internal/task/taskweb"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/unit/unitweb"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/words"
)

// ServerOptions says how the program faces the network.
type ServerOptions struct {
	HTTPS         bool // reached by https only
	Proxied       bool // behind a proxy of its own, whose X-Forwarded headers are believed
	Demonstration bool // figures are invented, and every page says so
}

// NewServer puts the pages and the interface for programs on a server.
func (a *App) NewServer(o ServerOptions) *web.Server {
	sessions := accountweb.NewSessions(accountweb.SessionsConfig{
		Accounts: a.Accounts, Store: accountdb.OpenSessions(a.DB, a.machineTime), Now: a.machineTime, HTTPS: o.HTTPS, Proxied: o.Proxied})
	s := web.New(web.Options{
		Site: web.Site{Campaign: a.Pack.ShortName, Filing: a.Pack.Contact.Filing, Demonstration: o.Demonstration,
			Navigation: a.navigation, Menu: a.menu, UnitName: a.unitName, Unread: a.unread},
		Sessions: sessions, Log: a.Log, HTTPS: o.HTTPS, Healthy: a.healthy})
	a.pages(s.Mux, sessions, o)
	api.Register(s.Mux, api.Parts{Ledger: a.Ledger, Statistics: a.Statistics, Records: a.Records, Tasks: a.Tasks, Dispatch: a.Dispatch, Readings: a.Readings, Bulletins: a.Bulletin, Units: a.Register, People: a.Accounts, Notify: a.Notify, Log: a.Log})
	return s
}

// pages registers the wings.
func (a *App) pages(m *web.Mux, sessions *accountweb.Sessions, o ServerOptions) {
	zone := a.Pack.Spec().Location
	tree := func() *unit.Tree { return a.Units.Tree(a.today()) }
	accounts := accountweb.Config{Accounts: a.Accounts, Audit: audit.New(auditdb.Open(a.DB)), Sessions: sessions, Tree: tree, Zone: zone, Proxied: o.Proxied}
	if o.Demonstration {
		accounts.Demo = demoAccounts()
	}
	accountweb.New(accounts).Register(m)
	records := recordweb.New(a.Records, a.Pack.Ledger)
	records.Register(m)
	patrons := patron.New(patrondb.Open(a.DB, a.box), tree, a.Ledger.Now)
	records.UseRegister(patrons.Names)
	patronweb.New(patronweb.Config{Patrons: patrons, Tree: tree, Visits: a.visits}).Register(m)
	ledgerweb.New(a.Ledger, ledgerweb.Options{Phone: a.ownPhone, Contacts: contacts{a.Accounts}, Tiles: recordTiles(records), Asks: a.asksOf}).Register(m)
	statisticsweb.New(a.Statistics, a.Ledger).Register(m)
	campaignweb.New(a.Pack, a.Clock).Register(m)
	readingweb.New(readingweb.Config{Readings: a.Readings, Pack: a.Pack, Tree: tree, Now: a.Ledger.Now}).Register(m)
	tasks := taskweb.New(a.Tasks, a.Ledger.Now)
	tasks.UseReadings(a.taskReadings)
	tasks.Register(m)
	if a.Pack.Dispatch != nil {
		dispatchweb.New(a.Dispatch, a.Ledger.Now, a.navigation).Register(m)
	}
	unitweb.New(a.Register).Register(m)
	bulletinweb.New(a.Bulletin, bulletinweb.Options{Tree: tree, Now: a.machineTime}).Register(m)
	entries := feedback.New(feedbackdb.Open(a.DB, a.box), tree, a.machineTime)
	feedbackweb.New(feedbackweb.Config{Feedback: entries, Tree: tree, Now: a.machineTime, Proxied: o.Proxied}).Register(m)
	notifyweb.New(notifyweb.Config{Notify: a.Notify, Tree: tree, Now: a.Ledger.Now}).Register(m)
	m.Page("GET /{$}", web.SignedIn, a.home)
}

func demoAccounts() []web.DemoAccount {
	var list []web.DemoAccount
	for _, p := range demo.Cast() {
		list = append(list, web.DemoAccount{Role: words.Text("role."+string(p.Actor.Role), nil), Name: p.What, Account: p.Login, Password: demo.Password})
	}
	return list
}

// Serve answers on the listener until ctx ends, keeping up with other servers meanwhile.
func (a *App) Serve(ctx context.Context, l net.Listener, o ServerOptions) error {
	if a.Pack.Unlisted(a.today()) {
		a.Log.WarnContext(ctx, "the campaign pack lists no holidays and festivals of this year: weeks know only weekends, and tasks around festivals ask for nothing",
			"year", a.today().Year(), "listed_to", a.Pack.Listed(), "pack", a.Pack.Key)
	}
	following, stop := context.WithCancel(ctx)
	defer stop()
	go a.follow(following)
	go a.sweep(following, accountdb.OpenSessions(a.DB, a.machineTime))
	var reminding sync.WaitGroup
	reminding.Go(func() { a.remind(following) })
	defer reminding.Wait() // so that what was sent is written down
	defer stop()
	serving, end := context.WithCancelCause(ctx)
	defer end(nil)
	go func() {
		if err := a.holdKey(following); err != nil {
			end(err)
		}
	}()
	err := a.NewServer(o).Serve(serving, l)
	if changed := context.Cause(serving); errors.Is(changed, ErrKeyChanged) {
		return errors.Join(changed, err)
	}
	return err
}

// followEvery is how often a server looks for what others have written.
const followEvery = 400 * time.Millisecond

// follow takes in what other servers write until ctx ends.
func (a *App) follow(ctx context.Context) {
	tick := time.NewTicker(followEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if err := a.Refresh(ctx); err != nil && ctx.Err() == nil {
				a.Log.WarnContext(ctx, "following other servers", slog.Any("err", err))
			}
		}
	}
}

func (a *App) healthy(ctx context.Context) error { return a.DB.Reader().PingContext(ctx) }

// navigation is the main navigation of an actor: what he may do, at his own unit.
func (a *App) navigation(ctx context.Context, actor access.Actor) []web.NavItem {
	here := actor.Unit.String()
	var items []web.NavItem
	add := func(label, href, section string) {
		items = append(items, web.NavItem{Label: label, Href: href, Section: section})
	}
	if actor.Unit.Level() < unit.LevelTown {
		add("报送", "/board/"+here, "board")
		add("台账", "/ledger/"+here, "ledger")
	} else {
		add("本周台账", "/ledger/"+here, "ledger")
	}
	if a.dispatches(actor) && actor.Unit.Level() < unit.LevelVillage {
		add("周调度", "/dispatch/"+here, "dispatch")
	}
	if actor.May(access.ReadRecords, actor.Unit) {
		add("记录", "/records/"+here, "records")
	}
	if actor.Unit.Level() < unit.LevelVillage {
		add("统计表", "/statistics/"+here, "statistics")
	}
	add("重点任务", tasksOf(actor), "tasks")
	if of, ok := a.bulletinsOf(ctx, actor); ok {
		add("月通报", "/bulletins/"+of.String(), "bulletins")
	}
	if actor.May(access.ManageUnits, actor.Unit) {
		add("单位", "/units", "units")
	}
	if actor.May(access.ManageAccounts, actor.Unit) {
		add("账号", "/accounts", "accounts")
	}
	return items
}

// dispatches tells whether an actor has pages of the weekly dispatch: at a city or below it.
func (a *App) dispatches(actor access.Actor) bool {
	return a.Pack.Dispatch != nil && actor.Unit.Level() >= unit.LevelCity && actor.May(access.ReadDispatch, actor.Unit)
}

// bulletinsOf is the unit whose bulletins an actor finds in the navigation: his own where he edits
// them, else the nearest that has issued one.
func (a *App) bulletinsOf(ctx context.Context, actor access.Actor) (unit.Code, bool) {
	if actor.May(access.EditBulletin, actor.Unit) {
		return actor.Unit, true
	}
	of, ok, err := a.Bulletin.Nearest(ctx, actor)
	if err != nil {
		a.Log.WarnContext(ctx, "navigation", slog.Any("err", err))
	}
	return of, ok && err == nil
}

// menu is what an actor reaches beside his weekly work. Villages have no programs of their own.
func (a *App) menu(_ context.Context, actor access.Actor) []web.NavItem {
	var items []web.NavItem
	if actor.May(access.ReadInbox, actor.Unit) {
		items = append(items, web.NavItem{Label: "提醒", Href: "/inbox"})
	}
	if actor.Role == access.VillageReporter {
		here := actor.Unit.String()
		items = append(items, web.NavItem{Label: "绿化规划", Href: "/plans/" + here}, web.NavItem{Label: "上级包抓", Href: "/liaisons/" + here})
		if asks := a.asksOf(actor.Unit); asks != "" {
			items = append(items, web.NavItem{Label: "要上面帮的", Href: asks})
		}
	}
	if a.dispatches(actor) && actor.May(access.AnswerItem, actor.Unit) {
		items = append(items, web.NavItem{Label: "调度事项", Href: "/dispatch/" + actor.Unit.String() + "/items"})
	}
	if actor.May(access.ManageNotify, actor.Unit) {
		items = append(items, web.NavItem{Label: "催报", Href: "/reminders"})
	}
	if actor.May(access.ReadAudit, actor.Unit) {
		items = append(items, web.NavItem{Label: "操作记录", Href: "/audit/" + actor.Unit.String()})
	}
	if actor.May(access.AnswerFeedback, actor.Unit) {
		items = append(items, web.NavItem{Label: "收到的投诉与建议", Href: "/feedback/inbox"})
	}
	if actor.Role != access.VillageReporter {
		items = append(items, web.NavItem{Label: "程序令牌", Href: "/tokens"})
	}
	return items
}

func (a *App) unitName(_ context.Context, actor access.Actor) string {
	tree := a.Units.Tree(a.today())
	return tree.ShortName(actor.Unit)
}
