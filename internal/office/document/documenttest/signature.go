package documenttest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/office/document"
)

// Signed are documents whose text ends at every place of a page: with a last paragraph of one line,
// of two and of many, behind a heading, with annexes and without.
func Signed() map[string]document.Document {
	all := map[string]document.Document{}
	line := func(lines int, mark string) document.Paragraph {
		text := []rune(strings.Repeat("正", lines*document.Chars-2))
		return document.Paragraph{Text: document.Words(string(text[:len(text)-len([]rune(mark))]) + mark)}
	}
	for n := 1; n <= document.Lines+2; n++ {
		for i, tail := range [][]document.Block{
			{line(5, "完")},
			{line(4, "中"), line(1, "完")},
			{line(2, "中"), document.Heading{Level: 1, Text: document.Words("正下一步")}, line(2, "完")},
			{document.Heading{Level: 1, Text: document.Words("正下一步")}, line(1, "完"), line(1, "完")},
		} {
			d := document.Document{
				Body: append([]document.Block{line(n, "前")}, tail...), Signers: []string{"中共普宁市委组织部", "普宁市农业农村局", "普宁市林业局"},
				Date: date.MustParse("2024-04-02"), Imprint: document.Imprint{CopyTo: "各套领导班子成员", Printer: "秘书组", Printed: date.MustParse("2024-04-02")},
			}
			if i%2 == n%2 {
				d.Annexes = []document.Annex{{Title: "各乡镇场街道植树进展情况表"}, {Title: "各乡镇场街道资金和报送情况表"}, {Title: "各乡镇场街道植树进展情况图"}}
			}
			all[fmt.Sprintf("%d lines and ending %d", n, i)] = d
		}
	}
	return all
}

// CheckSigned holds pages of Signed(): the signature stands whole on one page with two lines of the
// text, its annexes are named on that page, and no heading ends a page.
func CheckSigned(t *testing.T, name string, d document.Document, pages []Page) {
	t.Helper()
	found := false
	for n, p := range pages {
		body := 0
		var text strings.Builder
		lines := CheckPageNumber(t, p, n+1)
		for i, l := range lines {
			s := Squeeze(l.Text)
			text.WriteString(s)
			if strings.Contains(s, "正") && !strings.Contains(s, "下一步") {
				body++
			}
			if strings.Contains(s, "下一步") && i == len(lines)-1 {
				t.Errorf("%s: a heading ends page %d", name, n+1)
			}
		}
		has := strings.Contains(text.String(), "中共普宁市委组织部")
		if !has {
			continue
		}
		found = true
		if body < document.WithSignature {
			t.Errorf("%s: %d lines of the text stand with the signature on page %d", name, body, n+1)
		}
		for _, want := range []string{"普宁市农业农村局", "普宁市林业局", "2024年4月2日"} {
			if !strings.Contains(text.String(), want) {
				t.Errorf("%s: %s is not on the page of the signature", name, want)
			}
		}
		for _, a := range d.Annexes {
			if !strings.Contains(text.String(), a.Title) {
				t.Errorf("%s: %s is not named on the page of the signature", name, a.Title)
			}
		}
	}
	if !found {
		t.Errorf("%s: no signature", name)
	}
}

// LongAnnexes is a document with annexes of tables of some and of more rows than a page has in the
// usual rows, the last of them above the imprint.
func LongAnnexes() document.Document {
	d := Plain(1, 3)
	for i, n := range []int{12, 29, 30, 27, 60, 22} {
		d.Annexes = append(d.Annexes, document.Annex{Title: fmt.Sprintf("第%d种情况表", i+1), Body: []document.Block{
			document.Table{Unit: "单位：株、万元", Columns: columns()[1:], Rows: shorter(rows(n)), Note: "三坑农场、乌石农场、科技工业园没有应报的村（社区），不列。"}}})
	}
	d.Imprint = document.Imprint{CopyTo: "各套领导班子成员", Printer: "秘书组", Printed: date.MustParse("2024-04-02")}
	return d
}

func shorter(list []document.Row) []document.Row {
	for i := range list {
		list[i].Cells = list[i].Cells[1:]
	}
	return list
}

// CheckLongAnnexes holds the pages of LongAnnexes(): a table that can stands on one page, the one of
// sixty rows goes on with its head, no page is blank, and the imprint is on the last table's page.
func CheckLongAnnexes(t *testing.T, pages []Page) {
	t.Helper()
	if len(pages) != 8 && len(pages) != 9 { // the page before the annexes, and two or three of the long one
		t.Errorf("%d pages", len(pages))
	}
	for n, p := range pages[1:] {
		text := Squeeze(p.Text())
		if !strings.Contains(text, "已种植（株）") && !strings.Contains(text, "已种植") {
			t.Errorf("page %d has no head of a table:\n%s", n+2, p.Text())
		}
	}
	for i := range 6 {
		title := fmt.Sprintf("第%d种情况表", i+1)
		for n, p := range pages[1:] {
			text := Squeeze(p.Text())
			if !strings.Contains(text, title) {
				continue
			}
			if strings.Contains(text, "合计") && !strings.Contains(text, "产业园") && i == 4 {
				t.Errorf("%s: its total stands alone on page %d", title, n+2)
			}
			if whole := strings.Contains(text, "合计") && strings.Contains(text, "不列。"); whole == (i == 4) {
				t.Errorf("%s: whole on page %d: %v", title, n+2, whole)
			}
		}
	}
	if last := Squeeze(pages[len(pages)-1].Text()); !strings.Contains(last, "第6种情况表") || !strings.Contains(last, "印发") {
		t.Error("the imprint is not on the page of the last table")
	}
}
