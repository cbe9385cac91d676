package ledgerweb_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/ledger/ledgertest"
	"github.com/sangzi/sangzi/internal/testkit"
)

var xintan = path(testkit.Xintan, ledgertest.ThisWeek, "")

func TestCurrentWeek(t *testing.T) {
	s := newSite(t, friday(t), testkit.Village)
	for _, from := range []string{"/ledger", "/ledger/" + testkit.Xintan.String()} {
		if p := s.get(from).want(200); p.path != xintan {
			t.Errorf("%s led to %s, want %s", from, p.path, xintan)
		}
	}
	s.get(path(testkit.LihuTown, ledgertest.ThisWeek, "")).want(404)
	s.get("/ledger/" + testkit.Xintan.String() + "/2024-03-28").want(404)
	s.get("/ledger/12x/2024-03-29").want(404)
}

func TestVillageShowsItsRow(t *testing.T) {
	s := newSite(t, friday(t), testkit.Village)
	p := s.get(xintan).want(200)
	p.has("h1", "新坛村 · 第 9 周").has(".phone-head", "流沙东街道 · 普宁市").has(".phone-lead", "还有 1 小时 12 分")
	p.count("details.entry", 20).count("details.entry[open]", 0).count(".band h3", 5)
	p.has(".bar", "本周无变化，直接报送").has(".bar", "20 项都与3月22日报的相同")
	p.count(`input[inputmode="decimal"]`, 5).count(`#i-seminar_held input[type="radio"]`, 2)
	s.get(xintan+"?edit=1").count("details.entry[open]", 20)
}

func TestVillageUnchangedIsOneTap(t *testing.T) {
	s := newSite(t, friday(t), testkit.Village)
	p := s.post(path(testkit.Xintan, ledgertest.ThisWeek, "/unchanged"), s.get(xintan).form("#row")).want(200)
	p.has(".done", "已报给流沙东街道 · 3月29日 16:18").has(".done", "本周无变化 · 陈秋月填报").has(".done", "还可以改，改后再报")
	v := s.state(testkit.Xintan)
	if v.Latest == nil || !v.Latest.Unchanged || v.State != ledger.OnTime || v.Latest.Source.Kind != ledger.ByForm {
		t.Errorf("stored %+v", v.Latest)
	}
}

// A form that comes with changed values is not declared unchanged, and nothing is lost.
func TestVillageUnchangedWithChanges(t *testing.T) {
	s := newSite(t, friday(t), testkit.Village)
	form := s.get(xintan).form("#row")
	form.Set("cell.patrons_visited", "12")
	p := s.post(path(testkit.Xintan, ledgertest.ThisWeek, "/unchanged"), form).want(200)
	p.has("#messages", "您改了 1 项，已存下").has("#i-patrons_visited", "12 人")
	if v := s.state(testkit.Xintan); v.Latest != nil {
		t.Errorf("reported: %+v", v.Latest)
	}
}

func TestVillageFieldIsCheckedAsItIsLeft(t *testing.T) {
	s := newSite(t, friday(t), testkit.Village)
	draft := path(testkit.Xintan, ledgertest.ThisWeek, "/draft")
	for _, c := range []struct{ key, text, says, shown string }{
		{"planted_trees", "三百", ".error 不是数字", "三百"},
		{"planted_trees", "-3", ".error 不能是负数", "-3"},
		{"planted_trees", "3.5", ".error 必须是整数", "3.5"},
		{"planted_trees", "90", fmt.Sprintf(".warning 由 %d 减为 90", s.last(testkit.Xintan, "planted_trees")), "90 株"},
		{"planted_trees", "９９９株", ".warning 大于", "999 株"},
		{"plan_made", "否", ".warning 本周改为“否”", "否"},
		{"party_members", "88", "", "88 人"},
	} {
		p := s.htmx(draft, url.Values{"base": {"0"}, "cell." + c.key: {c.text}}).want(200)
		p.has("#s-"+c.key, c.shown).has("#bar-inner", "已保存 16:18:00")
		if selector, words, ok := strings.Cut(c.says, " "); ok {
			p.has("#m-"+c.key+" "+selector, words)
		} else {
			p.hasNot("#m-" + c.key + " .error").hasNot("#m-" + c.key + " .warning")
		}
	}
	// A column that others are held against brings their lines along.
	p := s.htmx(draft, url.Values{"base": {"0"}, "cell.fiscal_funds": {"5"}}).want(200)
	p.has("#m-invested_funds .warning", "各项合计")
}

func TestVillageNote(t *testing.T) {
	s := newSite(t, friday(t), testkit.Village)
	draft := path(testkit.Xintan, ledgertest.ThisWeek, "/draft")
	s.htmx(draft, url.Values{"base": {"0"}, "cell.patrons_visited": {fmt.Sprint(s.last(testkit.Xintan, "patrons_visited") - 1)}}).has("#m-patrons_visited label", "写一句说明")
	p := s.post(path(testkit.Xintan, ledgertest.ThisWeek, "/report"), s.get(xintan).form("#row")).want(422)
	p.has(".notice.t-wrong", "还有 1 处要改").count(`.notice.t-wrong a[href="#note-patrons_visited"]`, 1)
	p.count("#i-patrons_visited[open]", 1)
	s.htmx(draft, url.Values{"base": {"0"}, "note.patrons_visited": {"上周多记一人"}}).want(200).hasNot("#m-patrons_visited .warning")
	s.post(path(testkit.Xintan, ledgertest.ThisWeek, "/report"), s.get(xintan).form("#row")).want(200).has(".done", "变更 1 项")
	if v := s.state(testkit.Xintan); v.Latest.Notes["patrons_visited"] != "上周多记一人" {
		t.Errorf("notes %v", v.Latest.Notes)
	}
}

func TestVillageRefusedReportLosesNothing(t *testing.T) {
	s := newSite(t, friday(t), testkit.Village)
	form := s.get(xintan).form("#row")
	form.Set("cell.planted_trees", "很多")
	form.Set("cell.party_members", "88")
	p := s.post(path(testkit.Xintan, ledgertest.ThisWeek, "/report"), form).want(422)
	p.has(".notice.t-wrong", "不是数字").count(`a[href="#cell.planted_trees"]`, 1)
	again := s.get(xintan).form("#row")
	if again.Get("cell.planted_trees") != "很多" || again.Get("cell.party_members") != "88" {
		t.Errorf("kept %q and %q", again.Get("cell.planted_trees"), again.Get("cell.party_members"))
	}
	// What cannot even be kept is still on the page.
	form.Set("cell.planted_trees", strings.Repeat("多", 600))
	p = s.post(path(testkit.Xintan, ledgertest.ThisWeek, "/report"), form).want(422)
	p.has(".notice.t-wrong", "没有存上，您填的还在下面")
	if got := p.form("#row").Get("cell.planted_trees"); got != form.Get("cell.planted_trees") {
		t.Errorf("%d characters left", len([]rune(got)))
	}
}

func TestVillageDraftWithoutScript(t *testing.T) {
	s := newSite(t, friday(t), testkit.Village)
	form := s.get(xintan).form("#row")
	form.Set("cell.planted_trees", s.more(testkit.Xintan, 16))
	p := s.post(path(testkit.Xintan, ledgertest.ThisWeek, "/draft"), form).want(200)
	p.has("#messages", "已保存").has(".kept", "填了 1 项").has("#changed-title", "本周有变化的 1 项").has(".entry-was", "比上周 +16")
	p = s.post(path(testkit.Xintan, ledgertest.ThisWeek, "/discard"), url.Values{}).want(200)
	p.has("#messages", "已去掉").hasNot(".kept").has(".bar", "本周无变化，直接报送")
}

func TestVillageFirstEver(t *testing.T) {
	s := newSite(t, ledgertest.Empty(t, "2024-03-29 16:18"), testkit.Village)
	p := s.get(xintan).want(200).has(".hint", "第一次填报").count("details.entry[open]", 20).hasNot("[data-untouched]").hasNot(".error")
	s.post(path(testkit.Xintan, ledgertest.ThisWeek, "/unchanged"), url.Values{"base": {"0"}}).want(409).has("main", "以前没有报过")
	p = s.post(path(testkit.Xintan, ledgertest.ThisWeek, "/report"), p.form("#row")).want(422)
	p.has(".notice.t-wrong", "还有 20 处要改").count(".notice.t-wrong li a", 20)
}

func TestVillageMoved(t *testing.T) {
	s := newSite(t, friday(t), testkit.Village)
	mine := s.get(xintan).form("#row")
	clerk := access.Actor{Account: 9, Name: "镇里", Role: access.TownClerk, Unit: testkit.EastTown}
	now, typed := s.more(testkit.Xintan, 6), s.more(testkit.Xintan, 16)
	theirs := s.as(clerk).get(xintan).form("#row")
	theirs.Set("cell.planted_trees", now)
	s.post(path(testkit.Xintan, ledgertest.ThisWeek, "/report"), theirs).want(200)
	s.as(testkit.Village)

	// The field saved by script says so; the page still holds it.
	s.htmx(path(testkit.Xintan, ledgertest.ThisWeek, "/draft"), url.Values{"base": {"0"}, "cell.planted_trees": {typed}}).want(409)

	mine.Set("cell.planted_trees", typed)
	mine.Set("cell.party_members", "88")
	p := s.post(path(testkit.Xintan, ledgertest.ThisWeek, "/report"), mine).want(409)
	p.has("main", "镇里 3月29日 16:18 改过这一行").count(".clash-cell", 1).has(".clash-cell", "您填的 "+typed).has(".clash-cell", "现在的 "+now)
	s.post(path(testkit.Xintan, ledgertest.ThisWeek, "/draft"), p.form(".clash form")).want(200)
	for key, want := range map[string]string{"planted_trees": typed, "party_members": "88"} {
		if got := s.value(testkit.Xintan, key); fmt.Sprint(got) != want {
			t.Errorf("%s is %d, want %s", key, got, want)
		}
	}
}

// What only one of two changed is merged without a question.
func TestVillageMovedElsewhere(t *testing.T) {
	s := newSite(t, friday(t), testkit.Village)
	mine := s.get(xintan).form("#row")
	now := s.more(testkit.Xintan, 6)
	theirs := s.as(testkit.County).get(xintan).form("#row")
	theirs.Set("cell.planted_trees", now)
	s.post(path(testkit.Xintan, ledgertest.ThisWeek, "/report"), theirs).want(200)
	mine.Set("cell.party_members", "88")
	s.as(testkit.Village).post(path(testkit.Xintan, ledgertest.ThisWeek, "/report"), mine).want(200).has("#messages", "已合到一起")
	if trees, members := s.value(testkit.Xintan, "planted_trees"), s.value(testkit.Xintan, "party_members"); fmt.Sprint(trees) != now || members != 88 {
		t.Errorf("trees %d, members %d", trees, members)
	}
}

func TestVillageReturned(t *testing.T) {
	s := newSite(t, friday(t), reporter(Returned))
	p := s.get(path(Returned, ledgertest.ThisWeek, "")).want(200)
	p.has(".notice.t-returned", "里湖镇 退回了这张表").has(".notice.t-returned", "名单不符").has("#i-patrons_visited", "镇里请核对这一项").has(".bar", "改好了，再报给里湖镇")
	s.post(path(Returned, ledgertest.ThisWeek, "/report"), p.form("#row")).want(200).has(".done", "已报给里湖镇")
}

// A return's own deadline is the one that is shown, on the clock of the place.
func TestVillageReturnedByItsOwnTime(t *testing.T) {
	s := newSite(t, friday(t), testkit.Town)
	_, err := s.Ledger.Return(t.Context(), testkit.Town, ledger.ReturnInput{Unit: Unchanged, Week: ledgertest.ThisWeek, Reason: "请核对",
		Due: time.Date(2024, 3, 30, 9, 30, 0, 0, testkit.Shanghai)})
	if err != nil {
		t.Fatal(err)
	}
	s.as(reporter(Unchanged)).get(path(Unchanged, ledgertest.ThisWeek, "")).want(200).has(".notice.t-returned", "请在 3月30日（周六）09:30 前改好再报").has(".phone-lead", "3月30日（周六）09:30 截止")
}

func TestVillageStates(t *testing.T) {
	t.Run("late", func(t *testing.T) {
		w := friday(t)
		s := newSite(t, w, testkit.Village)
		w.Clock.Advance(3 * time.Hour)
		s.get(xintan).want(200).has(".phone-lead", "已逾期 1 小时 48 分").has(".bar", "本周无变化")
	})
	t.Run("locked", func(t *testing.T) {
		s := newSite(t, friday(t), testkit.Village)
		form := s.get(xintan).form("#row")
		_, err := s.Ledger.Lock(t.Context(), testkit.County, ledger.SubmitInput{Unit: testkit.Puning, Week: ledgertest.ThisWeek, Base: ledger.AnyBase,
			Head: ledger.Head{Unit: "普宁市", Contact: "林晓燕", Phone: "0663-2244668", FilledOn: ledgertest.ThisWeek}})
		if err != nil {
			t.Fatal(err)
		}
		s.get(xintan).want(200).has(".phone-lead", "县里已锁定").hasNot(".bar").hasNot("details.entry")
		form.Set("cell.party_members", "88")
		s.post(path(testkit.Xintan, ledgertest.ThisWeek, "/report"), form).want(409).has(".notice.t-wrong", "没有存上")
	})
	t.Run("not begun", func(t *testing.T) {
		s := newSite(t, friday(t), testkit.Village)
		s.get(path(testkit.Xintan, ledgertest.NextWeek, "")).want(200).has(".notice", "这一周还没有开始").hasNot(".bar")
	})
	t.Run("only reading", func(t *testing.T) {
		s := newSite(t, friday(t), testkit.Leader)
		s.get(xintan).want(200).hasNot(".bar").count("div.entry", 20)
		s.post(path(testkit.Xintan, ledgertest.ThisWeek, "/report"), url.Values{}).want(403)
	})
	t.Run("outside", func(t *testing.T) {
		s := newSite(t, friday(t), testkit.Outsider)
		s.get(xintan).want(404)
		s.post(path(testkit.Xintan, ledgertest.ThisWeek, "/draft"), url.Values{"cell.party_members": {"1"}}).want(404)
	})
	t.Run("on behalf", func(t *testing.T) {
		s := newSite(t, friday(t), testkit.Town)
		p := s.get(path(Nothing, ledgertest.ThisWeek, "")).want(200)
		form := p.form("#row")
		form.Set("cell.party_members", "57")
		s.post(path(Nothing, ledgertest.ThisWeek, "/report"), form).want(200).has(".done", "黄志明代报")
	})
}
