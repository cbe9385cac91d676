package bulletinweb

import (
	"errors"
	"net/http"
	"strconv"
	"strings"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/bulletin"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/web/ui"
	"github.com/sangzi/sangzi/internal/words"
)

// showView is a bulletin with what can be done about it.
type showView struct {
	Unit     unit.Code
	Period   bulletin.Period
	Version  bulletin.Version
	Paper    paper
	Edits    bool
	Latest   int32
	Newest   bool // it is the latest that the reader may see
	Because  string
	Broken   bool     // the seal does not fit
	Unmarked bool     // the number has no 机关代字 yet
	Silent   []string // units without figures, told while it can still be drawn up anew
	Own      bool     // the reader has submitted it himself
	History  []historyLine
	Asked    asked
	Docx     string // where the files are; empty: there are none
	PDF      string
}

// asked is what was typed into a step's form and could not be done.
type asked struct {
	verb   bulletin.Verb
	reason string
	number string
	day    string
	wrong  string
}

func (v *showView) can(verb bulletin.Verb) bool {
	return v.Edits && v.Newest && v.Version.Status.Allows(verb)
}

func (v *showView) to(rest string) string { return bulletinURL(v.Unit, v.Period, rest) }

// wrongIn is what was wrong with a step's form.
func (v *showView) wrongIn(verb bulletin.Verb) string {
	if v.Asked.verb == verb {
		return v.Asked.wrong
	}
	return ""
}

type historyLine struct {
	Number  int32
	Status  bulletin.Status
	Who     string
	When    string
	Why     string
	Href    string
	Compare string // with the version before it; empty for the first
	Shown   bool
}

// show is GET /bulletin/{unit}/{period}.
func (p *Pages) show(w http.ResponseWriter, r *http.Request) error { return p.shown(w, r, asked{}) }

func (p *Pages) shown(w http.ResponseWriter, r *http.Request, a asked) error {
	of, m, err := place(r)
	if err != nil {
		return err
	}
	actor := web.ActorOf(r.Context())
	b, err := p.bulletin.Show(r.Context(), actor, of, m, number(r.URL.Query().Get("version")))
	if err != nil {
		return err
	}
	page := web.Page{Title: m.Chinese() + m.Kind(), Section: section, Styles: styles, Crumbs: []ui.Crumb{{Label: p.name(of) + "月通报", Href: listURL(of)}, {Label: m.Chinese()}}}
	if a.wrong != "" {
		page.Status = http.StatusUnprocessableEntity
	}
	return web.Render(w, r, page, showBody(p.showView(actor, &b, a)))
}

func (p *Pages) showView(actor access.Actor, b *bulletin.Bulletin, a asked) showView {
	v := b.Version
	latest := b.Latest()
	out := showView{Unit: v.Unit, Period: v.Period, Version: v, Paper: p.paper(actor, &v.Draft), Edits: b.Edits, Latest: latest.Number, Newest: v.Number == latest.Number,
		Broken: v.Status == bulletin.Issued && !v.Intact(), Own: v.Status == bulletin.Submitted && v.Account == actor.Account, Asked: a, Because: because(b.History, v.Number)}
	if out.can(bulletin.ToRedraft) {
		out.Silent = v.Draft.Snapshot.Silent()
	}
	out.Unmarked = b.Edits && v.Status != bulletin.Issued && bulletin.Unmarked(v.Draft.Number)
	if out.Asked.number == "" {
		out.Asked.number = v.DocNumber
	}
	if out.Asked.day == "" {
		out.Asked.day = v.Draft.Date.String()
	}
	for i := len(b.History) - 1; i >= 0; i-- {
		h := b.History[i]
		line := historyLine{Number: h.Number, Status: h.Status, Who: h.Actor, When: p.moment(h.At), Why: h.Reason, Href: versionURL(h.Unit, h.Period, h.Number, ""), Shown: h.Number == v.Number}
		if !b.Edits {
			line.Why = h.Erratum
		}
		if i > 0 {
			line.Compare = compareURL(h.Unit, h.Period, b.History[i-1].Number, h.Number)
		}
		out.History = append(out.History, line)
	}
	if p.bulletin.Prints() {
		out.Docx, out.PDF = versionURL(v.Unit, v.Period, v.Number, "/paper.docx"), versionURL(v.Unit, v.Period, v.Number, "/paper.pdf")
	}
	return out
}

func year(v showView) string { return strconv.Itoa(v.Version.Draft.Snapshot.Week.Year()) }

// numberHelp says how a 发文字号 is typed, with the office's own mark where it is known.
func numberHelp(v showView) string {
	mark, _, ok := strings.Cut(v.Version.Draft.Number, "〔")
	switch {
	case !ok:
		mark = "×组通"
	case mark == "":
		return "机关代字、年份、序号，如“×组通〔" + year(v) + "〕3号”；代字是本单位的，由您填。"
	}
	return "机关代字、年份、序号，如“" + mark + "〔" + year(v) + "〕12号”。"
}

// silentText says what the figures lack.
func silentText(v showView) string {
	return strings.Join(v.Silent, "、") + "在" + v.Version.Draft.Snapshot.Week.Chinese() + "这一周没有提交，通报里沿用此前的数。等他们提交后再按“重新取数”。"
}

// because is why a version stands to be mended: the last return since it was last submitted.
func because(history []bulletin.Version, number int32) string {
	why := ""
	for _, h := range history {
		if h.Number > number {
			break
		}
		switch h.Status {
		case bulletin.Returned:
			why = h.Reason
		case bulletin.Drafted:
		default:
			why = ""
		}
	}
	return why
}

// refusal tells a step that was not taken: faults of the words lead to the editing, the rest is
// said on the bulletin's own page.
func (p *Pages) refusal(w http.ResponseWriter, r *http.Request, of unit.Code, m bulletin.Period, err error) error {
	sentence, ok := refused(err)
	if !ok {
		return err
	}
	to := bulletinURL(of, m, "")
	var faults *bulletin.Faults
	if errors.As(err, &faults) {
		to = bulletinURL(of, m, "/edit")
		for _, f := range faults.List {
			if text, ok := words.Of(f.Problem); ok {
				sentence = text
				break
			}
		}
	}
	if errors.Is(err, bulletin.ErrPeriod) || errors.Is(err, bulletin.ErrUnit) || errors.Is(err, bulletin.ErrPlan) {
		to = listURL(of)
	}
	if err := web.Say(w, ui.Notice{Tone: ui.Wrong, Title: "没有办成", Text: sentence}); err != nil {
		return err
	}
	return web.Redirect(w, r, to)
}
