package web

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"

	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/words"
)

// panicked is a panic as an error.
type panicked struct {
	value any
	stack []byte
}

func (p *panicked) Error() string { return fmt.Sprintf("panic: %v", p.value) }

// StatusOf is the HTTP status of an error: that of its problem's kind, 500 for what is not
// for people.
func StatusOf(err error) int {
	var tooLarge *http.MaxBytesError
	switch {
	case errors.Is(err, ErrSignedOut):
		return http.StatusUnauthorized
	case errors.Is(err, ErrMethod):
		return http.StatusMethodNotAllowed
	case errors.Is(err, ErrTooMany):
		return http.StatusTooManyRequests
	case errors.Is(err, ErrBodySize), errors.As(err, &tooLarge):
		return http.StatusRequestEntityTooLarge
	}
	p, ok := problem.Of(err)
	if !ok {
		return http.StatusInternalServerError
	}
	switch p.Kind {
	case problem.Invalid:
		return http.StatusUnprocessableEntity
	case problem.NotFound:
		return http.StatusNotFound
	case problem.Forbidden:
		return http.StatusForbidden
	case problem.Conflict:
		return http.StatusConflict
	case problem.Unavailable:
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}

// Failure is an error as told to people and programs.
type Failure struct {
	Status    int    `json:"status"`
	Title     string `json:"title"` // what it says to people
	Code      string `json:"code"`
	RequestID string `json:"request_id"`
}

// FailureOf says an error in words; nothing of an internal failure but the request's number.
func FailureOf(ctx context.Context, err error) Failure {
	f := Failure{Status: StatusOf(err), RequestID: RequestID(ctx)}
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		err = ErrBodySize.With("max", sizeInWords(tooLarge.Limit))
	}
	if p, ok := problem.Of(err); ok {
		f.Code, f.Title = p.Code, words.Text(p.Code, p.Params)
		return f
	}
	f.Code = "web.internal"
	f.Title = words.Text(f.Code, problem.Params{"id": f.RequestID})
	return f
}

func sizeInWords(bytes int64) string {
	if bytes >= 1<<20 {
		return fmt.Sprintf("%d MB", bytes>>20)
	}
	return fmt.Sprintf("%d KB", bytes>>10)
}

// fail answers a request whose handler gave an error.
func (s *shell) fail(w http.ResponseWriter, r *http.Request, err error) {
	st := stateOf(r.Context())
	s.note(r, err)
	if hasBegun(w) {
		panic(http.ErrAbortHandler) // a broken download must not look whole
	}
	var elsewhere *goTo
	if errors.As(err, &elsewhere) {
		s.ignore(r, Redirect(w, r, elsewhere.url))
		return
	}
	f := FailureOf(r.Context(), err)
	switch {
	case wantsJSON(r, st):
		s.ignore(r, writeFailure(w, f))
	case f.Status == http.StatusUnauthorized:
		s.ignore(r, toDoor(w, r))
	case isFragment(r):
		s.ignore(r, Tell(w, r, f.Status, failureNotice(f)))
	default:
		s.ignore(r, Render(w, r, failurePage(f), failureBody(f)))
	}
}

// note logs a failure: internals as errors with all that is known, the rest quietly.
func (s *shell) note(r *http.Request, err error) {
	var (
		p         *panicked
		elsewhere *goTo
	)
	switch {
	case errors.As(err, &elsewhere):
	case errors.As(err, &p):
		s.log.ErrorContext(r.Context(), "panic", "value", fmt.Sprint(p.value), "stack", string(p.stack))
	case r.Context().Err() != nil:
		s.log.InfoContext(r.Context(), "gone", "err", err)
	case StatusOf(err) >= 500:
		s.log.ErrorContext(r.Context(), "failed", "err", err)
	default:
		s.log.Log(r.Context(), slog.LevelDebug, "refused", "err", err)
	}
}

func (s *shell) ignore(r *http.Request, err error) {
	if err != nil {
		s.log.WarnContext(r.Context(), "answering", "err", err)
	}
}

func writeFailure(w http.ResponseWriter, f Failure) error {
	w.Header().Set("Content-Type", "application/problem+json")
	if f.Status == http.StatusUnauthorized {
		w.Header().Set("WWW-Authenticate", "Bearer")
	}
	w.WriteHeader(f.Status)
	return json.NewEncoder(w).Encode(f)
}

// toDoor leads to the way in. A form that was sent is not lost: it goes along, or, where it is too
// large for that, it is said that nothing was saved.
func toDoor(w http.ResponseWriter, r *http.Request) error {
	if isFragment(r) || r.Method != http.MethodPost || strings.HasPrefix(r.URL.Path, "/logout") {
		return Redirect(w, r, loginURL(r))
	}
	d := LoginData{Kept: keep(r)}
	d.Lost = d.Kept.IsZero()
	return Render(w, r, Page{Title: "登录", Shape: Plain, Status: http.StatusUnauthorized}, LoginBody(d))
}

// loginURL is the way in, and back to the page after it. Only a page that is read is come
// back to.
func loginURL(r *http.Request) string {
	next := r.URL.RequestURI()
	if isFragment(r) {
		if u, err := url.Parse(r.Header.Get("HX-Current-URL")); err == nil {
			next = u.RequestURI()
		}
	} else if r.Method != http.MethodGet {
		next = "/"
	}
	if next = SafeNext(next); next == "/" {
		return "/login"
	}
	return "/login?next=" + url.QueryEscape(next)
}
