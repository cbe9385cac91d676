package bulletin

import (
	"strings"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
)

// Names are the Chinese names of references, as they stand in braces where people edit:
// {planted_trees+} is {本期新增已植树}. The two forms map onto each other without loss.
type Names struct {
	form   *campaign.Form
	byRef  map[string]string
	byName map[string]string
}

// The names of the words and of the figures of reporting.
var wordNames = map[string]string{"unit": "单位名称", "kind": "市县区", "below": "下级统称", "period": "本期", "next": "下期", "week": "截止日", "since": "上期截止日", "year": "年份", "unrecorded": "未记录的单位",
	"named": "名单和个数", "list": "名单", "count": "名单个数", "limit": "条件的数", "also": "另一条件的数"}

var countNames = map[string]string{"villages": "村（社区）数", "units": "下级单位数", "carried": "沿用此前数的村（社区）数", "expected": "应报村次", "on_time": "按时村次", "late": "逾期村次", "missing": "未报村次",
	"tasks": "重点任务项数", "tasks_done": "已完成任务项数", "tasks_overdue": "到期未完成任务项数", "tasks_open": "正在推进任务项数"}

// NewNames makes the names of a form.
func NewNames(form *campaign.Form) *Names {
	n := &Names{form: form, byRef: map[string]string{}, byName: map[string]string{}}
	for _, word := range campaign.BulletinWords {
		n.add(word, wordNames[word])
	}
	n.add(string(campaign.RefRank), "名次")
	for _, r := range allRefs(form) {
		n.add(r.String(), n.made(r))
	}
	return n
}

// add keeps a pair; a name that is taken or could not stand in braces gives way to the reference.
func (n *Names) add(ref, name string) {
	if _, taken := n.byName[name]; taken || name == "" || strings.ContainsAny(name, "{}｛｝") || name != strings.TrimSpace(name) {
		name = ref
	}
	n.byRef[ref], n.byName[name] = name, ref
}

func (n *Names) made(r campaign.Ref) string {
	switch name := n.column(r.Column); r.Kind {
	case campaign.RefIncrease:
		return "本期新增" + name
	case campaign.RefShare:
		return name + "占比"
	case campaign.RefRatio, campaign.RefPunctual:
		return name + "/" + n.column(r.Per)
	default:
		return name
	}
}

func (n *Names) column(key string) string {
	if name, ok := countNames[key]; ok {
		return name
	}
	col, _ := n.form.Column(key)
	for _, name := range []string{col.Short, col.Title} {
		if name != "" && !strings.ContainsAny(name, "/／") {
			return name
		}
	}
	return key
}

// allRefs lists every reference there can be, those that are used most first.
func allRefs(form *campaign.Form) []campaign.Ref {
	var sums, increases, shares, ratios, counts, punctual []campaign.Ref
	for _, c := range form.Columns {
		sums = append(sums, campaign.Ref{Kind: campaign.RefSum, Column: c.Key})
		increases = append(increases, campaign.Ref{Kind: campaign.RefIncrease, Column: c.Key})
		if c.Type == campaign.YesNo {
			shares = append(shares, campaign.Ref{Kind: campaign.RefShare, Column: c.Key})
			continue
		}
		for _, per := range form.Columns {
			if per.Type == c.Type {
				ratios = append(ratios, campaign.Ref{Kind: campaign.RefRatio, Column: c.Key, Per: per.Key})
			}
		}
	}
	for _, name := range campaign.RefCounts {
		counts = append(counts, campaign.Ref{Kind: campaign.RefCount, Column: name})
		for _, per := range campaign.RefCounts {
			punctual = append(punctual, campaign.Ref{Kind: campaign.RefPunctual, Column: name, Per: per})
		}
	}
	var all []campaign.Ref
	for _, part := range [][]campaign.Ref{sums, counts, increases, shares, ratios, punctual} {
		all = append(all, part...)
	}
	return all
}

// Of is the name of a reference or of a word; what has none is its own.
func (n *Names) Of(ref string) string {
	if column, day, ok := strings.Cut(ref, "@"); ok {
		if d, err := date.Parse(day); err == nil {
			return d.ShortChinese() + n.column(column)
		}
	}
	if name, ok := n.byRef[ref]; ok {
		return name
	}
	return ref
}

// ref is the reference that a name or a reference stands for; of what is neither, itself.
func (n *Names) ref(text string) string {
	text = strings.ReplaceAll(oneLine(text), "／", "/")
	if ref, ok := n.byName[text]; ok {
		return ref
	}
	return text
}

// Shown is a text with the names in its braces.
func (n *Names) Shown(text string) string { return inBraces(text, n.byRef) }

// widths are what a Chinese keyboard writes where a plain one has braces.
var widths = strings.NewReplacer("｛", "{", "｝", "}")

// Typed is a text with the references in its braces. Braces of full width count as braces, and
// what is neither a name nor a reference stays as it was typed.
func (n *Names) Typed(text string) string {
	return inBraces(widths.Replace(text), n.byName, n.self())
}

// self maps every reference onto itself, so that blanks around it go.
func (n *Names) self() map[string]string {
	same := make(map[string]string, len(n.byRef))
	for ref := range n.byRef {
		same[ref] = ref
	}
	return same
}

// inBraces replaces what stands in braces by the first of some tables that knows it.
func inBraces(text string, tables ...map[string]string) string {
	var b strings.Builder
	for {
		open := strings.IndexByte(text, '{')
		if open < 0 {
			break
		}
		end := strings.IndexAny(text[open+1:], "{}")
		if end < 0 {
			break
		}
		end += open + 1
		inside := text[open+1 : end]
		if text[end] == '{' {
			b.WriteString(text[:end])
			text = text[end:]
			continue
		}
		for _, table := range tables {
			if to, ok := table[strings.ReplaceAll(strings.TrimSpace(inside), "／", "/")]; ok {
				inside = to
				break
			}
		}
		b.WriteString(text[:open] + "{" + inside + "}")
		text = text[end+1:]
	}
	b.WriteString(text)
	return b.String()
}

// Offered is a figure or a word that can be put into a paragraph, with its present value.
type Offered struct {
	Name  string // as it stands in braces
	Value string
	Kind  campaign.RefKind // empty: a word
}

// Offers lists what can be put into a draft's paragraphs, leaving out ratios of unlike things.
func (n *Names) Offers(d *Draft) []Offered {
	var list []Offered
	for _, word := range []string{"unit", "below", "period", "next", "year", "week", "since", "unrecorded"} {
		if value, ok := d.word(word); ok && value != "" {
			list = append(list, Offered{n.Of(word), value, ""})
		}
	}
	for _, r := range allRefs(n.form) {
		col, _ := n.form.Column(r.Column)
		per, _ := n.form.Column(r.Per)
		switch {
		case r.Kind == campaign.RefRatio && (r.Column == r.Per || col.Unit != per.Unit), r.Kind == campaign.RefPunctual && (r.Per != "expected" || r.Column == "expected" || r.Column == "villages" || r.Column == "units" || r.Column == "carried" || strings.HasPrefix(r.Column, "tasks")):
			continue
		}
		if f, ok := d.Snapshot.Figure(n.form, d.Snapshot.Unit, r); ok {
			list = append(list, Offered{n.Of(f.Ref), f.Text, r.Kind})
		}
	}
	return list
}
