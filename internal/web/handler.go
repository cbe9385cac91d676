package web

import (
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/sangzi/sangzi/internal/problem"
)

// Handler answers a request or says why not; what an error looks like is not its business.
type Handler func(w http.ResponseWriter, r *http.Request) error

// What can be wrong with a request before any wing sees it.
var (
	ErrNotFound  = problem.New(problem.NotFound, "web.not_found")
	ErrMethod    = problem.New(problem.Invalid, "web.method")
	ErrForm      = problem.New(problem.Invalid, "web.form")
	ErrBodySize  = problem.New(problem.Invalid, "web.body_too_large") // {max}, in words
	ErrCrossSite = problem.New(problem.Forbidden, "web.cross_origin")
	ErrSignedOut = problem.New(problem.Forbidden, "web.signed_out")
	ErrTooMany   = problem.New(problem.Unavailable, "web.too_many") // {wait}, a time.Duration
)

// goTo is an error that sends the browser elsewhere.
type goTo struct{ url string }

func (g *goTo) Error() string { return "go to " + g.url }

// GoTo is the error with which a handler, or Sessions, sends the browser to another page.
func GoTo(url string) error { return &goTo{url} }

// Redirect sends the browser to a page after something was done (303). For htmx it asks for a
// full navigation.
func Redirect(w http.ResponseWriter, r *http.Request, url string) error {
	if isFragment(r) {
		w.Header().Set("HX-Redirect", url)
		w.WriteHeader(http.StatusNoContent)
		return nil
	}
	http.Redirect(w, r, url, http.StatusSeeOther)
	return nil
}

// SafeNext gives next when it is a path of this site and "/" otherwise, for ?next= after
// signing in.
func SafeNext(next string) string {
	u, err := url.Parse(next)
	if err != nil || u.IsAbs() || u.Host != "" || !strings.HasPrefix(next, "/") ||
		strings.HasPrefix(next, "//") || strings.ContainsAny(next, "\\\r\n\t") {
		return "/"
	}
	return next
}

// ParseForm reads a form, multipart or not; files beyond 8 MiB go to the disk.
func ParseForm(r *http.Request) error {
	err := r.ParseMultipartForm(8 << 20)
	if err == nil || errors.Is(err, http.ErrNotMultipart) {
		return nil
	}
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return err
	}
	return ErrForm.Because(err)
}

// isFragment tells whether htmx asks for a part of a page.
func isFragment(r *http.Request) bool {
	return r.Header.Get("HX-Request") == "true" && r.Header.Get("HX-Boosted") != "true"
}
