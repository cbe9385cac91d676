package unit

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// longestText is how much of a cell or file name is looked at, in bytes.
const longestText = 1024

// clean brings what was typed into the form names are compared in: no blanks, line breaks or
// invisible characters, half-width digits, letters and brackets, letters small.
func clean(s string) string {
	if isPlain(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s {
		if r >= 0xFF01 && r <= 0xFF5E {
			r -= 0xFEE0
		}
		switch r {
		case '〔', '【', '[', '{':
			r = '('
		case '〕', '】', ']', '}':
			r = ')'
		case '．':
			r = '.'
		}
		if unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == utf8.RuneError {
			continue
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// isPlain tells whether s is nothing but Chinese characters.
func isPlain(s string) bool {
	for _, r := range s {
		if r < 0x3400 || r > 0x9FFF {
			return false
		}
	}
	return true
}

const punctuation = "、,。.;:·*-_—~!?'\"“”‘’|/\\"

// withoutNumber cuts a leading number of a list off cleaned text: "1.", "1、", "(1)", "一、",
// "①", "1". Names may begin with a digit too, so the text as it stands is to be tried first.
func withoutNumber(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if r >= '①' && r <= '⑳' || r >= '⑴' && r <= '⒛' || r >= '㈠' && r <= '㈩' {
		return strings.TrimLeft(s[n:], punctuation)
	}
	body := strings.TrimPrefix(s, "(")
	opened := body != s
	after := strings.TrimLeft(body, "0123456789")
	arabic := len(after) < len(body)
	if !arabic {
		after = strings.TrimLeft(body, "一二三四五六七八九十")
	}
	if len(after) == len(body) || len(body)-len(after) > 12 {
		return s
	}
	rest := strings.TrimLeft(after, punctuation+")")
	if rest == after {
		if opened || !arabic {
			return s
		}
		return rest
	}
	if opened && !strings.HasPrefix(after, ")") {
		return s
	}
	return rest
}

// class says what sort of village-level unit a name or a written form stands for.
type class uint8

const (
	other    class = iota // a name that is only itself: 虚拟生活区, 嘎查, 农场
	rural                 // 村
	resident              // 居, 社区
	either                // written without an ending
)

type ending struct {
	text  string
	class class
}

// registeredEndings are cut off registered names; the first that fits wins.
var registeredEndings = []ending{
	{"社区居民委员会", resident}, {"社区居委会", resident}, {"社区居委", resident},
	{"居民委员会", resident}, {"居委会", resident}, {"居委", resident}, {"社区", resident},
	{"村民委员会", rural}, {"村委会", rural}, {"村委", rural}, {"村", rural},
}

// writtenEndings are all tried on what people write.
var writtenEndings = append([]ending{{"居", resident}}, registeredEndings...)

// partyEndings name the branch of the Party or the committee instead of the village.
var partyEndings = []string{
	"党总支部委员会", "党总支委员会", "党支部委员会", "总支部委员会", "总支委员会", "支部委员会", "党委会",
	"党总支部", "党总支", "党支部", "党委", "总支部", "总支", "支部", "“两委”", "\"两委\"", "两委",
}

// splitName cuts a registered village name into its stem and its ending: 新坛, 村委会. A name
// that is only itself has no ending and class other.
func splitName(name string) (stem, end string, c class) {
	if KindOf(name) == Virtual {
		return name, "", other
	}
	for _, e := range registeredEndings {
		if s, ok := strings.CutSuffix(name, e.text); ok && s != "" {
			return s, e.text, e.class
		}
	}
	return name, "", other
}

// shortName is a registered name as a form prints it.
func shortName(name string) string {
	stem, end, c := splitName(name)
	switch {
	case c == rural:
		return stem + "村"
	case c == resident && strings.HasPrefix(end, "社区"):
		return stem + "社区"
	}
	return name
}

// written is one way to read what was written as a village's name.
type written struct {
	whole     string // the text itself
	stem      string
	class     class
	committee bool // the ending was 村委会 or longer, which swallows a 村 before it
}

// readWritten gives every way to read cleaned text; all stems are beginnings of the text.
func readWritten(text string) []written {
	words := readEndings(nil, text, text)
	for _, p := range partyEndings {
		if s, ok := strings.CutSuffix(text, p); ok && s != "" {
			words = readEndings(words, s, s)
		}
	}
	return words
}

func readEndings(words []written, whole, s string) []written {
	words = append(words, written{whole, s, either, false})
	for _, e := range writtenEndings {
		stem, ok := strings.CutSuffix(s, e.text)
		if !ok || stem == "" {
			continue
		}
		committee := e.class == rural && e.text != "村"
		words = append(words, written{whole, stem, e.class, committee})
		// 新坛村村委会 is 新坛村委会 written by the book.
		if less, ok := strings.CutSuffix(stem, "村"); ok && committee && less != "" {
			words = append(words, written{whole, less, rural, committee})
		}
	}
	return words
}

type fit uint8

const (
	noFit fit = iota
	formFit
	exactFit
)

// fits tells how a cleaned registered name answers to what was written.
func fits(name string, words []written) fit {
	for i := range words {
		if words[i].whole == name {
			return exactFit
		}
	}
	stem, _, c := splitName(name)
	if c == other {
		return noFit
	}
	for i := range words {
		w := &words[i]
		switch {
		case w.stem == stem && (w.class == c || w.class == either):
			return formFit
		case c == rural && w.committee && stem == w.stem+"村":
			return formFit // 新村委会 for 新村村委会
		}
	}
	return noFit
}

// sameFirstRune spares most comparisons while names are scanned.
func sameFirstRune(a, b string) bool {
	if len(a) >= 3 && len(b) >= 3 && a[0] >= 0xE0 && a[0] < 0xF0 {
		return a[0] == b[0] && a[1] == b[1] && a[2] == b[2]
	}
	ra, _ := utf8.DecodeRuneInString(a)
	rb, _ := utf8.DecodeRuneInString(b)
	return ra == rb
}
