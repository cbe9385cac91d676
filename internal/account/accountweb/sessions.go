package accountweb

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/alexedwards/scs/v2"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/account"
	"github.com/sangzi/sangzi/internal/web"
)

const (
	sessionCookie = "sangzi"
	idleTime      = 12 * time.Hour
	wholeTime     = 7 * 24 * time.Hour
	// touchEvery is how often a session in use is written again, so that reading a page costs
	// no write.
	touchEvery = 10 * time.Minute
)

// SessionStore keeps sessions and knows their form.
type SessionStore interface {
	scs.CtxStore
	scs.Codec
}

// SessionsConfig is what Sessions are made with.
type SessionsConfig struct {
	Accounts *account.Service
	Store    SessionStore
	Now      func() time.Time
	HTTPS    bool // reached by https only
	Proxied  bool // the X-Forwarded-Proto of the proxy in front is believed
}

// Sessions tells who sends a request: by the token of a program, or by the cookie of a browser.
type Sessions struct {
	SessionsConfig
	manager *scs.SessionManager
}

var _ web.Sessions = (*Sessions)(nil)

// NewSessions makes them: a session ends after twelve idle hours, and after seven days.
func NewSessions(c SessionsConfig) *Sessions {
	m := scs.New()
	m.Store, m.Codec = c.Store, c.Store
	m.IdleTimeout, m.Lifetime = idleTime, wholeTime
	return &Sessions{c, m}
}

// Actor is who sends the request. Who still has a first password is sent to change it.
func (s *Sessions) Actor(r *http.Request) (access.Actor, bool, error) {
	if text, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
		actor, err := s.Accounts.TokenActor(r.Context(), strings.TrimSpace(text))
		if errors.Is(err, account.ErrToken) {
			err = web.ErrSignedOut.Because(err)
		}
		return actor, err == nil, err
	}
	one, err := s.present(r)
	if errors.Is(err, account.ErrNoAccount) {
		return access.Actor{}, false, nil
	}
	if err != nil {
		return access.Actor{}, false, err
	}
	if one.MustChange {
		switch r.URL.Path {
		case "/password", "/logout", "/logout/everywhere":
		case "/login", "/feedback":
			return access.Actor{}, false, nil
		default:
			return access.Actor{}, false, web.GoTo("/password")
		}
	}
	return one.Actor(), true, nil
}

// present is the account of the browser's session, ErrNoAccount when there is none.
func (s *Sessions) present(r *http.Request) (account.Account, error) {
	cookie, err := r.Cookie(sessionCookie)
	if err != nil || cookie.Value == "" {
		return account.Account{}, account.ErrNoAccount
	}
	ctx, err := s.manager.Load(r.Context(), cookie.Value)
	if err != nil {
		return account.Account{}, err
	}
	id := s.manager.GetInt64(ctx, account.SessionAccount)
	if id == 0 {
		return account.Account{}, account.ErrNoAccount
	}
	one, err := s.Accounts.Present(r.Context(), id, s.manager.GetInt64(ctx, account.SessionEpoch))
	if err != nil {
		return one, err
	}
	return one, s.touch(ctx)
}

// touch lets the idle time begin anew.
func (s *Sessions) touch(ctx context.Context) error {
	now := s.Now()
	seen := time.Unix(s.manager.GetInt64(ctx, account.SessionSeen), 0)
	if now.Sub(seen) < touchEvery {
		return nil
	}
	s.manager.Put(ctx, account.SessionSeen, now.Unix())
	_, _, err := s.manager.Commit(ctx)
	return err
}

// begin starts a session of its own for an account and ends the one the browser had.
func (s *Sessions) begin(w http.ResponseWriter, r *http.Request, one account.Account) error {
	if err := s.end(r); err != nil {
		return err
	}
	ctx, err := s.manager.Load(r.Context(), "")
	if err != nil {
		return err
	}
	s.manager.Put(ctx, account.SessionAccount, one.ID)
	s.manager.Put(ctx, account.SessionEpoch, one.Epoch)
	s.manager.Put(ctx, account.SessionSeen, s.Now().Unix())
	token, _, err := s.manager.Commit(ctx)
	if err != nil {
		return err
	}
	http.SetCookie(w, s.cookie(r, token, int(wholeTime/time.Second)))
	return nil
}

// end forgets the browser's session.
func (s *Sessions) end(r *http.Request) error {
	cookie, err := r.Cookie(sessionCookie)
	if err != nil || cookie.Value == "" {
		return nil
	}
	return s.Store.DeleteCtx(r.Context(), cookie.Value)
}

// signOut ends the session and takes the cookie back.
func (s *Sessions) signOut(w http.ResponseWriter, r *http.Request) error {
	http.SetCookie(w, s.cookie(r, "", -1))
	return s.end(r)
}

func (s *Sessions) cookie(r *http.Request, value string, maxAge int) *http.Cookie {
	secure := s.HTTPS || r.TLS != nil || s.Proxied && r.Header.Get("X-Forwarded-Proto") == "https"
	return &http.Cookie{Name: sessionCookie, Value: value, Path: "/", MaxAge: maxAge, HttpOnly: true, Secure: secure, SameSite: http.SameSiteLaxMode}
}
