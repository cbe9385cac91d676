package ledger

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/problem"
)

// The codes of what can be wrong with a single cell; the words stand in the catalogue.
const (
	NotANumber = "ledger.not_a_number" // 不是数字
	Negative   = "ledger.negative"     // 负数
	Fraction   = "ledger.fraction"     // a part of a person or a tree
	TooFine    = "ledger.too_fine"     // money finer than one 分
	Absurd     = "ledger.absurd"       // beyond the column's limit in the pack
	WrongUnit  = "ledger.wrong_unit"   // 株 in a money column and the like
	Neither    = "ledger.neither"      // neither yes nor no
	IsADate    = "ledger.is_a_date"    // the workbook made a date of it
	IsAnError  = "ledger.is_an_error"  // #DIV/0! and the like
	Blank      = "ledger.blank"        // nothing in it
)

// Units that may stand behind a number, the longest first: what they multiply by, for money
// in 分.
var moneyUnits = []struct {
	suffix string
	fen    int64
}{
	{"万元人民币", campaign.FenPerWan}, {"亿元", 10_000 * campaign.FenPerWan}, {"万元", campaign.FenPerWan}, {"千元", 100_000}, {"百元", 10_000},
	{"元整", 100}, {"元", 100}, {"块钱", 100}, {"块", 100}, {"亿", 10_000 * campaign.FenPerWan}, {"万", campaign.FenPerWan},
}

var countUnits = map[string][]string{
	"株":  {"株树", "棵树", "株", "棵", "颗"},
	"人":  {"个人", "人", "名", "位", "个"},
	"人次": {"人次", "人", "次", "名"},
}

var yesWords = wordSet("是 有 已 对 能 √ ✓ ✔ ☑ ✅ y yes 1 true t 是的 已有 有的")
var noWords = wordSet("否 无 未 不 不是 没有 没 × ✕ ✖ ✗ ✘ ☒ ╳ ❌ x n no 0 false f 暂无 未有")

// zeroWords in a column of numbers say that there are none.
var zeroWords = wordSet("无 没有 暂无 未有")

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

// Fold brings what people type to one shape: full width to half, blanks of every kind gone,
// letters small.
func Fold(text string) string {
	text = norm.NFKC.String(text)
	return strings.ToLower(strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) || unicode.IsControl(r) || unicode.Is(unicode.Variation_Selector, r) {
			return -1
		}
		switch r {
		case '﹣', '−', '–':
			return '-'
		case '，':
			return ','
		case '。':
			return '.'
		}
		return r
	}, text))
}

// isBlank tells whether a folded text stands for an empty cell: nothing, dashes, a slash.
func isBlank(s string) bool {
	return strings.Trim(s, "-‐‒—―─ー_") == "" || s == "/" || s == "\\"
}

// misleading tells texts whose folding would join or turn what stands apart: figures on two
// lines of one cell, and raised, circled or broken figures (5², ①, ½).
func misleading(text string) bool {
	lastDigit, broken := false, false
	for _, r := range text {
		switch {
		case unicode.Is(unicode.No, r):
			return true
		case r == '\n' || r == '\r' || r == '\t' || r == '\v' || r == '\f' || r == '\u0085' || r == '\u2028' || r == '\u2029':
			broken = broken || lastDigit
		case unicode.IsDigit(r):
			if broken {
				return true
			}
			lastDigit = true
		}
	}
	return false
}

// Parse reads one cell as people type it. A blank cell, a dash or a slash is Empty. Anything
// that is not exactly a value of the column's type gives a finding and Empty; nothing is
// guessed and nothing is rounded.
func Parse(col *campaign.Column, text string) (Value, *Finding) {
	if v, ok := plain(col, text); ok {
		return v, nil
	}
	return parse(col, text)
}

// plain reads the cells that are as the form prints them, which nearly all are: 是, 否, digits
// with at most one point. What it does not take, parse reads.
func plain(col *campaign.Column, text string) (Value, bool) {
	scale := int64(1)
	switch col.Type {
	case campaign.YesNo:
		if text == "是" {
			return Yes, true
		}
		return No, text == "否"
	case campaign.Money:
		scale = campaign.FenPerWan
	}
	if text == "" {
		return Empty, true
	}
	for i := range len(text) {
		if c := text[i]; (c < '0' || c > '9') && c != '.' {
			return 0, false
		}
	}
	n, res := scaled(text, scale)
	return Value(n), res == exact && n <= col.Max
}

// parse reads a cell however it is written.
func parse(col *campaign.Column, text string) (Value, *Finding) {
	s := Fold(text)
	if isBlank(s) {
		return Empty, nil
	}
	wrong := func(code string) (Value, *Finding) {
		return Empty, &Finding{Severity: Error, Code: code, Value: strings.TrimSpace(text),
			Params: problem.Params{"column": col.Title, "value": clip(strings.TrimSpace(text)), "unit": col.Unit}}
	}
	switch col.Type {
	case campaign.YesNo:
		switch {
		case misleading(text):
		case yesWords[s]:
			return Yes, nil
		case noWords[s]:
			return No, nil
		}
		return wrong(Neither)
	case campaign.Money:
		if zeroWords[s] {
			return 0, nil
		}
		if misleading(text) {
			return wrong(NotANumber)
		}
		s = strings.TrimPrefix(strings.TrimPrefix(s, "人民币"), "¥")
		scale := int64(campaign.FenPerWan)
		for _, u := range moneyUnits {
			if rest, ok := strings.CutSuffix(s, u.suffix); ok {
				s, scale = rest, u.fen
				break
			}
		}
		return finish(col, s, scale, TooFine, wrong)
	}
	if zeroWords[s] {
		return 0, nil
	}
	if misleading(text) {
		return wrong(NotANumber)
	}
	scale := int64(1)
	for _, u := range countUnits[col.Unit] {
		if rest, ok := strings.CutSuffix(s, u); ok {
			s = rest
			break
		}
	}
	if rest, ok := strings.CutSuffix(s, "万"); ok {
		s, scale = rest, 10_000
	}
	return finish(col, s, scale, Fraction, wrong)
}

// finish reads a plain decimal, scales it and holds it against the column's limits.
func finish(col *campaign.Column, s string, scale int64, inexact string, wrong func(string) (Value, *Finding)) (Value, *Finding) {
	digits, negative := strings.CutPrefix(s, "-")
	digits = strings.TrimPrefix(digits, "+")
	n, res := scaled(digits, scale)
	switch {
	case res == notDecimal && endsInForeignUnit(digits):
		return wrong(WrongUnit)
	case res == notDecimal:
		return wrong(NotANumber)
	case negative && (n != 0 || res != exact):
		return wrong(Negative)
	case res == tooLarge || n > col.Max:
		v, f := wrong(Absurd)
		f.Params["max"] = Format(col, Value(col.Max))
		return v, f
	case res == remainder:
		return wrong(inexact)
	}
	return Value(n), nil
}

// endsInForeignUnit tells "12元" or "3株" from plain nonsense: digits, then one of the units
// the form knows, in a column that has another.
func endsInForeignUnit(s string) bool {
	cut := strings.TrimRight(s, "株棵颗人名位个次元块万亿户场")
	if cut == s {
		return false
	}
	_, res := scaled(cut, 1)
	return res != notDecimal
}

type result uint8

const (
	exact result = iota
	remainder
	tooLarge
	notDecimal
)

// scaled reads an unsigned decimal with optional thousands separators and multiplies it by
// scale, a power of ten, without any floating point.
func scaled(s string, scale int64) (int64, result) {
	whole, frac, hasPoint := strings.Cut(s, ".")
	if strings.Contains(whole, ",") {
		parts := strings.Split(whole, ",")
		for i, p := range parts {
			if (i > 0 && len(p) != 3) || (i == 0 && (p == "" || len(p) > 3 || p[0] == '0')) {
				return 0, notDecimal
			}
		}
		whole = strings.Join(parts, "")
	}
	if (whole == "" && frac == "") || (hasPoint && frac == "" && whole == "") || !allDigits(whole) || !allDigits(frac) {
		return 0, notDecimal
	}
	const limit = 1 << 60
	var n int64
	for _, c := range []byte(whole) {
		if n = n*10 + int64(c-'0'); n > limit/100 {
			return 0, tooLarge
		}
	}
	if n > limit/scale {
		return 0, tooLarge
	}
	n *= scale
	res := exact
	for _, c := range []byte(frac) {
		if scale /= 10; scale == 0 {
			if c != '0' {
				res = remainder
			}
			continue
		}
		n += int64(c-'0') * scale
	}
	return n, res
}

func allDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

func clip(s string) string {
	const most = 40
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}
