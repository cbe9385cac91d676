package api

import (
	"context"
	"net/http"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/unit"
)

// head is the line above the form.
type head struct {
	Unit     string `json:"unit" doc:"填报单位" example:"里湖镇人民政府"`
	Contact  string `json:"contact" doc:"联系人" example:"黄志明"`
	Phone    string `json:"phone" doc:"电话; in answers its middle is hidden for who may not call" example:"13800138002"`
	FilledOn string `json:"filled_on" maxLength:"10" doc:"填表日期" example:"2024-03-29"`
}

func (h head) parse() (ledger.Head, error) {
	day, err := parseDay(h.FilledOn)
	return ledger.Head{Unit: h.Unit, Contact: h.Contact, Phone: h.Phone, FilledOn: day}, err
}

// newHead is a head for who may or may not see its number.
func newHead(actor access.Actor, of unit.Code, h ledger.Head) head {
	return head{h.Unit, h.Contact, actor.Phone(of, h.Phone), h.FilledOn.String()}
}

type member struct {
	Unit    string       `json:"unit"`
	Version int32        `json:"version" doc:"Version sealed; 0 for one that is missing and named"`
	State   ledger.State `json:"state" enum:"not_due,waived,on_time,late,missing,returned"`
	Carried bool         `json:"carried,omitempty" doc:"Its last figures were carried along"`
}

type submission struct {
	Unit      string        `json:"unit"`
	Week      string        `json:"week"`
	Version   int32         `json:"version"`
	Status    ledger.Status `json:"status" enum:"sealed,returned,reopened"`
	Head      head          `json:"head"`
	Members   []member      `json:"members" doc:"A town's villages, a county's towns"`
	Hash      string        `json:"hash" doc:"SHA-256 of what was sealed, chained to the version before"`
	Reason    string        `json:"reason,omitempty" doc:"Why it was returned or reopened"`
	ReturnDue *time.Time    `json:"return_due,omitempty" doc:"By when it is wanted again"`
	Actor     string        `json:"actor"`
	At        time.Time     `json:"at"`
}

func newSubmission(actor access.Actor, s *ledger.Submission) submission {
	out := submission{Unit: s.Unit.String(), Week: s.Week.String(), Version: s.Version, Status: s.Status,
		Head: newHead(actor, s.Unit, s.Head), Members: make([]member, 0, len(s.Members)),
		Hash: s.Hash, Reason: s.Reason, ReturnDue: instant(s.ReturnDue), Actor: s.Actor, At: s.At}
	for _, m := range s.Members {
		out.Members = append(out.Members, member{m.Unit.String(), m.Version, m.State, m.Carried})
	}
	return out
}

type submitBody struct {
	Based
	Head  head     `json:"head"`
	Carry []string `json:"carry,omitempty" maxItems:"1000" doc:"Villages that did not report, whose last figures are carried along and marked" example:"[\"445281119003\"]"`
}

type returnBody struct {
	Based
	Reason string     `json:"reason" minLength:"1" maxLength:"500" doc:"Said to who must correct it" example:"资金来源与已投入资金对不上，请核对"`
	Cells  []string   `json:"cells,omitempty" maxItems:"100" doc:"Keys of the columns it is about; none: the whole" example:"[\"invested_funds\"]"`
	Due    *time.Time `json:"due,omitempty" doc:"By when it is wanted again; by default by the deadline, if that is still to come" example:"2024-03-29T17:00:00+08:00"`
}

type reopenBody struct {
	Reason string `json:"reason" minLength:"1" maxLength:"500" example:"里湖镇一村数字更正"`
}

func (a *API) registerSubmissions() {
	operation(a, op{method: http.MethodGet, path: "/ledger/{unit}/{week}/submissions", id: "list-submissions", tag: "submissions", summary: "Every version of a town's or county's submission, oldest first"}, a.listSubmissions)
	operation(a, op{method: http.MethodPost, path: "/ledger/{unit}/{week}/submissions", id: "submit", tag: "submissions", summary: "Submit a town's week; for a county: lock the week, which submits it to the city",
		about: "A town sends its villages' rows as they stand, those missing named; a late one becomes part of the next version. A locked week takes no change until it is reopened."}, a.submit)
	operation(a, op{method: http.MethodPost, path: "/ledger/{unit}/{week}/return", id: "return", tag: "submissions", summary: "Return a village's row, or a town's week, with a reason",
		about: "What was reported stays readable, and what was sealed keeps counting, until it is sent again."}, a.returnUnit)
	operation(a, op{method: http.MethodPost, path: "/ledger/{unit}/{week}/reopen", id: "reopen", tag: "submissions", summary: "Reopen a county's locked week with a reason"}, a.reopen)
	operation(a, op{method: http.MethodGet, path: "/ledger/{unit}/{week}/grants", id: "list-grants", tag: "submissions", summary: "Extensions and waivers that touch a unit"}, a.listGrants)
	operation(a, op{method: http.MethodPost, path: "/ledger/{unit}/{week}/grants", id: "grant", tag: "submissions", summary: "Give a unit and all below it more time, or let it off"}, a.grant)
}

func (a *API) listSubmissions(ctx context.Context, actor access.Actor, in *UnitWeek) (*body[[]submission], error) {
	of, due, err := in.parse()
	if err != nil {
		return nil, err
	}
	subs, err := a.ledger.Submissions(ctx, actor, of, due)
	out := make([]submission, 0, len(subs))
	for i := range subs {
		out = append(out, newSubmission(actor, &subs[i]))
	}
	return answer(out, err)
}

func (a *API) submit(ctx context.Context, actor access.Actor, in *struct {
	UnitWeek
	Body submitBody
}) (*body[submission], error) {
	of, due, err := in.parse()
	if err != nil {
		return nil, err
	}
	input := ledger.SubmitInput{Unit: of, Week: due, Base: in.Body.version(), Source: ledger.Source{Kind: ledger.ByAPI}}
	if input.Head, err = in.Body.Head.parse(); err != nil {
		return nil, err
	}
	for _, text := range in.Body.Carry {
		code, err := unit.ParseCode(text)
		if err != nil {
			return nil, err
		}
		input.Carry = append(input.Carry, code)
	}
	verb := a.ledger.Submit
	if of.Level() < unit.LevelTown {
		verb = a.ledger.Lock
	}
	s, err := verb(ctx, actor, input)
	return answer(newSubmission(actor, &s), err)
}

func (a *API) returnUnit(ctx context.Context, actor access.Actor, in *struct {
	UnitWeek
	Body returnBody
}) (*body[reported], error) {
	of, due, err := in.parse()
	if err != nil {
		return nil, err
	}
	input := ledger.ReturnInput{Unit: of, Week: due, Reason: in.Body.Reason, Base: in.Body.version(), Cells: in.Body.Cells, Due: timeOf(in.Body.Due)}
	if of.Level() == unit.LevelVillage {
		r, err := a.ledger.Return(ctx, actor, input)
		return answer(newReported(&r), err)
	}
	s, err := a.ledger.ReturnTown(ctx, actor, input)
	return answer(reported{of.String(), due.String(), s.Version, s.Status, s.At, s.Actor}, err)
}

func (a *API) reopen(ctx context.Context, actor access.Actor, in *struct {
	UnitWeek
	Body reopenBody
}) (*body[submission], error) {
	of, due, err := in.parse()
	if err != nil {
		return nil, err
	}
	s, err := a.ledger.Reopen(ctx, actor, of, due, in.Body.Reason)
	return answer(newSubmission(actor, &s), err)
}

type grant struct {
	Unit   string           `json:"unit"`
	Kind   ledger.GrantKind `json:"kind" enum:"extension,waiver"`
	Until  *time.Time       `json:"until,omitempty" doc:"Of an extension"`
	Reason string           `json:"reason"`
	Actor  string           `json:"actor"`
	At     time.Time        `json:"at"`
}

func newGrant(g *ledger.Grant) grant {
	return grant{g.Unit.String(), g.Kind, instant(g.Until), g.Reason, g.Actor, g.At}
}

type grantBody struct {
	Kind   ledger.GrantKind `json:"kind" enum:"extension,waiver" doc:"More time, or none needed"`
	Until  *time.Time       `json:"until,omitempty" doc:"Of an extension: after the deadline" example:"2024-03-30T12:00:00+08:00"`
	Reason string           `json:"reason" minLength:"1" maxLength:"500" example:"暴雨停电"`
}

func (a *API) listGrants(ctx context.Context, actor access.Actor, in *UnitWeek) (*body[[]grant], error) {
	of, due, err := in.parse()
	if err != nil {
		return nil, err
	}
	sheet, err := a.ledger.Sheet(ctx, actor, of, due)
	if err != nil {
		return nil, err
	}
	out := []grant{}
	for _, g := range sheet.Grants(of) {
		out = append(out, newGrant(&g))
	}
	return answer(out, nil)
}

func (a *API) grant(ctx context.Context, actor access.Actor, in *struct {
	UnitWeek
	Body grantBody
}) (*body[grant], error) {
	of, due, err := in.parse()
	if err != nil {
		return nil, err
	}
	g, err := a.ledger.Grant(ctx, actor, ledger.GrantInput{Unit: of, Week: due, Kind: in.Body.Kind, Until: timeOf(in.Body.Until), Reason: in.Body.Reason})
	return answer(newGrant(&g), err)
}
