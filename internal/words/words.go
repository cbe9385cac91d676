// Package words is the message catalogue: the Chinese sentence for every code that rules,
// checks and problems give. It knows the codes only as text; what stands on one page only is
// written in that page's template.
package words

import (
	_ "embed"
	"strings"
	"sync"

	"gopkg.in/yaml.v3"

	"github.com/sangzi/sangzi/internal/problem"
)

//go:embed zh.yaml
var zh []byte

var catalogue = sync.OnceValue(func() map[string]string {
	flat := map[string]string{}
	var areas map[string]map[string]string
	if err := yaml.Unmarshal(zh, &areas); err != nil {
		panic("words: zh.yaml: " + err.Error())
	}
	for area, sentences := range areas {
		for code, s := range sentences {
			flat[area+"."+code] = s
		}
	}
	return flat
})

// Text gives the sentence of a code with its {placeholders} filled. A code without a sentence
// is shown as itself; a test sees to it that none is. A placeholder {kind|area} holds a code
// of that area and is filled with its sentence. A parameter that is not given leaves nothing.
func Text(code string, params problem.Params) string {
	s, ok := catalogue()[code]
	if !ok {
		return code
	}
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(s, "{")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		var placeholder string
		placeholder, s, found = strings.Cut(rest, "}")
		if !found {
			b.WriteString("{" + placeholder)
			return b.String()
		}
		name, area, coded := strings.Cut(placeholder, "|")
		value := show(params[name])
		if coded {
			if w, ok := catalogue()[area+"."+value]; ok {
				value = w
			}
		}
		b.WriteString(value)
	}
}

// Has tells whether the catalogue has a sentence for the code.
func Has(code string) bool { _, ok := catalogue()[code]; return ok }

// Of says an error in words; ok is false for internal failures, whose words are not for people.
func Of(err error) (sentence string, ok bool) {
	p, ok := problem.Of(err)
	if !ok {
		return "", false
	}
	return Text(p.Code, p.Params), true
}
