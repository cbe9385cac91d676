package web

import (
	"bytes"
	"net/http"
	"strconv"

	"github.com/a-h/templ"

	"github.com/sangzi/sangzi/internal/web/ui"
)

// Shape is the outline of a page.
type Shape uint8

// The shapes.
const (
	Desk  Shape = iota // an office page: up to 1440 px, head, navigation, title row
	Sheet              // a clerk's table: the whole width, the table scrolls, a bar at the foot
	Phone              // a villager's page: one column, red head, the main button at the thumb
	Plain              // signing in, an error: one narrow column, no navigation
)

// Page is what the layout needs to know of a page. Its content is a component of its own.
type Page struct {
	Title    string          // the heading, and the name in the browser's tab
	Sub      string          // a line under the heading; on a Phone the place
	Lead     templ.Component // instead of Sub, where it is more than text: the deadline
	Actions  templ.Component // buttons at the right of the heading
	Bar      templ.Component // what stands fixed at the foot: the main button
	Section  string          // which entry of the main navigation is current
	Crumbs   []ui.Crumb
	Notices  []ui.Notice
	Shape    Shape
	Htmx     bool     // load htmx
	Scripts  []string // further bundles: grid.js
	Styles   []string // further stylesheets of static/: ledger.css
	Status   int      // HTTP status; zero is 200
	NoNotice bool     // leave what was said by Say for the next page
}

// Render answers with a whole page.
func Render(w http.ResponseWriter, r *http.Request, p Page, content templ.Component) error {
	if !p.NoNotice {
		p.Notices = append(takeSaid(w, r), p.Notices...)
	}
	return write(w, r, p.Status, layout(p, content))
}

// Fragment answers htmx with a part of a page. Status zero is 200; 422 is for a form shown
// again with its errors.
func Fragment(w http.ResponseWriter, r *http.Request, status int, part templ.Component) error {
	return write(w, r, status, part)
}

// Tell answers htmx with a message at the head of the page, wherever the page had asked for the
// answer, and brings it into sight: who types may be far below it.
func Tell(w http.ResponseWriter, r *http.Request, status int, message templ.Component) error {
	w.Header().Set("HX-Retarget", "#messages")
	w.Header().Set("HX-Reswap", "innerHTML show:top")
	return Fragment(w, r, status, message)
}

// write renders to memory first, so that a failing template becomes an error page and not
// half a page.
func write(w http.ResponseWriter, r *http.Request, status int, c templ.Component) error {
	var b bytes.Buffer
	if err := c.Render(r.Context(), &b); err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Add("Vary", "HX-Request")
	h.Set("Content-Length", strconv.Itoa(b.Len()))
	if status == 0 {
		status = http.StatusOK
	}
	w.WriteHeader(status)
	_, err := w.Write(b.Bytes())
	return err
}
