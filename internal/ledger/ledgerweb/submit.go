package ledgerweb

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/web/ui"
)

// submitPage asks the last questions before a town's week goes upward.
type submitPage struct {
	*gridPage
	Missing  []missing
	Notes    []openNote // warnings that travel upward with their explanations
	Drafts   []gridRow  // filled but not reported: not in the submission
	Errors   []ui.FieldError
	Stale    bool // somebody has submitted since the page was made
	HeadText map[string]string
}

// missing is a village without a row, and what is to become of it.
type missing struct {
	Row    gridRow
	Choice string // named, carried; empty until chosen
}

// openNote is a warning with the word of explanation that goes with it.
type openNote struct{ Village, Column, Text string }

func (p *Pages) askSubmit(w http.ResponseWriter, r *http.Request) error {
	pg, err := p.submitPage(r, nil)
	if err != nil {
		return err
	}
	return p.renderSubmit(w, r, pg, http.StatusOK)
}

func (p *Pages) renderSubmit(w http.ResponseWriter, r *http.Request, pg *submitPage, status int) error {
	page := web.Page{Title: "提交本周台账", Sub: fmt.Sprintf("%s · 第 %d 报告周 · 第 %d 版", pg.name(), pg.sheet.Week.No, pg.nextVersion()),
		Shape: web.Desk, Section: "ledger", Status: status,
		Crumbs: []ui.Crumb{{Label: pg.name(), Href: pg.url("")}, {Label: "提交"}}}
	return web.Render(w, r, page, submitBody(pg))
}

// submitPage loads the grid and lays what the form holds over it.
func (p *Pages) submitPage(r *http.Request, form func(string) string) (*submitPage, error) {
	grid, err := p.gridPage(r)
	if err != nil {
		return nil, err
	}
	if grid.unit.Level() != unit.LevelTown {
		return nil, ledger.ErrNoTown.With("unit", grid.unit.Code.String())
	}
	pg := &submitPage{gridPage: grid, HeadText: map[string]string{"unit": grid.Head.Unit, "contact": grid.Head.Contact,
		"phone": toType(grid.Head.Phone), "filled_on": grid.Head.FilledOn.String()}}
	if form == nil {
		form = func(string) string { return "" }
	} else {
		for name := range pg.HeadText {
			pg.HeadText[name] = strings.TrimSpace(form(name))
		}
	}
	for _, row := range grid.Rows {
		pg.sort(row, form)
	}
	return pg, nil
}

func (pg *submitPage) sort(row gridRow, form func(string) string) {
	if row.Draft {
		pg.Drafts = append(pg.Drafts, row)
	}
	if !row.Reported && !row.Virtual && !row.Carried {
		m := missing{Row: row, Choice: form("missing." + row.Code)}
		if m.Choice == "" && form("missing") == "named" {
			m.Choice = "named"
		}
		pg.Missing = append(pg.Missing, m)
	}
	for i := range row.Cells {
		if row.Cells[i].Note != "" && row.Reported {
			pg.Notes = append(pg.Notes, openNote{row.Name, pg.form.Columns[i].Short, row.Cells[i].Note})
		}
	}
}

// submit asks, and once it is confirmed seals the week and sends it upward.
func (p *Pages) submit(w http.ResponseWriter, r *http.Request) error {
	if err := web.ParseForm(r); err != nil {
		return err
	}
	pg, err := p.submitPage(r, r.PostForm.Get)
	if err != nil {
		return err
	}
	if r.PostForm.Get("confirm") != "1" {
		return p.renderSubmit(w, r, pg, http.StatusOK)
	}
	in, ok := pg.input(r.PostForm.Get("base"))
	if !ok {
		return p.renderSubmit(w, r, pg, http.StatusUnprocessableEntity)
	}
	sub, err := p.ledger.Submit(r.Context(), pg.actor, in)
	if err != nil {
		return p.refuseSubmit(w, r, pg, err)
	}
	if err := web.Say(w, submittedNotice(pg, &sub)); err != nil {
		return err
	}
	return web.Redirect(w, r, pg.url(""))
}

// refuseSubmit shows the question again with what was wrong.
func (p *Pages) refuseSubmit(w http.ResponseWriter, r *http.Request, pg *submitPage, err error) error {
	if !isProblem(err) {
		return err
	}
	var found *problem.Problem
	switch {
	case errors.Is(err, ledger.ErrMoved):
		pg.Stale = true
	case errors.Is(err, ledger.ErrHead) && errors.As(err, &found):
		pg.Errors = append(pg.Errors, ui.FieldError{Field: headKey(found), Message: sentence(err)})
	default:
		pg.Errors = append(pg.Errors, ui.FieldError{Field: "unit", Message: sentence(err)})
	}
	return p.renderSubmit(w, r, pg, web.StatusOf(err))
}

// headKey is the field of the page that an ErrHead is about.
func headKey(err *problem.Problem) string {
	switch err.Params["field"] {
	case "联系人":
		return "contact"
	case "电话":
		return "phone"
	case "填表日期":
		return "filled_on"
	}
	return "unit"
}

// input reads the confirmed form; ok is false when something is missing in it.
func (pg *submitPage) input(base string) (ledger.SubmitInput, bool) {
	in := ledger.SubmitInput{Unit: pg.unit.Code, Week: pg.sheet.Week.Due, Base: readBase(base), Source: ledger.Source{Kind: ledger.ByGrid},
		Head: ledger.Head{Unit: pg.HeadText["unit"], Contact: pg.HeadText["contact"], Phone: pg.HeadText["phone"]}}
	var err error
	if in.Head.FilledOn, err = date.Parse(pg.HeadText["filled_on"]); err != nil && pg.HeadText["filled_on"] != "" {
		pg.Errors = append(pg.Errors, ui.FieldError{Field: "filled_on", Message: "填表日期写法不对，应为 2024-03-29"})
	}
	for _, m := range pg.Missing {
		switch m.Choice {
		case "named":
		case "carried":
			in.Carry = append(in.Carry, pg.codeOf(&m.Row))
		default:
			pg.Errors = append(pg.Errors, ui.FieldError{Field: "missing." + m.Row.Code + "-0", Message: m.Row.Name + "没有报，请选缺报或沿用上周"})
		}
	}
	return in, len(pg.Errors) == 0
}

func submittedNotice(pg *submitPage, sub *ledger.Submission) ui.Notice {
	in, carried, out := 0, 0, 0
	for _, m := range sub.Members {
		switch {
		case m.Carried:
			carried++
		case m.Version > 0:
			in++
		default:
			out++
		}
	}
	text := strconv.Itoa(in) + " 村"
	if carried > 0 {
		text += fmt.Sprintf("，沿用上周 %d 村", carried)
	}
	if out > 0 {
		text += fmt.Sprintf("，缺 %d 村", out)
	}
	return ui.Notice{Tone: ui.Saved, Title: fmt.Sprintf("第 %d 版已提交", sub.Version), Text: text + " · 校验 " + hashPrefix(sub.Hash), At: sub.At.In(pg.Now.Location())}
}

// errorOf is what is wrong with a field of the page.
func (pg *submitPage) errorOf(field string) string {
	for _, e := range pg.Errors {
		if e.Field == field {
			return e.Message
		}
	}
	return ""
}
