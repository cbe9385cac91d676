package web

import (
	"context"
	"net/http"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/unit"
)

// Sessions tells who sends a request. ok is false when nobody is signed in. An error made by
// GoTo sends the browser elsewhere first, for instance to change a first password.
type Sessions interface {
	Actor(r *http.Request) (actor access.Actor, ok bool, err error)
}

// Nobody is Sessions without anybody signed in.
type Nobody struct{}

// Actor is never there.
func (Nobody) Actor(*http.Request) (access.Actor, bool, error) { return access.Actor{}, false, nil }

type contextKey uint8

const (
	keyRequest contextKey = iota
)

// state is what the middleware knows of a request.
type state struct {
	id     string
	site   *Site
	static *Static
	route  *Route
	path   string
	actor  access.Actor
	signed bool
}

func stateOf(ctx context.Context) *state {
	if s, ok := ctx.Value(keyRequest).(*state); ok {
		return s
	}
	return &state{site: &Site{}}
}

// ActorOf is who acts; the zero Actor when nobody is signed in.
func ActorOf(ctx context.Context) access.Actor { return stateOf(ctx).actor }

// IsSignedIn tells whether somebody is.
func IsSignedIn(ctx context.Context) bool { return stateOf(ctx).signed }

// RequestID is the number of the request, as in the log.
func RequestID(ctx context.Context) string { return stateOf(ctx).id }

// PathUnit reads {unit} of the path. What is no code is no page.
func PathUnit(r *http.Request) (unit.Code, error) {
	code, err := unit.ParseCode(r.PathValue("unit"))
	if err != nil {
		return 0, ErrNotFound.Because(err)
	}
	return code, nil
}

// PathWeek reads {week} of the path, the due day of a week: 2024-03-29.
func PathWeek(r *http.Request) (date.Date, error) {
	day, err := date.Parse(r.PathValue("week"))
	if err != nil {
		return date.Date{}, ErrNotFound.Because(err)
	}
	return day, nil
}
