package app

import (
	"context"
	"errors"
	"log/slog"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/account"
	"github.com/sangzi/sangzi/internal/dispatch"
	"github.com/sangzi/sangzi/internal/notify"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/unit"
)

// tell gives notes of a wing to inboxes. What they are about is kept already; the wing tells again
// what cannot be told now.
func (a *App) tell(ctx context.Context, wing string, notes []notify.Note) error {
	err := a.Notify.Tell(ctx, notes...)
	if err != nil && ctx.Err() == nil {
		a.Log.WarnContext(ctx, "notes wait to be told again", slog.String("wing", wing), slog.Int("notes", len(notes)), slog.Any("err", err))
	}
	return err
}

func (a *App) tellOfDispatch(ctx context.Context, notes []dispatch.Note) error {
	list := make([]notify.Note, len(notes))
	for i, n := range notes {
		list[i] = notify.Note{Name: n.Name, To: n.To.Unit, Department: n.To.Department, Title: n.Title, Body: n.Body, Link: n.Link, At: n.At}
	}
	return a.tell(ctx, "dispatch", list)
}

// recordNotes tells of records.
type recordNotes struct{ *App }

func (t recordNotes) Tell(ctx context.Context, notes []record.Note) error {
	list := make([]notify.Note, len(notes))
	for i, n := range notes {
		list[i] = notify.Note{Name: n.Name, To: n.To.Unit, Department: n.To.Department, Title: n.Title, Body: n.Body, Link: n.Link, At: n.At}
	}
	return t.tell(ctx, "record", list)
}

func (t recordNotes) Department(ctx context.Context, id int64) (string, error) {
	found, err := t.Accounts.Account(ctx, access.Operator("记录提醒", unit.Nation), id)
	if errors.Is(err, account.ErrNoAccount) {
		return "", nil
	}
	return found.Department.Name, err
}

// retell tells what could not be told when it happened.
func (a *App) retell(ctx context.Context) error {
	return errors.Join(a.Records.Retell(ctx), a.Dispatch.Retell(ctx))
}
