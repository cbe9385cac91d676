package browser_test

import (
	"strings"
	"testing"

	"github.com/sangzi/sangzi/internal/demo"
)

const marchBulletin = "/bulletin/445281000000/2024-03"

// A month's bulletin from the list to the issued paper: the county drafts, edits and submits it,
// the city approves it, the county issues it, a leader reads it on his telephone and follows a
// figure down.
func TestBulletin(t *testing.T) {
	s := openRecorded(t)
	s.set("18:00")
	v := s.desk(t).signIn("puning")
	v.follow("月通报")
	v.at("/bulletins/445281000000")
	v.then(func() { v.touch(".month-list li:nth-child(2) button", "起草") })
	v.at(marchBulletin)
	v.reads(".paper-title", "关于2024年3月乡村绿化工作进展情况的通报")
	v.then(func() { v.touch(".paper-text a.figure", "") })
	v.visit(marchBulletin)

	v.follow("改文字")
	v.reads(".offers", "{已植树}")
	v.allow("422 (Unprocessable Entity)")
	v.fill("[name=s1-p0]", "截至{截止日}，累计植树{植树数}株。")
	v.follow("看看效果")
	v.reads("#s1-p0-error", "没有“植树数”这个数")
	v.fill("[name=s1-p0]", "截至{截止日}，{单位名称}累计植树{已植树}株。")
	v.follow("看看效果")
	v.reads(".look .paper-text", "截至2024年3月29日，普宁市累计植树")
	v.then(func() { v.click("[aria-label='第 3 节上移']") })
	v.until(`document.querySelector("[name=s2-p0]").value.startsWith("截至{截止日}，{单位名称}累计")`)
	v.follow("保存")
	v.at(marchBulletin)
	v.reads(".paper-text h3", "一、各项工作情况")
	v.follow("送审")
	v.reads("main", "请另一个人审定")

	city := s.desk(t).signIn("jieyang")
	city.visit(marchBulletin)
	city.follow("审定")
	city.reads(".bulletin .card h2", "已审定")
	v.visit(marchBulletin)
	v.fill("[name=number]", "普组通〔2024〕12号")
	v.then(func() { v.click(`form[action$="/issue"] button`) })
	v.reads(".paper-number", "普组通〔2024〕12号")
	v.hasNot(`form[action$="/issue"]`)

	leader := s.phone(t).signIn("lingdao")
	leader.follow("月通报")
	leader.follow("2024年3月通报")
	leader.reads(".paper-number", "普组通〔2024〕12号")
	if got := leader.ask(`document.documentElement.scrollWidth`); got != "380" {
		t.Errorf("the page is %s wide", got)
	}
	leader.then(func() { leader.touch(".paper-text a.figure", "") })
	if got := leader.ask("location.pathname"); !strings.HasSuffix(got, thisWeek.String()) || !strings.Contains(got, demo.County.String()) {
		t.Errorf("the figure leads to %s", got)
	}
}
