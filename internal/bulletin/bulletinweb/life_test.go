package bulletinweb_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/sangzi/sangzi/internal/testkit"
)

// A month from the list to the issued paper, an erratum after it, and what everybody sees.
func TestFromDraftToIssue(t *testing.T) {
	s := open(t, nil)
	d := s.page(months)
	has(t, d, ".month-list li:first-child", "2024年第一季度小结")
	has(t, d, ".month-list li:nth-child(2)", "2024年3月通报")
	hasNot(t, d, ".month-list a")
	d = s.press(d, at+"/begin", nil)
	has(t, d, ".paper-title", "关于2024年3月乡村绿化工作进展情况的通报")
	has(t, d, ".notice", "已起草")
	has(t, d, ".bulletin h2", "起草中")

	d = s.press(s.page(at+"/edit"), at+"/edit", url.Values{"do": {"save"}, "s0-p0": {"截至{截止日}，累计植树{已植树}株。\r\n另起一段。"}})
	has(t, d, ".notice", "已保存")
	if got := d.Find(".paper-text p").Eq(1).Text(); !regexp.MustCompile(`^截至2024年3月29日，累计植树\d+株。$`).MatchString(strings.TrimSpace(got)) {
		t.Errorf("the first paragraph reads %q", got)
	}
	has(t, d, ".paper-text", "另起一段。")

	d = s.press(d, at+"/submit", nil)
	has(t, d, ".bulletin", "请另一个人审定")
	hasNot(t, d, "form[action='"+at+"/approve'], form[action='"+at+"/edit'], a[href='"+at+"/edit'], form[action='"+at+"/issue']")
	w, d := s.send(d, at+"/return", url.Values{"reason": {" "}})
	if w.Code != http.StatusUnprocessableEntity || d.Find("details[open] .bad").Length() != 1 {
		t.Errorf("returned without a reason: %d", w.Code)
	}
	d = s.press(d, at+"/return", url.Values{"reason": {"第二段数字<b>请核</b>"}})
	has(t, d, ".notice", "第二段数字<b>请核</b>")
	d = s.press(d, at+"/redraft", nil)
	d = s.press(d, at+"/submit", nil)
	hasNot(t, d, ".notice.t-warn")
	// Who knows the address is told all the same.
	w, _ = s.ask(at+"/approve", url.Values{"base": {d.Find("input[name=base]").AttrOr("value", "")}})
	if has(t, s.page(w.Header().Get("Location")), ".notice", "送审和审定要由两个人办"); w.Code != http.StatusSeeOther {
		t.Errorf("approved by the same: %d", w.Code)
	}
	s.actor = colleague
	d = s.press(s.page(at), at+"/approve", nil)
	w, d = s.send(d, at+"/issue", url.Values{"number": {"十二号"}, "day": {"2024-03-30"}})
	if w.Code != http.StatusUnprocessableEntity || d.Find("[name=number]").AttrOr("value", "") != "十二号" {
		t.Errorf("issued under no number: %d, %s", w.Code, d.Find("[name=number]").AttrOr("value", ""))
	}
	has(t, d, ".notice.t-wrong", "应写成 普组通〔2024〕12号")
	d = s.press(d, at+"/issue", url.Values{"number": {"普组通[2024]12号"}, "day": {"2024-03-30"}})
	has(t, d, ".paper-number", "普组通〔2024〕12号")
	has(t, d, ".seal", "封存校验码")
	issued := strings.TrimSpace(d.Find(".paper").Text())

	d = s.press(d, at+"/erratum", url.Values{"reason": {"单位名称有误"}})
	has(t, d, ".bulletin", "更正：单位名称有误")
	s.actor = testkit.Village
	d = s.page(at)
	if got := strings.TrimSpace(d.Find(".paper").Text()); got != issued {
		t.Errorf("a village reads\n%s\nand not\n%s", got, issued)
	}
	hasNot(t, d, ".bulletin form, .paper a")
	if n := d.Find(".bulletin-history li").Length(); n != 1 {
		t.Errorf("a village sees %d versions", n)
	}
	has(t, s.page(months), ".month-list", "普组通〔2024〕12号")
	hasNot(t, s.page(months), ".month-list form")
	if w, _ := s.ask(at+"?version=1", nil); w.Code != http.StatusNotFound {
		t.Errorf("a village reads a draft: %d", w.Code)
	}
	s.actor = testkit.City
	has(t, s.page("/bulletins/445200000000"), ".filters", "普宁市")
}

// Who saves over another's version is told, sees what the other did, and loses nothing.
func TestTwoEditors(t *testing.T) {
	s := open(t, nil)
	if _, err := s.Begin(ctx, testkit.County, testkit.Puning, march); err != nil {
		t.Fatal(err)
	}
	mine := s.page(at + "/edit")
	s.press(mine, at+"/edit", url.Values{"do": {"save"}, "s0-p0": {"她写的"}})
	s.actor = colleague
	w, d := s.send(mine, at+"/edit", url.Values{"do": {"save"}, "s0-p0": {"我写的"}})
	if w.Code != http.StatusUnprocessableEntity || d.Find("[name='s0-p0']").Text() != "我写的" {
		t.Errorf("%d, %s", w.Code, d.Find("[name='s0-p0']").Text())
	}
	has(t, d, ".notice", "刚有人改过")
	has(t, s.page(d.Find(".notice a").AttrOr("href", "")), ".change-after", "她写的")
	d = s.press(d, at+"/edit", url.Values{"do": {"save"}})
	has(t, d, ".paper-text", "我写的")
	has(t, s.page(at+"/compare"), ".change-before del", "她")
	has(t, s.page(at+"/compare?a=1&b=1"), ".compare-words", "文字没有改动")
	for _, path := range []string{at + "?version=9", at + "/compare?a=9&b=1", at + "/compare?b=9", "/bulletin/445281000000/2024-13", "/bulletin/44528100000x/2024-03", "/bulletin/445281119000/2024-03"} {
		if w, _ := s.ask(path, nil); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
}

// A unit whose 机关代字 nobody has told sees what it has to fill in; one whose is known does not.
func TestNumberWithoutMark(t *testing.T) {
	s := open(t, nil)
	if _, err := s.Begin(ctx, testkit.City, testkit.Huilai, march); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Begin(ctx, testkit.City, testkit.Puning, march); err != nil {
		t.Fatal(err)
	}
	s.actor = testkit.City
	huilai, puning := "/bulletin/445224000000/2024-03", at
	has(t, s.page(huilai), ".notice", "发文字号还没有机关代字")
	if text := s.page(puning).Text(); strings.Contains(text, "发文字号还没有机关代字") {
		t.Error("普宁 is asked for the mark it has")
	}
}
