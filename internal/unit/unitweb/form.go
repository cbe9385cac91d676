package unitweb

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/unit/register"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/web/ui"
	"github.com/sangzi/sangzi/internal/words"
)

// form is what has been typed into a verb's form, right or wrong.
type form struct {
	verb     register.Verb
	unit     unit.Unit
	tree     *unit.Tree
	siblings []unit.Unit // of the unit's level under the same parent
	hint     string      // which codes are free

	day, name, code, successor string
	newCode                    bool // a merge under a code of its own
	with                       []string
	parts                      []part
	seen                       int

	errors []ui.FieldError
}

type part struct{ code, name string }

const mostParts = 4

// form makes the empty form of a verb at the unit of the path.
func (p *Pages) form(r *http.Request, v register.Verb) (*form, error) {
	of, err := web.PathUnit(r)
	if err != nil {
		return nil, err
	}
	actor := web.ActorOf(r.Context())
	b, err := p.register.Branch(r.Context(), actor, of, date.Date{})
	if err != nil {
		return nil, err
	}
	f := &form{verb: v, unit: b.Unit, tree: b.Tree}
	if parent, ok := b.Tree.Parent(of); ok && actor.Unit.Contains(parent.Code) {
		for _, u := range b.Tree.Children(parent.Code) {
			if u.Code != of && u.Level() == of.Level() {
				f.siblings = append(f.siblings, u)
			}
		}
	}
	if v == register.Add {
		if of.Level() == unit.LevelVillage {
			return nil, web.ErrNotFound
		}
		f.hint = p.freeCodes(r, of)
	}
	return f, nil
}

// freeCodes says which codes come next: villages of 居委会 are numbered below 200 in their town.
func (p *Pages) freeCodes(r *http.Request, of unit.Code) string {
	actor := web.ActorOf(r.Context())
	var hints []string
	say := func(what string, first int64) {
		if code, ok := p.register.FreeCode(actor, of, first); ok {
			hints = append(hints, what+"下一个空号 "+code.String())
		}
	}
	if of.Level() == unit.LevelTown {
		say("村委会", 200)
		say("居委会", 0)
	} else {
		say("", 0)
	}
	return strings.Join(append(hints, "以统计部门公布的为准"), "；")
}

// begin fills in what is most likely wanted.
func (f *form) begin(p *Pages) {
	f.day = p.register.Today().String()
	switch f.verb {
	case register.Rename, register.Merge:
		f.name = f.unit.Name
	case register.Split:
		f.parts = []part{{f.unit.Code.String(), f.unit.Name}}
	}
	f.pad()
}

func (f *form) pad() {
	for len(f.parts) < mostParts {
		f.parts = append(f.parts, part{})
	}
}

// fill takes what was posted.
func (f *form) fill(v url.Values) {
	text := func(key string) string { return strings.TrimSpace(v.Get(key)) }
	f.day, f.name, f.code, f.successor = text("day"), text("name"), text("code"), text("successor")
	f.newCode, f.with, f.seen = v.Get("into") == "new", v["with"], seenOf(v)
	codes, names := v["part_code"], v["part_name"]
	for i := range min(len(codes), len(names), mostParts) {
		f.parts = append(f.parts, part{strings.TrimSpace(codes[i]), strings.TrimSpace(names[i])})
	}
	f.pad()
}

// hidden is what was typed, to be posted again from the preview.
func (f *form) hidden() [][2]string {
	list := [][2]string{{"day", f.day}, {"name", f.name}, {"code", f.code}, {"successor", f.successor}}
	if f.newCode {
		list = append(list, [2]string{"into", "new"})
	}
	for _, w := range f.with {
		list = append(list, [2]string{"with", w})
	}
	for _, p := range f.parts {
		list = append(list, [2]string{"part_code", p.code}, [2]string{"part_name", p.name})
	}
	return slices.DeleteFunc(list, func(kv [2]string) bool { return kv[1] == "" && !strings.HasPrefix(kv[0], "part_") })
}

func (f *form) wrong(field, message string) {
	f.errors = append(f.errors, ui.FieldError{Field: field, Message: message})
}

// errorAt is what is wrong at a field.
func (f *form) errorAt(field string) string {
	for _, e := range f.errors {
		if e.Field == field {
			return e.Message
		}
	}
	return ""
}

// readCode reads a code of one of the form's fields.
func (f *form) readCode(field, text string) unit.Code {
	code, err := unit.ParseCode(text)
	if err != nil {
		sentence, _ := words.Of(err)
		f.wrong(field, sentence)
	}
	return code
}

// change reads the form; ok is false when something in it cannot be read.
func (f *form) change() (c register.Change, ok bool) {
	on := register.On{Seen: f.seen}
	if f.day != "" {
		day, err := date.Parse(f.day)
		if err != nil {
			f.wrong("day", "日期写作 2024-03-29")
		}
		on.Day = day
	}
	switch f.verb {
	case register.Rename:
		c = register.RenameInput{On: on, Unit: f.unit.Code, Name: f.name}
	case register.Add:
		c = f.addition(on)
	case register.Abolish:
		in := register.AbolishInput{On: on, Unit: f.unit.Code}
		if f.successor != "" {
			in.Successor = f.readCode("successor", f.successor)
		}
		c = in
	case register.Merge:
		c = f.merger(on)
	case register.Split:
		c = f.division(on)
	case register.Move:
		c = register.MoveInput{On: on, Unit: f.unit.Code, To: f.readCode("code", f.code)}
	}
	return c, len(f.errors) == 0
}

func (f *form) addition(on register.On) register.AddInput {
	in := register.AddInput{On: on, Unit: f.readCode("code", f.code), Name: f.name}
	if len(f.errors) == 0 && (!f.unit.Code.Contains(in.Unit) || in.Unit == f.unit.Code) {
		f.wrong("code", "代码 "+in.Unit.String()+" 不在“"+f.unit.Name+"”下面")
	}
	return in
}

func (f *form) merger(on register.On) register.MergeInput {
	in := register.MergeInput{On: on, Units: []unit.Code{f.unit.Code}, Into: f.unit.Code, Name: f.name}
	for _, w := range f.with {
		in.Units = append(in.Units, f.readCode("with", w))
	}
	if len(f.with) == 0 {
		f.wrong("with", "请选要并进来的单位")
	}
	if f.newCode {
		in.Into = f.readCode("code", f.code)
	}
	return in
}

func (f *form) division(on register.On) register.SplitInput {
	in := register.SplitInput{On: on, Unit: f.unit.Code}
	for i, p := range f.parts {
		if p.code == "" && p.name == "" {
			continue
		}
		in.Parts = append(in.Parts, register.Part{Code: f.readCode(partID(i), p.code), Name: p.name})
	}
	return in
}
