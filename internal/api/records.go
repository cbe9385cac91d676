package api

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/words"
)

type recordField struct {
	Key      string             `json:"key" example:"trees"`
	Title    string             `json:"title" example:"株数"`
	Type     campaign.FieldType `json:"type" enum:"count,money,yes_no,choice,text,names,species,rows"`
	Unit     string             `json:"unit,omitempty" example:"株"`
	Required bool               `json:"required"`
	Choices  []choice           `json:"choices,omitempty" doc:"Of a choice: what may be answered"`
	Of       string             `json:"of,omitempty" doc:"Of species: the key of the count they add up to"`
	Rows     *rowTable          `json:"rows,omitempty" doc:"Of rows: the table"`
}

type choice struct {
	Key   string `json:"key" example:"new"`
	Title string `json:"title" example:"新种"`
}

type recordKind struct {
	Key      string        `json:"key" example:"planting"`
	Title    string        `json:"title" example:"义务植树"`
	Group    string        `json:"group" example:"种植"`
	At       []string      `json:"at" doc:"Levels of the units it is done at"`
	People   bool          `json:"people" doc:"Those who took part are counted by category"`
	Span     bool          `json:"span" doc:"Holds from its day until another"`
	Approval bool          `json:"approval" doc:"Counts only once the level above has approved it"`
	Photos   string        `json:"photos,omitempty" enum:"tree,scene,sketch" doc:"It takes photos, never required: tree keeps when and where they were taken, scene when, sketch nothing; none: it takes none"`
	Position bool          `json:"position" doc:"Where it is may be said in degrees"`
	Check    bool          `json:"check" doc:"The county says what it thinks of it"`
	Fields   []recordField `json:"fields"`
}

type recordKinds struct {
	Kinds      []recordKind `json:"kinds" doc:"In the order in which they are offered"`
	Categories []choice     `json:"categories" doc:"Of those who took part"`
}

// fieldValue is what one field of a record says.
type fieldValue json.RawMessage

// MarshalJSON gives the value as it stands.
func (v fieldValue) MarshalJSON() ([]byte, error) { return v, nil }

// UnmarshalJSON takes any scalar.
func (v *fieldValue) UnmarshalJSON(b []byte) error {
	*v = append((*v)[:0], b...)
	return nil
}

// longestField is the longest text a field is read from, in characters.
const longestField = 1000

// Schema describes a value.
func (fieldValue) Schema(huma.Registry) *huma.Schema {
	longest := longestField
	return &huma.Schema{
		Description: "By the field's type: yes_no true or false; count a whole number; money 万元 with up to six places; choice the key of the answer; " +
			"text, names and species a text such as 陈木清、黄秀英 and 荔枝80、龙眼40; rows a list of lines, each by the keys of its columns, shapes as 120,300 480,310 460,700 in thousandths of the map. Any of them may be sent as people type it.",
		Examples:   []any{120},
		MaxLength:  &longest,
		Items:      &huma.Schema{Type: huma.TypeObject, AdditionalProperties: &huma.Schema{Extensions: map[string]any{"type": []string{huma.TypeNumber, huma.TypeString}}}},
		Extensions: map[string]any{"type": []string{huma.TypeBoolean, huma.TypeNumber, huma.TypeString, huma.TypeArray}}}
}

// text is the value as people would type it.
func (v fieldValue) text() (string, bool) {
	if strings.HasPrefix(string(v), `"`) {
		var text string
		err := json.Unmarshal(v, &text)
		return text, err == nil && len([]rune(text)) <= longestField
	}
	return cell(v).text()
}

// Said are the parts of a record that say what was done.
type Said struct {
	Day    string                `json:"day" pattern:"^[0-9]{4}-[0-9]{2}-[0-9]{2}$" example:"2024-03-24"`
	Until  string                `json:"until,omitempty" pattern:"^[0-9]{4}-[0-9]{2}-[0-9]{2}$" doc:"Of a kind with a span: the last day; none: it goes on" example:"2024-12-31"`
	With   []string              `json:"with,omitempty" maxItems:"50" doc:"Departments and bodies that took part" example:"[\"普宁市林业局\"]"`
	Fields map[string]fieldValue `json:"fields,omitempty" doc:"By key" example:"{\"work\": \"new\", \"trees\": 120, \"species\": \"荔枝80、龙眼40\"}"`
	People map[string]int64      `json:"people,omitempty" doc:"How many took part, by category" example:"{\"members\": 12}"`

	Photos   []int64   `json:"photos,omitempty" maxItems:"20" doc:"Numbers of photos handed in, or that the record has, in order; at most 6" example:"[31]"`
	Position *Position `json:"position,omitempty" doc:"Of a kind that has one"`
}

// input is what is said as the service takes it.
func (a *API) input(s *Said) (record.Input, error) {
	in := record.Input{Typed: record.TypedDays{Day: s.Day, Until: s.Until}, With: s.With, Fields: map[string]string{}, Source: ledger.Source{Kind: ledger.ByAPI}}
	for key, v := range s.Fields {
		text, ok := v.text()
		if !ok && a.isTable(key) {
			text, ok = v.table()
		}
		if !ok {
			return in, ErrRequest.With("field", "body.fields."+clip(key))
		}
		in.Fields[key] = text
	}
	for key, n := range s.People {
		in.Fields["people."+key] = strconv.FormatInt(n, 10)
	}
	in.Photos, in.Position = s.Photos, s.Position.typed()
	return in, nil
}

// Record is one version of a record.
type Record struct {
	ID        int64                 `json:"id" example:"1204"`
	Version   int32                 `json:"version" doc:"Counted from 1; send it as base when changing the record"`
	Kind      string                `json:"kind" example:"planting"`
	Title     string                `json:"title" doc:"Of the kind" example:"义务植树"`
	Unit      string                `json:"unit" example:"445281001202"`
	Name      string                `json:"name" doc:"Of the unit" example:"新坛村"`
	Day       string                `json:"day" example:"2024-03-24"`
	Until     string                `json:"until,omitempty" doc:"Of a kind with a span: the last day"`
	With      []string              `json:"with" doc:"Departments and bodies that took part"`
	Fields    map[string]fieldValue `json:"fields" doc:"By key"`
	Unnamed   map[string]int        `json:"unnamed,omitempty" doc:"Instead of fields with names, for who is not shown them: how many"`
	People    map[string]int64      `json:"people,omitempty" doc:"How many took part, by category"`
	Says      string                `json:"says" doc:"In one line, for people" example:"新种 120 株 · 荔枝80、龙眼40 · 党员 12 人"`
	Status    record.Status         `json:"status" enum:"standing,approved,withdrawn"`
	Pointed   []string              `json:"pointed" doc:"Codes of what should be looked at" example:"[\"record.unusual\"]"`
	Open      bool                  `json:"open" doc:"Something pointed out or objected to is still to be looked at"`
	Looked    string                `json:"looked,omitempty" doc:"What was found when somebody looked at what was pointed out"`
	Dispute   string                `json:"dispute,omitempty" doc:"The village's objection"`
	Answer    string                `json:"answer,omitempty" doc:"To the objection"`
	Photos    []RecordPhoto         `json:"photos"`
	Position  *Position             `json:"position,omitempty" doc:"Where; of a kind that does not prove a tree only for the village and its town"`
	Check     *recordCheck          `json:"check,omitempty" doc:"By the county, of a kind that it checks"`
	Reason    string                `json:"reason,omitempty" doc:"Of the correction or the withdrawal"`
	OnBehalf  bool                  `json:"on_behalf" doc:"Entered by another unit than its own"`
	EnteredBy string                `json:"entered_by"`
	EnteredAt time.Time             `json:"entered_at"`
	Actor     string                `json:"actor" doc:"Who wrote this version"`
	At        time.Time             `json:"at"`
	By        ledger.SourceKind     `json:"by" enum:"form,grid,workbook,api" doc:"By which door"`
	File      string                `json:"file,omitempty" doc:"Of a workbook"`
}

func (a *API) record(tree *unit.Tree, v *record.Version) Record {
	out := Record{ID: v.ID, Version: v.Number, Kind: v.Kind, Title: v.Kind, Unit: v.Unit.String(), Name: tree.ShortName(v.Unit), Day: v.Day.String(), Until: v.Until.String(),
		With: append([]string{}, v.With...), Fields: map[string]fieldValue{}, Unnamed: unnamedOf(&v.Facts), People: v.Facts.People, Says: a.records.Says(v), Status: v.Status,
		Pointed: append([]string{}, v.Pointed...), Open: v.Open() != 0, Looked: v.Looked, Dispute: v.Dispute, Answer: v.Answer, Photos: recordPhotos(v), Position: positionOf(v.Position), Check: checkOf(v.Check), Reason: v.Reason, OnBehalf: v.OnBehalf(), EnteredBy: v.Entered.Actor, EnteredAt: v.Entered.At,
		Actor: v.Actor, At: v.At, By: v.Source.Kind, File: v.Source.File}
	kind, ok := a.records.Kinds().Kind(v.Kind)
	if !ok {
		return out
	}
	out.Title = kind.Title
	for key, text := range v.Facts.Inputs(kind) {
		if f, ok := kind.Field(key); ok {
			out.Fields[key] = valueOf(f, text)
			if f.Type == campaign.FieldRows {
				out.Fields[key] = rowsValue(f, &v.Facts)
			}
		}
	}
	return out
}

// valueOf is a field as programs read it.
func valueOf(f *campaign.Field, typed string) fieldValue {
	switch f.Type {
	case campaign.FieldCount, campaign.FieldMoney:
		return fieldValue(typed)
	case campaign.FieldYesNo:
		return fieldValue(strconv.FormatBool(typed == "是"))
	}
	b, err := json.Marshal(typed)
	if err != nil {
		return fieldValue(`""`)
	}
	return b
}

func recordFaults(list []record.Fault) []fault {
	out := make([]fault, 0, len(list))
	for _, f := range list {
		field := f.Field
		if field == record.WithField {
			field = "with"
		}
		out = append(out, fault{Field: field, Code: f.Code, Message: words.Text(f.Code, f.Params)})
	}
	return out
}

func (a *API) registerRecords() {
	operation(a, op{method: http.MethodGet, path: "/records/kinds", id: "record-kinds", tag: "records", summary: "What the campaign records, and what each kind says"}, a.recordKinds)
	operation(a, op{method: http.MethodGet, path: "/records/{unit}", id: "list-records", tag: "records", summary: "Records of a unit and all below it, the latest day first",
		about: "Names of people are given to the village itself and to its own town; all others are told how many."}, a.listRecords)
	operation(a, op{method: http.MethodPost, path: "/records/{unit}", id: "enter-record", tag: "records", status: http.StatusCreated, summary: "Record what was done at a unit",
		about: "Stored durably before the answer. What is wrong is 422 with faults, field by field, and nothing is stored; what is only unusual is stored and named in pointed. Sent again with the same key it is recorded once."}, a.enterRecord)
	operation(a, op{method: http.MethodGet, path: "/record/{id}", id: "record-versions", tag: "records", summary: "Every version of a record, oldest first"}, a.recordVersions)
	a.registerPhotos()
	a.registerRecordChanges()
	a.registerRegisters()
	a.registerDerived()
}

func (a *API) recordKinds(_ context.Context, actor access.Actor, _ *struct{}) (*body[recordKinds], error) {
	if err := actor.Can(access.ReadCampaign, actor.Unit); err != nil {
		return nil, err
	}
	kinds := a.records.Kinds()
	out := recordKinds{Kinds: []recordKind{}, Categories: choices(kinds.Categories)}
	for _, k := range kinds.Kinds {
		kind := recordKind{k.Key, k.Title, k.Group, k.At, k.People, k.Span, k.Approval, string(k.Photos), k.Position, k.Check, []recordField{}}
		for _, f := range k.Fields {
			kind.Fields = append(kind.Fields, recordField{f.Key, f.Title, f.Type, f.Unit, f.Required, choices(f.Choices), f.Of, tableOf(f.Rows)})
		}
		out.Kinds = append(out.Kinds, kind)
	}
	return answer(out, nil)
}

func choices(list []campaign.Choice) []choice {
	out := []choice{}
	for _, c := range list {
		out = append(out, choice{c.Key, c.Title})
	}
	return out
}

type recordPage struct {
	Records []Record `json:"records"`
	More    bool     `json:"more" doc:"There are more behind these"`
}

func (a *API) listRecords(ctx context.Context, actor access.Actor, in *struct {
	UnitPath
	Kind      string `query:"kind" maxLength:"60" doc:"Only of this kind" example:"planting"`
	From      string `query:"from" maxLength:"10" doc:"Only of this day and later" example:"2024-03-01"`
	To        string `query:"to" maxLength:"10" doc:"Only of this day and earlier" example:"2024-03-31"`
	Pointed   bool   `query:"pointed" doc:"Only those in which something pointed out or objected to is still to be looked at" example:"true"`
	Objected  bool   `query:"objected" doc:"Only those with an objection that nobody has answered" example:"true"`
	Awaiting  bool   `query:"awaiting" doc:"Only those that wait for approval" example:"true"`
	Withdrawn bool   `query:"withdrawn" doc:"Also those withdrawn" example:"true"`
	With      string `query:"with" maxLength:"60" doc:"Only those in which this department or body took part" example:"普宁市林业局"`
	Offset    int    `query:"offset" minimum:"0" maximum:"10000000" doc:"How many to leave out at the head" example:"100"`
	Limit     int    `query:"limit" minimum:"1" maximum:"200" default:"100" doc:"How many to give at most" example:"100"`
}) (*body[recordPage], error) {
	of, err := unit.ParseCode(in.Unit)
	if err != nil {
		return nil, err
	}
	from, err := dayOr(in.From, date.Date{})
	if err != nil {
		return nil, err
	}
	to, err := dayOr(in.To, date.Date{})
	if err != nil {
		return nil, err
	}
	q := record.Query{Of: of, Kind: in.Kind, From: from, To: to, Pointed: in.Pointed, Withdrawn: in.Withdrawn, With: in.With, Offset: in.Offset, Limit: in.Limit + 1}
	if in.Objected {
		q.Open = record.PointObjected
	}
	if in.Awaiting {
		q.Awaiting = a.records.Awaiting()
	}
	list, err := a.records.List(ctx, actor, q)
	if err != nil {
		return nil, err
	}
	out := recordPage{Records: []Record{}, More: len(list) > in.Limit}
	tree := a.records.Tree(a.records.Today())
	for i := range list[:min(len(list), in.Limit)] {
		out.Records = append(out.Records, a.record(tree, &list[i]))
	}
	return answer(out, nil)
}

type newRecord struct {
	Kind string `json:"kind" maxLength:"60" example:"planting"`
	Key  string `json:"key,omitempty" maxLength:"64" doc:"Any text of the program's own: what is sent again with it, for the same unit, kind and day, is recorded once; saying something else it is 409" example:"2024-03-24/planting/7"`
	Said
}

func (a *API) enterRecord(ctx context.Context, actor access.Actor, in *struct {
	UnitPath
	Body newRecord
}) (*body[Record], error) {
	of, err := unit.ParseCode(in.Unit)
	if err != nil {
		return nil, err
	}
	input, err := a.input(&in.Body.Said)
	if err != nil {
		return nil, err
	}
	input.Unit, input.Kind, input.Key = of, in.Body.Kind, in.Body.Key
	v, err := a.records.Enter(ctx, actor, input)
	if err != nil {
		return nil, err
	}
	return answer(a.record(a.records.Tree(a.records.Today()), &v), nil)
}

// RecordPath is the record in a path.
type RecordPath struct {
	ID int64 `path:"id" minimum:"1" doc:"Number of the record" example:"1204"`
}

func (a *API) recordVersions(ctx context.Context, actor access.Actor, in *RecordPath) (*body[[]Record], error) {
	versions, err := a.records.Show(ctx, actor, in.ID)
	if err != nil {
		return nil, err
	}
	out := make([]Record, 0, len(versions))
	tree := a.records.Tree(a.records.Today())
	for i := range versions {
		out = append(out, a.record(tree, &versions[i]))
	}
	return answer(out, nil)
}
