package readingweb_test

import (
	"net/http"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/reading"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/test/house"
)

func TestMain(m *testing.M) { testkit.Main(m) }

func open(t *testing.T) *house.House {
	t.Helper()
	return house.Open(t, "sqlite:"+filepath.Join(t.TempDir(), "sangzi.db"))
}

// page reads a page that is there.
func page(t *testing.T, c *house.Client, path string) *goquery.Document {
	t.Helper()
	r := c.Get(path)
	if r.Status != http.StatusOK {
		t.Fatalf("%s: %d", path, r.Status)
	}
	return parsed(t, r)
}

func parsed(t *testing.T, r house.Reply) *goquery.Document {
	t.Helper()
	d, err := goquery.NewDocumentFromReader(strings.NewReader(r.Body))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func text(s *goquery.Selection) string { return strings.Join(strings.Fields(s.Text()), " ") }

const (
	list   = "/campaign/readings"
	models = list + "/25.models"
	belt   = list + "/26.belt"
)

// send presses one of the buttons of the form that stands on a page for a reading.
func send(t *testing.T, c *house.Client, on, reading, verdict, words string) house.Reply {
	t.Helper()
	form := page(t, c, on).Find("form[action='" + reading + "']")
	if form.Length() != 1 || form.Find("button[value='"+verdict+"']").Length() != 1 {
		t.Fatalf("%s has %d forms for %s, %d buttons to %s", on, form.Length(), reading, form.Find("button[value='"+verdict+"']").Length(), verdict)
	}
	values := url.Values{"verdict": {verdict}, "text": {words}}
	form.Find("input[type=hidden]").Each(func(_ int, s *goquery.Selection) { values.Set(s.AttrOr("name", ""), s.AttrOr("value", "")) })
	return c.Do(http.MethodPost, reading, "application/x-www-form-urlencoded", values.Encode())
}

// The page says of every rule how the notice's words are read, and first what waits for the office;
// in a year whose festivals are not listed it says so.
func TestReadings(t *testing.T) {
	h := open(t)
	c := h.Browser("puning")
	d := page(t, c, list)
	pack := campaign.Default()
	main := text(d.Find("main"))
	for _, duty := range pack.Duties() {
		for _, x := range duty.Demands {
			if got := text(d.Find("#duty-" + duty.Key + " .reading-rules")); !strings.Contains(got, x.Says) || !strings.Contains(got, campaign.Unmarked(x.Ground)) {
				t.Errorf("%s %s is not said", duty.Key, x.Key)
			}
		}
	}
	for _, want := range []string{"某月上旬前 到当月10日，当天算在内", "2024年1月1日起，2024年3月10日止", "每季度，2024年1月1日起，没有最后一天", "记录“政策宣讲”（乡镇领导班子成员），不少于 1 次",
		"，或台账“", "国庆节和中秋节 2025年9月24日至10月13日", "不少于本县的指标（微信小程序累计认种树木）", "只对有驻镇工作队或驻村第一书记的"} {
		if !strings.Contains(main, want) {
			t.Errorf("no %q", want)
		}
	}
	if got := text(d.Find("#waiting").Parent().Find("summary").First()); got != "待确认16 条 普宁市" {
		t.Errorf("the office is asked %s", got)
	}
	if strings.Contains(main, "有待确认") {
		t.Error("the mark of the pack stands in a reading")
	}
	waiting := 0
	for _, q := range pack.Questions() {
		if q.Waiting {
			waiting++
		}
	}
	if n := d.Find("#waiting .reading").Length(); n != waiting || n != d.Find("#waiting form").Length() {
		t.Errorf("%d wait with %d forms, want %d", n, d.Find("#waiting form").Length(), waiting)
	}
	for id, want := range map[string]bool{"waiting": true, "words": false, "duties": false} {
		if _, is := d.Find("#" + id).Parent().Attr("open"); is != want || d.Find(".jumps a[href='#"+id+"']").Length() != 1 {
			t.Errorf("%s: open is %t", id, is)
		}
	}
	if strings.Contains(main, "还没有录入") {
		t.Error("the year is listed")
	}
	h.Clock.Set(testkit.NewClock("2026-02-01 09:00").Now())
	if got := text(page(t, h.Browser("lingdao"), list).Find("main")); !strings.Contains(got, "2026年的节假日还没有录入") {
		t.Error("the year is not listed")
	}
}

// The office agrees with one touch and reads another otherwise in its own words; everybody of the
// county sees who and when, the rule is computed as before, the administrator reads what to change.
func TestOfficeSays(t *testing.T) {
	h := open(t)
	office, village := h.Browser("puning"), h.Browser("xintan")
	if r := send(t, office, list, models, "agree", ""); r.Status != http.StatusSeeOther || r.Header.Get("Location") != list {
		t.Fatalf("agreed: %d %s", r.Status, r.Header.Get("Location"))
	}
	if r := send(t, office, list, belt, "otherwise", "  "); r.Status != 422 || !strings.Contains(r.Body, "另有理解要写明怎样理解") {
		t.Errorf("without words: %d", r.Status)
	}
	const long = "<b>片区</b>合建"
	r := send(t, office, list, belt, "otherwise", strings.Repeat(long, 60))
	if d := parsed(t, r); r.Status != 422 || d.Find("textarea").Text() != strings.Repeat(long, 60) || d.Find(".error").Length() != 1 {
		t.Errorf("too many words: %d, what was typed is gone", r.Status)
	}
	before := text(page(t, office, "/tasks/"+testkit.Puning.String()+"/26").Find(".duty-sum"))
	if r := send(t, office, belt, belt, "otherwise", long); r.Status != http.StatusSeeOther || r.Header.Get("Location") != belt {
		t.Fatalf("read otherwise: %d", r.Status)
	}
	d := page(t, village, list)
	if got := text(d.Find("#agreed li:has(a[href='" + models + "'])")); !strings.Contains(got, "已确认") || !strings.Contains(got, "普宁市 林晓燕 3月29日") {
		t.Errorf("the village reads %s", got)
	}
	if _, is := d.Find("#agreed").Parent().Attr("open"); is {
		t.Error("what is confirmed stands open")
	}
	if got := text(d.Find("#otherwise .reading")); !strings.Contains(got, "另有理解："+long) || !strings.Contains(got, "专项行动文件改定以前，仍按原来的理解计算") {
		t.Errorf("the village reads %s", got)
	}
	if n := d.Find("form[action^='/campaign']").Length(); n != 0 || d.Find("#waiting .reading").Length() != 14 || d.Find("#changes").Length() != 0 {
		t.Errorf("the village has %d forms, %d wait", n, d.Find("#waiting .reading").Length())
	}
	if after := text(page(t, office, "/tasks/"+testkit.Puning.String()+"/26").Find(".duty-sum")); after != before || after == "" {
		t.Errorf("what is computed was %s and is %s", before, after)
	}
	q, _ := h.App.Pack.Question("26.belt")
	if got := text(page(t, h.Browser("puning-admin"), list).Find("#changes")); !strings.Contains(got, "普宁市："+long) || !strings.Contains(got, "第 "+strconv.Itoa(q.Line)+" 行") || !strings.Contains(got, q.Field) || !strings.Contains(got, "26.belt") {
		t.Errorf("the administrator reads %s", got)
	}
	if r := send(t, office, belt, belt, "retract", ""); r.Status != http.StatusSeeOther {
		t.Fatalf("taken back: %d", r.Status)
	}
	one := page(t, village, belt)
	if got := text(one.Find("main")); !strings.Contains(got, "撤回了先前的表态") || !strings.Contains(got, long) || !strings.Contains(text(one.Find(".lead")), "待确认") {
		t.Errorf("the village reads %s", got)
	}
}

// Beside a task stands how its reading is, with the way to it; a county elsewhere has its own.
func TestBesideTasks(t *testing.T) {
	h := open(t)
	office := h.Browser("puning")
	item := "/tasks/" + testkit.Xintan.String() + "/25/models/2024-01-01"
	village := h.Browser("xintan")
	if got := text(page(t, village, item).Find(".duty-reading")); got != "“一批”没有数目，每个村有一处即算。 口径待确认" {
		t.Errorf("the village reads %s", got)
	}
	if r := send(t, office, models, models, "otherwise", "每村三处"); r.Status != http.StatusSeeOther {
		t.Fatal(r.Status)
	}
	for _, path := range []string{item, "/tasks/" + testkit.Xintan.String() + "/25"} {
		d := page(t, village, path)
		if got := text(d.Find(".duty-reading:contains(一批)")); !strings.Contains(got, "另有理解") || !strings.Contains(got, "专班的理解：每村三处。专项行动文件改定以前，仍按这里写的计算。") || d.Find(".duty-reading a[href='"+models+"']").Length() != 1 {
			t.Errorf("%s: %s", path, got)
		}
	}
	if got := text(page(t, h.Browser("huicheng"), "/tasks/"+testkit.Huicheng.String()+"/25").Find(".duty-reading:contains(一批)")); strings.Contains(got, "每村三处") || !strings.Contains(got, "待确认") {
		t.Errorf("another county reads %s", got)
	}
}

// A city sees which of its counties have said what, and speaks for itself; its word holds where a
// county has none.
func TestCity(t *testing.T) {
	h := open(t)
	city := h.Browser("jieyang")
	if r := send(t, h.Browser("puning"), list, models, "agree", ""); r.Status != http.StatusSeeOther {
		t.Fatal(r.Status)
	}
	q, _ := h.App.Pack.Question("25.models")
	huilai := access.Actor{Account: 9, Name: "惠来专班", Role: access.CountyOffice, Unit: testkit.Huilai}
	if _, err := h.App.Readings.Say(t.Context(), huilai, reading.SayInput{Unit: testkit.Huilai, Key: q.Key, Verdict: reading.Differs, Text: "每村三处", Print: q.Print}); err != nil {
		t.Fatal(err)
	}
	var got []string
	page(t, city, list).Find("#waiting #r-25\\.models .reading-across li").Each(func(_ int, s *goquery.Selection) { got = append(got, text(s)) })
	if want := "待确认 3：榕城区、揭东区、揭西县|另有理解 1：惠来县|已确认 1：普宁市"; strings.Join(got, "|") != want {
		t.Errorf("the city reads %v", got)
	}
	if got := text(page(t, h.Browser("admin"), list).Find("#changes")); !strings.Contains(got, "惠来县：每村三处") {
		t.Errorf("its administrator reads %s", got)
	}
	if r := send(t, city, list, belt, "agree", "以县为准"); r.Status != http.StatusSeeOther {
		t.Fatal(r.Status)
	}
	if got := text(page(t, h.Browser("lihu"), list).Find("#agreed li:has(a[href='" + belt + "'])")); !strings.Contains(got, "揭阳市 郑国强 3月29日 ：以县为准") {
		t.Errorf("a town of a county that has said nothing reads %s", got)
	}
}

// The form of annex 3 is marked until the office has confirmed it, on the page and in the workbook.
func TestFormConfirmed(t *testing.T) {
	h := open(t)
	c := h.Browser("lihu")
	table := "/statistics/" + testkit.LihuTown.String() + "/" + house.LastWeek.String()
	const form = list + "/statistics"
	if got := text(page(t, c, table).Find(".lead a[href='" + form + "']")); got != "口径待确认" {
		t.Errorf("at first: %s", got)
	}
	if r := send(t, h.Browser("puning"), list, form, "otherwise", "要加一列"); r.Status != http.StatusSeeOther {
		t.Fatal(r.Status)
	}
	if got := text(page(t, c, table).Find(".lead a[href='" + form + "']")); got != "口径待确认" {
		t.Errorf("read otherwise: %s", got)
	}
	if r := send(t, h.Browser("puning"), list, form, "agree", ""); r.Status != http.StatusSeeOther {
		t.Fatal(r.Status)
	}
	d := page(t, c, table)
	if got := text(d.Find(".lead a[href='" + form + "']")); got != "口径已确认" || strings.Contains(text(d.Find("main")), "待确认") {
		t.Errorf("confirmed: %s", got)
	}
	if got := text(page(t, h.Browser("huicheng"), "/statistics/"+testkit.Huicheng.String()+"/"+house.LastWeek.String()).Find(".lead")); !strings.Contains(got, "口径待确认") {
		t.Errorf("in another county: %s", got)
	}
	got, err := h.App.Statistics.Table(t.Context(), testkit.Town, testkit.LihuTown, house.LastWeek, unit.LevelVillage)
	if err != nil || got.Form.Mark != "" || h.App.Pack.Statistics.Mark == "" {
		t.Errorf("the workbook's mark is %q, the pack's %q, %v", got.Form.Mark, h.App.Pack.Statistics.Mark, err)
	}
}

// What was said in another place, or of another wording, is not said over.
func TestStale(t *testing.T) {
	h := open(t)
	office := h.Browser("puning")
	q, _ := h.App.Pack.Question("25.models")
	for print, want := range map[string]string{"old": "这一条口径的写法刚改过", q.Print: "刚有人对这一条表过态"} {
		r := office.Do(http.MethodPost, models, "application/x-www-form-urlencoded", url.Values{"verdict": {"otherwise"}, "text": {"每村三处"}, "print": {print}, "base": {"7"}}.Encode())
		if d := parsed(t, r); r.Status != 422 || !strings.Contains(text(d.Find(".error")), want) || d.Find("textarea").Text() != "每村三处" {
			t.Errorf("%s: %d %s", print, r.Status, text(d.Find(".error")))
		}
	}
	for _, path := range []string{list + "/99", list + "/words.没有"} {
		if r := office.Get(path); r.Status != 404 {
			t.Errorf("%s: %d", path, r.Status)
		}
	}
	if d := page(t, office, list+"/"+url.PathEscape("words.某月底前")); text(d.Find("h1")) != "用语“某月底前”" || d.Find("form[method=post][action^='/campaign']").Length() != 1 {
		t.Errorf("of words: %s", text(d.Find("h1")))
	}
}
