package api

import (
	"context"
	"net/http"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/bulletin"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/words"
)

// BulletinVersion is a version of a bulletin without its words. It is exported because it is embedded.
type BulletinVersion struct {
	Version   int32           `json:"version"`
	Status    bulletin.Status `json:"status" enum:"drafted,submitted,returned,approved,issued"`
	DocNumber string          `json:"doc_number,omitempty" doc:"发文字号, once it has been issued" example:"普组通〔2024〕12号"`
	Reason    string          `json:"reason,omitempty" doc:"Why it was returned or is to be corrected"`
	Erratum   string          `json:"erratum,omitempty" doc:"What it corrects of the version issued before"`
	Hash      string          `json:"hash,omitempty" doc:"Of an issued version: SHA-256 of what was sealed"`
	Actor     string          `json:"actor"`
	At        time.Time       `json:"at"`
}

func newBulletinVersion(v *bulletin.Version) BulletinVersion {
	out := BulletinVersion{Version: v.Number, Status: v.Status, Reason: v.Reason, Erratum: v.Erratum, Hash: v.Hash, Actor: v.Actor, At: v.At}
	if v.Status == bulletin.Issued {
		out.DocNumber = v.DocNumber
	}
	return out
}

type bulletinMonth struct {
	Month  string           `json:"month" example:"2024-03"`
	Begin  bool             `json:"begin" doc:"It has not been begun, and the caller may"`
	Latest *BulletinVersion `json:"latest,omitempty" doc:"The latest version the caller may read"`
	Issued *BulletinVersion `json:"issued,omitempty" doc:"The latest issued one"`
}

type bulletinOut struct {
	BulletinVersion
	Reading bulletin.Reading  `json:"reading" doc:"What it says: words, figures, tables"`
	History []BulletinVersion `json:"history,omitempty" doc:"Every version the caller may read, oldest first"`
}

// UnitMonth is the unit and the month in a path.
type UnitMonth struct {
	Unit  string `path:"unit" maxLength:"12" doc:"Statistical code of a county or a city" example:"445281000000"`
	Month string `path:"month" maxLength:"7" doc:"The month" example:"2024-03"`
}

func (p UnitMonth) parse() (unit.Code, bulletin.Month, error) {
	code, err := unit.ParseCode(p.Unit)
	if err != nil {
		return 0, bulletin.Month{}, err
	}
	m, err := bulletin.ParseMonth(p.Month)
	return code, m, err
}

// bulletinBase names the version that is acted upon.
type bulletinBase struct {
	Base int32 `json:"base" minimum:"1" doc:"The version acted upon, which must be the latest" example:"2"`
}

type bulletinReason struct {
	Base   int32  `json:"base" minimum:"1" doc:"The version acted upon, which must be the latest" example:"2"`
	Reason string `json:"reason" minLength:"1" maxLength:"500" example:"第二段的数字请再核对"`
}

type bulletinIssue struct {
	Base      int32  `json:"base" minimum:"1" doc:"The version acted upon, which must be the latest" example:"4"`
	DocNumber string `json:"doc_number" maxLength:"100" doc:"发文字号" example:"普组通〔2024〕12号"`
	Day       string `json:"day" maxLength:"10" doc:"Day of issue, not before the figures' week and not after today" example:"2024-03-30"`
}

type paragraphWords struct {
	Text string         `json:"text" maxLength:"4000" doc:"References stand in braces, as keys or by their Chinese names" example:"累计植树{planted_trees}株，其中本月新增{本月新增已植树}株。"`
	List *bulletin.Pick `json:"list,omitempty" doc:"Whom {list} names: those whose figure is at least, or below, so many percent of a share, 分 of money"`
}

type sectionWords struct {
	Heading    string           `json:"heading" maxLength:"400"`
	Paragraphs []paragraphWords `json:"paragraphs" maxItems:"200"`
}

type bulletinWords struct {
	Base     int32          `json:"base" minimum:"1" doc:"The version acted upon, which must be the latest" example:"1"`
	Title    string         `json:"title" maxLength:"400"`
	Greeting string         `json:"greeting,omitempty" maxLength:"400" doc:"主送机关"`
	Issuers  []string       `json:"issuers" maxItems:"20" doc:"发文机关"`
	CopyTo   string         `json:"copy_to,omitempty" maxLength:"400" doc:"抄送"`
	Printer  string         `json:"printer,omitempty" maxLength:"400" doc:"印发机关"`
	Sections []sectionWords `json:"sections" maxItems:"50"`
}

func (w *bulletinWords) words() bulletin.Words {
	out := bulletin.Words{Title: w.Title, Greeting: w.Greeting, Issuers: w.Issuers, CopyTo: w.CopyTo, Printer: w.Printer}
	for _, s := range w.Sections {
		section := bulletin.SectionWords{Heading: s.Heading}
		for _, p := range s.Paragraphs {
			section.Paragraphs = append(section.Paragraphs, bulletin.ParagraphWords{Text: p.Text, Pick: p.List})
		}
		out.Sections = append(out.Sections, section)
	}
	return out
}

func bulletinFaults(list []bulletin.Fault) []fault {
	out := make([]fault, 0, len(list))
	for _, f := range list {
		one := fault{Field: f.Field, Code: f.Problem.Code, Message: words.Text(f.Problem.Code, f.Problem.Params)}
		if f.Field == "" {
			one.Section, one.Paragraph = &f.Section, &f.Paragraph
		}
		out = append(out, one)
	}
	return out
}

func (a *API) registerBulletins() {
	const one = "/bulletins/{unit}/{month}"
	operation(a, op{method: http.MethodGet, path: "/bulletins/{unit}", id: "list-bulletins", tag: "bulletins", summary: "The months of a county or a city with their bulletins, newest first"}, a.listBulletins)
	operation(a, op{method: http.MethodGet, path: one, id: "get-bulletin", tag: "bulletins", summary: "A month's bulletin with its figures and where each leads to",
		about: "Drafts are for who may edit them; an issued bulletin is for everybody below its unit and above it."}, a.getBulletin)
	operation(a, op{method: http.MethodPost, path: one, id: "begin-bulletin", tag: "bulletins", summary: "Draft a month's bulletin by the campaign's plan"}, a.beginBulletin)
	operation(a, op{method: http.MethodPut, path: one + "/words", id: "edit-bulletin", tag: "bulletins", summary: "Put other words over the same figures",
		about: "What cannot be kept is told as faults, each at its place, and nothing is stored."}, a.editBulletin)
	operation(a, op{method: http.MethodPost, path: one + "/redraft", id: "redraft-bulletin", tag: "bulletins", summary: "Take the figures anew under the same words"},
		a.bulletinStep(a.bulletins.Redraft))
	operation(a, op{method: http.MethodPost, path: one + "/submit", id: "submit-bulletin", tag: "bulletins", summary: "Send a draft to be approved"}, a.bulletinStep(a.bulletins.Submit))
	operation(a, op{method: http.MethodPost, path: one + "/return", id: "return-bulletin", tag: "bulletins", summary: "Send back what was submitted or approved, with a reason"}, a.bulletinSays(a.bulletins.Return))
	operation(a, op{method: http.MethodPost, path: one + "/approve", id: "approve-bulletin", tag: "bulletins", summary: "Approve what another person has submitted"}, a.bulletinStep(a.bulletins.Approve))
	operation(a, op{method: http.MethodPost, path: one + "/issue", id: "issue-bulletin", tag: "bulletins", summary: "Issue what was approved under a number: it is sealed"}, a.issueBulletin)
	operation(a, op{method: http.MethodPost, path: one + "/erratum", id: "correct-bulletin", tag: "bulletins", summary: "Begin the correction of an issued bulletin, with a reason",
		about: "The issued version stays as it was, and is what everybody reads until the correction is issued."}, a.bulletinSays(a.bulletins.Erratum))
}

func (a *API) listBulletins(ctx context.Context, actor access.Actor, in *struct {
	Unit string `path:"unit" maxLength:"12" doc:"Statistical code of a county or a city" example:"445281000000"`
}) (*body[[]bulletinMonth], error) {
	of, err := unit.ParseCode(in.Unit)
	if err != nil {
		return nil, err
	}
	months, err := a.bulletins.List(ctx, actor, of)
	out := make([]bulletinMonth, 0, len(months))
	head := func(v *bulletin.Version) *BulletinVersion {
		if v == nil {
			return nil
		}
		h := newBulletinVersion(v)
		return &h
	}
	for _, m := range months {
		out = append(out, bulletinMonth{m.Month.String(), m.Begin, head(m.Latest), head(m.Issued)})
	}
	return answer(out, err)
}

func (a *API) getBulletin(ctx context.Context, actor access.Actor, in *struct {
	UnitMonth
	Version int32 `query:"version" minimum:"0" doc:"Number of a version; the latest by default" example:"2"`
}) (*body[bulletinOut], error) {
	of, m, err := in.parse()
	if err != nil {
		return nil, err
	}
	b, err := a.bulletins.Show(ctx, actor, of, m, in.Version)
	if err != nil {
		return nil, err
	}
	out := a.newBulletin(actor, &b.Version)
	for i := range b.History {
		out.History = append(out.History, newBulletinVersion(&b.History[i]))
	}
	return answer(out, nil)
}

func (a *API) newBulletin(actor access.Actor, v *bulletin.Version) bulletinOut {
	due := v.Draft.Snapshot.Week.String()
	leads := func(f bulletin.Figure) string {
		r, err := campaign.ParseRef(a.ledger.Form(), f.Ref)
		switch of := f.Unit.String(); {
		case err != nil || !actor.May(access.ReadLedger, f.Unit):
			return ""
		case f.Unit.Level() >= unit.LevelTown:
			return "/api/v1/ledger/" + of + "/" + due + "/rows"
		case r.Kind == campaign.RefCount || r.Kind == campaign.RefPunctual:
			return "/api/v1/ledger/" + of + "/" + due + "/board"
		default:
			return "/api/v1/statistics/" + of + "/" + due
		}
	}
	return bulletinOut{BulletinVersion: newBulletinVersion(v), Reading: a.bulletins.Reading(&v.Draft, leads)}
}

// stepped answers with the version that a verb has made.
func (a *API) stepped(actor access.Actor, v bulletin.Version, err error) (*body[bulletinOut], error) {
	if err != nil {
		return nil, err
	}
	return answer(a.newBulletin(actor, &v), nil)
}

func (a *API) beginBulletin(ctx context.Context, actor access.Actor, in *UnitMonth) (*body[bulletinOut], error) {
	of, m, err := in.parse()
	if err != nil {
		return nil, err
	}
	v, err := a.bulletins.Begin(ctx, actor, of, m)
	return a.stepped(actor, v, err)
}

type bulletinInput[T any] struct {
	UnitMonth
	Body T
}

func (a *API) editBulletin(ctx context.Context, actor access.Actor, in *bulletinInput[bulletinWords]) (*body[bulletinOut], error) {
	of, m, err := in.parse()
	if err != nil {
		return nil, err
	}
	v, err := a.bulletins.Edit(ctx, actor, bulletin.On{Unit: of, Month: m, Base: in.Body.Base}, in.Body.words())
	return a.stepped(actor, v, err)
}

func (a *API) issueBulletin(ctx context.Context, actor access.Actor, in *bulletinInput[bulletinIssue]) (*body[bulletinOut], error) {
	of, m, err := in.parse()
	if err != nil {
		return nil, err
	}
	day, err := parseDay(in.Body.Day)
	if err != nil {
		return nil, err
	}
	v, err := a.bulletins.Issue(ctx, actor, bulletin.On{Unit: of, Month: m, Base: in.Body.Base}, bulletin.Issuing{DocNumber: in.Body.DocNumber, Day: day})
	return a.stepped(actor, v, err)
}

// bulletinStep is an operation for a verb that needs nothing but the version.
func (a *API) bulletinStep(do func(context.Context, access.Actor, bulletin.On) (bulletin.Version, error)) func(context.Context, access.Actor, *bulletinInput[bulletinBase]) (*body[bulletinOut], error) {
	return func(ctx context.Context, actor access.Actor, in *bulletinInput[bulletinBase]) (*body[bulletinOut], error) {
		of, m, err := in.parse()
		if err != nil {
			return nil, err
		}
		v, err := do(ctx, actor, bulletin.On{Unit: of, Month: m, Base: in.Body.Base})
		return a.stepped(actor, v, err)
	}
}

// bulletinSays is an operation for a verb that needs a reason.
func (a *API) bulletinSays(do func(context.Context, access.Actor, bulletin.On, string) (bulletin.Version, error)) func(context.Context, access.Actor, *bulletinInput[bulletinReason]) (*body[bulletinOut], error) {
	return func(ctx context.Context, actor access.Actor, in *bulletinInput[bulletinReason]) (*body[bulletinOut], error) {
		of, m, err := in.parse()
		if err != nil {
			return nil, err
		}
		v, err := do(ctx, actor, bulletin.On{Unit: of, Month: m, Base: in.Body.Base}, in.Body.Reason)
		return a.stepped(actor, v, err)
	}
}
