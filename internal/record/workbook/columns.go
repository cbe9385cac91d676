package workbook

import (
	"strings"
	"unicode"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/record"
)

// column is one of the table.
type column struct {
	field    string // as faults name it
	title    string
	aliases  []string
	required bool
	about    string // for the sheet of explanations
	of       *campaign.Field
}

// columnsOf are the columns of a kind's table, in order.
func columnsOf(r *campaign.Records, kind *campaign.RecordKind) []column {
	list := []column{
		{field: record.PlaceField, title: "村名", aliases: []string{"村", "行政村", "村社区", "村居", "单位", "在哪里", "行政村名称", "村名称"}, about: "写村名，如“新坛村”；几个镇有同名的村时写上镇名。" + atTowns(kind)},
		{field: record.DayField, title: "日期", aliases: []string{"时间", "哪天", "开始日期", "起日", "起始日期"}, required: true, about: "如 2024-03-24 或 3月24日。"},
	}
	if kind.Span {
		list = append(list, column{field: record.UntilField, title: "止日", aliases: []string{"截止日期", "结束日期", "到哪天"}, about: "还在继续就不填。"})
	}
	for i := range kind.Fields {
		f := &kind.Fields[i]
		list = append(list, column{field: f.Key, title: titleOf(f), required: f.Required, about: aboutField(f), of: f})
	}
	if kind.People {
		for _, c := range r.Categories {
			list = append(list, column{field: "people." + c.Key, title: "参加：" + c.Title + "（人）", aliases: []string{c.Title}, about: "参加的人数，没有就空着。"})
		}
	}
	return append(list, column{field: record.WithField, title: "会同单位", about: "一起做的部门、学校、企业，用顿号隔开。"})
}

func atTowns(kind *campaign.RecordKind) string {
	if kind.MayBeAt("town") {
		return "镇里办的写镇名。"
	}
	return ""
}

// titleOf is a field's title over its column: 株数（株）.
func titleOf(f *campaign.Field) string {
	if f.Unit != "" {
		return f.Title + "（" + f.Unit + "）"
	}
	return f.Title
}

func aboutField(f *campaign.Field) string {
	switch f.Type {
	case campaign.FieldYesNo:
		return "填“是”或“否”。"
	case campaign.FieldChoice:
		var titles []string
		for _, c := range f.Choices {
			titles = append(titles, "“"+c.Title+"”")
		}
		return "从这些里选：" + strings.Join(titles, "、") + "。"
	case campaign.FieldRows:
		return aboutRows(f)
	case campaign.FieldSpecies:
		return "写成“荔枝100、龙眼20”，加起来等于总数。"
	case campaign.FieldNames:
		return "几个人用顿号隔开。姓名只有本村和本镇看得到。"
	case campaign.FieldCount:
		return "填整数。"
	case campaign.FieldMoney:
		return "以万元为单位，如 12.5。"
	}
	if f.Help != "" {
		return f.Help + "。"
	}
	return ""
}

// aboutRows says how a table is written into one cell.
func aboutRows(f *campaign.Field) string {
	var titles, lists []string
	for _, c := range f.Rows.Columns {
		if c.Type.Drawn() {
			continue // drawn on the page; a shape that was copied here is read all the same
		}
		titles = append(titles, c.Title)
		if c.Type == campaign.RowChoice {
			var answers []string
			for _, one := range c.Choices {
				answers = append(answers, one.Title)
			}
			lists = append(lists, c.Title+"从这些里选："+strings.Join(answers, "、")+"。")
		}
	}
	about := "一行写一" + f.Rows.Unit + f.Rows.Word + "，格里换行用 Alt+Enter，各栏用 | 隔开：" + strings.Join(titles, " | ") + "。" + strings.Join(lists, "")
	if f.Rows.Named() {
		about += "姓名只有本村和本镇看得到。"
	}
	return about
}

// key brings a head text to the shape in which heads are compared: half width, what stands in
// brackets taken out, letters and digits only.
func key(text string) string {
	depth := 0
	s := strings.Map(func(r rune) rune {
		switch {
		case r == '(':
			depth++
			return -1
		case r == ')':
			depth = max(0, depth-1)
			return -1
		case depth > 0, !unicode.IsLetter(r) && !unicode.IsDigit(r):
			return -1
		}
		return r
	}, ledger.Fold(text))
	return strings.TrimPrefix(s, "参加")
}

// heads finds the columns by the texts over them.
func heads(columns []column) map[string]int {
	at := map[string]int{}
	for i, c := range columns {
		at[key(c.title)] = i
	}
	for i, c := range columns {
		for _, alias := range c.aliases {
			if _, taken := at[key(alias)]; !taken {
				at[key(alias)] = i
			}
		}
	}
	return at
}
