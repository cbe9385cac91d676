package web

import (
	"crypto/rand"
	"encoding/base32"
	"log/slog"
	"maps"
	"net/http"
	"strings"
	"time"

	"github.com/klauspost/compress/gzhttp"
)

// policy lets pages use the site's own files and nothing written into the page: no inline
// script or style, no frames, no other origin.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
	"connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// around puts the middleware round the routes, outermost first: number and log, headers,
// compression, own-site check.
func (s *shell) around(h http.Handler) (http.Handler, error) {
	protection := http.NewCrossOriginProtection()
	protection.SetDenyHandler(s.anybody().adapt(Route{Need: Public, limit: defaultBody}, func(http.ResponseWriter, *http.Request) error {
		return ErrCrossSite
	}))
	h = protection.Handler(h)
	wrap, err := gzhttp.NewWrapper(gzhttp.MinSize(1024))
	if err != nil {
		return nil, err
	}
	h = wrap(h)
	h = headers(h, s.https)
	return s.logged(h), nil
}

// fixed are the headers of every answer. Their values are shared by all answers; who wants
// another sets it in the place of one of these.
var fixed = map[string][]string{
	"Content-Security-Policy":      {policy},
	"X-Content-Type-Options":       {"nosniff"},
	"X-Frame-Options":              {"DENY"},
	"Referrer-Policy":              {"same-origin"},
	"Cross-Origin-Opener-Policy":   {"same-origin"},
	"Cross-Origin-Resource-Policy": {"same-origin"},
	"Permissions-Policy":           {"camera=(), geolocation=(), microphone=(), payment=()"},
	"Cache-Control":                {"no-store"},
}

func headers(next http.Handler, https bool) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		maps.Copy(h, fixed)
		if https {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		next.ServeHTTP(w, r)
	})
}

// logged gives each request its number and writes one line about it when it is over.
func (s *shell) logged(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := time.Now()
		st := &state{id: newID(), site: s.site, static: s.static, path: r.URL.Path}
		w.Header().Set("X-Request-Id", st.id)
		counted := &counter{ResponseWriter: w, status: http.StatusOK}
		ctx := withState(r.Context(), st)
		defer func() {
			if st.route != nil && strings.HasPrefix(st.route.Path, "/static/") || r.URL.Path == "/healthz" {
				return
			}
			s.log.LogAttrs(ctx, slog.LevelInfo, "request",
				slog.String("method", r.Method), slog.String("path", r.URL.Path), slog.Int("status", counted.status),
				slog.Int64("bytes", counted.bytes), slog.Duration("took", time.Since(began)), slog.Int64("account", st.actor.Account))
		}()
		next.ServeHTTP(counted, r.WithContext(ctx))
	})
}

// newID is short enough to read out on the telephone: 8 letters and digits.
func newID() string {
	var b [5]byte
	_, _ = rand.Read(b[:]) // never fails
	return base32.StdEncoding.EncodeToString(b[:])
}

// counter remembers what was answered.
type counter struct {
	http.ResponseWriter
	status int
	bytes  int64
	begun  bool
}

func (c *counter) WriteHeader(status int) {
	if !c.begun {
		c.status, c.begun = status, status >= 200
	}
	c.ResponseWriter.WriteHeader(status)
}

func (c *counter) Write(b []byte) (int, error) {
	c.begun = true
	n, err := c.ResponseWriter.Write(b)
	c.bytes += int64(n)
	return n, err
}

// Unwrap lets http.ResponseController through.
func (c *counter) Unwrap() http.ResponseWriter { return c.ResponseWriter }
