package bulletin_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/sangzi/sangzi/internal/bulletin"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/ledger/ledgertest"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
)

// The names of references map both ways without loss, no two alike, and each reads as clerks
// would say it.
func TestNames(t *testing.T) {
	form := campaign.Default().Ledger
	names := bulletin.NewNames(form)
	for ref, want := range map[string]string{"planted_trees": "已植树", "planted_trees+": "本期新增已植树", "planted_trees/planned_trees%": "已植树/计划植树",
		"seminar_held%": "乡贤座谈会占比", "on_time/expected%": "按时村次/应报村次", "villages": "村（社区）数", "list": "名单", "unit": "单位名称", "nothing": "nothing"} {
		if got := names.Of(ref); got != want {
			t.Errorf("%s is called %s, want %s", ref, got, want)
		}
	}
	refs := slices.Clone(campaign.BulletinWords)
	for _, a := range append(slices.Clone(campaign.RefCounts), keys(form)...) {
		refs = append(refs, a, a+"+", a+"%")
		for _, b := range append(slices.Clone(campaign.RefCounts), keys(form)...) {
			refs = append(refs, a+"/"+b+"%")
		}
	}
	seen, known := map[string]string{}, 0
	for _, ref := range refs {
		_, err := campaign.ParseRef(form, ref)
		if err != nil && !slices.Contains(campaign.BulletinWords, ref) {
			continue
		}
		known++
		name := names.Of(ref)
		if other, twice := seen[name]; twice || name == ref {
			t.Errorf("%s and %s are both called %s", ref, other, name)
		}
		seen[name] = ref
		if got := names.Typed("甲{" + name + "}乙"); got != "甲{"+ref+"}乙" {
			t.Errorf("{%s} is read %s", name, got)
		}
	}
	if known < 150 {
		t.Errorf("only %d references", known)
	}
	for typed, want := range map[string]string{"｛已植树｝": "{planted_trees}", "{ 已植树 }": "{planted_trees}", "{已植树／计划植树}": "{planted_trees/planned_trees%}",
		"{planted_trees+}": "{planted_trees+}", "{没有}": "{没有}", "{{已植树}": "{{planted_trees}", "已植树}": "已植树}", "{已植树": "{已植树"} {
		if got := names.Typed(typed); got != want {
			t.Errorf("%s is read %s, want %s", typed, got, want)
		}
	}
	rapid.Check(t, func(rt *rapid.T) {
		kept := ""
		for range rapid.IntRange(0, 6).Draw(rt, "pieces") {
			if rapid.Bool().Draw(rt, "reference") {
				kept += "{" + rapid.SampledFrom(mapValues(seen)).Draw(rt, "ref") + "}"
			} else {
				kept += rapid.StringOf(rapid.RuneFrom([]rune("植树/%+ 株<&已本期新增占比"))).Draw(rt, "words")
			}
		}
		if got := names.Typed(names.Shown(kept)); got != kept {
			rt.Fatalf("%q comes back as %q", kept, got)
		}
	})
}

func keys(form *campaign.Form) []string {
	var out []string
	for _, c := range form.Columns {
		out = append(out, c.Key)
	}
	return out
}

func mapValues(m map[string]string) []string {
	var out []string
	for _, v := range m {
		out = append(out, v)
	}
	slices.Sort(out)
	return out
}

// What was drafted and is given back as it is shown is the same bulletin, byte for byte.
func TestEditOfNothing(t *testing.T) {
	d := sit(t, ledgertest.Busy(t, "2024-03-30 09:00"), testkit.SQLite(t))
	first := d.begin()
	words := d.Words(&first.Draft)
	if !strings.Contains(words.Sections[1].Paragraphs[0].Text, "{本期新增已植树}") {
		t.Errorf("it is shown as %s", words.Sections[1].Paragraphs[0].Text)
	}
	second, err := d.Edit(ctx, testkit.County, d.on(), words)
	if err != nil || second.Text != first.Text {
		t.Errorf("%v:\n%s\n%s", err, first.Text, second.Text)
	}
}

func TestEdit(t *testing.T) {
	d := sit(t, ledgertest.Busy(t, "2024-03-30 09:00"), testkit.SQLite(t))
	v := d.begin()
	words := d.Words(&v.Draft)
	words.Sections = words.Sections[1:] // what leads in has no heading, and stands first or not at all
	words.Sections[0], words.Sections[1] = words.Sections[1], words.Sections[0]
	words.Sections[0].Heading = " 工作\n情况 "
	words.Sections[0].Paragraphs[0].Text = "培训{本期新增培训人次}人次。\r\n \r\n另：{单位名称}有{名单个数}个单位已完成。"
	words.Sections[0].Paragraphs[0].Pick = &bulletin.Pick{Of: "planted_trees", AtLeast: 1}
	words.Sections[4].Paragraphs = nil
	v, err := d.Edit(ctx, testkit.County, d.on(), words)
	if err != nil {
		t.Fatal(err)
	}
	s := v.Draft.Sections
	if len(s) != 4 || s[0].Heading != "工作 情况" || s[1].Heading != "总体进展" || s[0].Paragraphs[0].Text != "培训{training_attendances+}人次。" {
		t.Errorf("kept %+v", s)
	}
	if p := s[0].Paragraphs[1]; p.Text != "另：{unit}有{count}个单位已完成。" || p.Pick == nil || len(p.List) == 0 || !slices.IsSorted(p.List) {
		t.Errorf("the list is %+v", p)
	}
	if s[0].Paragraphs[0].Pick != nil {
		t.Error("a paragraph without a list has a condition")
	}
}

// What is wrong is said at its paragraph, all at once, and nothing is kept.
func TestFaults(t *testing.T) {
	d := sit(t, ledgertest.Busy(t, "2024-03-30 09:00"), testkit.SQLite(t))
	v := d.begin()
	good := d.Words(&v.Draft)
	long := strings.Repeat("字", bulletin.MaxText+1)
	for _, c := range []struct {
		text string
		pick *bulletin.Pick
		want error
	}{
		{"植树{植树多少}株", nil, bulletin.ErrReference}, {"{planted_trees%}", nil, bulletin.ErrReference}, {"{}", nil, bulletin.ErrReference}, {"{unit }}", nil, bulletin.ErrBrace},
		{"{已植树", nil, bulletin.ErrBrace}, {"已植树}", nil, bulletin.ErrBrace}, {"{{已植树}}", nil, bulletin.ErrBrace}, {"｛植树", nil, bulletin.ErrBrace},
		{"{名单}", nil, bulletin.ErrList}, {"{名单}", &bulletin.Pick{Of: "nothing"}, bulletin.ErrReference}, {"{名次}", nil, bulletin.ErrReference},
		{"{名单}", &bulletin.Pick{Of: "missing", AtLeast: -1}, bulletin.ErrLimit}, {"{名单}", &bulletin.Pick{Of: "missing", Also: &bulletin.Condition{Of: "x"}}, bulletin.ErrReference},
		{"{名单}", &bulletin.Pick{Of: "missing", Except: []unit.Code{testkit.Huilai}}, bulletin.ErrReference}, {"{名单}", &bulletin.Pick{Of: "rank", AtLeast: 1}, bulletin.ErrReference},
		{"{名单和个数}", &bulletin.Pick{Kind: campaign.ListVillages, Which: "lazy"}, bulletin.ErrList}, {"{名单}", &bulletin.Pick{Kind: campaign.ListColumns}, bulletin.ErrList}, {"{名单}", &bulletin.Pick{Kind: "people"}, bulletin.ErrList}, {long, nil, bulletin.ErrLong},
	} {
		words := d.Words(&v.Draft)
		words.Title = ""
		words.Sections[2].Paragraphs[2] = bulletin.ParagraphWords{Text: c.text, Pick: c.pick}
		_, err := d.Edit(ctx, testkit.County, d.on(), words)
		var faults *bulletin.Faults
		if !errors.As(err, &faults) || !errors.Is(err, bulletin.ErrFaults) || len(faults.List) != 2 {
			t.Errorf("%.20s: %v", c.text, err)
			continue
		}
		if f := faults.List[0]; f.Field != "title" || !errors.Is(f.Problem, bulletin.ErrBlank) {
			t.Errorf("%.20s: of the title %+v", c.text, f)
		}
		if f := faults.List[1]; f.Field != "" || f.Section != 2 || f.Paragraph != 2 || !errors.Is(f.Problem, c.want) {
			t.Errorf("%.20s: %+v, want %v", c.text, f, c.want)
		}
		if _, err := d.Preview(ctx, testkit.County, d.on(), words); !errors.Is(err, bulletin.ErrFaults) {
			t.Errorf("%.20s: looked at it, %v", c.text, err)
		}
	}
	for name, spoil := range map[string]func(*bulletin.Words){
		"nothing":            func(w *bulletin.Words) { w.Sections = nil },
		"no issuer":          func(w *bulletin.Words) { w.Issuers = []string{" "} },
		"a heading too long": func(w *bulletin.Words) { w.Sections[0].Heading = strings.Repeat("字", bulletin.MaxLine+1) },
		"no heading":         func(w *bulletin.Words) { w.Sections[1].Heading = "\u202e" },
		"too many sections":  func(w *bulletin.Words) { w.Sections = make([]bulletin.SectionWords, bulletin.MaxSections+1) },
		"too many paragraphs": func(w *bulletin.Words) {
			w.Sections[0].Paragraphs[0].Text = strings.Repeat("字\n", bulletin.MaxParagraphs+1)
		},
	} {
		words := d.Words(&v.Draft)
		spoil(&words)
		if _, err := d.Edit(ctx, testkit.County, d.on(), words); !errors.Is(err, bulletin.ErrFaults) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if on := d.on(); on.Base != 1 {
		t.Errorf("%d versions after refusals only", on.Base)
	}
	shown, err := d.Preview(ctx, testkit.County, d.on(), good)
	if err != nil || !reflect.DeepEqual(shown, v.Draft) || d.on().Base != 1 {
		t.Errorf("looked at it: %v", err)
	}
}

// Whatever is typed is refused or becomes words and figures that were meant: no run of it is a
// figure unless its reference stood in braces, and nothing of the text is lost or made up.
func TestHostileText(t *testing.T) {
	d := sit(t, ledgertest.Busy(t, "2024-03-30 09:00"), testkit.SQLite(t))
	v := d.begin()
	rapid.Check(t, func(rt *rapid.T) {
		atoms := []string{"{已植树}", "{", "}", "｛", "planted_trees", "<script>alert(1)</script>", "[a](http://x)", "=1+1", "\u202e", "\x00", "\n", "&amp;", "{unit}", "植树", " ", "{{unit}}", "http://x.cn"}
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(atoms), 1, 8).Draw(rt, "text"), "")
		words := d.Words(&v.Draft)
		words.Sections[0].Paragraphs = []bulletin.ParagraphWords{{Text: text}}
		got, err := d.Preview(ctx, testkit.County, d.on(), words)
		if err != nil {
			if !errors.Is(err, bulletin.ErrFaults) {
				rt.Fatalf("%q: %v", text, err)
			}
			return
		}
		figures := 0
		read := ""
		if got.Sections[0].Heading == v.Draft.Sections[0].Heading { // else the paragraph was blank
			for _, p := range got.Sections[0].Paragraphs {
				for _, r := range got.Runs(d.Form(), p) {
					if r.Figure != nil {
						figures++
						read += "{已植树}"
					} else {
						read += r.Text
					}
				}
			}
		}
		if figures != strings.Count(text, "{已植树}") || strings.ContainsAny(read, "\x00\u202e\n") {
			rt.Fatalf("%q reads %q with %d figures", text, read, figures)
		}
		plain := strings.NewReplacer("{unit}", "普宁市", "\u202e", "", "\x00", "", "\n", "", " ", "").Replace(text)
		if strings.ReplaceAll(read, " ", "") != plain {
			rt.Fatalf("%q reads %q", text, read)
		}
	})
}

// New figures under the same words: lists are picked anew, and one that names nobody is told when
// the draft is submitted.
func TestRedraft(t *testing.T) {
	w := ledgertest.Busy(t, "2024-03-26 09:00")
	d := sit(t, w, testkit.SQLite(t))
	first := d.begin()
	words := d.Words(&first.Draft)
	words.Sections = words.Sections[1:2]
	words.Sections[0].Paragraphs = append(words.Sections[0].Paragraphs,
		bulletin.ParagraphWords{Text: "{名单}", Pick: &bulletin.Pick{Of: "missing", AtLeast: 1}}, bulletin.ParagraphWords{Text: "没有的：{名单}", Pick: &bulletin.Pick{Of: "planted_trees", AtLeast: 1e12}})
	if _, err := d.Edit(ctx, testkit.County, d.on(), words); err != nil {
		t.Fatal(err)
	}
	_, err := d.Submit(ctx, testkit.County, d.on())
	var faults *bulletin.Faults
	if !errors.As(err, &faults) || len(faults.List) != 1 || faults.List[0].Paragraph != len(words.Sections[0].Paragraphs)-1 || !errors.Is(faults.List[0].Problem, bulletin.ErrListEmpty) {
		t.Errorf("submitted with an empty list: %v", err)
	}
	w.Clock.Set(testkit.NewClock("2024-03-30 09:00").Now())
	again := d.must(bulletin.ToRedraft, testkit.County)
	if again.Draft.Snapshot.Week == first.Draft.Snapshot.Week || again.Draft.Date == first.Draft.Date {
		t.Error("the figures are the old ones: nothing has been tested")
	}
	if !reflect.DeepEqual(d.Words(&again.Draft).Sections[0].Paragraphs, words.Sections[0].Paragraphs) {
		t.Errorf("the words are others: %+v", d.Words(&again.Draft))
	}
	if got := again.Draft.Sections[0].Paragraphs[len(words.Sections[0].Paragraphs)-2]; reflect.DeepEqual(got.List, []string(nil)) || len(got.List) == 0 {
		t.Errorf("the list is %v", got.List)
	}
}

// What the comparison tells of two versions, put together again, is the two versions.
func TestCompare(t *testing.T) {
	d := sit(t, ledgertest.Busy(t, "2024-03-30 09:00"), testkit.SQLite(t))
	v := d.begin()
	words := d.Words(&v.Draft)
	words.Sections[1].Paragraphs[0].Text = strings.Replace(words.Sections[1].Paragraphs[0].Text, "{已植树}", "{已落实苗木}", 1)
	words.Sections[2].Paragraphs = words.Sections[2].Paragraphs[1:]
	words.Sections = append(words.Sections, bulletin.SectionWords{Heading: "附注", Paragraphs: []bulletin.ParagraphWords{{Text: "完。"}}})
	after, err := d.Preview(ctx, testkit.County, d.on(), words)
	if err != nil {
		t.Fatal(err)
	}
	c := d.Compare(&v.Draft, &after)
	changed, gone, come := 0, 0, 0
	for _, l := range c.Lines {
		switch {
		case l.Same():
		case len(l.After) == 0:
			gone++
		case len(l.Before) == 0:
			come++
		default:
			changed++
			if !slices.Contains(l.Before, bulletin.Part{Text: "{已植树}", Differs: true}) || !slices.Contains(l.After, bulletin.Part{Text: "{已落实苗木}", Differs: true}) {
				t.Errorf("changed %+v to %+v", l.Before, l.After)
			}
		}
	}
	if changed != 1 || gone != 1 || come != 2 || len(c.Figures) != 0 {
		t.Errorf("%d changed, %d gone, %d come, figures %v", changed, gone, come, c.Figures)
	}
	for i := range d.Compare(&v.Draft, &v.Draft).Lines {
		if l := d.Compare(&v.Draft, &v.Draft).Lines[i]; !l.Same() {
			t.Errorf("the same is told as %+v", l)
		}
	}
	other := after
	raw, err := json.Marshal(after.Snapshot)
	if err != nil {
		t.Fatal(err)
	}
	other.Snapshot = bulletin.Snapshot{} // else it would be read into what after has
	if err := json.Unmarshal(raw, &other.Snapshot); err != nil {
		t.Fatal(err)
	}
	i := slices.Index(other.Snapshot.Columns, "secured_seedlings")
	other.Snapshot.Total.Sums[i]++
	found := false
	for _, f := range d.Compare(&after, &other).Figures {
		found = found || f.Name == "已落实苗木" && f.Before != f.After
	}
	if !found {
		t.Error("another figure is not told")
	}
	texts := []string{"", "甲", "乙", "甲{已植树}乙", "甲{已植树}", "乙"}
	rapid.Check(t, func(rt *rapid.T) {
		side := func(name string) *bulletin.Draft {
			dr := v.Draft
			dr.Sections = nil
			for range rapid.IntRange(0, 4).Draw(rt, name) {
				dr.Sections = append(dr.Sections, bulletin.Section{Heading: rapid.SampledFrom(texts).Draw(rt, "h"), Paragraphs: []bulletin.Paragraph{{Text: rapid.SampledFrom(texts).Draw(rt, "p")}}})
			}
			return &dr
		}
		x, y := side("x"), side("y")
		var left, right []string
		for _, l := range d.Compare(x, y).Lines {
			if len(l.Before) > 0 {
				left = append(left, joined(l.Before))
			}
			if len(l.After) > 0 {
				right = append(right, joined(l.After))
			}
		}
		if !slices.Equal(left, linesOf(x)) || !slices.Equal(right, linesOf(y)) {
			rt.Fatalf("%q and %q, want %q and %q", left, right, linesOf(x), linesOf(y))
		}
	})
}

func joined(parts []bulletin.Part) string {
	text := ""
	for _, p := range parts {
		text += p.Text
	}
	return text
}

func linesOf(d *bulletin.Draft) []string {
	out := []string{d.Title, d.Greeting}
	for _, s := range d.Sections {
		out = append(out, s.Heading, s.Paragraphs[0].Text)
	}
	titles := bulletin.NewNames(campaign.Default().Ledger)
	line := func(list []bulletin.Titled) string {
		var parts []string
		for _, c := range list {
			parts = append(parts, c.Title+"{"+titles.Of(c.Of)+"}")
		}
		return strings.Join(parts, "、")
	}
	for _, t := range d.Tables {
		out = append(out, "表："+t.Title, line(t.Columns))
	}
	for _, c := range d.Charts {
		out = append(out, "图："+c.Title, line(c.Figures))
	}
	return append(append(out, d.Issuers...), d.CopyTo, d.Printer)
}

func TestPick(t *testing.T) {
	for _, p := range []*bulletin.Pick{nil, {Of: "planted_trees+", AtLeast: 1, Below: true}, {Of: "planted_trees/planned_trees%", AtLeast: 80}, {Kind: campaign.ListVillages, Which: "late"},
		{Of: "missing", AtLeast: 1, Also: &bulletin.Condition{Of: "late", AtLeast: 2}, Except: []unit.Code{testkit.LihuTown}}} {
		got, err := bulletin.ParsePick(p.String())
		if err != nil || !reflect.DeepEqual(got, p) {
			t.Errorf("%s comes back as %v, %v", p, got, err)
		}
	}
	for _, bad := range []string{" ", "planted_trees", "planted_trees = 1", "[]", `{"of":1}`} {
		if _, err := bulletin.ParsePick(bad); !errors.Is(err, bulletin.ErrList) {
			t.Errorf("%q: %v", bad, err)
		}
	}
}
