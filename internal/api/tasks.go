package api

import (
	"context"
	"net/http"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/record"
	keytask "github.com/sangzi/sangzi/internal/task"
	"github.com/sangzi/sangzi/internal/unit"
)

// TaskUnit is the unit in the path of its tasks.
type TaskUnit struct {
	Unit string `path:"unit" maxLength:"12" doc:"Statistical code of a county, town or village" example:"445281119000"`
}

// TaskPoint is the demand that something is said about; exported, since only so does the
// description see what is embedded.
type TaskPoint struct {
	Task       string `json:"task" maxLength:"64" doc:"Number of the task, or key of the order" example:"24"`
	Rule       string `json:"rule" maxLength:"64" example:"towns"`
	From       string `json:"from,omitempty" maxLength:"10" doc:"First day of the period; an exemption without it is of all periods" example:"2024-01-01"`
	Department string `json:"department,omitempty" maxLength:"60" doc:"Of the county, where it is about one"`
}

type taskEvent struct {
	ID   int64     `json:"id"`
	Kind string    `json:"kind" enum:"report,confirm,decline,exempt,lift,press,answer"`
	At   time.Time `json:"at"`
}

func (a *API) registerTasks() {
	operation(a, op{method: http.MethodGet, path: "/tasks/{unit}", id: "tasks-of-unit", tag: "tasks", summary: "How the tasks of a unit stand on a day",
		about: "Every rule of every task and order that is asked of the unit, by period, with its state, what is missing and the records that show it. Of a county every rule over all its units, with quotas."}, a.tasksOf)
	operation(a, op{method: http.MethodPost, path: "/tasks/{unit}/reports", id: "report-task", tag: "tasks", status: http.StatusCreated, summary: "Report what no record can show",
		about: "Only of rules with `reported`. The county office confirms it."}, a.reportTask)
	operation(a, op{method: http.MethodPost, path: "/tasks/{unit}/decisions", id: "decide-report", tag: "tasks", status: http.StatusCreated, summary: "Confirm a report, or decline it with a reason"}, a.decideReport)
	operation(a, op{method: http.MethodPost, path: "/tasks/{unit}/exemptions", id: "exempt-task", tag: "tasks", status: http.StatusCreated, summary: "Declare that a rule does not apply to a unit, or lift that"}, a.exemptTask)
	operation(a, op{method: http.MethodPost, path: "/tasks/{unit}/pressings", id: "press-task", tag: "tasks", status: http.StatusCreated, summary: "Press for a rule of a unit (督办), to be answered by a day"}, a.pressTask)
	operation(a, op{method: http.MethodPost, path: "/tasks/{unit}/answers", id: "answer-pressing", tag: "tasks", status: http.StatusCreated, summary: "Answer what is pressed for"}, a.answerPressing)
}

func (a *API) tasksOf(ctx context.Context, actor access.Actor, in *struct {
	TaskUnit
	Date       string `query:"date" maxLength:"10" doc:"As of this day; today by default" example:"2024-03-29"`
	Department string `query:"department" maxLength:"60" doc:"A department of the county" example:"市林业局"`
}) (*body[keytask.Statement], error) {
	code, err := unit.ParseCode(in.Unit)
	if err != nil {
		return nil, err
	}
	day, err := dayOr(in.Date, date.Date{})
	if err != nil {
		return nil, err
	}
	party := record.Party{Unit: code, Department: in.Department}
	if d, ok := a.ledger.Pack().Department(in.Department); ok {
		party.Department = d.Name
	}
	standing, err := a.tasks.On(ctx, actor, party, day)
	if err != nil {
		return nil, err
	}
	return answer(standing.Statement(party), nil)
}

// point reads what is said about which demand.
func (p TaskPoint) point(at TaskUnit) (keytask.Point, error) {
	code, err := unit.ParseCode(at.Unit)
	if err != nil {
		return keytask.Point{}, err
	}
	from, err := dayOr(p.From, date.Date{})
	return keytask.Point{Duty: p.Task, Demand: p.Rule, From: from, Party: record.Party{Unit: code, Department: p.Department}}, err
}

func said(e keytask.Event, err error) (*body[taskEvent], error) {
	return answer(taskEvent{e.ID, string(e.Kind), e.At}, err)
}

func (a *API) reportTask(ctx context.Context, actor access.Actor, in *struct {
	TaskUnit
	Body struct {
		TaskPoint
		Day   string `json:"day" maxLength:"10" doc:"When it was done" example:"2024-03-28"`
		Proof string `json:"proof" maxLength:"500"`
	}
}) (*body[taskEvent], error) {
	p, err := in.Body.point(in.TaskUnit)
	if err != nil {
		return nil, err
	}
	day, err := parseDay(in.Body.Day)
	if err != nil {
		return nil, err
	}
	return said(a.tasks.Report(ctx, actor, keytask.ReportInput{Point: p, Day: day, Proof: in.Body.Proof}))
}

func (a *API) decideReport(ctx context.Context, actor access.Actor, in *struct {
	TaskUnit
	Body struct {
		Report  int64  `json:"report" doc:"Its id"`
		Verdict string `json:"verdict" enum:"confirm,decline"`
		Note    string `json:"note,omitempty" maxLength:"500" doc:"The reason, when declined"`
	}
}) (*body[taskEvent], error) {
	if err := mayAt(actor, access.SteerTask, in.TaskUnit); err != nil {
		return nil, err
	}
	return said(a.tasks.Decide(ctx, actor, in.Body.Report, keytask.EventKind(in.Body.Verdict), in.Body.Note))
}

func mayAt(actor access.Actor, action access.Action, at TaskUnit) error {
	code, err := unit.ParseCode(at.Unit)
	if err != nil {
		return err
	}
	return actor.Can(action, code)
}

func (a *API) exemptTask(ctx context.Context, actor access.Actor, in *struct {
	TaskUnit
	Body struct {
		TaskPoint
		Reason string `json:"reason" maxLength:"500"`
		Lift   bool   `json:"lift,omitempty" doc:"Take the declaration back"`
	}
}) (*body[taskEvent], error) {
	p, err := in.Body.point(in.TaskUnit)
	if err != nil {
		return nil, err
	}
	if in.Body.Lift {
		return said(a.tasks.Lift(ctx, actor, p, in.Body.Reason))
	}
	return said(a.tasks.Exempt(ctx, actor, p, in.Body.Reason))
}

func (a *API) pressTask(ctx context.Context, actor access.Actor, in *struct {
	TaskUnit
	Body struct {
		TaskPoint
		By   string `json:"by" maxLength:"10" doc:"The day by which an answer is wanted" example:"2024-04-01"`
		Note string `json:"note" maxLength:"500"`
	}
}) (*body[taskEvent], error) {
	p, err := in.Body.point(in.TaskUnit)
	if err != nil {
		return nil, err
	}
	by, err := parseDay(in.Body.By)
	if err != nil {
		return nil, err
	}
	return said(a.tasks.Press(ctx, actor, p, by, in.Body.Note))
}

func (a *API) answerPressing(ctx context.Context, actor access.Actor, in *struct {
	TaskUnit
	Body struct {
		Pressing int64  `json:"pressing" doc:"Its id"`
		Text     string `json:"text" maxLength:"500"`
	}
}) (*body[taskEvent], error) {
	if err := mayAt(actor, access.ReportTask, in.TaskUnit); err != nil {
		return nil, err
	}
	return said(a.tasks.Answer(ctx, actor, in.Body.Pressing, in.Body.Text))
}
