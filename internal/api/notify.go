package api

import (
	"context"
	"net/http"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/notify"
)

type inboxMessage struct {
	ID         int64     `json:"id"`
	Unit       string    `json:"unit"`
	Department string    `json:"department,omitempty" doc:"Of the unit, for whose accounts it is"`
	Week       string    `json:"week"`
	Reminder   string    `json:"reminder" doc:"Its key in the campaign pack"`
	Title      string    `json:"title"`
	Body       string    `json:"body"`
	Link       string    `json:"link" doc:"Path of the page where one acts"`
	At         time.Time `json:"at"`
}

type inboxEntry struct {
	inboxMessage
	Read    bool `json:"read" doc:"By the account behind the token or the session"`
	Settled bool `json:"settled" doc:"The unit no longer owes the week"`
}

type inboxPage struct {
	Unread   int          `json:"unread" doc:"Neither read nor settled, of the whole inbox"`
	Total    int          `json:"total"`
	Messages []inboxEntry `json:"messages" doc:"Newest first"`
}

type delivery struct {
	Message  string       `json:"message" doc:"The same however often it is tried; sent along as Idempotency-Key"`
	Channel  string       `json:"channel" enum:"robot,sms"`
	Unit     string       `json:"unit" doc:"Whose robot; for SMS the unit reminded"`
	Reminder string       `json:"reminder"`
	Units    []string     `json:"units" doc:"Whom it is about"`
	State    notify.State `json:"state" enum:"waiting,sent,failed,dropped"`
	Attempts int          `json:"attempts"`
	Outcome  string       `json:"outcome" doc:"A code, and after a blank what the platform said; empty when taken"`
	Created  time.Time    `json:"created"`
	Done     *time.Time   `json:"done,omitempty"`
}

type sentPage struct {
	Unit       string         `json:"unit"`
	Week       string         `json:"week"`
	Total      int            `json:"total" doc:"Of messages"`
	Messages   []inboxMessage `json:"messages" doc:"To inboxes, newest first"`
	Deliveries []delivery     `json:"deliveries" doc:"By robot and SMS, the newest 200"`
}

func (a *API) registerNotify() {
	operation(a, op{method: http.MethodGet, path: "/inbox", id: "inbox", tag: "reminders", summary: "What the actor's unit is reminded of"}, a.inbox)
	operation(a, op{method: http.MethodPost, path: "/inbox/{message}/read", id: "read-message", tag: "reminders", summary: "Mark a message as read"}, a.readMessage)
	operation(a, op{method: http.MethodGet, path: "/reminders/{unit}/{week}", id: "sent-reminders", tag: "reminders", summary: "What was sent to a unit and all below it about a week"}, a.sentReminders)
}

// PageInput is which part of a list.
type PageInput struct {
	Offset int `query:"offset" minimum:"0" maximum:"1000000000" default:"0" doc:"How many to leave out" example:"50"`
	Limit  int `query:"limit" minimum:"1" maximum:"500" default:"50" doc:"How many at most" example:"50"`
}

func newInboxMessage(m notify.Message) inboxMessage {
	return inboxMessage{m.ID, m.Unit.String(), m.Department, m.Week.String(), m.Reminder, m.Title, m.Body, m.Link, m.At}
}

func newInboxEntry(m notify.Message) inboxEntry {
	return inboxEntry{newInboxMessage(m), m.Read, m.Settled}
}

func (a *API) inbox(ctx context.Context, actor access.Actor, in *PageInput) (*body[inboxPage], error) {
	box, err := a.notify.Inbox(ctx, actor, in.Offset, in.Limit)
	if err != nil {
		return nil, err
	}
	out := inboxPage{Total: box.Total, Messages: []inboxEntry{}}
	if out.Unread, err = a.notify.Unread(ctx, actor); err != nil {
		return nil, err
	}
	for _, m := range box.Messages {
		out.Messages = append(out.Messages, newInboxEntry(m))
	}
	return answer(out, nil)
}

type messageInput struct {
	Message int64 `path:"message" minimum:"1" doc:"The id of a message in the inbox" example:"17"`
}

func (a *API) readMessage(ctx context.Context, actor access.Actor, in *messageInput) (*body[inboxMessage], error) {
	m, err := a.notify.Open(ctx, actor, in.Message)
	if err != nil {
		return nil, err
	}
	return answer(newInboxMessage(m), nil)
}

type sentInput struct {
	UnitWeek
	PageInput
}

func (a *API) sentReminders(ctx context.Context, actor access.Actor, in *sentInput) (*body[sentPage], error) {
	of, due, err := in.parse()
	if err != nil {
		return nil, err
	}
	if _, err := a.ledger.Sheet(ctx, actor, of, due); err != nil {
		return nil, err
	}
	found, err := a.notify.SentList(ctx, actor, notify.SentQuery{Of: of, Week: due, Offset: in.Offset, Limit: in.Limit})
	if err != nil {
		return nil, err
	}
	out := sentPage{Unit: of.String(), Week: due.String(), Total: found.Total, Messages: []inboxMessage{}, Deliveries: []delivery{}}
	for _, m := range found.Messages {
		out.Messages = append(out.Messages, newInboxMessage(m))
	}
	for _, d := range found.Deliveries {
		one := delivery{d.Message, string(d.Channel), d.Unit.String(), d.Reminder, []string{}, d.State, d.Attempts, d.Outcome, d.Created, instant(d.Done)}
		for _, u := range d.Units {
			one.Units = append(one.Units, u.String())
		}
		out.Deliveries = append(out.Deliveries, one)
	}
	return answer(out, nil)
}
