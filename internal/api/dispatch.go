package api

import (
	"context"
	"net/http"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/dispatch"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/unit"
)

// DispatchUnit is the unit in the path of its dispatch.
type DispatchUnit struct {
	Unit string `path:"unit" maxLength:"12" doc:"Statistical code of a city or a unit below it" example:"445281119000"`
}

// DispatchID is the item or the request in a path.
type DispatchID struct {
	ID int64 `path:"id" minimum:"1" doc:"Of an item its number, of a request its" example:"3"`
}

type dispatchParty struct {
	Unit       string `json:"unit" maxLength:"12" example:"445281119000"`
	Department string `json:"department,omitempty" maxLength:"60" doc:"Of the county, where it is one"`
}

func (p dispatchParty) party() (record.Party, error) {
	code, err := unit.ParseCode(p.Unit)
	return record.Party{Unit: code, Department: p.Department}, err
}

type dispatchEvent struct {
	ID   int64     `json:"id" doc:"Of the line; of what was opened or asked, its number from then on"`
	Kind string    `json:"kind" enum:"open,answer,extend,close,reopen,ask,reply,settle,withdraw"`
	At   time.Time `json:"at"`
}

func (a *API) registerDispatch() {
	operation(a, op{method: http.MethodGet, path: "/dispatch/{unit}/weeks/{week}", id: "dispatch-page", tag: "dispatch", summary: "A unit's dispatch page of a week",
		about: "Cumulative figures beside the week's increase, what stands out, open items and what villages asked for. Of a week that is over everything as it stood at the end of its due day; `later` says what became of an item since."}, a.dispatchPage)
	operation(a, op{method: http.MethodGet, path: "/dispatch/{unit}/items", id: "list-items", tag: "dispatch", summary: "The items of a unit: open, then closed",
		about: "Those about the unit or one below it, and those that one of them is responsible for."}, a.dispatchItems)
	operation(a, op{method: http.MethodPost, path: "/dispatch/{unit}/items", id: "open-item", tag: "dispatch", status: http.StatusCreated, summary: "Open an item about a unit, from a point, a request, or freely",
		about: "A point that is followed already is 409 dispatch.open, with the `id` of its item."}, a.openItem)
	operation(a, op{method: http.MethodGet, path: "/items/{id}", id: "get-item", tag: "dispatch", summary: "An item with all that was said about it"}, a.getItem)
	operation(a, op{method: http.MethodPost, path: "/items/{id}/answers", id: "answer-item", tag: "dispatch", status: http.StatusCreated, summary: "How far the responsible unit is"}, a.answerItem)
	operation(a, op{method: http.MethodPost, path: "/items/{id}/extensions", id: "extend-item", tag: "dispatch", status: http.StatusCreated, summary: "Put an item's day off, with a reason"}, a.extendItem)
	operation(a, op{method: http.MethodPost, path: "/items/{id}/closings", id: "close-item", tag: "dispatch", status: http.StatusCreated, summary: "Close an item with what came of it"}, a.closeItem)
	operation(a, op{method: http.MethodPost, path: "/items/{id}/reopenings", id: "reopen-item", tag: "dispatch", status: http.StatusCreated, summary: "Take a closed item up again, with a reason and a day"}, a.reopenItem)
	operation(a, op{method: http.MethodGet, path: "/dispatch/{unit}/requests", id: "list-requests", tag: "dispatch", summary: "What a unit and those below it asked for, with what became of it"}, a.dispatchRequests)
	operation(a, op{method: http.MethodPost, path: "/dispatch/{unit}/requests", id: "ask", tag: "dispatch", status: http.StatusCreated, summary: "Ask for something as a village, or for one",
		about: "What is asked for is one of the pack's `asks`. The same words about the same thing that still stand are the same request."}, a.askFor)
	operation(a, op{method: http.MethodPost, path: "/requests/{id}/replies", id: "reply-request", tag: "dispatch", status: http.StatusCreated, summary: "Reply to a request that stands on"}, a.replyRequest)
	operation(a, op{method: http.MethodPost, path: "/requests/{id}/settlements", id: "settle-request", tag: "dispatch", status: http.StatusCreated, summary: "Settle a request with words"}, a.settleRequest)
	operation(a, op{method: http.MethodPost, path: "/requests/{id}/withdrawals", id: "withdraw-request", tag: "dispatch", status: http.StatusCreated, summary: "Take a request back"}, a.withdrawRequest)
}

func (a *API) dispatchPage(ctx context.Context, actor access.Actor, in *UnitWeek) (*body[dispatch.Agenda], error) {
	code, week, err := in.parse()
	if err != nil {
		return nil, err
	}
	page, err := a.dispatch.Page(ctx, actor, code, week)
	if err != nil {
		return nil, err
	}
	return answer(page.Agenda(a.ledger.Pack()), nil)
}

type dispatchItemList struct {
	Items []dispatch.AgendaItem `json:"items"`
}

func (a *API) dispatchItems(ctx context.Context, actor access.Actor, in *DispatchUnit) (*body[dispatchItemList], error) {
	code, err := unit.ParseCode(in.Unit)
	if err != nil {
		return nil, err
	}
	page, err := a.dispatch.Page(ctx, actor, code, date.Date{})
	if err != nil {
		return nil, err
	}
	list := dispatchItemList{Items: []dispatch.AgendaItem{}}
	for _, lines := range [][]dispatch.Line{page.Items, page.Closed, page.Settled} {
		for i := range lines {
			list.Items = append(list.Items, dispatch.ItemAgenda(a.ledger.Pack(), page.Tree, &lines[i]))
		}
	}
	return answer(list, nil)
}

func (a *API) openItem(ctx context.Context, actor access.Actor, in *struct {
	DispatchUnit
	Body struct {
		Rule       string        `json:"rule,omitempty" maxLength:"64" doc:"The kind of points; none for a free item" example:"unplanted"`
		Department string        `json:"department,omitempty" maxLength:"60" doc:"Of the county, where it is about one"`
		Week       string        `json:"week,omitempty" maxLength:"10" doc:"Whose page has the point; the current week by default" example:"2024-03-29"`
		Request    int64         `json:"request,omitempty" minimum:"1" doc:"What a village asks for, which the item follows"`
		To         dispatchParty `json:"to" doc:"Who is responsible"`
		Day        string        `json:"day" maxLength:"10" doc:"By when" example:"2024-04-12"`
		Text       string        `json:"text" maxLength:"500" doc:"What is to be done"`
	}
}) (*body[dispatchEvent], error) {
	code, err := unit.ParseCode(in.Unit)
	if err != nil {
		return nil, err
	}
	o := dispatch.OpenInput{Rule: in.Body.Rule, Party: record.Party{Unit: code, Department: in.Body.Department}, Request: in.Body.Request, Text: in.Body.Text}
	if o.To, err = in.Body.To.party(); err != nil {
		return nil, err
	}
	if o.Day, err = parseDay(in.Body.Day); err != nil {
		return nil, err
	}
	if o.Week, err = dayOr(in.Body.Week, date.Date{}); err != nil {
		return nil, err
	}
	if o.Request > 0 {
		if err := actor.Can(access.SteerDispatch, code); err != nil {
			return nil, err
		}
	}
	item, err := a.dispatch.Open(ctx, actor, o)
	return saidOf(item.Event, err)
}

func saidOf(e dispatch.Event, err error) (*body[dispatchEvent], error) {
	return answer(dispatchEvent{e.ID, string(e.Kind), e.At}, err)
}

func (a *API) getItem(ctx context.Context, actor access.Actor, in *DispatchID) (*body[dispatch.AgendaItem], error) {
	item, err := a.dispatch.Item(ctx, actor, in.ID)
	if err != nil {
		return nil, err
	}
	today := a.dispatch.Today()
	line := dispatch.Line{Item: item, Late: item.Late(today)}
	if item.Rule != "" && actor.Unit.Contains(item.Party.Unit) {
		if line.Now, line.Known, err = a.dispatch.FigureNow(ctx, actor, item.Rule, item.Party); err != nil {
			return nil, err
		}
	}
	return answer(dispatch.ItemAgenda(a.ledger.Pack(), a.dispatch.Tree(today), &line), nil)
}

// dispatchWords is what is said about an item or a request.
type dispatchWords struct {
	DispatchID
	Body struct {
		Text string `json:"text" maxLength:"500"`
	}
}

// dispatchDay is a new day for an item, with a reason.
type dispatchDay struct {
	DispatchID
	Body struct {
		Day  string `json:"day" maxLength:"10" example:"2024-04-19"`
		Text string `json:"text" maxLength:"500" doc:"Why"`
	}
}

func (a *API) answerItem(ctx context.Context, actor access.Actor, in *dispatchWords) (*body[dispatchEvent], error) {
	return saidOf(a.dispatch.Answer(ctx, actor, in.ID, in.Body.Text))
}

func (a *API) closeItem(ctx context.Context, actor access.Actor, in *dispatchWords) (*body[dispatchEvent], error) {
	return saidOf(a.dispatch.Close(ctx, actor, in.ID, in.Body.Text))
}

func (a *API) extendItem(ctx context.Context, actor access.Actor, in *dispatchDay) (*body[dispatchEvent], error) {
	day, err := parseDay(in.Body.Day)
	if err != nil {
		return nil, err
	}
	return saidOf(a.dispatch.Extend(ctx, actor, in.ID, day, in.Body.Text))
}

func (a *API) reopenItem(ctx context.Context, actor access.Actor, in *dispatchDay) (*body[dispatchEvent], error) {
	day, err := parseDay(in.Body.Day)
	if err != nil {
		return nil, err
	}
	return saidOf(a.dispatch.Reopen(ctx, actor, in.ID, day, in.Body.Text))
}

type dispatchRequestList struct {
	Requests []dispatch.AgendaRequest `json:"requests"`
}

func (a *API) dispatchRequests(ctx context.Context, actor access.Actor, in *DispatchUnit) (*body[dispatchRequestList], error) {
	code, err := unit.ParseCode(in.Unit)
	if err != nil {
		return nil, err
	}
	requests, err := a.dispatch.Requests(ctx, actor, code)
	if err != nil {
		return nil, err
	}
	list := dispatchRequestList{Requests: []dispatch.AgendaRequest{}}
	tree := a.dispatch.Tree(a.dispatch.Today())
	for i := range requests {
		list.Requests = append(list.Requests, dispatch.RequestAgenda(tree, &requests[i]))
	}
	return answer(list, nil)
}

func (a *API) askFor(ctx context.Context, actor access.Actor, in *struct {
	DispatchUnit
	Body struct {
		Ask  string `json:"ask" maxLength:"64" example:"trees"`
		Text string `json:"text" maxLength:"500"`
	}
}) (*body[dispatchEvent], error) {
	code, err := unit.ParseCode(in.Unit)
	if err != nil {
		return nil, err
	}
	return saidOf(a.dispatch.Ask(ctx, actor, dispatch.AskInput{Unit: code, Ask: in.Body.Ask, Text: in.Body.Text}))
}

func (a *API) replyRequest(ctx context.Context, actor access.Actor, in *dispatchWords) (*body[dispatchEvent], error) {
	return saidOf(a.dispatch.Reply(ctx, actor, in.ID, in.Body.Text))
}

func (a *API) settleRequest(ctx context.Context, actor access.Actor, in *dispatchWords) (*body[dispatchEvent], error) {
	return saidOf(a.dispatch.Settle(ctx, actor, in.ID, in.Body.Text))
}

func (a *API) withdrawRequest(ctx context.Context, actor access.Actor, in *dispatchWords) (*body[dispatchEvent], error) {
	return saidOf(a.dispatch.Withdraw(ctx, actor, in.ID, in.Body.Text))
}
