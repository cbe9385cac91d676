// Package api is /api/v1, the interface for programs: the same verbs as the pages, described
// in OpenAPI 3.1. It owns the shapes of requests and answers and nothing else; who acts comes
// from the token or the session, what may be done from the wings.
package api

import (
	"context"
	"log/slog"
	"net/http"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/account"
	"github.com/sangzi/sangzi/internal/bulletin"
	"github.com/sangzi/sangzi/internal/dispatch"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/notify"
	"github.com/sangzi/sangzi/internal/picture"
	"github.com/sangzi/sangzi/internal/reading"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/statistics"
	keytask "github.com/sangzi/sangzi/internal/task"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/unit/register"
	"github.com/sangzi/sangzi/internal/web"
)

// Version is the version of the interface, in its path and its description.
const Version = "1.0.0"

// People is what the interface needs of the accounts: whom to call, by unit.
type People interface {
	Contacts(ctx context.Context, a access.Actor, of unit.Code) (map[unit.Code][]account.Contact, error)
}

// Parts are the services whose verbs the interface gives to programs.
type Parts struct {
	Ledger     *ledger.Service
	Statistics *statistics.Service
	Records    *record.Service
	Tasks      *keytask.Service
	Dispatch   *dispatch.Service
	Readings   *reading.Service
	Bulletins  *bulletin.Service
	Units      *register.Service
	People     People
	Notify     *notify.Service
	Log        *slog.Logger // of internal errors; nil: the default one
}

// API is the interface for programs.
type API struct {
	huma      huma.API
	ledger    *ledger.Service
	stats     *statistics.Service
	records   *record.Service
	tasks     *keytask.Service
	dispatch  *dispatch.Service
	readings  *reading.Service
	bulletins *bulletin.Service
	units     *register.Service
	people    People
	notify    *notify.Service
	log       *slog.Logger
}

const description = `The weekly ledger of a rural-greening campaign: units, weeks, records of what was done, rows, submissions, history, statistics.

**Who acts.** Send a token as ` + "`Authorization: Bearer szt_…`" + `. It is bound to a role at a unit, and reaches that unit and what is below it, nothing else. A unit outside answers 404, as one that does not exist.

**Units and weeks.** A unit is named by its statistical code of 2, 4, 6, 9 or 12 digits, a week by the day it is due, such as 2024-03-29.

**Changing what others may change too.** Every row and submission has a ` + "`version`" + ` that counts from 1; 0 is none yet. Send the version you read as ` + "`base`" + `: when somebody has written since, the answer is 409 with code ledger.moved (of a record: record.moved) and the version that stands now, and nothing was stored. Without ` + "`base`" + `, or with -1, what is sent is laid over whatever stands. What has been answered with 2xx is on disk.

**Errors** are application/problem+json: a stable ` + "`code`" + `, a ` + "`title`" + ` in Chinese for people, for rows ` + "`findings`" + ` cell by cell, and for records ` + "`faults`" + ` field by field. 400 is a body that cannot be read, 422 one that says something wrong, 403 what the role may not do, 409 what the present state does not allow.`

// Register puts the operations and their description on the mux.
func Register(m *web.Mux, p Parts) *API {
	if p.Log == nil {
		p.Log = slog.Default()
	}
	a := &API{ledger: p.Ledger, stats: p.Statistics, records: p.Records, tasks: p.Tasks, dispatch: p.Dispatch, readings: p.Readings, bulletins: p.Bulletins, units: p.Units, people: p.People, notify: p.Notify, log: slog.New(web.LogHandler(p.Log.Handler()))}
	config := huma.DefaultConfig("sangzi 桑梓", Version)
	config.OpenAPIPath, config.DocsPath, config.SchemasPath = "", "", ""
	config.CreateHooks = nil
	config.RejectUnknownQueryParameters = true
	config.Formats = map[string]huma.Format{"application/json": strictJSON, "json": strictJSON}
	config.Info.Description = description
	config.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"token": {Type: "http", Scheme: "bearer", Description: "A token made on the page 接口令牌 or with `sangzi token create`."},
	}
	config.Security = []map[string][]string{{"token": {}}}
	config.Tags = tags
	a.huma = humago.New(routes{m}, config)
	a.huma.OpenAPI().Components.Schemas.RegisterTypeAlias(reflect.TypeFor[statistics.Amount](), reflect.TypeFor[float64]())
	a.registerCampaign()
	a.registerUnits()
	a.registerUnitChanges()
	a.registerRecords()
	a.registerRows()
	a.registerSubmissions()
	a.registerBoard()
	a.registerWorkbooks()
	a.registerHistory()
	a.registerStatistics()
	a.registerNotify()
	a.registerTasks()
	a.registerDispatch()
	a.registerReadings()
	a.registerBulletins()
	m.Handle("GET /api/v1/openapi.json", web.Public, http.HandlerFunc(a.description))
	return a
}

func (a *API) description(w http.ResponseWriter, _ *http.Request) {
	b, err := a.huma.OpenAPI().MarshalJSON()
	if err != nil {
		http.Error(w, "openapi", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/vnd.oai.openapi+json;version=3.1")
	w.Write(b) //nolint:errcheck // the client is gone
}

// routes is the site's mux as the operations see it: workbooks may be large and take long, all
// else is small.
type routes struct{ mux *web.Mux }

// HandleFunc registers a route.
func (r routes) HandleFunc(pattern string, h func(http.ResponseWriter, *http.Request)) {
	var options []web.Option
	switch {
	case strings.HasPrefix(pattern, http.MethodPost+" ") && strings.HasSuffix(pattern, uploadsPath):
		options = append(options, web.Body(ledger.MaxUpload+1<<20))
	case strings.HasPrefix(pattern, http.MethodPost+" ") && strings.HasSuffix(pattern, photosPath):
		options = append(options, web.Body(picture.MaxBytes+1<<20))
	case strings.HasSuffix(pattern, ".xlsx"), strings.Contains(pattern, uploadsPath):
		options = append(options, web.Slow)
	}
	r.mux.Programs(web.SignedIn, options...).HandleFunc(pattern, h)
}

// ServeHTTP is the whole site's.
func (r routes) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	r.mux.Programs(web.SignedIn).ServeHTTP(w, req)
}
