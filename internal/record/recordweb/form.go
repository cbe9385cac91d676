package recordweb

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web/ui"
	"github.com/sangzi/sangzi/internal/words"
)

// The names of a form's inputs: those of the kind's fields and of who took part stand behind a
// prefix, so that no field of a campaign can be mistaken for one that every record has.
const (
	fieldPrefix  = "f."
	peoplePrefix = "p."
	inWhen       = "when" // today, yesterday as their date, or other
	inDay        = "day"
	inUntil      = "until"
	inWith       = "with"
	inPlace      = "at"
	inReason     = "reason"
	inPhotos     = "photos" // where they are added
	inPhoto      = "photo"  // those there are
	inPosition   = "position"
	inLatitude   = "lat"
	inLongitude  = "long"
	inLocate     = "locate" // photo: where a photo was taken
	otherDay     = "other"
)

// form is one record being entered or corrected.
type form struct {
	place
	kind   *campaign.RecordKind
	people []campaign.Choice
	action string
	key    string
	base   string // the version that is corrected; empty: a new record
	typed  url.Values
	errors map[string]string // by input
	order  []ui.FieldError   // as listed above the form
	failed *ui.Notice        // why it was not taken, when that is at no field
	places []ui.Choice       // where it may have been done; empty: it is typed
	names  []string          // of the register of patrons
	unseen map[string]int    // of fields with names that the reader is not shown: how many

	corrects *record.Version // the version that is corrected
	photos   []photoView     // in the form
	unticked []int64         // of those: which are to be taken away
	hidden   bool            // the position may be there and is not shown to the reader
}

// correcting tells whether the form is about a record that stands.
func (f *form) correcting() bool { return f.base != "" }

// asksPlace tells whether the form has to ask where something was done.
func (f *form) asksPlace() bool { return !f.correcting() && f.unit.Level() < unit.LevelVillage }

func (f *form) value(name string) string { return f.typed.Get(name) }

// newForm is an empty form of a kind for today.
func (p *Pages) newForm(pl place, kind *campaign.RecordKind) *form {
	f := &form{place: pl, kind: kind, action: newURL(pl.unit.Code, kind.Key), key: newKey(), typed: url.Values{inWhen: {pl.today.String()}}, errors: map[string]string{}}
	if kind.People {
		f.people = p.records.Kinds().Categories
	}
	if pl.unit.Level() == unit.LevelTown {
		f.places = []ui.Choice{{Label: "请选择"}}
		if kind.MayBeAt("town") {
			f.places = append(f.places, ui.Choice{Value: pl.unit.Code.String(), Label: pl.unit.Name + "（镇里办的）"})
		}
		for _, v := range pl.tree.Villages(pl.unit.Code) {
			if v.Kind == unit.Ordinary {
				f.places = append(f.places, ui.Choice{Value: v.Code.String(), Label: pl.name(v.Code)})
			}
		}
	}
	return f
}

// kindOf is the kind in the path.
func (p *Pages) kindOf(r *http.Request) (*campaign.RecordKind, bool) {
	return p.records.Kinds().Kind(r.PathValue("kind"))
}

// read takes what was typed.
func (f *form) read(values url.Values) {
	f.typed = values
	f.takeKey(values)
}

func (f *form) takeKey(values url.Values) {
	if key := values.Get("key"); len(key) >= 16 && len(key) <= 64 {
		f.key = key
	}
}

// input is what was typed as the service takes it, without where it was done.
func (f *form) input() record.Input {
	in := record.Input{Kind: f.kind.Key, Unit: f.unit.Code, Fields: map[string]string{}, Source: ledger.Source{Kind: ledger.ByForm}, Key: f.key}
	in.Typed.Day = f.value(inWhen)
	if in.Typed.Day == otherDay || in.Typed.Day == "" {
		in.Typed.Day = f.value(inDay)
	}
	in.Typed.Until = f.value(inUntil)
	in.Photos = f.photoIDs()
	in.Position = record.TypedPosition{Latitude: f.value(inLatitude), Longitude: f.value(inLongitude), FromPhoto: f.value(inLocate) != ""}
	in.With = strings.FieldsFunc(f.value(inWith), func(r rune) bool { return strings.ContainsRune("、，,；;\n", r) })
	for i := range f.kind.Fields {
		field := &f.kind.Fields[i]
		if field.Type == campaign.FieldRows {
			in.Fields[field.Key] = f.rowsTyped(field)
			continue
		}
		in.Fields[field.Key] = f.value(fieldPrefix + field.Key)
	}
	for _, c := range f.people {
		in.Fields["people."+c.Key] = f.value(peoplePrefix + c.Key)
	}
	return in
}

// fill types a version into the form.
func (f *form) fill(v *record.Version) {
	f.typed = url.Values{inWhen: {otherDay}, inDay: {v.Day.String()}, inWith: {strings.Join(v.With, "、")}}
	if day := v.Day; day == f.today || day == f.today.Add(-1) {
		f.typed.Set(inWhen, day.String())
	}
	if !v.Until.IsZero() {
		f.typed.Set(inUntil, v.Until.String())
	}
	for _, id := range v.PhotoIDs() {
		f.typed.Add(inPhoto, strconv.FormatInt(id, 10))
	}
	if at := v.Position; at != nil {
		f.typed.Set(inLatitude, record.Degrees(at.Latitude))
		f.typed.Set(inLongitude, record.Degrees(at.Longitude))
	}
	for key, text := range v.Facts.Inputs(f.kind) {
		if category, ok := strings.CutPrefix(key, "people."); ok {
			f.typed.Set(peoplePrefix+category, text)
			continue
		}
		f.typed.Set(fieldPrefix+key, text)
	}
	f.fillRows(&v.Facts)
}

// inputOf is the input at which a fault is shown.
func (f *form) inputOf(field string) string {
	switch field {
	case record.DayField:
		return inDay
	case record.UntilField:
		return inUntil
	case record.WithField:
		return inWith
	case record.PlaceField:
		return inPlace
	case record.PhotosField, record.PositionField:
		return field
	}
	if category, ok := strings.CutPrefix(field, "people."); ok {
		return peoplePrefix + category
	}
	return fieldPrefix + field
}

// blame puts a refusal where it belongs: faults at their fields, what else people can be told
// above the form. It is false for an internal failure.
func (f *form) blame(err error) bool {
	defer f.sort()
	if found := (*record.Faults)(nil); errors.As(err, &found) {
		for _, one := range found.List {
			f.wrong(f.inputOf(one.Field), words.Text(one.Code, one.Params))
		}
		return true
	}
	found, ok := problem.Of(err)
	switch {
	case !ok || found.Kind == problem.NotFound || found.Kind == problem.Forbidden:
		return false
	case errors.Is(err, record.ErrReason):
		f.wrong(inReason, words.Text(found.Code, found.Params))
	case errors.Is(err, record.ErrPlace) && f.asksPlace():
		f.wrong(inPlace, words.Text(found.Code, problem.Params{"kind": f.kind.Title, "unit": f.value(inPlace)}))
	default:
		f.failed = &ui.Notice{Tone: ui.Wrong, Title: "没有存上，您填的还在下面", Text: words.Text(found.Code, found.Params)}
	}
	return true
}

func (f *form) wrong(input, message string) {
	if f.errors[input] == "" {
		f.errors[input] = message
	}
}

// inputs are the form's inputs in the order in which they stand.
func (f *form) inputs() []string {
	list := []string{inPlace, inDay, inUntil}
	for i := range f.kind.Fields {
		if i == f.needed() {
			list = append(list, inPhotos)
		}
		list = append(list, fieldPrefix+f.kind.Fields[i].Key)
		list = append(list, f.rowInputs(&f.kind.Fields[i])...)
	}
	if f.needed() == len(f.kind.Fields) {
		list = append(list, inPhotos)
	}
	list = append(list, inPosition)
	for _, c := range f.people {
		list = append(list, peoplePrefix+c.Key)
	}
	return append(list, inWith, inReason)
}

// sort lists the faults as the fields stand.
func (f *form) sort() {
	f.order = nil
	for _, input := range f.inputs() {
		if message := f.errors[input]; message != "" {
			f.order = append(f.order, ui.FieldError{Field: f.id(input), Message: message})
		}
	}
}

// id is the id to which a fault at an input leads: the first answer where there are several.
func (f *form) id(input string) string {
	switch {
	case input == inDay:
		if f.when() == otherDay && f.value(inWhen) != "" {
			return inDay
		}
		return inWhen + "-0"
	case f.isChoice(input):
		return input + "-0"
	}
	return input
}

func (f *form) isChoice(input string) bool {
	key, ok := strings.CutPrefix(input, fieldPrefix)
	field, known := f.kind.Field(key)
	return ok && known && (field.Type == campaign.FieldChoice || field.Type == campaign.FieldYesNo)
}

// needed is how many fields stand up to the last that must be filled: photos come behind it.
func (f *form) needed() int {
	n := 0
	for i := range f.kind.Fields {
		if f.kind.Fields[i].Required {
			n = i + 1
		}
	}
	return n
}

// days are the days of one tap.
func (f *form) days() []ui.Choice {
	today, yesterday := f.today, f.today.Add(-1)
	return []ui.Choice{{Value: today.String(), Label: "今天 " + short(today)}, {Value: yesterday.String(), Label: "昨天 " + short(yesterday)}, {Value: otherDay, Label: "别的日子"}}
}

// short is 3/29.
func short(d date.Date) string {
	return strings.TrimSuffix(strings.Replace(d.ShortChinese(), "月", "/", 1), "日")
}

// when is which of the days of one tap is taken.
func (f *form) when() string {
	w := f.value(inWhen)
	for _, c := range f.days() {
		if c.Value == w {
			return w
		}
	}
	return otherDay
}

// otherValue is the day typed as another than those of one tap; a form left open over midnight
// keeps the day it was sent with.
func (f *form) otherValue() string {
	if w := f.value(inWhen); w != "" && w != otherDay && f.when() == otherDay {
		return w
	}
	return f.value(inDay)
}

// opened tells whether who took part is to be seen at once: it holds something, or is wrong.
func (f *form) opened() bool {
	if f.value(inWith) != "" || f.errors[inWith] != "" {
		return true
	}
	for _, c := range f.people {
		if f.value(peoplePrefix+c.Key) != "" || f.errors[peoplePrefix+c.Key] != "" {
			return true
		}
	}
	return false
}

// data is what an input shows.
func (f *form) data(input, label string) ui.FieldData {
	return ui.FieldData{Name: input, Label: label, Value: f.value(input), Error: f.errors[input], Autocomplete: "off"}
}

// dataOf is what the input of a field shows.
func (f *form) dataOf(field *campaign.Field) ui.FieldData {
	d := f.data(fieldPrefix+field.Key, field.Title)
	d.Optional, d.Suffix, d.Help = !field.Required, field.Unit, field.Help
	switch field.Type {
	case campaign.FieldCount:
		d.InputMode, d.MaxLength = "numeric", 20
		if table := f.tableOf(field.Key); table != nil {
			d.Optional, d.Help = true, "填了“"+table.Title+"”就不用填，按表算"
		}
	case campaign.FieldMoney:
		d.InputMode, d.MaxLength = "decimal", 20
	case campaign.FieldText:
		d.MaxLength = 300
	case campaign.FieldSpecies:
		d.MaxLength, d.Help = 600, "写成“荔枝100、龙眼20”，加起来等于总数"
	case campaign.FieldNames:
		if field.Register {
			d = offered(d, f.names)
		}
		d.MaxLength, d.Help = 600, "几个人用顿号隔开：陈木清、黄秀英。姓名只有本村和本镇看得到。"
		if n := f.unseen[field.Key]; n > 0 {
			d.Optional, d.Help = true, "已记 "+words.Number(int64(n))+" 人，姓名只有本村和本镇看得到。不改就留空。"
		}
	}
	return d
}

// answers are the choices of a field; one that may be left out can be left out again.
func answers(field *campaign.Field) []ui.Choice {
	var list []ui.Choice
	if field.Type == campaign.FieldYesNo {
		list = ui.YesNo()
	}
	for _, c := range field.Choices {
		list = append(list, ui.Choice{Value: c.Key, Label: c.Title})
	}
	if !field.Required {
		list = append(list, ui.Choice{Label: "不填"})
	}
	return list
}

// brief tells whether answers fit side by side on a small phone.
func brief(list []ui.Choice) bool {
	n := 0
	for _, c := range list {
		n += len([]rune(c.Label))
	}
	return len(list) <= 3 && n <= 14
}
