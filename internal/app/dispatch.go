package app

import (
	"context"
	"log/slog"

	"github.com/sangzi/sangzi/internal/dispatch"
	"github.com/sangzi/sangzi/internal/dispatch/dispatchdb"
	"github.com/sangzi/sangzi/internal/notify"
)

func (a *App) openDispatch() *dispatch.Service {
	return dispatch.New(dispatch.Config{Pack: a.Pack, Tree: a.Units.Tree, Ledger: a.Ledger, Tasks: a.Tasks, Store: dispatchdb.Open(a.DB), Now: a.Clock,
		Departments: a.departmentsAt, Tell: a.tellOfDispatch})
}

// tellOfDispatch gives a note of the dispatch to a unit's inbox. What it is about is kept already,
// so that a note that cannot be is only logged.
func (a *App) tellOfDispatch(ctx context.Context, n dispatch.Note) {
	err := a.Notify.Tell(ctx, notify.Note{Name: n.Name, To: n.To, Title: n.Title, Body: n.Body, Link: n.Link, At: n.At})
	if err != nil {
		a.Log.WarnContext(ctx, "note of the dispatch", slog.String("name", n.Name), slog.Any("err", err))
	}
}
