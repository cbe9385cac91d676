package ledgerweb_test

import (
	"fmt"
	"net/http"
	"sync/atomic"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/ledger/ledgertest"
	"github.com/sangzi/sangzi/internal/testkit"
)

// phone opens the village's page on a phone of 380 px.
func (s *site) phone(path string) *browser {
	s.t.Helper()
	b := s.open(380, 800, true)
	b.visit(path)
	return b
}

// fill opens a line and types into its field.
func (b *browser) fill(key, text string) {
	b.t.Helper()
	b.do(chromedp.Evaluate[chromedp.Void](fmt.Sprintf(`(() => {
		const line = document.getElementById("i-%s");
		line.open = true;
		const field = line.querySelector("input");
		field.focus();
		field.select();
	})()`, key)), chromedp.KeyEvent(text+kb.Tab))
}

func TestPhoneReportsAFriday(t *testing.T) {
	s := newSite(t, friday(t), testkit.Village)
	b := s.phone(xintan)
	b.picture("village")
	b.fill("planted_trees", "90")
	b.until(`document.querySelector("#m-planted_trees .warning")`)
	b.until(`document.querySelector("#bar-inner").textContent.includes("已保存 16:18:00")`)
	b.picture("village-warn")
	if got := b.ask(`document.querySelector("#bar-inner button").textContent.trim()`); got != "核对无误，报给流沙东街道" {
		t.Errorf("the button says %q", got)
	}
	b.do(chromedp.Click(`#bar-inner button`))
	b.until(`document.querySelector(".notice.t-wrong")`)
	b.picture("village-refused")
	b.do(chromedp.SendKeys(chromedp.CSS(`[name="note.planted_trees"]`), "上次多报"))
	b.do(chromedp.Click(`#bar-inner button`))
	b.until(`document.querySelector(".done")`)
	b.picture("village-done")
	v := s.state(testkit.Xintan)
	if v.State != ledger.OnTime || v.Latest.Notes["planted_trees"] != "上次多报" || s.value(testkit.Xintan, "planted_trees") != 90 {
		t.Errorf("%+v", v.Latest)
	}
}

// Everything to be touched is 44 px high, and nothing is wider than the phone.
func TestPhoneTargets(t *testing.T) {
	s := newSite(t, friday(t), testkit.Village)
	b := s.phone(xintan + "?edit=1")
	small := b.ask(`Array.from(document.querySelectorAll("main summary, main .segment label, main input[type=text], .bar button, main .button"))
		.filter(e => e.offsetParent && e.getBoundingClientRect().height < 43.5).map(e => e.outerHTML.slice(0, 80)).join("\n")`)
	if small != "" {
		t.Errorf("too small:\n%s", small)
	}
	if wide := b.ask(`document.documentElement.scrollWidth`); wide != "380" {
		t.Errorf("%s px wide", wide)
	}
	if size := b.ask(`Array.from(document.querySelectorAll("main input[type=text]")).every(e => parseFloat(getComputedStyle(e).fontSize) >= 16)`); size != "true" {
		t.Error("a field with small letters")
	}
}

// Without a connection what is typed is kept on the device, across a reload, and sent later.
func TestPhoneWithoutAConnection(t *testing.T) {
	s := newSite(t, friday(t), testkit.Village)
	var down atomic.Bool
	inner := s.server.Config.Handler
	s.server.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if down.Load() && r.Method == http.MethodPost {
			panic(http.ErrAbortHandler)
		}
		inner.ServeHTTP(w, r)
	})
	b := s.phone(xintan)
	down.Store(true)
	b.fill("party_members", "88")
	b.until(`!document.getElementById("offline").hidden`)
	b.picture("village-offline")
	b.visit(xintan)
	b.until(`!document.getElementById("offline").hidden`)
	if got := b.ask(`document.getElementsByName("cell.party_members")[0].value`); got != "88" {
		t.Errorf("after a reload the field holds %q", got)
	}
	if got := s.value(testkit.Xintan, "party_members"); got != s.last(testkit.Xintan, "party_members") {
		t.Errorf("stored %d without a connection", got)
	}
	down.Store(false)
	b.do(chromedp.Evaluate[chromedp.Void](`window.dispatchEvent(new Event("online"))`))
	b.until(`document.getElementById("offline").hidden && document.querySelector("#s-party_members .changed")`)
	if got := s.value(testkit.Xintan, "party_members"); got != 88 {
		t.Errorf("stored %d", got)
	}
	// What has been reported does not come back from the device.
	b.do(chromedp.Click(`#bar-inner button`))
	b.until(`document.querySelector(".done")`)
	if got := b.ask(`Object.keys(localStorage).length`); got != "0" {
		t.Errorf("%s things are still kept on the device", got)
	}
}

func TestPhonePictures(t *testing.T) {
	s := newSite(t, friday(t), reporter(Returned))
	s.phone(path(Returned, ledgertest.ThisWeek, "")).picture("village-returned")
	s.as(testkit.Town)
	file := s.sheetOf(over(Nothing.String()+".planted_trees", "10", Draft.String()+".planted_trees", "多得很", Reported.String()+".planned_trees", "930", Reported.String()+".social_funds", "1.2"),
		Reported, Unchanged, Nothing, Draft) + "26,新坛村" + `,"否"` + "\n"
	p := s.upload(testkit.LihuTown, ledgertest.ThisWeek, "里湖镇台账.csv", file).want(200)
	b := s.open(1440, 900, false)
	b.visit(p.path)
	b.picture("preview")
	if got := b.ask(`document.documentElement.scrollWidth`); got != "1440" {
		t.Errorf("the preview is %s px wide", got)
	}
	b.visit(lihu + "/upload")
	b.picture("upload")
	s.phone(lihu).picture("town-phone")
}
