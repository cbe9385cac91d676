package browser_test

import (
	"fmt"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/sangzi/sangzi/internal/demo"
)

// connected takes the network away from the visitor's browser, or gives it back.
func (v *visitor) connected(yes bool) {
	v.t.Helper()
	v.allow("ERR_INTERNET_DISCONNECTED")
	v.allow("htmx:sendError")
	v.allow("htmx:afterRequest")
	if _, err := chromedp.Call(v.ctx, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{
		MatchedNetworkConditions: []*network.Conditions{{Offline: !yes, DownloadThroughput: -1, UploadThroughput: -1}}}); err != nil {
		v.t.Fatal(err)
	}
	if _, err := chromedp.Call(v.ctx, network.OverrideNetworkState, network.OverrideNetworkStateParams{
		Offline: !yes, DownloadThroughput: -1, UploadThroughput: -1}); err != nil {
		v.t.Fatal(err)
	}
}

// TestOffline loses the connection while somebody types: nothing is lost, and it is saved when
// the connection is back.
func TestOffline(t *testing.T) {
	s := open(t)

	t.Run("a village on the road", func(t *testing.T) {
		v := s.phone(t).signIn("xintan")
		v.click("#i-planted_trees summary")
		v.click("#i-secured_seedlings summary")
		v.connected(false)
		v.fill(field("planted_trees"), "310\t")
		v.says("#offline", "没有网络")
		// Reporting says so too, and keeps the page.
		v.press("报给流沙东街道")
		v.at(ledgerOf(demo.Village))
		v.fill(field("secured_seedlings"), "540\t")
		if got := s.row(t, demo.Village).Draft; got != nil {
			t.Fatalf("saved without a network: %v", got.Inputs)
		}
		v.connected(true)
		v.until(`document.getElementById("offline").hidden`)
		v.says("#bar-inner", "已保存")
		for key, want := range map[string]string{"planted_trees": "310", "secured_seedlings": "540"} {
			if got := s.filled(t, demo.Village, key); got != want {
				t.Errorf("%s is kept as %s, want %s", key, got, want)
			}
		}
	})

	t.Run("a village that closes the page", func(t *testing.T) {
		village := s.villages(t, demo.Town)[14]
		v := s.phone(t).signIn(s.reporter(t, village))
		v.click("#i-planted_trees summary")
		v.connected(false)
		v.fill(field("planted_trees"), "895\t")
		v.says("#offline", "没有网络")
		v.do(chromedp.Navigate("about:blank"))
		v.connected(true)
		v.visit(ledgerOf(village.Code))
		v.until(fmt.Sprintf(`document.querySelector(%q).value === "895"`, field("planted_trees")))
		v.says("#bar-inner", "已保存")
		if got := s.filled(t, village.Code, "planted_trees"); got != "895" {
			t.Errorf("kept %s", got)
		}
	})

	t.Run("a town's grid", func(t *testing.T) {
		village := s.villages(t, demo.Town)[22].Code
		v := s.desk(t).signIn("lihu")
		v.click(cell(village, "patrons_visited"))
		v.connected(false)
		v.keys("41" + kb.Enter)
		v.says("#grid-status", "没有网络，1 格还在本页")
		v.click(cell(village, "training_attendances"))
		v.keys("142" + kb.Enter)
		v.says("#grid-status", "2 格还在本页")
		v.connected(true)
		v.saved()
		for key, want := range map[string]string{"patrons_visited": "41", "training_attendances": "142"} {
			if got := s.filled(t, village, key); got != want {
				t.Errorf("%s is kept as %s, want %s", key, got, want)
			}
		}
		if v.asked > 0 {
			t.Error("the page asked whether to leave it")
		}
	})
}
