package api

import (
	"context"
	"net/http"
	"strings"
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
	Files     []bulletinFile  `json:"files,omitempty" doc:"Of an issued version that is read by itself: its files as they were printed when it was issued, which are given out unchanged"`
}

type bulletinFile struct {
	Kind   bulletin.FileKind `json:"kind" enum:"docx,pdf"`
	SHA256 string            `json:"sha256" doc:"Of the file, in hexadecimal"`
	Bytes  int               `json:"bytes" doc:"Its size" example:"101376"`
}

func newBulletinVersion(v *bulletin.Version) BulletinVersion {
	out := BulletinVersion{Version: v.Number, Status: v.Status, Reason: v.Reason, Erratum: v.Erratum, Hash: v.Hash, Actor: v.Actor, At: v.At}
	if v.Status == bulletin.Issued {
		out.DocNumber = v.DocNumber
	}
	for _, f := range v.Files {
		out.Files = append(out.Files, bulletinFile{f.Kind, f.Hash, f.Size})
	}
	return out
}

type bulletinMonth struct {
	Period string           `json:"period" doc:"A month or a quarter, 2024-Q1" example:"2024-03"`
	Begin  bool             `json:"begin" doc:"It has not been begun, and the caller may"`
	Latest *BulletinVersion `json:"latest,omitempty" doc:"The latest version the caller may read"`
	Issued *BulletinVersion `json:"issued,omitempty" doc:"The latest issued one"`
}

type bulletinOut struct {
	BulletinVersion
	Reading bulletin.Reading  `json:"reading" doc:"What it says: words, figures, tables"`
	History []BulletinVersion `json:"history,omitempty" doc:"Every version the caller may read, oldest first"`
}

// UnitMonth is the unit and the month or quarter in a path.
type UnitMonth struct {
	Unit   string `path:"unit" maxLength:"12" doc:"Statistical code of a county or a city" example:"445281000000"`
	Period string `path:"period" maxLength:"7" doc:"The month, or the quarter as 2024-Q1" example:"2024-03"`
}

func (p UnitMonth) parse() (unit.Code, bulletin.Period, error) {
	code, err := unit.ParseCode(p.Unit)
	if err != nil {
		return 0, bulletin.Period{}, err
	}
	m, err := bulletin.ParsePeriod(p.Period)
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
	Heading    string           `json:"heading" maxLength:"400" doc:"Only the first section may have none"`
	Was        string           `json:"was,omitempty" maxLength:"400" doc:"The heading it had, so that its charts go with it"`
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

	Tables *[]bulletin.Table `json:"tables,omitempty" doc:"Which figures stand in the tables; nothing: as they are"`
	Charts *[]bulletin.Chart `json:"charts,omitempty" doc:"Which figures are drawn; nothing: as they are"`
}

func (w *bulletinWords) words() bulletin.Words {
	out := bulletin.Words{Title: w.Title, Greeting: w.Greeting, Issuers: w.Issuers, CopyTo: w.CopyTo, Printer: w.Printer}
	for _, s := range w.Sections {
		section := bulletin.SectionWords{Heading: s.Heading, Was: s.Was}
		for _, p := range s.Paragraphs {
			section.Paragraphs = append(section.Paragraphs, bulletin.ParagraphWords{Text: p.Text, Pick: p.List})
		}
		out.Sections = append(out.Sections, section)
	}
	if w.Tables != nil {
		out.Tables = append([]bulletin.Table{}, *w.Tables...)
	}
	if w.Charts != nil {
		out.Charts = append([]bulletin.Chart{}, *w.Charts...)
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
	const one = "/bulletins/{unit}/{period}"
	operation(a, op{method: http.MethodGet, path: "/bulletins/{unit}", id: "list-bulletins", tag: "bulletins", summary: "The months and quarters of a county or a city with their bulletins, newest first"}, a.listBulletins)
	operation(a, op{method: http.MethodGet, path: one, id: "get-bulletin", tag: "bulletins", summary: "A month's or quarter's bulletin with its figures and where each leads to",
		about: "Drafts are for who may edit them; an issued bulletin is for everybody below its unit and above it."}, a.getBulletin)
	operation(a, op{method: http.MethodPost, path: one, id: "begin-bulletin", tag: "bulletins", summary: "Draft a month's or quarter's bulletin by the campaign's plan"}, a.beginBulletin)
	operation(a, op{method: http.MethodPut, path: one + "/words", id: "edit-bulletin", tag: "bulletins", summary: "Put other words over the same figures, and choose which stand in tables and charts",
		about: "What cannot be kept is told as faults, each at its place, and nothing is stored."}, a.editBulletin)
	operation(a, op{method: http.MethodPost, path: one + "/redraft", id: "redraft-bulletin", tag: "bulletins", summary: "Take the figures anew under the same words"},
		a.bulletinStep(a.bulletins.Redraft))
	operation(a, op{method: http.MethodGet, path: "/bulletins/{unit}/ranking", id: "list-ranking-rules", tag: "bulletins", summary: "The versions of a unit's rule of ranking, oldest first",
		about: "Without a rule in force, or with a neutral one, tables stand in the order of codes."}, a.listRules)
	operation(a, op{method: http.MethodPost, path: "/bulletins/{unit}/ranking", id: "adopt-ranking-rule", tag: "bulletins", summary: "Adopt a rule of ranking, or with neutral end ranking",
		about: "A rule that ranks is in force from this month at the earliest. It is printed under every table it orders, with its version and its rule for ties."}, a.adoptRule)
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
		out = append(out, bulletinMonth{m.Period.String(), m.Begin, head(m.Latest), head(m.Issued)})
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
		case r.Kind == campaign.RefWeek:
			return "/api/v1/statistics/" + of + "/" + r.Week.String()
		case r.Kind == campaign.RefCount && strings.HasPrefix(r.Column, "tasks"):
			return "/api/v1/tasks/" + of + "?date=" + v.Draft.Snapshot.Day.String()
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
	v, err := a.bulletins.Edit(ctx, actor, bulletin.On{Unit: of, Period: m, Base: in.Body.Base}, in.Body.words())
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
	v, err := a.bulletins.Issue(ctx, actor, bulletin.On{Unit: of, Period: m, Base: in.Body.Base}, bulletin.Issuing{DocNumber: in.Body.DocNumber, Day: day})
	return a.stepped(actor, v, err)
}

// bulletinStep is an operation for a verb that needs nothing but the version.
func (a *API) bulletinStep(do func(context.Context, access.Actor, bulletin.On) (bulletin.Version, error)) func(context.Context, access.Actor, *bulletinInput[bulletinBase]) (*body[bulletinOut], error) {
	return func(ctx context.Context, actor access.Actor, in *bulletinInput[bulletinBase]) (*body[bulletinOut], error) {
		of, m, err := in.parse()
		if err != nil {
			return nil, err
		}
		v, err := do(ctx, actor, bulletin.On{Unit: of, Period: m, Base: in.Body.Base})
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
		v, err := do(ctx, actor, bulletin.On{Unit: of, Period: m, Base: in.Body.Base}, in.Body.Reason)
		return a.stepped(actor, v, err)
	}
}

type rankingRule struct {
	Version int32        `json:"version" example:"2"`
	From    string       `json:"from" doc:"The month from which it is in force" example:"2024-04"`
	Neutral bool         `json:"neutral" doc:"Ranking is ended"`
	Name    string       `json:"name,omitempty" example:"植树完成率排名办法"`
	Of      []string     `json:"of,omitempty" doc:"The figures it orders by" example:"planted_trees/planned_trees%"`
	Least   bool         `json:"least,omitempty" doc:"The smallest figure has the first place"`
	Tie     bulletin.Tie `json:"tie,omitempty" enum:"skip,next,code"`
	Minimum int64        `json:"minimum,omitempty" doc:"Units with fewer villages have no place"`
	Note    string       `json:"note,omitempty" doc:"As it is printed under a ranked table"`
	Reason  string       `json:"reason"`
	Actor   string       `json:"actor"`
	At      time.Time    `json:"at"`
}

func (a *API) newRule(r *bulletin.Rule) rankingRule {
	out := rankingRule{r.Version, r.From.String(), r.Neutral, r.Name, r.Of, r.Least, r.Tie, r.Minimum, "", r.Reason, r.Actor, r.At}
	if !r.Neutral {
		out.Note = r.Note(a.bulletins.Names())
	}
	return out
}

type ruleWords struct {
	Base    int32        `json:"base" minimum:"0" doc:"The version acted upon, which must be the latest; 0: none" example:"0"`
	From    string       `json:"from" maxLength:"7" doc:"The month from which it is in force" example:"2024-04"`
	Neutral bool         `json:"neutral,omitempty" doc:"End ranking; the rest is left out"`
	Name    string       `json:"name,omitempty" maxLength:"100" example:"植树完成率排名办法"`
	Of      []string     `json:"of,omitempty" maxItems:"3" doc:"References of the ledger's columns: by the first, those alike in it by the second" example:"planted_trees/planned_trees%"`
	Least   bool         `json:"least,omitempty"`
	Tie     bulletin.Tie `json:"tie,omitempty" enum:"skip,next,code" doc:"skip: 1, 1, 3; next: 1, 1, 2; code: 1, 2, 3 in the order of codes"`
	Minimum int64        `json:"minimum,omitempty"`
	Reason  string       `json:"reason" maxLength:"1000"`
}

func (a *API) listRules(ctx context.Context, actor access.Actor, in *struct {
	Unit string `path:"unit" maxLength:"12" doc:"Statistical code of a county or a city" example:"445281000000"`
}) (*body[[]rankingRule], error) {
	of, err := unit.ParseCode(in.Unit)
	if err != nil {
		return nil, err
	}
	list, err := a.bulletins.Rules(ctx, actor, of)
	out := make([]rankingRule, 0, len(list))
	for i := range list {
		out = append(out, a.newRule(&list[i]))
	}
	return answer(out, err)
}

func (a *API) adoptRule(ctx context.Context, actor access.Actor, in *struct {
	Unit string `path:"unit" maxLength:"12" doc:"Statistical code of a county or a city" example:"445281000000"`
	Body ruleWords
}) (*body[rankingRule], error) {
	of, err := unit.ParseCode(in.Unit)
	if err != nil {
		return nil, err
	}
	b := in.Body
	from, err := bulletin.ParsePeriod(b.From)
	if err != nil {
		return nil, err
	}
	r, err := a.bulletins.AdoptRule(ctx, actor, bulletin.RuleInput{Unit: of, Base: b.Base, From: from, Neutral: b.Neutral, Name: b.Name, Of: b.Of, Least: b.Least, Tie: b.Tie, Minimum: b.Minimum, Reason: b.Reason})
	if err != nil {
		return nil, err
	}
	return answer(a.newRule(&r), nil)
}
