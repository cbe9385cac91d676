package bulletinweb

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/sangzi/sangzi/internal/bulletin"
	"github.com/sangzi/sangzi/internal/web/ui"
)

// typedWords are a bulletin's words as they stand in the form, whatever was typed.
type typedWords struct {
	Title, Greeting, Issuers, CopyTo, Printer string // issuers one a line
	Sections                                  []typedSection
}

type typedSection struct {
	Heading    string
	Was        string
	Paragraphs []typedParagraph
}

// typedParagraph is a paragraph with the condition of its list. Pick is the condition it came with,
// for what the form does not show.
type typedParagraph struct {
	Text, Pick                string
	Who                       string // units, columns, villages.late, tasks.due; empty: no list
	Of, Sign, Value           string
	Also, AlsoSign, AlsoValue string
	Except                    string
}

func (p *Pages) wordsTyped(d *bulletin.Draft) typedWords {
	w := p.bulletin.Words(d)
	t := typedWords{Title: w.Title, Greeting: w.Greeting, Issuers: strings.Join(w.Issuers, "\n"), CopyTo: w.CopyTo, Printer: w.Printer}
	for _, s := range w.Sections {
		out := typedSection{Heading: s.Heading, Was: s.Was}
		for _, paragraph := range s.Paragraphs {
			out.Paragraphs = append(out.Paragraphs, p.paragraphTyped(d, paragraph))
		}
		t.Sections = append(t.Sections, out)
	}
	return t
}

// words are the words for the verbs, and what of the conditions cannot be read.
func (p *Pages) words(t *typedWords, d *bulletin.Draft) (bulletin.Words, []ui.FieldError) {
	var wrong []ui.FieldError
	w := bulletin.Words{Title: t.Title, Greeting: t.Greeting, Issuers: strings.Split(t.Issuers, "\n"), CopyTo: t.CopyTo, Printer: t.Printer}
	for i, s := range t.Sections {
		out := bulletin.SectionWords{Heading: s.Heading, Was: s.Was}
		for j, typed := range s.Paragraphs {
			pick, faults := p.pick(typed, d, paragraphID(i, j))
			wrong = append(wrong, faults...)
			out.Paragraphs = append(out.Paragraphs, bulletin.ParagraphWords{Text: typed.Text, Pick: pick})
		}
		w.Sections = append(w.Sections, out)
	}
	return w, wrong
}

// readTyped reads the form. It takes one more of everything than is kept, so that too many is
// said and not lost in silence.
func readTyped(form url.Values) typedWords {
	t := typedWords{Title: form.Get("title"), Greeting: form.Get("greeting"), Issuers: form.Get("issuers"), CopyTo: form.Get("copy_to"), Printer: form.Get("printer")}
	for i := range count(form.Get("sections"), bulletin.MaxSections+1) {
		s := typedSection{Heading: form.Get(headingID(i)), Was: form.Get(headingID(i) + "-was")}
		for j := range count(form.Get(sectionID(i)), bulletin.MaxParagraphs+1) {
			id := paragraphID(i, j)
			s.Paragraphs = append(s.Paragraphs, typedParagraph{Text: form.Get(id), Pick: form.Get(id + "-pick"), Who: form.Get(id + "-who"), Of: form.Get(id + "-of"), Sign: form.Get(id + "-sign"),
				Value: form.Get(id + "-value"), Also: form.Get(id + "-also"), AlsoSign: form.Get(id + "-also-sign"), AlsoValue: form.Get(id + "-also-value"), Except: form.Get(id + "-except")})
		}
		t.Sections = append(t.Sections, s)
	}
	return t
}

func count(text string, most int) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		return 0
	}
	return max(0, min(n, most))
}

// move is a change of order, asked for by a button: section-up:2, paragraph-drop:2.1.
type move struct {
	what               string // section, paragraph
	how                string // up, down, drop, add
	section, paragraph int
}

func (m move) String() string {
	text := m.what + "-" + m.how + ":" + strconv.Itoa(m.section)
	if m.what == "paragraph" {
		text += "." + strconv.Itoa(m.paragraph)
	}
	return text
}

func readMove(text string) (move, bool) {
	kind, at, ok := strings.Cut(text, ":")
	what, how, ok2 := strings.Cut(kind, "-")
	first, second, _ := strings.Cut(at, ".")
	i, err := strconv.Atoi(first)
	m := move{what: what, how: how, section: i}
	if what == "paragraph" && err == nil {
		m.paragraph, err = strconv.Atoi(second)
	}
	return m, ok && ok2 && err == nil && (what == "section" || what == "paragraph")
}

// move does it; what cannot be moved stays.
func (t *typedWords) move(m move) {
	if m.what == "section" {
		t.Sections = moved(t.Sections, m.how, m.section, typedSection{Paragraphs: make([]typedParagraph, 1)}, bulletin.MaxSections)
		return
	}
	if m.section >= 0 && m.section < len(t.Sections) {
		s := &t.Sections[m.section]
		s.Paragraphs = moved(s.Paragraphs, m.how, m.paragraph, typedParagraph{}, bulletin.MaxParagraphs)
	}
}

// moved is a list with one of it moved, taken out, or a fresh one put behind it.
func moved[T any](list []T, how string, i int, fresh T, most int) []T {
	out := append([]T(nil), list...)
	switch {
	case how == "add" && i >= -1 && i < len(out) && len(out) < most:
		return append(out[:i+1:i+1], append([]T{fresh}, out[i+1:]...)...)
	case i < 0 || i >= len(out):
	case how == "up" && i > 0:
		out[i-1], out[i] = out[i], out[i-1]
	case how == "down" && i+1 < len(out):
		out[i], out[i+1] = out[i+1], out[i]
	case how == "drop":
		return append(out[:i:i], out[i+1:]...)
	}
	return out
}

// at is the part of the page that the move is about.
func (m move) at() string {
	i := m.section
	switch {
	case m.what == "paragraph":
		return sectionID(i)
	case m.how == "up":
		i--
	case m.how == "down", m.how == "add":
		i++
	}
	return sectionID(max(i, 0))
}

// rows is how high a field must be to show its text.
func rows(text string) int {
	return max(2, min(12, len([]rune(text))/38+strings.Count(text, "\n")+1))
}
