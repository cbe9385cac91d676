package notifyweb

import (
	"errors"
	"net/http"
	"strconv"

	"github.com/sangzi/sangzi/internal/notify"
	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/web/ui"
	"github.com/sangzi/sangzi/internal/words"
)

// robotsView is an office's robots and the form for another.
type robotsView struct {
	robots []robotLine
	form   notify.RobotInput
	fault  *ui.FieldError
}

type robotLine struct {
	notify.Robot
	by, path string
}

func (v robotsView) errorAt(field string) string {
	if v.fault != nil && v.fault.Field == field {
		return v.fault.Message
	}
	return ""
}

// robots is GET /robots.
func (p *Pages) robots(w http.ResponseWriter, r *http.Request) error {
	return p.showRobots(w, r, robotsView{form: notify.RobotInput{Platform: notify.WeCom}})
}

func (p *Pages) showRobots(w http.ResponseWriter, r *http.Request, v robotsView) error {
	a := web.ActorOf(r.Context())
	list, err := p.Notify.Robots(r.Context(), a, a.Unit)
	if err != nil {
		return err
	}
	for _, one := range list {
		v.robots = append(v.robots, robotLine{one, one.Actor + " " + p.moment(one.At) + " 添加", "/robots/" + strconv.FormatInt(one.ID, 10)})
	}
	page := web.Page{Title: "群机器人", Sub: p.Tree().FullName(a.Unit), Styles: styles, Crumbs: []ui.Crumb{{Label: "催报", Href: "/reminders"}, {Label: "群机器人"}}}
	if v.fault != nil {
		page.Status = http.StatusUnprocessableEntity
	}
	return web.Render(w, r, page, robotsBody(v))
}

// addRobot is POST /robots.
func (p *Pages) addRobot(w http.ResponseWriter, r *http.Request) error {
	if err := web.ParseForm(r); err != nil {
		return err
	}
	a := web.ActorOf(r.Context())
	in := notify.RobotInput{Unit: a.Unit, Platform: notify.Platform(r.PostFormValue("platform")), Name: r.PostFormValue("name"),
		Address: r.PostFormValue("address"), Secret: r.PostFormValue("secret"), Mention: r.PostFormValue("mention") != ""}
	_, err := p.Notify.AddRobot(r.Context(), a, in)
	if found, ok := problem.Of(err); ok && (found.Kind == problem.Invalid || errors.Is(err, notify.ErrTooManyRobots)) {
		sentence, _ := words.Of(err)
		in.Secret = "" // never sent back
		return p.showRobots(w, r, robotsView{form: in, fault: &ui.FieldError{Field: fieldOf(err), Message: sentence}})
	}
	if err != nil {
		return err
	}
	return p.done(w, r, ui.Notice{Tone: ui.Saved, Title: "已添加", Text: "请点“发测试消息”，看群里能否收到。", At: p.Now()})
}

func fieldOf(err error) string {
	switch {
	case errors.Is(err, notify.ErrAddress), errors.Is(err, notify.ErrRobotTwice):
		return "address"
	case errors.Is(err, notify.ErrSecret):
		return "secret"
	case errors.Is(err, notify.ErrPlatform):
		return "platform"
	}
	return "name"
}

func (p *Pages) done(w http.ResponseWriter, r *http.Request, n ui.Notice) error {
	if err := web.Say(w, n); err != nil {
		return err
	}
	return web.Redirect(w, r, "/robots")
}

// testRobot is POST /robots/{id}/test. What the platform says against it is told on the page.
func (p *Pages) testRobot(w http.ResponseWriter, r *http.Request) error {
	id, err := pathID(r)
	if err != nil {
		return err
	}
	robot, err := p.Notify.TestRobot(r.Context(), web.ActorOf(r.Context()), id)
	switch {
	case errors.Is(err, notify.ErrRefused), errors.Is(err, notify.ErrUnreachable):
		sentence, _ := words.Of(err)
		return p.done(w, r, ui.Notice{Tone: ui.Wrong, Title: "“" + robot.Name + "”没有接通", Text: sentence, At: p.Now()})
	case err != nil:
		return err
	}
	return p.done(w, r, ui.Notice{Tone: ui.Saved, Title: "测试消息已发到“" + robot.Name + "”", Text: "请到群里看一看。", At: p.Now()})
}

// removeRobot is POST /robots/{id}/remove.
func (p *Pages) removeRobot(w http.ResponseWriter, r *http.Request) error {
	id, err := pathID(r)
	if err != nil {
		return err
	}
	if err := p.Notify.RemoveRobot(r.Context(), web.ActorOf(r.Context()), id); err != nil {
		return err
	}
	return p.done(w, r, ui.Notice{Tone: ui.Saved, Title: "已删除", At: p.Now()})
}

func platformChoices() []ui.Choice {
	var list []ui.Choice
	for _, one := range notify.Platforms() {
		list = append(list, ui.Choice{Value: string(one), Label: one.Name()})
	}
	return list
}
