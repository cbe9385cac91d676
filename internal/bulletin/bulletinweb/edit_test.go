package bulletinweb_test

import (
	"context"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"github.com/sangzi/sangzi/internal/bulletin"
	"github.com/sangzi/sangzi/internal/testkit"
)

// What cannot be kept comes back with all that was typed, and what is wrong stands at its place.
func TestFaultsKeepWhatWasTyped(t *testing.T) {
	s := open(t, nil)
	if _, err := s.Begin(ctx, testkit.County, testkit.Puning, march); err != nil {
		t.Fatal(err)
	}
	d := s.page(at + "/edit")
	if got := d.Find("textarea[name='s1-p0']").Text(); !strings.Contains(got, "{本期新增已植树}株") {
		t.Errorf("it is edited as %s", got)
	}
	has(t, d, ".offers", "{按时村次/应报村次}")
	typed := url.Values{"s1-p0": {"植树{植多少}株"}, "s2-p1": {"<b>{已植树</b>"}, "s2-heading": {"各项\"工作\""}, "title": {""}}
	for _, do := range []string{"save", "look"} {
		typed.Set("do", do)
		w, d := s.send(d, at+"/edit", typed)
		if w.Code != http.StatusUnprocessableEntity || d.Find("main .notice.t-wrong li").Length() != 3 {
			t.Errorf("%s: %d, %s", do, w.Code, d.Find("main .notice").Text())
		}
		for name, want := range typed {
			field := d.Find("[name='" + name + "']")
			if got := field.Text() + field.AttrOr("value", ""); name != "do" && got != want[0] {
				t.Errorf("%s: %s has %q", do, name, got)
			}
		}
		has(t, d, "#s1-p0-error", "没有“植多少”这个数")
		has(t, d, "#s2-p1-error", "花括号要一前一后成对")
		if got := d.Find(".notice.t-wrong li a").Eq(1).AttrOr("href", ""); d.Find(got).Length() != 1 {
			t.Errorf("the fault leads to %s", got)
		}
	}
	d = s.press(d, at+"/edit", url.Values{"do": {"save"}}) // as it was given
	has(t, d, ".bulletin-history", "第 2 版")
}

// Looking shows without keeping; moving changes the order and keeps what was typed.
func TestLookAndMove(t *testing.T) {
	s := open(t, nil)
	v, err := s.Begin(ctx, testkit.County, testkit.Puning, march)
	if err != nil {
		t.Fatal(err)
	}
	d := s.page(at + "/edit")
	w, seen := s.send(d, at+"/edit", url.Values{"do": {"look"}, "s1-p0": {"{单位名称}{已植树}"}})
	if w.Code != http.StatusOK || !regexp.MustCompile(`普宁市\d+`).MatchString(seen.Find(".look .paper-text").Text()) {
		t.Errorf("%d, it looks like %s", w.Code, seen.Find(".look").Text())
	}
	if got := seen.Find("[name='s1-p0']").Text(); got != "{单位名称}{已植树}" {
		t.Errorf("after looking it is %q", got)
	}
	headings := func(d *goquery.Document) (list []string) {
		d.Find("input[name$='-heading']").Each(func(_ int, f *goquery.Selection) { list = append(list, f.AttrOr("value", "")) })
		return list
	}
	n := len(v.Draft.Sections)
	for _, c := range []struct {
		do   string
		then func(*goquery.Document) bool
	}{
		{"section-down:1", func(d *goquery.Document) bool {
			return headings(d)[2] == "总体进展" && d.Find("[name='s2-p0']").Text() == "改过的"
		}},
		{"section-up:1", func(d *goquery.Document) bool { return headings(d)[0] == "总体进展" }},
		{"section-drop:1", func(d *goquery.Document) bool { return len(headings(d)) == n-1 }},
		{"section-add:1", func(d *goquery.Document) bool { return len(headings(d)) == n+1 && headings(d)[2] == "" }},
		{"paragraph-down:1.0", func(d *goquery.Document) bool { return d.Find("[name='s1-p1']").Text() == "改过的" }},
		{"paragraph-add:1.0", func(d *goquery.Document) bool {
			return d.Find("[name='s1-p1']").Text() == "" && d.Find("[name='s1-p2']").Length() == 1
		}},
		{"paragraph-drop:1.0", func(d *goquery.Document) bool {
			return d.Find("[name='s1-p1']").Length() == 0 && d.Find("[name='s1-p0']").Text() != "改过的"
		}},
		{"paragraph-drop:99.99", func(d *goquery.Document) bool { return len(headings(d)) == n }},
	} {
		w, after := s.send(d, at+"/edit", url.Values{"do": {c.do}, "s1-p0": {"改过的"}})
		if w.Code != http.StatusOK || !c.then(after) {
			t.Errorf("%s: %d, %v", c.do, w.Code, headings(after))
		}
	}
	b, err := s.Show(ctx, testkit.County, testkit.Puning, march, 0)
	if err != nil || b.Version.Number != 1 {
		t.Errorf("version %d after looking and moving, %v", b.Version.Number, err)
	}
	// The conditions of lists move with their paragraphs.
	after := s.press(d, at+"/edit", url.Values{"do": {"save"}})
	b, err = s.Show(ctx, testkit.County, testkit.Puning, march, 0)
	if err != nil || b.Version.Text != v.Text {
		t.Errorf("saved as it was it is another, %v: %s", err, after.Find(".notice").Text())
	}
}

// What anybody writes is text wherever it comes out.
func TestHostileText(t *testing.T) {
	s := open(t, nil)
	if _, err := s.Begin(ctx, testkit.County, testkit.Puning, march); err != nil {
		t.Fatal(err)
	}
	evil := `<script>alert(1)</script><a href="http://x.cn">点这里</a>[点](http://x.cn) javascript:alert(1) =HYPERLINK("x") "onload='x'`
	d := s.page(at + "/edit")
	change := url.Values{"title": {evil}, "greeting": {evil}, "issuers": {evil}, "copy_to": {evil}, "printer": {evil}, "s0-heading": {evil}, "s0-p0": {evil}}
	looks := []*goquery.Document{}
	for _, do := range []string{"look", "section-down:0"} {
		change.Set("do", do)
		_, seen := s.send(d, at+"/edit", change)
		looks = append(looks, seen)
	}
	change.Set("do", "save")
	looks = append(looks, s.press(d, at+"/edit", change), s.page(at+"/compare"), s.page(at+"/edit"), s.page(months))
	for i, seen := range looks {
		if n := seen.Find("main script, main [onload], a[href*='x.cn'], a[href^='javascript']").Length(); n != 0 {
			t.Errorf("page %d has %d that it should not have", i, n)
		}
		if !strings.Contains(seen.Find("main").Text()+seen.Find("main [name=title]").AttrOr("value", ""), "alert(1)") && i < 5 {
			t.Errorf("page %d does not show the text", i)
		}
	}
	if got := looks[2].Find(".paper-title").Text(); strings.TrimSpace(got) != evil {
		t.Errorf("the title reads %q", got)
	}
}

// The form takes more than is kept only to say so.
func TestTooMuch(t *testing.T) {
	s := open(t, nil)
	if _, err := s.Begin(ctx, testkit.County, testkit.Puning, march); err != nil {
		t.Fatal(err)
	}
	d := s.page(at + "/edit")
	for _, n := range []int{-1, bulletin.MaxSections + 1, 1 << 30} {
		w, _ := s.send(d, at+"/edit", url.Values{"do": {"save"}, "sections": {strconv.Itoa(n)}})
		if w.Code != http.StatusUnprocessableEntity {
			t.Errorf("%d sections: %d", n, w.Code)
		}
	}
}

// The condition of a list is changed on the page; what it cannot be is told at its field.
func TestCondition(t *testing.T) {
	s := open(t, nil)
	if _, err := s.Begin(context.Background(), testkit.County, testkit.Puning, march); err != nil {
		t.Fatal(err)
	}
	d := s.page(at + "/edit")
	id := strings.TrimSuffix(d.Find("[name$='-of'][value='已植树/计划植树']").First().AttrOr("name", ""), "-of")
	if id == "" {
		t.Fatal("no condition is shown")
	}
	w, wrong := s.send(d, at+"/edit", url.Values{"do": {"save"}, id + "-value": {"很多"}, id + "-also": {"植多少"}})
	if w.Code != http.StatusUnprocessableEntity {
		t.Errorf("%d", w.Code)
	}
	has(t, wrong, "#"+id+"-value-error", "不能作条件")
	has(t, wrong, "#"+id+"-also-error", "没有“植多少”")
	w, wrong = s.send(d, at+"/edit", url.Values{"do": {"save"}, id + "-except": {"没有这个镇"}})
	has(t, wrong, "#"+id+"-except-error", "没有“没有这个镇”")
	if w.Code != http.StatusUnprocessableEntity || wrong.Find("[name='"+id+"-except']").AttrOr("value", "") != "没有这个镇" {
		t.Errorf("%d, what was typed is lost", w.Code)
	}
	before := d.Find("[name='" + id + "']").Text()
	d = s.press(d, at+"/edit", url.Values{"do": {"save"}, id: {"完成率低于{条件的数}的有{名单和个数}。"}, id + "-sign": {"below"}, id + "-value": {"５４%"}, id + "-except": {"普侨镇"}})
	has(t, d, ".paper-text", "完成率低于54%的有")
	if strings.Contains(d.Find(".paper-text").Text(), before) || strings.Contains(paragraph(d, "完成率低于54%"), "普侨镇") {
		t.Error("the list is the old one")
	}
}

func paragraph(d *goquery.Document, with string) (text string) {
	d.Find(".paper-text p").Each(func(_ int, p *goquery.Selection) {
		if strings.Contains(p.Text(), with) {
			text = p.Text()
		}
	})
	return text
}
