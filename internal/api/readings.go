package api

import (
	"context"
	"net/http"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/reading"
	"github.com/sangzi/sangzi/internal/unit"
)

// ReadingUnit is the unit in the path of readings.
type ReadingUnit struct {
	Unit string `path:"unit" maxLength:"12" doc:"Statistical code; of a town or a village its county is meant" example:"445281000000"`
}

// ReadingPath is one reading of a unit.
type ReadingPath struct {
	ReadingUnit
	Reading string `path:"reading" maxLength:"200" doc:"Its key" example:"25.models"`
}

type readingSaying struct {
	Unit    string    `json:"unit" doc:"The county or city it is said for"`
	Number  int       `json:"number" doc:"Counts the lines of the unit about the reading, from 1"`
	Verdict string    `json:"verdict" enum:"agree,otherwise,retract"`
	Text    string    `json:"text,omitempty" doc:"The office's own words"`
	Print   string    `json:"print" doc:"Fingerprint of what the pack said then"`
	Wording string    `json:"wording" doc:"And its text"`
	Actor   string    `json:"actor"`
	At      time.Time `json:"at"`
}

// ReadingOut is a reading as it stands; exported, since it is embedded.
type ReadingOut struct {
	Key     string          `json:"key" doc:"Its name: a task's number (merged cells), task and rule, words.…, statistics" example:"25.models"`
	About   string          `json:"about" example:"第 25 项"`
	Says    string          `json:"says,omitempty" doc:"What the rule wants, in short"`
	Words   string          `json:"words" doc:"The notice's words"`
	Reads   string          `json:"reads" doc:"What the pack takes them to mean"`
	Rules   []string        `json:"rules,omitempty" doc:"What is computed, in words"`
	Waiting bool            `json:"waiting" doc:"The pack marks it 待确认"`
	Print   string          `json:"print" doc:"Fingerprint of this wording; send it with what is said"`
	State   reading.State   `json:"state" enum:"unasked,open,changed,otherwise,agreed" doc:"changed: said of another wording, asked again; otherwise: still computed as the pack says"`
	By      *readingSaying  `json:"by,omitempty" doc:"What the state rests on"`
	Above   *readingSaying  `json:"above,omitempty" doc:"What the city says of this wording"`
	Below   []readingSaying `json:"below,omitempty" doc:"Of a city: the last line of each county that has said something"`
}

type readingHistory struct {
	ReadingOut
	History []readingSaying `json:"history" doc:"All that was said there and at the city above it, newest first"`
}

func (a *API) registerReadings() {
	operation(a, op{method: http.MethodGet, path: "/readings/{unit}", id: "list-readings", tag: "readings", summary: "How the notice's words are read, and what the offices say of it"}, a.listReadings)
	operation(a, op{method: http.MethodGet, path: "/readings/{unit}/{reading}", id: "get-reading", tag: "readings", summary: "One reading with all that was said of it"}, a.getReading)
	operation(a, op{method: http.MethodPost, path: "/readings/{unit}/{reading}", id: "say-of-reading", tag: "readings", status: http.StatusCreated, summary: "Agree to a reading, read it otherwise in words of your own, or take back what was said",
		about: "By the office of the county or city itself. Nothing computed changes: the pack is what is computed by. The same said again is kept once."}, a.sayOfReading)
}

func newSaying(x *reading.Saying) *readingSaying {
	if x == nil {
		return nil
	}
	return &readingSaying{x.Unit.String(), x.Number, string(x.Verdict), x.Text, x.Print, x.Wording, x.Actor, x.At}
}

func sayings(list []reading.Saying) []readingSaying {
	out := make([]readingSaying, 0, len(list))
	for i := range list {
		out = append(out, *newSaying(&list[i]))
	}
	return out
}

func newReading(s *reading.Stand) ReadingOut {
	return ReadingOut{Key: s.Key, About: s.About, Says: s.Says, Words: s.Words, Reads: s.Reads, Rules: s.Rules, Waiting: s.Waiting, Print: s.Print,
		State: s.State, By: newSaying(s.By), Above: newSaying(s.Above), Below: sayings(s.Below)}
}

func (a *API) listReadings(ctx context.Context, actor access.Actor, in *ReadingUnit) (*body[[]ReadingOut], error) {
	code, err := unit.ParseCode(in.Unit)
	if err != nil {
		return nil, err
	}
	b, err := a.readings.Board(ctx, actor, code)
	if err != nil {
		return nil, err
	}
	out := make([]ReadingOut, 0, len(b.Stands))
	for i := range b.Stands {
		out = append(out, newReading(&b.Stands[i]))
	}
	return answer(out, nil)
}

func (a *API) getReading(ctx context.Context, actor access.Actor, in *ReadingPath) (*body[readingHistory], error) {
	code, err := unit.ParseCode(in.Unit)
	if err != nil {
		return nil, err
	}
	s, history, err := a.readings.Stand(ctx, actor, code, in.Reading)
	if err != nil {
		return nil, err
	}
	return answer(readingHistory{newReading(&s), sayings(history)}, nil)
}

func (a *API) sayOfReading(ctx context.Context, actor access.Actor, in *struct {
	ReadingPath
	Body struct {
		Verdict string `json:"verdict" enum:"agree,otherwise,retract"`
		Text    string `json:"text,omitempty" maxLength:"500" doc:"The office's own words; required to read it otherwise"`
		Print   string `json:"print" maxLength:"64" doc:"Fingerprint of the wording that was looked at"`
		Base    int    `json:"base" minimum:"0" doc:"Number of the office's last line about it, 0 for none"`
	}
}) (*body[readingSaying], error) {
	code, err := unit.ParseCode(in.Unit)
	if err != nil {
		return nil, err
	}
	x, err := a.readings.Say(ctx, actor, reading.SayInput{Unit: code, Key: in.Reading, Verdict: reading.Verdict(in.Body.Verdict), Text: in.Body.Text, Print: in.Body.Print, Base: in.Body.Base})
	if err != nil {
		return nil, err
	}
	return answer(*newSaying(&x), nil)
}
