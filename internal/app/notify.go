package app

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/account"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/notify"
	"github.com/sangzi/sangzi/internal/notify/notifydb"
	"github.com/sangzi/sangzi/internal/notify/sender"
	"github.com/sangzi/sangzi/internal/unit"
)

// openNotify builds the reminders on the program's clock. Signatures of robots hold by the
// machine's own.
func (a *App) openNotify(o Options) {
	a.Notify = notify.New(notify.Config{
		Store: notifydb.Open(a.DB, a.box), Pack: a.Pack, Tree: a.Units.Tree, Ledger: debts{a.Ledger}, People: answerable{a.Accounts},
		Poster: sender.New(time.Now, o.LoopbackRobots), Texter: sender.Log{Log: a.Log}, Now: a.Clock, Loopback: o.LoopbackRobots,
	})
}

// debts tells the reminders who owes a week, from the ledger.
type debts struct{ ledger *ledger.Service }

func (d debts) Owing(ctx context.Context, of unit.Code, due date.Date, level unit.Level, now time.Time) ([]notify.Debt, error) {
	sheet, err := d.ledger.Sheet(ctx, access.Operator("催报提醒", unit.Nation), unit.Nation, due)
	if err != nil {
		return nil, err
	}
	if _, ok := sheet.Tree.Unit(of); !ok {
		return nil, nil // not there in that week
	}
	owing := sheet.Owing(of, level, now)
	out := make([]notify.Debt, len(owing))
	for i, o := range owing {
		out[i] = notify.Debt{Unit: o.Unit.Code, Deadline: o.Deadline}
	}
	return out, nil
}

// answerable tells the reminders who answers for units, from the accounts.
type answerable struct{ accounts *account.Service }

func (p answerable) People(ctx context.Context, actor access.Actor, of unit.Code) (map[unit.Code][]notify.Person, error) {
	found, err := p.accounts.Contacts(ctx, actor, of)
	if err != nil {
		return nil, err
	}
	out := make(map[unit.Code][]notify.Person, len(found))
	for code, list := range found {
		for _, c := range list {
			out[code] = append(out[code], notify.Person{Name: c.Name, Phone: c.Phone, Whole: c.Whole})
		}
	}
	return out, nil
}

// remindEvery is how often a server looks for what has to be sent.
const remindEvery = 20 * time.Second

// remind sends reminders until ctx ends. Servers do it without a leader: the tables see to it that
// each reminder is decided once.
func (a *App) remind(ctx context.Context) {
	tick := time.NewTicker(remindEvery)
	defer tick.Stop()
	for {
		report, err := a.Remind(ctx)
		if err != nil && ctx.Err() == nil {
			a.Log.WarnContext(ctx, "reminders", slog.Any("err", err))
		}
		if report != (notify.Report{}) {
			a.Log.InfoContext(ctx, "reminders", "reminded", report.Reminded, "sent", report.Sent, "retried", report.Retried, "failed", report.Failed, "dropped", report.Dropped)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// Remind does once what the server's background does: takes in what others have reported, tells
// what could not be told before, decides
// which reminders are due and sends what is waiting.
func (a *App) Remind(ctx context.Context) (notify.Report, error) {
	if err := a.Refresh(ctx); err != nil {
		return notify.Report{}, err
	}
	told := a.retell(ctx)
	report, err := a.Notify.Run(ctx)
	return report, errors.Join(told, err)
}

// unread is how many reminders wait for the actor. That it cannot be told does not keep the page.
func (a *App) unread(ctx context.Context, actor access.Actor) int {
	n, err := a.Notify.Unread(ctx, actor)
	if err != nil {
		a.Log.WarnContext(ctx, "unread reminders", slog.Any("err", err))
	}
	return n
}
