package web

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"time"
)

// Options are what a Server is made of.
type Options struct {
	Site     Site
	Sessions Sessions // nil: nobody is ever signed in
	Log      *slog.Logger
	HTTPS    bool // reached by https only: tell browsers so
	// Wrap is put round everything but static files, inside the log: session loading.
	Wrap []func(http.Handler) http.Handler
	// Healthy is asked by /healthz; nil is always healthy.
	Healthy func(ctx context.Context) error
	// Grace is how long running requests may take to end; zero means 15 s.
	Grace time.Duration
}

// Server is the program's face to the network.
type Server struct {
	Mux     *Mux
	options Options
	shell   *shell
}

// New makes a server; the wings then register their routes on its Mux.
func New(o Options) *Server {
	if o.Sessions == nil {
		o.Sessions = Nobody{}
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	o.Log = slog.New(LogHandler(o.Log.Handler()))
	if o.Grace == 0 {
		o.Grace = 15 * time.Second
	}
	sh := &shell{site: &o.Site, static: Embedded(), sessions: o.Sessions, log: o.Log, https: o.HTTPS}
	s := &Server{options: o, shell: sh}
	s.Mux = &Mux{mux: http.NewServeMux(), server: sh}
	s.Mux.mux.Handle("/", sh.adapt(Route{Path: "/", Need: Public, limit: defaultBody}, s.Mux.missing))
	return s
}

// Handler is everything as one http.Handler, for the listener and for tests.
func (s *Server) Handler() (http.Handler, error) {
	wings := http.Handler(s.Mux.mux)
	for _, wrap := range s.options.Wrap {
		wings = wrap(wings)
	}
	outer := http.NewServeMux()
	outer.Handle("/", wings)
	outer.Handle("GET /static/", s.shell.anybody().adapt(Route{Method: http.MethodGet, Path: "/static/", Need: Public}, s.shell.static.serve))
	outer.HandleFunc("GET /healthz", s.health)
	return s.shell.around(outer)
}

func (s *Server) health(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	if s.options.Healthy != nil {
		if err := s.options.Healthy(r.Context()); err != nil {
			s.shell.log.ErrorContext(r.Context(), "not healthy", "err", err)
			http.Error(w, "unavailable", http.StatusServiceUnavailable)
			return
		}
	}
	if _, err := io.WriteString(w, "ok\n"); err != nil {
		s.shell.log.DebugContext(r.Context(), "health", "err", err)
	}
}

// Serve answers on the listener until ctx ends, then lets running requests end.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	h, err := s.Handler()
	if err != nil {
		return err
	}
	server := &http.Server{
		Handler:           h,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       time.Minute,
		WriteTimeout:      time.Minute,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          slog.NewLogLogger(s.shell.log.Handler(), slog.LevelWarn),
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(l) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	graceful, cancel := context.WithTimeout(context.WithoutCancel(ctx), s.options.Grace)
	defer cancel()
	if err := server.Shutdown(graceful); err != nil {
		return errors.Join(err, server.Close())
	}
	return nil
}
