package app

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/account"
	"github.com/sangzi/sangzi/internal/api"
	"github.com/sangzi/sangzi/internal/web"
)

// ServerOptions says how the program faces the network.
type ServerOptions struct {
	HTTPS         bool // reached by https only
	Demonstration bool // figures are invented, and every page says so
}

// NewServer puts the pages and the interface for programs on a server.
func (a *App) NewServer(o ServerOptions) *web.Server {
	site := web.Site{Campaign: a.Pack.ShortName, Filing: a.Pack.Contact.Filing, Demonstration: o.Demonstration}
	s := web.New(web.Options{Site: site, Sessions: bearer{a.Accounts}, Log: a.Log, HTTPS: o.HTTPS, Healthy: a.healthy})
	api.Register(s.Mux, a.Ledger, a.Statistics, a.Units)
	return s
}

// Serve answers on the listener until ctx ends, keeping up with other servers meanwhile.
func (a *App) Serve(ctx context.Context, l net.Listener, o ServerOptions) error {
	following, stop := context.WithCancel(ctx)
	defer stop()
	go a.follow(following)
	return a.NewServer(o).Serve(ctx, l)
}

// followEvery is how often a server looks for what others have written.
const followEvery = 400 * time.Millisecond

// follow takes in what other servers write until ctx ends.
func (a *App) follow(ctx context.Context) {
	tick := time.NewTicker(followEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if err := a.Refresh(ctx); err != nil && ctx.Err() == nil {
				a.Log.WarnContext(ctx, "following other servers", slog.Any("err", err))
			}
		}
	}
}

func (a *App) healthy(ctx context.Context) error { return a.DB.Reader().PingContext(ctx) }

// bearer knows programs by their tokens.
type bearer struct{ accounts *account.Service }

func (b bearer) Actor(r *http.Request) (access.Actor, bool, error) {
	text, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if !ok {
		return access.Actor{}, false, nil
	}
	actor, err := b.accounts.TokenActor(r.Context(), strings.TrimSpace(text))
	return actor, err == nil, err
}
