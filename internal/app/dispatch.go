package app

import (
	"github.com/sangzi/sangzi/internal/dispatch"
	"github.com/sangzi/sangzi/internal/dispatch/dispatchdb"
)

func (a *App) openDispatch() *dispatch.Service {
	return dispatch.New(dispatch.Config{Pack: a.Pack, Tree: a.Units.Tree, Ledger: a.Ledger, Tasks: a.Tasks, Store: dispatchdb.Open(a.DB), Now: a.Clock,
		Departments: a.departmentsAt, Tell: a.tellOfDispatch})
}
