package bulletin

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/problem"
)

// The most and the longest that is kept, in characters.
const (
	MaxSections   = 20
	MaxParagraphs = 40 // of a section
	MaxText       = 2000
	MaxLine       = 200
	maxIssuers    = 10
)

// Words are what people write of a bulletin. Texts hold references in braces, by their names or
// as they are kept.
type Words struct {
	Title    string
	Greeting string
	Issuers  []string
	CopyTo   string
	Printer  string
	Sections []SectionWords
	Tables   []Table // nil: as they are. A column's figure by its reference or its name
	Charts   []Chart // nil: as they are
}

// SectionWords is a heading with its paragraphs. The first section may have no heading. Was is the
// heading it had, so that its charts go with it.
type SectionWords struct {
	Heading    string
	Was        string
	Paragraphs []ParagraphWords
}

// ParagraphWords is a paragraph's text; a line break begins another paragraph, an empty one is
// left out. Pick says whom its {list} names.
type ParagraphWords struct {
	Text string
	Pick *Pick
}

// Words are a draft's words as people see them, with names in the braces.
func (s *Service) Words(d *Draft) Words {
	w := Words{Title: d.Title, Greeting: d.Greeting, Issuers: slices.Clone(d.Issuers), CopyTo: d.CopyTo, Printer: d.Printer}
	for _, section := range d.Sections {
		out := SectionWords{Heading: section.Heading, Was: section.Heading}
		for _, p := range section.Paragraphs {
			out.Paragraphs = append(out.Paragraphs, ParagraphWords{s.names.Shown(p.Text), p.Pick})
		}
		w.Sections = append(w.Sections, out)
	}
	return w
}

// Edit puts other words over the same figures; Faults say what of them cannot be kept.
func (s *Service) Edit(ctx context.Context, a access.Actor, on On, w Words) (Version, error) {
	return s.step(ctx, a, on, ToEdit, func(v *Version) error {
		v.Status = Drafted
		return s.reword(&v.Draft, w)
	})
}

// Preview is what Edit would keep, without keeping it.
func (s *Service) Preview(ctx context.Context, a access.Actor, on On, w Words) (Draft, error) {
	v, err := s.standing(ctx, a, on, ToEdit)
	if err != nil {
		return Draft{}, err
	}
	err = s.reword(&v.Draft, w)
	return v.Draft, err
}

// reword puts words into a draft, all or none.
func (s *Service) reword(d *Draft, w Words) error {
	r := &rewording{service: s, draft: *d}
	out := &r.draft
	out.Title = r.line("title", w.Title, true)
	out.Greeting, out.CopyTo, out.Printer = r.line("greeting", w.Greeting, false), r.line("copy_to", w.CopyTo, false), r.line("printer", w.Printer, false)
	out.Issuers = nil
	for _, text := range w.Issuers {
		if text = r.line("issuers", text, false); text != "" {
			out.Issuers = append(out.Issuers, text)
		}
	}
	if len(out.Issuers) == 0 {
		r.fault("issuers", 0, 0, ErrBlank.With("field", "issuers"))
	}
	if len(out.Issuers) > maxIssuers {
		r.fault("issuers", 0, 0, ErrMany.With("max", maxIssuers))
	}
	if len(w.Sections) > MaxSections {
		return &Faults{[]Fault{{Section: MaxSections, Paragraph: -1, Problem: ErrMany.With("max", MaxSections)}}}
	}
	out.Sections = nil
	for i, section := range w.Sections {
		if kept := r.section(i, section); len(kept.Paragraphs) > 0 {
			out.Sections = append(out.Sections, kept)
		}
	}
	r.tables(w)
	r.renamed(w)
	if len(out.Sections) == 0 && len(r.faults) == 0 {
		r.fault("", 0, 0, ErrBlank.With("field", "text"))
	}
	if len(r.faults) > 0 {
		return &Faults{r.faults}
	}
	*d = r.draft
	d.settle()
	return d.relist(s.ledger.Form())
}

// renamed takes charts along with the headings of their sections.
func (r *rewording) renamed(w Words) {
	charts := slices.Clone(r.draft.Charts)
	for i := range charts {
		for _, section := range w.Sections {
			if charts[i].Section != "" && section.Was == charts[i].Section {
				charts[i].Section = oneLine(section.Heading)
				break
			}
		}
	}
	r.draft.Charts = charts
}

// rewording collects what is wrong with words on their way into a draft.
type rewording struct {
	service *Service
	draft   Draft
	faults  []Fault
}

func (r *rewording) fault(field string, section, paragraph int, p *problem.Problem) {
	r.faults = append(r.faults, Fault{field, section, paragraph, p})
}

// line is a field of one line.
func (r *rewording) line(field, text string, needed bool) string {
	text = oneLine(text)
	switch n := utf8.RuneCountInString(text); {
	case n > MaxLine:
		r.fault(field, 0, 0, ErrLong.With("max", MaxLine))
	case n == 0 && needed:
		r.fault(field, 0, 0, ErrBlank.With("field", field[strings.LastIndexByte(field, '.')+1:]))
	}
	return text
}

func (r *rewording) section(i int, w SectionWords) Section {
	out := Section{Heading: oneLine(w.Heading)}
	if utf8.RuneCountInString(out.Heading) > MaxLine {
		r.fault("", i, -1, ErrLong.With("max", MaxLine))
	}
	for j, p := range w.Paragraphs {
		for _, line := range strings.Split(tidy(p.Text), "\n") {
			if line = strings.TrimSpace(line); line != "" {
				out.Paragraphs = append(out.Paragraphs, r.paragraph(i, j, line, p.Pick))
			}
		}
	}
	if len(out.Paragraphs) > MaxParagraphs {
		r.fault("", i, -1, ErrMany.With("max", MaxParagraphs))
	}
	if len(out.Paragraphs) > 0 && out.Heading == "" && i > 0 {
		r.fault("", i, -1, ErrBlank.With("field", "heading"))
	}
	return out
}

// paragraph is one line of what was typed as paragraph j of section i.
func (r *rewording) paragraph(i, j int, line string, pick *Pick) Paragraph {
	p := Paragraph{Text: r.service.names.Typed(line)}
	if utf8.RuneCountInString(line) > MaxText {
		r.fault("", i, j, ErrLong.With("max", MaxText))
		return p
	}
	listed, wrong := r.service.check(&r.draft, p.Text)
	if wrong != nil {
		r.fault("", i, j, wrong)
		return p
	}
	if !listed {
		return p
	}
	if pick == nil {
		r.fault("", i, j, ErrList)
		return p
	}
	kept := *pick
	if err := kept.check(r.service.ledger.Form(), &r.draft.Snapshot); err != nil {
		found, _ := problem.Of(err)
		r.fault("", i, j, found)
		return p
	}
	p.Pick = &kept
	return p
}

// check tells whether a text has a list, or what is wrong with its references.
func (s *Service) check(d *Draft, text string) (listed bool, wrong *problem.Problem) {
	pieces, err := campaign.Pieces(text)
	if err != nil {
		return false, ErrBrace
	}
	for _, piece := range pieces {
		if piece.Text != "" {
			continue
		}
		if slices.Contains(campaign.ListWords, piece.Ref) {
			listed = true
			continue
		}
		if word, ok := d.word(piece.Ref); ok {
			if word == "" && piece.Ref == "unrecorded" {
				return false, ErrListEmpty
			}
			continue
		}
		r, err := campaign.ParseRef(s.ledger.Form(), piece.Ref)
		if err != nil {
			return false, ErrReference.With("name", piece.Ref)
		}
		if _, ok := d.Snapshot.Figure(s.ledger.Form(), d.Snapshot.Unit, r); !ok {
			return false, ErrReference.With("name", piece.Ref)
		}
	}
	return listed, nil
}
