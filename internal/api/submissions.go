package api

import (
	"context"
	"net/http"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/statistics"
	"github.com/sangzi/sangzi/internal/unit"
)

// head is the line above the form.
type head struct {
	Unit     string `json:"unit" doc:"填报单位"`
	Contact  string `json:"contact" doc:"联系人"`
	Phone    string `json:"phone" doc:"电话; masked unless the actor may see it"`
	FilledOn string `json:"filled_on" doc:"填表日期" example:"2024-03-29"`
}

func (h head) parse() (ledger.Head, error) {
	day, err := parseDay(h.FilledOn)
	return ledger.Head{Unit: h.Unit, Contact: h.Contact, Phone: h.Phone, FilledOn: day}, err
}

type member struct {
	Unit    string       `json:"unit"`
	Version int32        `json:"version" doc:"Version sealed; 0 for one that is missing and named"`
	State   ledger.State `json:"state"`
	Carried bool         `json:"carried,omitempty"`
}

type submission struct {
	Unit    string        `json:"unit"`
	Week    string        `json:"week"`
	Version int32         `json:"version"`
	Status  ledger.Status `json:"status" enum:"sealed,returned,reopened"`
	Head    head          `json:"head"`
	Members []member      `json:"members"`
	Hash    string        `json:"hash" doc:"SHA-256 of what was sealed, chained to the version before"`
	Reason  string        `json:"reason,omitempty"`
	Actor   string        `json:"actor"`
	At      time.Time     `json:"at"`
}

func newSubmission(actor access.Actor, s *ledger.Submission) submission {
	phone := s.Head.Phone
	if !actor.May(access.SeePhone, s.Unit) {
		phone = maskPhone(phone)
	}
	out := submission{Unit: s.Unit.String(), Week: s.Week.String(), Version: s.Version, Status: s.Status,
		Head: head{s.Head.Unit, s.Head.Contact, phone, s.Head.FilledOn.String()}, Members: make([]member, 0, len(s.Members)),
		Hash: s.Hash, Reason: s.Reason, Actor: s.Actor, At: s.At}
	for _, m := range s.Members {
		out.Members = append(out.Members, member{m.Unit.String(), m.Version, m.State, m.Carried})
	}
	return out
}

func maskPhone(p string) string {
	r := []rune(p)
	if len(r) < 7 {
		return ""
	}
	for i := len(r) - 6; i < len(r)-2; i++ {
		r[i] = '*'
	}
	return string(r)
}

type submitBody struct {
	Base  int32    `json:"base,omitempty" default:"-1" doc:"The submission version that was looked at; -1 for whatever stands"`
	Head  head     `json:"head"`
	Carry []string `json:"carry,omitempty" doc:"Villages that did not report, whose last figures are carried along and marked"`
}

func (a *API) registerSubmissions() {
	operation(a, http.MethodGet, "/ledger/{unit}/{week}/submissions", "list-submissions", "Every version of a town's or county's submission", a.listSubmissions)
	operation(a, http.MethodPost, "/ledger/{unit}/{week}/submissions", "submit", "Submit a town's week; for a county: lock the week, which submits it to the city", a.submit)
	operation(a, http.MethodPost, "/ledger/{unit}/{week}/reopen", "reopen", "Reopen a county's locked week with a reason", a.reopen)
	operation(a, http.MethodGet, "/ledger/{unit}/{week}/grants", "list-grants", "Extensions and waivers that touch a unit", a.listGrants)
	operation(a, http.MethodPost, "/ledger/{unit}/{week}/grants", "grant", "Give more time, or let off", a.grant)
	operation(a, http.MethodGet, "/ledger/{unit}/{week}/board", "board", "How the towns or counties of a unit stand", a.board)
}

func (a *API) listSubmissions(ctx context.Context, actor access.Actor, in *at) (*body[[]submission], error) {
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
	at
	Body submitBody
}) (*body[submission], error) {
	of, due, err := in.parse()
	if err != nil {
		return nil, err
	}
	input := ledger.SubmitInput{Unit: of, Week: due, Base: in.Body.Base, Source: ledger.Source{Kind: ledger.ByAPI}}
	if input.Head, err = in.Body.Head.parse(); err != nil {
		return nil, err
	}
	for _, text := range in.Body.Carry {
		code, err := parseUnit(text)
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

func (a *API) reopen(ctx context.Context, actor access.Actor, in *struct {
	at
	Body struct {
		Reason string `json:"reason" minLength:"1"`
	}
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
	Until  time.Time        `json:"until,omitempty"`
	Reason string           `json:"reason"`
	Actor  string           `json:"actor,omitempty"`
	At     time.Time        `json:"at,omitempty"`
}

func newGrant(g *ledger.Grant) grant {
	return grant{g.Unit.String(), g.Kind, g.Until, g.Reason, g.Actor, g.At}
}

func (a *API) listGrants(ctx context.Context, actor access.Actor, in *at) (*body[[]grant], error) {
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
	at
	Body struct {
		Kind   ledger.GrantKind `json:"kind" enum:"extension,waiver"`
		Until  time.Time        `json:"until,omitempty" doc:"Of an extension"`
		Reason string           `json:"reason" minLength:"1"`
	}
}) (*body[grant], error) {
	of, due, err := in.parse()
	if err != nil {
		return nil, err
	}
	g, err := a.ledger.Grant(ctx, actor, ledger.GrantInput{Unit: of, Week: due, Kind: in.Body.Kind, Until: in.Body.Until, Reason: in.Body.Reason})
	return answer(newGrant(&g), err)
}

type boardRow struct {
	Unit     string               `json:"unit"`
	Name     string               `json:"name"`
	State    ledger.State         `json:"state"`
	Version  int32                `json:"version" doc:"Of the submission"`
	Expected int                  `json:"expected" doc:"Villages expected to report"`
	Villages map[ledger.State]int `json:"villages" doc:"Villages by state"`
	Towns    map[ledger.State]int `json:"towns,omitempty" doc:"Towns by state, for a county"`
	Changed  int                  `json:"changed_cells"`
	Trail    []ledger.State       `json:"trail" doc:"This and up to eight earlier weeks, oldest first"`
	Sums     cells                `json:"sums" doc:"Of the sealed rows, by column key"`
}

type board struct {
	Unit   string               `json:"unit"`
	Week   string               `json:"week"`
	No     int                  `json:"no"`
	Due    time.Time            `json:"deadline"`
	Locked bool                 `json:"locked"`
	States map[ledger.State]int `json:"states"`
	Rows   []boardRow           `json:"rows"`
}

func (a *API) board(ctx context.Context, actor access.Actor, in *at) (*body[board], error) {
	of, due, err := in.parse()
	if err != nil {
		return nil, err
	}
	b, err := a.ledger.Board(ctx, actor, of, due)
	if err != nil {
		return nil, err
	}
	out := board{Unit: of.String(), Week: due.String(), No: b.Week.No, Due: b.Week.Deadline, Locked: b.Locked, States: b.States, Rows: []boardRow{}}
	tree := a.units.Tree(due)
	for i := range b.Rows {
		r := &b.Rows[i]
		out.Rows = append(out.Rows, boardRow{Unit: r.Office.Unit.Code.String(), Name: tree.ShortName(r.Office.Unit.Code), State: r.Office.State,
			Version: r.Office.Chain.Version, Expected: r.Office.Expects, Villages: r.Villages, Towns: r.Towns, Changed: r.Changed, Trail: r.Trail,
			Sums: a.sums(r.Figures.Sums)})
	}
	return answer(out, nil)
}

// sums gives sums by column key: villages with yes, counts, 万元.
func (a *API) sums(sums []int64) cells {
	out := make(cells, len(sums))
	for i, n := range sums {
		out[a.ledger.Form().Columns[i].Key] = cell(statistics.AmountOf(&a.ledger.Form().Columns[i], n))
	}
	return out
}
