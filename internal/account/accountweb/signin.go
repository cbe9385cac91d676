package accountweb

import (
	"errors"
	"net"
	"net/http"
	"strings"

	"github.com/sangzi/sangzi/internal/account"
	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/words"
)

// door shows the way in.
func (p *Pages) door(w http.ResponseWriter, r *http.Request) error {
	next := web.SafeNext(r.URL.Query().Get("next"))
	if web.IsSignedIn(r.Context()) {
		return web.Redirect(w, r, next)
	}
	return p.showDoor(w, r, http.StatusOK, web.LoginData{Next: next})
}

func (p *Pages) showDoor(w http.ResponseWriter, r *http.Request, status int, d web.LoginData) error {
	d.Accounts = p.Demo
	return web.Render(w, r, web.Page{Title: "登录", Shape: web.Plain, Status: status}, web.LoginBody(d))
}

func (p *Pages) signIn(w http.ResponseWriter, r *http.Request) error {
	if err := web.ParseForm(r); err != nil {
		return err
	}
	d := web.LoginData{Account: r.PostFormValue("account"), Next: web.SafeNext(r.PostFormValue("next")), Kept: web.KeptFrom(r)}
	one, err := p.Accounts.SignIn(r.Context(), d.Account, r.PostFormValue("password"), p.address(r))
	if said, ok := words.Of(err); ok {
		d.Error = said
		return p.showDoor(w, r, statusOf(err), d)
	}
	if err != nil {
		return err
	}
	if err := p.Sessions.begin(w, r, one); err != nil {
		return err
	}
	switch {
	case one.MustChange:
		d.Next = "/password"
	case !d.Kept.IsZero():
		return web.Render(w, r, web.Page{Title: "接着存", Shape: web.Plain}, web.KeptBody(d.Kept))
	}
	return web.Redirect(w, r, d.Next)
}

func statusOf(err error) int {
	if errors.Is(err, account.ErrBlocked) {
		return http.StatusTooManyRequests
	}
	return web.StatusOf(err)
}

func (p *Pages) signOut(w http.ResponseWriter, r *http.Request) error {
	if err := p.Sessions.signOut(w, r); err != nil {
		return err
	}
	return web.Redirect(w, r, "/login")
}

func (p *Pages) signOutEverywhere(w http.ResponseWriter, r *http.Request) error {
	if err := p.Accounts.SignOutEverywhere(r.Context(), web.ActorOf(r.Context())); err != nil {
		return err
	}
	return p.signOut(w, r)
}

// address is where a request comes from, for counting failures.
func (p *Pages) address(r *http.Request) string {
	if p.Proxied {
		// The last entry is the one that our own proxy has written.
		list := strings.Split(r.Header.Get("X-Forwarded-For"), ",")
		if last := strings.TrimSpace(list[len(list)-1]); net.ParseIP(last) != nil {
			return last
		}
	}
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}

// passwordForm is the page on which one's own password is changed.
type passwordForm struct {
	First  bool // it is a first password, and nothing else works before it is changed
	Faults faults
}

func (p *Pages) password(w http.ResponseWriter, r *http.Request) error {
	return p.showPassword(w, r, http.StatusOK, nil)
}

func (p *Pages) showPassword(w http.ResponseWriter, r *http.Request, status int, f faults) error {
	one, err := p.Sessions.present(r)
	if err != nil {
		return err
	}
	page := web.Page{Title: "修改密码", Shape: web.Plain, Status: status}
	if one.MustChange {
		page.Title, page.Sub = "设置您的密码", "首次密码只能用一次，换成自己的密码后就可以办事了"
	}
	return web.Render(w, r, page, passwordBody(passwordForm{First: one.MustChange, Faults: f}))
}

func (p *Pages) changePassword(w http.ResponseWriter, r *http.Request) error {
	if err := web.ParseForm(r); err != nil {
		return err
	}
	if r.PostFormValue("new") != r.PostFormValue("again") {
		return p.showPassword(w, r, http.StatusUnprocessableEntity, faults{{Field: "again", Message: "两次填的新密码不一样"}})
	}
	in := account.PasswordInput{Present: r.PostFormValue("present"), New: r.PostFormValue("new"), Address: p.address(r)}
	one, err := p.Accounts.ChangePassword(r.Context(), web.ActorOf(r.Context()), in)
	if err != nil {
		f, other := fault(err, passwordField)
		if other != nil {
			return other
		}
		return p.showPassword(w, r, statusOf(err), f)
	}
	if err := p.Sessions.begin(w, r, one); err != nil {
		return err
	}
	return p.say(w, r, "密码已修改，其他设备需要重新登录", "/")
}

func passwordField(e *problem.Problem) string {
	for _, present := range []error{account.ErrWrongPassword, account.ErrBlocked} {
		if errors.Is(e, present) {
			return "present"
		}
	}
	for _, fresh := range []error{account.ErrPasswordShort, account.ErrPasswordLong, account.ErrPasswordLogin, account.ErrPasswordCommon, account.ErrPasswordSame} {
		if errors.Is(e, fresh) {
			return "new"
		}
	}
	return ""
}
