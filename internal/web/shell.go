package web

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"
	"time"
)

// shell is what stands around every route.
type shell struct {
	site     *Site
	static   *Static
	sessions Sessions
	log      *slog.Logger
	https    bool
}

// anybody is the shell for what stands outside sessions.
func (s *shell) anybody() *shell {
	c := *s
	c.sessions = Nobody{}
	return &c
}

const slowTime = 5 * time.Minute

// adapt makes a net/http handler of a route: who acts, may he, the body's limit, the handler,
// and what to answer when it fails.
func (s *shell) adapt(route Route, h Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		st := stateOf(r.Context())
		st.route = &route
		tracked := &tracker{ResponseWriter: w, secure: s.https}
		r.Body = http.MaxBytesReader(tracked, r.Body, route.limit)
		if route.slow {
			until := time.Now().Add(slowTime)
			c := http.NewResponseController(w)
			if err := errors.Join(c.SetReadDeadline(until), c.SetWriteDeadline(until)); err != nil && !errors.Is(err, http.ErrNotSupported) {
				s.log.WarnContext(r.Context(), "no deadline", "err", err)
			}
		}
		if err := s.serve(tracked, r, st, h); err != nil {
			s.fail(tracked, r, err)
		}
	})
}

func (s *shell) serve(w http.ResponseWriter, r *http.Request, st *state, h Handler) (err error) {
	defer func() {
		switch v := recover(); v {
		case nil:
		case http.ErrAbortHandler:
			panic(v)
		default:
			err = &panicked{value: v, stack: debug.Stack()}
		}
	}()
	actor, ok, err := s.sessions.Actor(r)
	switch {
	case err != nil && !st.route.Need.public:
		return err
	case err != nil:
		s.note(r, err)
	case err == nil && ok:
		st.actor, st.signed = actor, true
	case !st.route.Need.public:
		return ErrSignedOut
	}
	if st.signed || !st.route.Need.public {
		if err := st.route.allow(r, actor); err != nil {
			return err
		}
	}
	return h(w, r)
}

// tracker knows whether an answer has begun.
type tracker struct {
	http.ResponseWriter
	begun  bool
	secure bool // cookies are for https only
}

func (t *tracker) WriteHeader(status int) { t.begun = true; t.ResponseWriter.WriteHeader(status) }
func (t *tracker) Write(b []byte) (int, error) {
	t.begun = true
	return t.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController through.
func (t *tracker) Unwrap() http.ResponseWriter { return t.ResponseWriter }

func hasBegun(w http.ResponseWriter) bool {
	t, ok := w.(*tracker)
	return ok && t.begun
}

// wantsJSON tells whether a failure is to be told to a program.
func wantsJSON(r *http.Request, st *state) bool {
	if st.route != nil && st.route.Surface == ForPrograms || strings.HasPrefix(r.URL.Path, "/api/") {
		return true
	}
	accept := r.Header.Get("Accept")
	return strings.Contains(accept, "application/json") && !strings.Contains(accept, "text/html")
}

func withState(ctx context.Context, st *state) context.Context {
	return context.WithValue(ctx, keyRequest, st)
}
