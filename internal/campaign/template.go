package campaign

import (
	"slices"
	"strings"
)

// Template is a text with named places: {unit}本周台账还没有报. The zero Template is empty.
type Template struct{ parts []part }

// part is literal text, or the name of a place.
type part struct {
	text  string
	place bool
}

// Empty tells whether there is no text.
func (t Template) Empty() bool { return len(t.parts) == 0 }

// Has tells whether a place stands in the text.
func (t Template) Has(name string) bool { return slices.Contains(t.parts, part{name, true}) }

// Fill is the text with its places filled; what is filled in is never read as a place.
func (t Template) Fill(values map[string]string) string {
	var b strings.Builder
	for _, p := range t.parts {
		if p.place {
			b.WriteString(values[p.text])
		} else {
			b.WriteString(p.text)
		}
	}
	return b.String()
}

// template reads a text that may hold the places named.
func (v value) template(places ...string) Template {
	text := v.text()
	var t Template
	for text != "" {
		i := strings.IndexAny(text, "{}")
		if i < 0 {
			i = len(text)
		}
		if i > 0 {
			t.parts, text = append(t.parts, part{text: text[:i]}), text[i:]
			continue
		}
		end := strings.IndexByte(text, '}')
		if text[0] == '}' || end < 0 || strings.Contains(text[1:end], "{") {
			v.fault("大括号要成对：{%s}", places[0])
			return Template{}
		}
		name := text[1:end]
		if !slices.Contains(places, name) {
			v.fault("没有 {%s} 这个位置，可以用 {%s}", name, strings.Join(places, "}、{"))
		}
		t.parts, text = append(t.parts, part{name, true}), text[end+1:]
	}
	return t
}
