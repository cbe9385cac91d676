package accountweb_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/account"
	"github.com/sangzi/sangzi/internal/testkit"
)

func TestSignInAndOut(t *testing.T) {
	h := newHouse(t, options{})
	h.person("huang", "黄志明", access.TownClerk, testkit.LihuTown)
	b := h.browser()
	b.get("/whoami").leads("/login?next=%2Fwhoami")
	b.get("/login?next=/whoami").shows(http.StatusOK, "h1", "登录")
	b.post("/login", "account", "huang", "password", "wrong").shows(http.StatusUnprocessableEntity, ".notice", "登录名或密码不对")

	in := b.post("/login", "account", "huang", "password", password, "next", "/whoami")
	in.leads("/whoami")
	cookie := in.header.Get("Set-Cookie")
	for _, want := range []string{"HttpOnly", "SameSite=Lax", "Path=/"} {
		if !strings.Contains(cookie, want) {
			t.Errorf("the cookie lacks %s: %s", want, cookie)
		}
	}
	if strings.Contains(cookie, "Secure") {
		t.Errorf("a secure cookie over plain HTTP is never sent back: %s", cookie)
	}
	if who := b.get("/whoami").body; who != "黄志明|town_clerk|445281119000" {
		t.Errorf("signed in as %s", who)
	}
	b.get("/login?next=/whoami").leads("/whoami")

	kept := b.cookies["sangzi"]
	b.post("/logout").leads("/login")
	b.cookies["sangzi"] = kept // a thief's copy
	b.get("/whoami").leads("/login?next=%2Fwhoami")
}

// What was sent when the session had ended is sent again after signing in, with one press, also
// after a wrong password.
func TestSignInCarriesWhatWasSent(t *testing.T) {
	h := newHouse(t, options{})
	h.person("huang", "黄志明", access.TownClerk, testkit.LihuTown)
	b := h.browser()
	kept := []string{"kept_to", "/records/445281119000/new/planting", "kept", "f.trees=25&note=%E4%B8%A4%0A%E8%A1%8C", "kept_files", "1"}
	again := b.post("/login", append(kept, "account", "huang", "password", "wrong")...)
	again.shows(http.StatusUnprocessableEntity, ".notice", "还没有存上")
	if v, _ := again.doc.Find("input[name=kept]").Attr("value"); v != kept[3] {
		t.Errorf("a wrong password loses it: %q", v)
	}
	in := b.post("/login", append(kept, "account", "huang", "password", password)...)
	in.shows(http.StatusOK, "form[action='"+kept[1]+"'] button", "接着存")
	if trees, _ := in.doc.Find("input[name='f.trees']").Attr("value"); trees != "25" {
		t.Errorf("it sends %q", trees)
	}
	if note, _ := in.doc.Find("input[name=note]").Attr("value"); note != "两\n行" {
		t.Errorf("it sends %q", note)
	}
	if who := b.get("/whoami").body; who != "黄志明|town_clerk|445281119000" {
		t.Errorf("signed in as %s", who)
	}
	for _, to := range []string{"https://example.org/x", "//example.org", "/logout", "/password", ""} {
		h.browser().post("/login", "account", "huang", "password", password, "kept_to", to, "kept", "a=b").leads("/")
	}
}

// Where one goes after signing in is a page of this site.
func TestNextStaysHere(t *testing.T) {
	h := newHouse(t, options{})
	h.person("huang", "黄志明", access.TownClerk, testkit.LihuTown)
	for _, next := range []string{"https://example.org/", "//example.org", `/\example.org`, "javascript:alert(1)", ""} {
		h.browser().post("/login", "account", "huang", "password", password, "next", next).leads("/")
	}
}

// A session that was there before signing in is not the one after it.
func TestSessionIsNewAtSignIn(t *testing.T) {
	h := newHouse(t, options{})
	h.person("huang", "黄志明", access.TownClerk, testkit.LihuTown)
	h.person("lin", "林晓燕", access.CountyOffice, testkit.Puning)
	thief := h.signedIn("huang")
	planted := thief.cookies["sangzi"]
	victim := h.browser()
	victim.cookies["sangzi"] = planted
	victim.post("/login", "account", "lin", "password", password).leads("/")
	if victim.cookies["sangzi"] == planted {
		t.Error("the planted session went on")
	}
	thief.get("/whoami").leads("/login?next=%2Fwhoami")
	invented := h.browser()
	invented.cookies["sangzi"] = "invented"
	invented.post("/login", "account", "lin", "password", password).leads("/")
	if invented.cookies["sangzi"] == "invented" {
		t.Error("an invented session was taken")
	}
}

func TestSecureCookie(t *testing.T) {
	for name, c := range map[string]struct {
		options options
		proto   string
		want    bool
	}{
		"https only": {options{https: true}, "", true}, "proxied": {options{proxied: true}, "https", true},
		"proxied plain": {options{proxied: true}, "http", false}, "pretended": {options{}, "https", false},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t, c.options)
			h.person("huang", "黄志明", access.TownClerk, testkit.LihuTown)
			b := h.browser()
			b.header.Set("X-Forwarded-Proto", c.proto)
			in := b.post("/login", "account", "huang", "password", password)
			if got := strings.Contains(in.header.Get("Set-Cookie"), "Secure"); got != c.want {
				t.Errorf("secure is %t: %s", got, in.header.Get("Set-Cookie"))
			}
		})
	}
}

// The fifth failure closes the door for a while and says how long; behind a proxy the address
// is the one that the proxy tells, and without one nobody can pretend another.
func TestBlocked(t *testing.T) {
	h := newHouse(t, options{})
	h.person("huang", "黄志明", access.TownClerk, testkit.LihuTown)
	b := h.browser()
	for range 5 {
		b.post("/login", "account", "huang", "password", "wrong").shows(http.StatusUnprocessableEntity, ".notice", "登录名或密码不对")
	}
	b.post("/login", "account", "huang", "password", password).shows(http.StatusTooManyRequests, ".notice", "30 秒")

	for i, forwarded := range []string{"1.1.1.1", "2.2.2.2", "3.3.3.3"} {
		b.header.Set("X-Forwarded-For", forwarded)
		for j := range 10 {
			b.post("/login", "account", "guess"+string(rune('a'+i))+string(rune('a'+j)), "password", "wrong")
		}
	}
	b.header.Set("X-Forwarded-For", "4.4.4.4")
	b.post("/login", "account", "nobody", "password", "wrong").shows(http.StatusTooManyRequests, ".notice", "登录失败次数太多")
}

// Who has a first password can do nothing but change it, or leave.
func TestFirstSignIn(t *testing.T) {
	h := newHouse(t, options{})
	issued, err := h.accounts.Create(context.Background(), operator, account.Input{Login: "chen", Name: "陈秋月", Role: access.VillageReporter, Unit: testkit.Xintan})
	h.must(err)
	b := h.browser()
	b.post("/login", "account", "chen", "password", issued.Password, "next", "/whoami").leads("/password")
	for _, path := range []string{"/whoami", "/tokens", "/accounts"} {
		b.get(path).leads("/password")
	}
	b.post("/tokens", "name", "x").leads("/password")
	b.get("/password").shows(http.StatusOK, "main", "首次密码")

	for _, c := range []struct{ present, fresh, again, field, says string }{
		{"wrong-password", password, password, "present", "现在的密码不对"},
		{issued.Password, "short", "short", "new", "至少 10 位"},
		{issued.Password, "1234567890", "1234567890", "new", "太常见"},
		{issued.Password, issued.Password, issued.Password, "new", "不能和原密码相同"},
		{issued.Password, password, password + "x", "again", "不一样"},
	} {
		answer := b.post("/password", "present", c.present, "new", c.fresh, "again", c.again)
		answer.shows(http.StatusUnprocessableEntity, "#"+c.field+"-error", c.says)
		if strings.Contains(answer.body, issued.Password) || strings.Contains(answer.body, password) {
			t.Error("the page gives a password back")
		}
	}
	before := b.cookies["sangzi"]
	b.post("/password", "present", issued.Password, "new", password, "again", password).leads("/")
	if b.cookies["sangzi"] == before {
		t.Error("the session is the one of the first password")
	}
	if who := b.get("/whoami").body; !strings.HasPrefix(who, "陈秋月") {
		t.Errorf("after the change: %s", who)
	}
}

// Changing the password ends the sessions on other devices; so does signing out everywhere.
func TestOtherDevices(t *testing.T) {
	h := newHouse(t, options{})
	h.person("huang", "黄志明", access.TownClerk, testkit.LihuTown)
	phone, desk := h.signedIn("huang"), h.signedIn("huang")
	desk.post("/password", "present", password, "new", password+"-2", "again", password+"-2").leads("/")
	phone.get("/whoami").leads("/login?next=%2Fwhoami")
	if who := desk.get("/whoami").body; !strings.HasPrefix(who, "黄志明") {
		t.Errorf("the device it was changed on: %s", who)
	}
	desk.post("/logout/everywhere").leads("/login")
	desk.get("/whoami").leads("/login?next=%2Fwhoami")
}

// Twelve idle hours end a session, use renews it, and seven days end it all the same.
func TestSessionEnds(t *testing.T) {
	h := newHouse(t, options{})
	h.person("huang", "黄志明", access.TownClerk, testkit.LihuTown)
	b := h.signedIn("huang")
	h.clock.Advance(12*time.Hour - time.Minute)
	if who := b.get("/whoami").body; !strings.HasPrefix(who, "黄志明") {
		t.Fatalf("before twelve hours: %s", who)
	}
	h.clock.Advance(2 * time.Minute)
	b.get("/whoami").leads("/login?next=%2Fwhoami")

	var idle, whole int64
	b = h.browser()
	h.clock.Set(time.Now())
	began := time.Now()
	b.post("/login", "account", "huang", "password", password).leads("/")
	h.must(h.db.Reader().QueryRowContext(context.Background(), `SELECT expires_at, CAST(json_extract(data, '$.deadline') AS INTEGER) FROM sessions ORDER BY expires_at DESC`).Scan(&idle, &whole))
	for what, c := range map[string]struct {
		got  int64
		want time.Duration
	}{"idle": {idle, 12 * time.Hour}, "whole": {whole, 7 * 24 * time.Hour}} {
		if d := time.UnixMilli(c.got).Sub(began); d < c.want-time.Second || d > c.want+time.Minute {
			t.Errorf("%s time is %v, want %v", what, d, c.want)
		}
	}
}

// A page costs no write; after ten minutes the session is written once more.
func TestReadingWritesNothing(t *testing.T) {
	h := newHouse(t, options{})
	h.person("huang", "黄志明", access.TownClerk, testkit.LihuTown)
	b := h.signedIn("huang")
	data := func() string {
		var s string
		h.must(h.db.Reader().QueryRowContext(context.Background(), `SELECT data FROM sessions`).Scan(&s))
		return s
	}
	first := data()
	h.clock.Advance(9 * time.Minute)
	b.get("/whoami")
	if data() != first {
		t.Error("nine minutes later the session was written")
	}
	h.clock.Advance(2 * time.Minute)
	b.get("/whoami")
	if data() == first {
		t.Error("eleven minutes later it was not")
	}
}

// Disabled accounts are out at their next request.
func TestDisabledIsOut(t *testing.T) {
	h := newHouse(t, options{})
	huang := h.person("huang", "黄志明", access.TownClerk, testkit.LihuTown)
	b := h.signedIn("huang")
	h.must(h.accounts.Disable(context.Background(), operator, huang.ID))
	b.get("/whoami").leads("/login?next=%2Fwhoami")
	b.post("/login", "account", "huang", "password", password).shows(http.StatusForbidden, ".notice", "已停用")
}
