package recordweb

import (
	"net/http"
	"slices"
	"strings"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/web/ui"
	"github.com/sangzi/sangzi/internal/words"
)

// fact is one thing a record says.
type fact struct {
	title, text string
	table       bool   // it stands below as a table
	shapes      string // what is drawn in it
}

// change is one thing that a version made another.
type change struct{ title, from, to string }

// step is one version as the record's page tells it.
type step struct {
	act     string
	who     string
	at      string
	reason  string
	by      string // by which door, when not by the form
	changes []change
}

// showPage is one record.
type showPage struct {
	found
	title    string
	facts    []fact
	steps    []step // newest first
	columns  []string
	pointed  []string
	awaiting bool            // of a kind that counts only once approved
	counts   *record.Version // the version that counts; nil: none
	again    string          // where another of the kind is entered; empty: not by this reader
	tried    attempt
	photos   []shownPhoto
	extent   *extent  // where it is; nil: not said, or the county's extent is not known
	unlisted []string // names that are not in the register of patrons yet
	tables   []factTable
	sketch   *sketch
	paper    bool // it has a page of its own to be printed
}

// attempt is what was tried on the page and not taken.
type attempt struct {
	what    string // withdraw, object, approve, answer, look, check
	verdict string // of a check
	reason  string
	wrong   string
}

// show is GET /record/{id}.
func (p *Pages) show(w http.ResponseWriter, r *http.Request) error {
	f, err := p.find(r)
	if err != nil {
		return err
	}
	return p.renderRecord(w, r, f, attempt{}, http.StatusOK)
}

func (p *Pages) renderRecord(w http.ResponseWriter, r *http.Request, f found, tried attempt, status int) error {
	v := f.last()
	pg := showPage{found: f, title: v.Kind, pointed: pointedWords(v), tried: tried, facts: p.facts(&f.place, v)}
	if kind, ok := p.records.Kinds().Kind(v.Kind); ok {
		pg.title, pg.awaiting, pg.counts = kind.Title, kind.Approval, p.records.Counts(f.versions)
		pg.tables, pg.sketch, pg.paper = tablesOf(kind, &v.Facts), sketchOf(kind, &v.Facts, pg.name(v.Unit)+kind.Title), kind.Drawn()
		if len(p.Tiles(f.actor, f.unit.Code)) > 0 {
			pg.again = newURL(f.unit.Code, kind.Key)
		}
	}
	if v.Unit.Level() == unit.LevelVillage && v.Status != record.Withdrawn {
		for _, i := range p.records.Columns(v) {
			pg.columns = append(pg.columns, p.form.Columns[i].Short)
		}
	}
	photos, err := p.shownPhotos(r.Context(), &f.place, v)
	if err != nil {
		return err
	}
	pg.photos, pg.extent = photos, p.extentOf(v, photos)
	if pg.unlisted, err = p.unlisted(r.Context(), &f, v); err != nil {
		return err
	}
	for i := range f.versions {
		pg.steps = append(pg.steps, p.step(&f, i))
	}
	slices.Reverse(pg.steps)
	page := f.page(pg.title+" "+v.Day.ShortChinese(), ui.Crumb{Label: pg.title + " " + v.Day.ShortChinese()})
	page.Status = status
	if len(pg.tables) > 0 || pg.paper || len(pg.unlisted) > 0 {
		page.Styles = append(page.Styles, "register.css")
	}
	if f.village() {
		page.Bar = showBar(&pg)
	} else {
		page.Actions = showActions(&pg)
	}
	return web.Render(w, r, page, showBody(&pg))
}

// facts are what a version says, where, when and who took part.
func (p *Pages) facts(pl *place, v *record.Version) []fact {
	list := []fact{{title: "在哪里", text: pl.tree.FullName(v.Unit)}, {title: "哪天", text: v.Day.Chinese()}}
	if kind, ok := p.records.Kinds().Kind(v.Kind); ok && kind.Span {
		list[1].title = "从哪天起"
		until := "还在继续"
		if !v.Until.IsZero() {
			until = v.Until.Chinese()
		}
		list = append(list, fact{title: "到哪天", text: until})
	}
	var people []string
	for _, it := range p.records.Items(v) {
		if it.Field == nil {
			people = append(people, it.Title+" "+it.Text)
			continue
		}
		list = append(list, fact{title: it.Title, text: it.Text, table: it.Field.Type == campaign.FieldRows, shapes: shapesOf(v, it.Key)})
	}
	if len(people) > 0 {
		list = append(list, fact{title: "参加人员", text: strings.Join(people, "、")})
	}
	if at := v.Position; at != nil {
		list = append(list, fact{title: "位置", text: degreesOf(at)})
	}
	if len(v.With) > 0 {
		list = append(list, fact{title: "会同单位", text: strings.Join(v.With, "、")})
	}
	return list
}

// step tells what the i-th version did.
func (p *Pages) step(f *found, i int) step {
	v := &f.versions[i]
	var before *record.Version
	if i > 0 {
		before = &f.versions[i-1]
	}
	act := v.Act(before)
	s := step{act: words.Text("record_act."+string(act), nil), who: f.who(v.Entry(), v.Unit), at: f.moment(v.At)}
	switch act {
	case record.DidObject:
		s.reason = v.Dispute
	case record.DidCorrect:
		s.reason = v.Reason
		s.changes = append(difference(p.facts(&f.place, before), p.facts(&f.place, v)), photosChanged(before, v)...)
	case record.DidWithdraw:
		s.reason = v.Reason
	case record.DidAnswer:
		s.reason = v.Answer
	case record.DidLook:
		s.reason = v.Looked
	case record.DidCheck:
		s.act += "：" + words.Text("record_check."+string(v.Check.Verdict), nil)
		s.reason = v.Check.Words
	case record.DidEnter:
		s.by = door(v)
	}
	return s
}

// door says by which door a record came, when it was not typed into a form.
func door(v *record.Version) string {
	switch {
	case v.Source.File != "":
		return "上传《" + v.Source.File + "》第 " + words.Number(int64(v.Source.Row)) + " 行"
	case v.Source.Kind == "api":
		return "由程序送来"
	}
	return ""
}

// difference is what one list of facts has otherwise than another.
func difference(from, to []fact) []change {
	text := func(list []fact, title string) string {
		for _, f := range list {
			if f.title == title {
				return f.text
			}
		}
		return "没有填"
	}
	drawn := func(list []fact, title string) string {
		for _, f := range list {
			if f.title == title {
				return f.shapes
			}
		}
		return ""
	}
	var list []change
	seen := map[string]bool{}
	for _, f := range append(slices.Clone(to), from...) {
		if a, b := text(from, f.title), text(to, f.title); a != b && !seen[f.title] {
			seen[f.title] = true
			list = append(list, change{f.title, a, b})
		} else if !seen[f.title] && drawn(from, f.title) != drawn(to, f.title) {
			seen[f.title] = true
			list = append(list, change{f.title, "原来画的位置", "改过的位置"})
		}
	}
	return list
}
