package taskweb

import (
	"fmt"
	"net/http"
	"strconv"

	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/task"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/web/ui"
	"github.com/sangzi/sangzi/internal/words"
)

func figure(l task.Lack) string {
	return fmt.Sprintf("%s / %s", words.Grouped(l.Have), words.Grouped(l.Want))
}

// sent is a form about an item.
type sent struct {
	point task.Point
	id    int64
	day   date.Date
	text  string
}

// readSent reads the hidden fields that name the item, and what was typed. A day that cannot be
// read is no day, which the verb refuses.
func readSent(r *http.Request) (sent, error) {
	if err := web.ParseForm(r); err != nil {
		return sent{}, err
	}
	code, err := web.PathUnit(r)
	if err != nil {
		return sent{}, err
	}
	in := sent{text: r.PostFormValue("text")}
	from, err := date.Parse(r.PostFormValue("from"))
	if err != nil {
		return sent{}, web.ErrForm.Because(err)
	}
	in.point = task.Point{Duty: r.PostFormValue("duty"), Demand: r.PostFormValue("rule"), From: from,
		Party: record.Party{Unit: code, Department: r.PostFormValue("department")}}
	if day, err := date.Parse(r.PostFormValue("day")); err == nil {
		in.day = day
	}
	if id, err := strconv.ParseInt(r.PostFormValue("id"), 10, 64); err == nil {
		in.id = id
	}
	return in, nil
}

// done answers a form: back to the item with a word, or the item again with what is wrong.
func (p *Pages) done(w http.ResponseWriter, r *http.Request, in sent, form, title string, err error) error {
	if found, ok := problem.Of(err); ok && (found.Kind == problem.Invalid || found.Kind == problem.Conflict) {
		sentence, _ := words.Of(err)
		return p.show(w, r, itemForm{in.point.Duty, in.point.Demand, in.point.From.String(), form, sentence})
	}
	if err != nil {
		return err
	}
	if err := web.Say(w, ui.Notice{Tone: ui.Saved, Title: title, At: p.now()}); err != nil {
		return err
	}
	return web.Redirect(w, r, itemURL(in.point.Party, in.point.Duty, in.point.Demand, in.point.From, date.Date{}))
}

// report is POST /tasks/{unit}/report.
func (p *Pages) report(w http.ResponseWriter, r *http.Request) error {
	in, err := readSent(r)
	if err != nil {
		return err
	}
	_, err = p.tasks.Report(r.Context(), web.ActorOf(r.Context()), task.ReportInput{Point: in.point, Day: in.day, Proof: in.text})
	return p.done(w, r, in, "report", "已报告，等办公室确认", err)
}

// decide is POST /tasks/{unit}/decide, of the report id: verdict is confirm or decline.
func (p *Pages) decide(w http.ResponseWriter, r *http.Request) error {
	in, err := readSent(r)
	if err != nil {
		return err
	}
	kind, title := task.Confirms, "已确认"
	if r.PostFormValue("verdict") == string(task.Declines) {
		kind, title = task.Declines, "已退回"
	}
	_, err = p.tasks.Decide(r.Context(), web.ActorOf(r.Context()), in.id, kind, in.text)
	return p.done(w, r, in, "decide", title, err)
}

// press is POST /tasks/{unit}/press.
func (p *Pages) press(w http.ResponseWriter, r *http.Request) error {
	in, err := readSent(r)
	if err != nil {
		return err
	}
	_, err = p.tasks.Press(r.Context(), web.ActorOf(r.Context()), in.point, in.day, in.text)
	return p.done(w, r, in, "press", "已督办", err)
}

// answer is POST /tasks/{unit}/answer, of the pressing id.
func (p *Pages) answer(w http.ResponseWriter, r *http.Request) error {
	in, err := readSent(r)
	if err != nil {
		return err
	}
	_, err = p.tasks.Answer(r.Context(), web.ActorOf(r.Context()), in.id, in.text)
	return p.done(w, r, in, "answer", "已答复", err)
}

// exempt is POST /tasks/{unit}/exempt: lift=1 takes the declaration back.
func (p *Pages) exempt(w http.ResponseWriter, r *http.Request) error {
	in, err := readSent(r)
	if err != nil {
		return err
	}
	title := "已认定不适用"
	if r.PostFormValue("lift") == "1" {
		title = "已恢复"
		_, err = p.tasks.Lift(r.Context(), web.ActorOf(r.Context()), in.point, in.text)
	} else {
		_, err = p.tasks.Exempt(r.Context(), web.ActorOf(r.Context()), in.point, in.text)
	}
	return p.done(w, r, in, "exempt", title, err)
}
