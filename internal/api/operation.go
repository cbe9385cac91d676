package api

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web"
)

// The tags under which the description lists the operations.
var tags = []*huma.Tag{
	{Name: "campaign", Description: "The campaign's form, weeks and tasks"},
	{Name: "units", Description: "Units, their history, whom to call"},
	{Name: "records", Description: "What is done on the ground, recorded once, and what a village's row follows from"},
	{Name: "rows", Description: "A village's row of a week"},
	{Name: "submissions", Description: "A town's or county's week: submit, return, lock, reopen, grant"},
	{Name: "workbooks", Description: "The consolidated ledger of annex 2, and the same cells by workbook"},
	{Name: "history", Description: "Who set what, when, and what differs"},
	{Name: "statistics", Description: "Sums over any unit, annex 3"},
	{Name: "reminders", Description: "What a unit is reminded of, and what was sent"},
	{Name: "tasks", Description: "How the key tasks stand, reports, what is pressed for"},
	{Name: "readings", Description: "How the notice's words are read (口径), and what the offices say of it"},
	{Name: "dispatch", Description: "The weekly dispatch: what stands out, items followed until closed, what villages ask for"},
	{Name: "bulletins", Description: "The monthly bulletin: from draft to issue, every figure with where it leads to"},
}

// op is one operation in the words of the description.
type op struct {
	method, path string // the path below /api/v1
	id, tag      string
	summary      string
	about        string // what the summary leaves out
	status       int    // when it went well; 0: 200, or 204 without an answer
	body         int64  // the most bytes it takes; 0: 1 MiB
	gives        string // media type of a file it gives
}

const mebibyte = 1 << 20

// operation registers one.
func operation[I, O any](a *API, o op, h func(ctx context.Context, actor access.Actor, in *I) (*O, error)) {
	described := huma.Operation{OperationID: o.id, Method: o.method, Path: "/api/v1" + o.path, Summary: o.summary, Description: o.about,
		Tags: []string{o.tag}, DefaultStatus: o.status, MaxBodyBytes: max(o.body, mebibyte), Responses: map[string]*huma.Response{}}
	for _, status := range o.fails() {
		described.Responses[status] = a.failureResponse(status)
	}
	if o.gives != "" {
		described.Responses["200"] = &huma.Response{Description: "The file",
			Content: map[string]*huma.MediaType{o.gives: {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}}}
	}
	huma.Register(a.huma, described, func(ctx context.Context, in *I) (*O, error) {
		out, err := h(ctx, web.ActorOf(ctx), in)
		if err != nil {
			return nil, a.fail(ctx, err)
		}
		return out, nil
	})
}

// fails lists the statuses with which the operation can say no.
func (o op) fails() []string {
	list := []string{"401", "404", "422", "500"}
	if o.method != http.MethodGet {
		list = append(list, "400", "403", "409", "413", "415", "503")
	}
	if o.tag == "units" || o.tag == "campaign" {
		list = append(list, "409")
	}
	if o.tag == "reminders" && o.method == http.MethodGet {
		list = append(list, "403")
	}
	return list
}

// UnitWeek is the unit and the week in a path. What is embedded is exported, since only so is it
// seen by the description and filled.
type UnitWeek struct {
	Unit string `path:"unit" maxLength:"12" doc:"Statistical code of 2, 4, 6, 9 or 12 digits" example:"445281119000"`
	Week string `path:"week" maxLength:"10" doc:"The day the week is due" example:"2024-03-29"`
}

func (p UnitWeek) parse() (unit.Code, date.Date, error) {
	code, err := unit.ParseCode(p.Unit)
	if err != nil {
		return 0, date.Date{}, err
	}
	day, err := parseDay(p.Week)
	return code, day, err
}

// ErrDay: not a day of the form 2024-03-29.
var ErrDay = problem.New(problem.Invalid, "api.day")

func parseDay(text string) (date.Date, error) {
	day, err := date.Parse(text)
	if err != nil {
		return date.Date{}, ErrDay.With("value", text)
	}
	return day, nil
}

// dayOr is a day that may be left out.
func dayOr(text string, otherwise date.Date) (date.Date, error) {
	if text == "" {
		return otherwise, nil
	}
	return parseDay(text)
}

// instant is a time that may not be there.
func instant(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

func timeOf(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return *t
}

// body wraps what is answered.
type body[T any] struct{ Body T }

func answer[T any](v T, err error) (*body[T], error) {
	if err != nil {
		return nil, err
	}
	return &body[T]{v}, nil
}
