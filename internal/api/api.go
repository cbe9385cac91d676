// Package api is /api/v1, the interface for programs: the same verbs as the pages, described
// in OpenAPI 3.1. It owns the shapes of requests and answers and nothing else; who acts comes
// from the token or the session, what may be done from the wings.
package api

import (
	"context"
	"errors"
	"net/http"
	"reflect"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/statistics"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/words"
)

// Version is the version of the interface, in its path and its description.
const Version = "1.0.0"

// Units is what the interface needs of the register of units.
type Units interface {
	Tree(day date.Date) *unit.Tree
}

// API is the interface for programs.
type API struct {
	huma   huma.API
	ledger *ledger.Service
	stats  *statistics.Service
	units  Units
}

// ErrRequest: the request is not of the described shape.
var ErrRequest = problem.New(problem.Invalid, "api.request")

// Register puts the operations and their description on the mux.
func Register(m *web.Mux, l *ledger.Service, s *statistics.Service, units Units) *API {
	huma.NewError = newError
	huma.NewErrorWithContext = func(_ huma.Context, status int, message string, errs ...error) huma.StatusError {
		return newError(status, message, errs...)
	}
	config := huma.DefaultConfig("sangzi 桑梓", Version)
	config.OpenAPIPath, config.DocsPath, config.SchemasPath = "", "", ""
	config.CreateHooks = nil
	config.Info.Description = "The weekly ledger of a rural-greening campaign: units, weeks, rows, submissions, history, statistics. " +
		"Send a token as `Authorization: Bearer szt_…`; it is bound to a unit and a role."
	config.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"token": {Type: "http", Scheme: "bearer", Description: "A token made on the page 接口令牌 or with `sangzi token create`."},
	}
	config.Security = []map[string][]string{{"token": {}}}
	a := &API{ledger: l, stats: s, units: units}
	a.huma = humago.New(m.Programs(web.SignedIn), config)
	a.huma.OpenAPI().Components.Schemas.RegisterTypeAlias(reflect.TypeFor[statistics.Amount](), reflect.TypeFor[float64]())
	a.registerCampaign()
	a.registerUnits()
	a.registerRows()
	a.registerSubmissions()
	a.registerHistory()
	a.registerStatistics()
	m.Handle("GET /api/v1/openapi.json", web.Public, http.HandlerFunc(a.description))
	return a
}

// OpenAPI is the description.
func (a *API) OpenAPI() *huma.OpenAPI { return a.huma.OpenAPI() }

func (a *API) description(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/vnd.oai.openapi+json;version=3.1")
	b, err := a.huma.OpenAPI().MarshalJSON()
	if err != nil {
		http.Error(w, "openapi", http.StatusInternalServerError)
		return
	}
	w.Write(b) //nolint:errcheck // the client is gone
}

// failure is how an error is told, as application/problem+json.
type failure struct {
	Status    int       `json:"status" doc:"HTTP status"`
	Title     string    `json:"title" doc:"What it says to people"`
	Code      string    `json:"code" doc:"Stable code"`
	RequestID string    `json:"request_id,omitempty" doc:"Number of the request in the log"`
	Details   []string  `json:"details,omitempty" doc:"What of the request is not of the described shape"`
	Findings  []finding `json:"findings,omitempty" doc:"What is wrong with the row, cell by cell"`
}

// Error gives the code.
func (f *failure) Error() string { return f.Code }

// GetStatus is the HTTP status.
func (f *failure) GetStatus() int { return f.Status }

// ContentType is that of problems.
func (f *failure) ContentType(string) string { return "application/problem+json" }

func newError(status int, message string, errs ...error) huma.StatusError {
	f := &failure{Status: status, Code: ErrRequest.Code, Title: words.Text(ErrRequest.Code, nil)}
	if len(errs) == 0 {
		f.Details = []string{message}
	}
	for _, err := range errs {
		f.Details = append(f.Details, err.Error())
	}
	return f
}

// fail tells a wing's error.
func (a *API) fail(ctx context.Context, err error) error {
	told := web.FailureOf(ctx, err)
	f := &failure{Status: told.Status, Title: told.Title, Code: told.Code, RequestID: told.RequestID}
	if found := (*ledger.Findings)(nil); errors.As(err, &found) {
		f.Findings = a.findings(found.List)
	}
	return f
}

// operation registers one: what it takes, what it gives, in the words of the description.
func operation[I, O any](a *API, method, path, id, summary string, h func(ctx context.Context, actor access.Actor, in *I) (*O, error)) {
	op := huma.Operation{OperationID: id, Method: method, Path: "/api/v1" + path, Summary: summary, MaxBodyBytes: 1 << 20,
		Errors: []int{401, 403, 404, 409, 422}}
	huma.Register(a.huma, op, func(ctx context.Context, in *I) (*O, error) {
		out, err := h(ctx, web.ActorOf(ctx), in)
		if err != nil {
			return nil, a.fail(ctx, err)
		}
		return out, nil
	})
}

// at is the unit and the week in a path.
type at struct {
	Unit string `path:"unit" doc:"Statistical code, 2 to 12 digits" example:"445281119000"`
	Week string `path:"week" doc:"Due day of the week" example:"2024-03-29"`
}

func (p at) parse() (unit.Code, date.Date, error) {
	code, err := parseUnit(p.Unit)
	if err != nil {
		return 0, date.Date{}, err
	}
	day, err := parseDay(p.Week)
	return code, day, err
}

func parseUnit(text string) (unit.Code, error) { return unit.ParseCode(text) }

// ErrDay: not a day of the form 2024-03-29.
var ErrDay = problem.New(problem.Invalid, "api.day")

func parseDay(text string) (date.Date, error) {
	day, err := date.Parse(text)
	if err != nil {
		return date.Date{}, ErrDay.With("value", text)
	}
	return day, nil
}

// body wraps what is answered.
type body[T any] struct{ Body T }

func answer[T any](v T, err error) (*body[T], error) {
	if err != nil {
		return nil, err
	}
	return &body[T]{v}, nil
}
