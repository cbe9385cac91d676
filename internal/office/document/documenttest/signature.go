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

// sentence is what last paragraphs are made of: hanzi, commas and figures, so that programs break
// the lines each in its own way.
const sentence = "正值植树时节，各镇要抓住雨水前后的有利时机，落实苗木12800株、资金386.5万元，正逐村排出进度；没有种下的正逐户核对，3月底前种完。"

// LongEndings are documents whose last paragraph has one to twenty-five lines, of plain hanzi and of
// sentences, behind so many lines that its end comes to every part of the page.
func LongEndings() map[string]document.Document {
	all := map[string]document.Document{}
	for n := 1; n <= 25; n++ {
		for i, front := range []int{22, 23 - n%22, 21 - n%19, 9} {
			text := strings.Repeat("正", n*document.Chars-2)
			if i%2 == n%2 {
				text = string([]rune(strings.Repeat(sentence, 20))[:n*document.Chars-5]) + "。"
			}
			d := Plain(1, front)
			d.Body = append(d.Body, document.Paragraph{Text: document.Words(text)})
			d.Signers, d.Date = []string{"中共普宁市委组织部", "普宁市农业农村局", "普宁市林业局"}, date.MustParse("2024-04-02")
			if i == 3 {
				d.Annexes = []document.Annex{{Title: "各乡镇场街道植树进展情况表"}, {Title: "各乡镇场街道资金和报送情况表"}}
			}
			all[fmt.Sprintf("%d lines behind %d", n, front)] = d
		}
	}
	return all
}

// CheckLongEnding holds pages of LongEndings(): text stands with the signature, and all of the last
// paragraph is there.
func CheckLongEnding(t *testing.T, name string, d document.Document, pages []Page) {
	t.Helper()
	var all strings.Builder
	signed := 0
	for n, p := range pages {
		var text strings.Builder
		body := 0
		for _, l := range CheckPageNumber(t, p, n+1) {
			s := Squeeze(l.Text)
			text.WriteString(s)
			if strings.ContainsAny(s, "正各时株种核") && !strings.Contains(s, "附件：") && !strings.Contains(s, "情况表") && !strings.Contains(s, "普宁市") {
				body++
			}
		}
		all.WriteString(text.String())
		if !strings.Contains(text.String(), "中共普宁市委组织部") {
			continue
		}
		if signed++; body == 0 || !strings.Contains(text.String(), "普宁市林业局") || !strings.Contains(text.String(), "2024年4月2日") {
			t.Errorf("%s: with the signature on page %d stand\n%s", name, n+1, p.Text())
		}
	}
	if signed != 1 {
		t.Errorf("%s: %d signatures", name, signed)
	}
	last := d.Body[len(d.Body)-1].(document.Paragraph).Text.String()
	// a comma that hangs out of its line is read apart from it
	if commas := strings.NewReplacer("，", "", "、", "", "。", ""); !strings.Contains(commas.Replace(all.String()), commas.Replace(Squeeze(last))) {
		t.Errorf("%s: the last paragraph is not whole", name)
	}
}

// Joint is a short document of four signers.
func Joint() document.Document {
	d := Plain(1, 3)
	d.Signers, d.Date = []string{"中共普宁市委组织部", "普宁市农业农村局", "普宁市林业局", "普宁市财政局"}, date.MustParse("2024-04-02")
	return d
}

// CheckJoint holds the page of Joint(): two rows of signers in their order with room for seals of 4.5 cm
// between them, inside the type area, the date below the last.
func CheckJoint(t *testing.T, p Page) {
	t.Helper()
	of := func(name string) Line {
		for _, l := range p.Lines {
			if strings.Contains(Squeeze(l.Text), name) {
				return l
			}
		}
		t.Fatalf("%s is not on the page:\n%s", name, p.Text())
		return Line{}
	}
	a, b, c, d, day := of("中共普宁市委组织部"), of("普宁市农业农村局"), of("普宁市林业局"), of("普宁市财政局"), of("2024年4月2日")
	if !near(a.Bottom, b.Bottom) || !near(c.Bottom, d.Bottom) || c.Bottom-a.Bottom < 45 || day.Bottom-d.Bottom < 5 || day.Bottom-d.Bottom > 12 {
		t.Errorf("the rows end %.1f and %.1f, %.1f and %.1f, the date %.1f mm down", a.Bottom, b.Bottom, c.Bottom, d.Bottom, day.Bottom)
	}
	for _, l := range []Line{a, b, c, d, day} {
		if l.Left < document.LeftMargin-1 || l.Right > document.LeftMargin+document.TextWidth+1 {
			t.Errorf("%q stands from %.1f to %.1f mm", l.Text, l.Left, l.Right)
		}
	}
	if d.Text != c.Text && (a.Right > b.Left || c.Right > d.Left || !near((d.Left+d.Right)/2, (day.Left+day.Right)/2)) {
		t.Errorf("the columns are %.1f to %.1f and %.1f to %.1f mm, the date %.1f to %.1f", c.Left, c.Right, d.Left, d.Right, day.Left, day.Right)
	}
}
