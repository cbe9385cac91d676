package api

import (
	"context"
	"net/http"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/record"
)

// Over is the version of a record that is acted upon.
type Over struct {
	Base int32 `json:"base" minimum:"1" maximum:"2147483647" doc:"The version it was read at" example:"1"`
}

// Why is a deed with its reason.
type Why struct {
	Over
	Reason string `json:"reason" maxLength:"300" doc:"A word why" example:"数错一垄"`
}

type correction struct {
	Why
	Said
}

const overAbout = "When somebody has written since base, the answer is 409 with code record.moved and the version that stands now, and nothing was stored."

func (a *API) registerRecordChanges() {
	operation(a, op{method: http.MethodPost, path: "/record/{id}/correction", id: "correct-record", tag: "records", summary: "Write a next version of a record with other facts",
		about: "For the unit that entered it and those above, a department only its own. All facts are sent; a field with names that is left out by who is not shown them stays. " + overAbout}, a.correctRecord)
	operation(a, op{method: http.MethodPost, path: "/record/{id}/withdrawal", id: "withdraw-record", tag: "records", summary: "Take a wrong record out of every figure", about: overAbout}, a.withdrawRecord)
	operation(a, op{method: http.MethodPost, path: "/record/{id}/objection", id: "object-to-record", tag: "records", summary: "A village's objection to what was entered for it",
		about: "The record goes on counting until it is corrected or withdrawn. " + overAbout}, a.objectToRecord)
	operation(a, op{method: http.MethodPost, path: "/record/{id}/answer", id: "answer-objection", tag: "records", summary: "Answer a village's objection in words",
		about: "By the unit that entered the record, or one above it; no figure changes, and the village may object again. " + overAbout}, a.answerObjection)
	operation(a, op{method: http.MethodPost, path: "/record/{id}/look", id: "look-at-record", tag: "records", summary: "Say what was found when what was pointed out was looked at",
		about: "For the town and the county. The record stays as it is and leaves the list of what is open. " + overAbout}, a.lookAtRecord)
	operation(a, op{method: http.MethodPost, path: "/record/{id}/approval", id: "approve-record", tag: "records", summary: "Approve a record of a kind that counts only then", about: overAbout}, a.approveRecord)
}

// changed is the answer to a deed.
func (a *API) changed(v record.Version, err error) (*body[Record], error) {
	if err != nil {
		return nil, err
	}
	return answer(a.record(a.records.Tree(a.records.Today()), &v), nil)
}

func (a *API) correctRecord(ctx context.Context, actor access.Actor, in *struct {
	RecordPath
	Body correction
}) (*body[Record], error) {
	input, err := a.input(&in.Body.Said)
	if err != nil {
		return nil, err
	}
	return a.changed(a.records.Correct(ctx, actor, record.At{ID: in.ID, Base: in.Body.Base}, input, in.Body.Reason))
}

func (a *API) withdrawRecord(ctx context.Context, actor access.Actor, in *struct {
	RecordPath
	Body Why
}) (*body[Record], error) {
	return a.changed(a.records.Withdraw(ctx, actor, record.At{ID: in.ID, Base: in.Body.Base}, in.Body.Reason))
}

func (a *API) objectToRecord(ctx context.Context, actor access.Actor, in *struct {
	RecordPath
	Body Why
}) (*body[Record], error) {
	return a.changed(a.records.Dispute(ctx, actor, record.At{ID: in.ID, Base: in.Body.Base}, in.Body.Reason))
}

func (a *API) answerObjection(ctx context.Context, actor access.Actor, in *struct {
	RecordPath
	Body Why
}) (*body[Record], error) {
	return a.changed(a.records.Answer(ctx, actor, record.At{ID: in.ID, Base: in.Body.Base}, in.Body.Reason))
}

func (a *API) lookAtRecord(ctx context.Context, actor access.Actor, in *struct {
	RecordPath
	Body Why
}) (*body[Record], error) {
	return a.changed(a.records.Look(ctx, actor, record.At{ID: in.ID, Base: in.Body.Base}, in.Body.Reason))
}

func (a *API) approveRecord(ctx context.Context, actor access.Actor, in *struct {
	RecordPath
	Body Over
}) (*body[Record], error) {
	return a.changed(a.records.Approve(ctx, actor, record.At{ID: in.ID, Base: in.Body.Base}))
}
