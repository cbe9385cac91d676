package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/sangzi/sangzi/internal/bulletin"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/words"
)

// What can be wrong with a request before a wing sees it.
var (
	// ErrRequest: the request is not of the described shape. {field}
	ErrRequest = problem.New(problem.Invalid, "api.request")
	// ErrJSON: the body is not JSON, or JSON that says one thing twice.
	ErrJSON = problem.New(problem.Invalid, "api.json")
	// ErrNoBody: the body is empty.
	ErrNoBody = problem.New(problem.Invalid, "api.no_body")
	// ErrMediaType: the body is of another type than the operation takes.
	ErrMediaType = problem.New(problem.Invalid, "api.media_type")
	// ErrSlow: the body did not arrive in time.
	ErrSlow = problem.New(problem.Unavailable, "api.slow")
)

// huma keeps how errors look in variables of its package; they are set before any server runs.
func init() {
	huma.NewError = func(status int, message string, errs ...error) huma.StatusError {
		return newFailure(context.Background(), status, message, errs)
	}
	huma.NewErrorWithContext = func(ctx huma.Context, status int, message string, errs ...error) huma.StatusError {
		return newFailure(ctx.Context(), status, message, errs)
	}
	huma.ValidateStrictCasing = true
}

// failure is how an error is told, as application/problem+json (RFC 9457).
type failure struct {
	Status    int       `json:"status" doc:"HTTP status" example:"409"`
	Title     string    `json:"title" doc:"What it says to people" example:"这一行刚有人改过，请刷新后再办"`
	Code      string    `json:"code" doc:"Stable code" example:"ledger.moved"`
	RequestID string    `json:"request_id,omitempty" doc:"Number of the request in the log" example:"K7QPM2ZA"`
	Details   []string  `json:"details,omitempty" doc:"What of the request is not of the described shape, and where" example:"[\"expected required property filled_on to be present (body.head)\"]"`
	Version   int32     `json:"version,omitempty" doc:"With ledger.moved, record.moved and bulletin.moved: the version that stands now" example:"3"`
	Findings  []finding `json:"findings,omitempty" doc:"With ledger.findings: what is wrong with the row, cell by cell"`
	Faults    []fault   `json:"faults,omitempty" doc:"With record.faults: what is wrong with the record, field by field; with bulletin.faults: what is wrong with the words, place by place"`
}

// Error gives the code.
func (f *failure) Error() string { return f.Code }

// GetStatus is the HTTP status.
func (f *failure) GetStatus() int { return f.Status }

const problemType = "application/problem+json"

// ContentType is that of problems.
func (f *failure) ContentType(string) string { return problemType }

// newFailure tells what huma found wrong with a request.
func newFailure(ctx context.Context, status int, message string, errs []error) huma.StatusError {
	field, details := "", []string{}
	for _, err := range errs {
		var d *huma.ErrorDetail
		if !errors.As(err, &d) {
			details = append(details, err.Error())
			continue
		}
		if field == "" {
			field = d.Location
		}
		// The value is left out: it may be the whole body.
		details = append(details, strings.TrimSpace(d.Message+" ("+d.Location+")"))
	}
	if len(details) == 0 {
		details = append(details, message)
	}
	p := ErrRequest.With("field", field)
	switch status {
	case http.StatusBadRequest:
		if p = ErrJSON; len(errs) == 0 {
			p = ErrNoBody
		}
	case http.StatusRequestEntityTooLarge:
		p = web.ErrBodySize.With("max", limitOf(message))
	case http.StatusUnsupportedMediaType:
		p = ErrMediaType
	case http.StatusRequestTimeout:
		p = ErrSlow
	case http.StatusUnprocessableEntity:
	default:
		return &failure{Status: status, Code: "web.internal", Title: words.Text("web.internal", problem.Params{"id": web.RequestID(ctx)}), RequestID: web.RequestID(ctx)}
	}
	return &failure{Status: status, Code: p.Code, Title: words.Text(p.Code, p.Params), RequestID: web.RequestID(ctx), Details: details}
}

// limitOf is the limit that huma names in its message.
func limitOf(message string) string {
	var limit int64
	if _, err := fmt.Sscanf(message, "request body is too large limit=%d bytes", &limit); err != nil {
		limit = mebibyte
	}
	return fmt.Sprintf("%d MB", limit>>20)
}

// fault is what is wrong at one place of what was sent.
type fault struct {
	Field     string `json:"field,omitempty" doc:"Of a record: key of the field, people.CATEGORY, day, until or with. Of a bulletin: title, greeting, issuers, copy_to, printer; nothing for a section" example:"trees"`
	Section   *int   `json:"section,omitempty" doc:"Of a bulletin, counted from 0"`
	Paragraph *int   `json:"paragraph,omitempty" doc:"Of a section, counted from 0; -1 for its heading"`
	Code      string `json:"code" doc:"Stable code" example:"record.field_missing"`
	Message   string `json:"message" doc:"What it says to people"`
}

// fail tells a wing's error.
func (a *API) fail(ctx context.Context, err error) error {
	told := web.FailureOf(ctx, err)
	f := &failure{Status: told.Status, Title: told.Title, Code: told.Code, RequestID: told.RequestID}
	if f.Status == http.StatusInternalServerError && ctx.Err() == nil {
		a.log.ErrorContext(ctx, "failed", "err", err)
	}
	if found := (*ledger.Findings)(nil); errors.As(err, &found) {
		f.Findings = a.findings(found.List)
	}
	if found := (*record.Faults)(nil); errors.As(err, &found) {
		f.Faults = recordFaults(found.List)
	}
	if faults := (*bulletin.Faults)(nil); errors.As(err, &faults) {
		f.Faults = bulletinFaults(faults.List)
	}
	if p, ok := problem.Of(err); ok && (errors.Is(err, ledger.ErrMoved) || errors.Is(err, record.ErrMoved) || errors.Is(err, bulletin.ErrMoved)) {
		f.Version, _ = p.Params["version"].(int32)
	}
	return f
}

var failureTexts = map[string]string{
	"400": "The body cannot be read",
	"401": "No token, or one that is no longer good",
	"403": "Not for this role",
	"404": "No such thing, or not for this token",
	"409": "What stands now does not allow it, or has changed since it was read",
	"413": "The body is too large",
	"415": "The body is of another media type",
	"422": "What is sent is wrong",
	"500": "An error of the program; request_id is its number in the log",
	"503": "Not now; try again later",
}

// failureResponse documents a status.
func (a *API) failureResponse(status string) *huma.Response {
	schema := a.huma.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[failure](), true, "Failure")
	return &huma.Response{Description: failureTexts[status], Content: map[string]*huma.MediaType{problemType: {Schema: schema}}}
}
