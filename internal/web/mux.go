package web

import (
	"net/http"
	"slices"
	"strings"

	"github.com/sangzi/sangzi/internal/access"
)

// Surface is what a route answers with, and so how its errors look.
type Surface uint8

// The surfaces.
const (
	ForPeople   Surface = iota // a page or, asked by htmx, a fragment
	ForPrograms                // JSON
)

// Route is one registered route; tests walk all of them.
type Route struct {
	Method  string // empty: any
	Path    string // as in http.ServeMux: /ledger/{unit}/{week}
	Need    Need
	Surface Surface
	limit   int64
	slow    bool
}

// Option changes a route.
type Option func(*Route)

// Body lets a request's body be up to so many bytes; without it 1 MiB. It implies Slow.
func Body(bytes int64) Option { return func(r *Route) { r.limit, r.slow = bytes, true } }

// Slow gives the route five minutes to read and write, for uploads and large downloads.
func Slow(r *Route) { r.slow = true }

const defaultBody = 1 << 20

// Mux holds the routes.
type Mux struct {
	mux    *http.ServeMux
	routes []Route
	server *shell
}

// Page registers a route for people: "GET /ledger/{unit}/{week}".
func (m *Mux) Page(pattern string, need Need, h Handler, options ...Option) {
	m.add(pattern, need, ForPeople, h, options)
}

// Handle registers a plain handler for programs.
func (m *Mux) Handle(pattern string, need Need, h http.Handler, options ...Option) {
	m.add(pattern, need, ForPrograms, func(w http.ResponseWriter, r *http.Request) error {
		h.ServeHTTP(w, r)
		return nil
	}, options)
}

// Programs registers routes for programs with one need for all; its method set is what huma's
// adapter for net/http asks for.
func (m *Mux) Programs(need Need, options ...Option) *Programs {
	return &Programs{mux: m, need: need, options: options}
}

// Programs is a Mux seen by the API.
type Programs struct {
	mux     *Mux
	need    Need
	options []Option
}

// HandleFunc registers a route.
func (p *Programs) HandleFunc(pattern string, h func(http.ResponseWriter, *http.Request)) {
	p.mux.Handle(pattern, p.need, http.HandlerFunc(h), p.options...)
}

// ServeHTTP is the whole site's.
func (p *Programs) ServeHTTP(w http.ResponseWriter, r *http.Request) { p.mux.mux.ServeHTTP(w, r) }

// Routes lists what is registered, in order of registration.
func (m *Mux) Routes() []Route { return slices.Clone(m.routes) }

func (m *Mux) add(pattern string, need Need, surface Surface, h Handler, options []Option) {
	method, path, hasMethod := strings.Cut(pattern, " ")
	if !hasMethod {
		method, path = "", pattern
	}
	route := Route{Method: method, Path: path, Need: need, Surface: surface, limit: defaultBody}
	for _, o := range options {
		o(&route)
	}
	m.routes = append(m.routes, route)
	m.mux.Handle(pattern, m.server.adapt(route, h))
}

// missing answers what no route does: 405 where another method would do, else 404.
func (m *Mux) missing(w http.ResponseWriter, r *http.Request) error {
	var allowed []string
	for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete} {
		probe := &http.Request{Method: method, URL: r.URL, Host: r.Host}
		if _, pattern := m.mux.Handler(probe); pattern != "/" && method != r.Method {
			allowed = append(allowed, method)
		}
	}
	if len(allowed) > 0 {
		w.Header().Set("Allow", strings.Join(allowed, ", "))
		return ErrMethod.With("allow", allowed)
	}
	return ErrNotFound
}

// allow holds the actor against the route's need.
func (r *Route) allow(req *http.Request, actor access.Actor) error {
	if r.Need.action == "" {
		return nil
	}
	at := actor.Unit
	if strings.Contains(r.Path, "{unit}") {
		var err error
		if at, err = PathUnit(req); err != nil {
			return err
		}
	}
	return actor.Can(r.Need.action, at)
}
