package app

import (
	"context"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/task"
	"github.com/sangzi/sangzi/internal/task/taskdb"
	"github.com/sangzi/sangzi/internal/unit"
)

func (a *App) openTasks() *task.Service {
	return task.New(task.Config{Pack: a.Pack, Tree: a.Units.Tree, Records: a.Records, Ledger: a.Ledger, Store: taskdb.Open(a.DB), Now: a.Clock, Departments: a.departmentsAt})
}

// departmentsAt names the departments registered at a county.
func (a *App) departmentsAt(ctx context.Context, county unit.Code) ([]string, error) {
	list, err := a.Accounts.Departments(ctx, access.Operator("", county), county)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, d := range list {
		if d.Host == county {
			names = append(names, d.Name)
		}
	}
	return names, nil
}
