package recordweb

import (
	"net/http"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/web/ui"
	"github.com/sangzi/sangzi/internal/words"
)

// check is POST /record/{id}/check: verdict, and reason for its words.
func (p *Pages) check(w http.ResponseWriter, r *http.Request) error {
	return p.do(w, r, "check", "已记下核对意见", func(a access.Actor, at record.At, reason string) (record.Version, error) {
		return p.records.Check(r.Context(), a, at, record.Verdict(r.PostForm.Get("verdict")), reason)
	})
}

// verdicts are the answers of a check.
func verdicts() []ui.Choice {
	var list []ui.Choice
	for _, v := range record.Verdicts() {
		list = append(list, ui.Choice{Value: string(v), Label: words.Text("record_check."+string(v), nil)})
	}
	return list
}

// checkedNotice is the county's check of a version, for those it is told to; nil for none.
func checkedNotice(pl *place, v *record.Version) *ui.Notice {
	if v.Check == nil {
		return nil
	}
	n := &ui.Notice{Tone: ui.Saved, Title: "县级核对：同意", Text: v.Check.Words}
	if v.Check.Verdict == record.Remarks {
		n.Tone, n.Title = ui.Warn, "县级核对有意见，照常计数，请看看怎么改"
	}
	if n.Text != "" {
		n.Text = "“" + n.Text + "”"
	}
	n.Text += " " + pl.who(record.Entry{From: v.Check.From, Actor: v.Check.Actor}, v.Unit) + " · " + pl.moment(v.Check.At)
	return n
}
