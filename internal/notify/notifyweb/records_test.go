package notifyweb_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/test/house"
)

// What is recorded for a village, and what it objects to, reaches the inboxes of those concerned,
// with the way there; a department's of its own.
func TestRecordsReachInboxes(t *testing.T) {
	h := open(t)
	enter := func(a access.Actor, trees string) record.Version {
		t.Helper()
		v, err := h.App.Records.Enter(ctx, a, record.Input{Kind: "planting", Unit: testkit.Xintan, Day: house.ThisWeek,
			Fields: map[string]string{"work": "new", "trees": trees}, Source: ledger.Source{Kind: ledger.ByForm}})
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	inbox := func(login string) *goquery.Document {
		t.Helper()
		r := h.Browser(login).Get("/inbox")
		d, err := goquery.NewDocumentFromReader(strings.NewReader(r.Body))
		if r.Status != http.StatusOK || err != nil {
			t.Fatal(r.Status, err)
		}
		return d
	}
	if got := inbox("linye").Find(".empty").Text(); !strings.Contains(got, "交本单位办的调度事项") {
		t.Errorf("an empty inbox: %s", got)
	}
	v := enter(testkit.Forestry, "12")
	enter(testkit.Forestry, "13")
	enter(testkit.County, "14")
	if got := inbox("xintan").Find(".message-title").Text(); strings.Count(got, "替本村记了") != 2 || strings.Count(got, "普宁市林业局替本村记了3月29日的义务植树") != 1 {
		t.Errorf("the village: %s", got)
	}
	if _, err := h.App.Records.Dispute(ctx, testkit.Village, record.At{ID: v.ID, Base: v.Number}, "<b>只有10株</b>"); err != nil {
		t.Fatal(err)
	}
	d := inbox("linye")
	if got := d.Find(".messages").Text(); !strings.Contains(got, "新坛村对3月29日的义务植树有异议") || !strings.Contains(got, "<b>只有10株</b>") {
		t.Errorf("the department: %s", got)
	}
	if got := d.Find(".unread").Text(); !strings.Contains(got, "1") {
		t.Errorf("unread: %q", got)
	}
	r := h.Browser("linye").Do(http.MethodPost, d.Find(".messages form").AttrOr("action", ""), "application/x-www-form-urlencoded", "")
	if r.Status != http.StatusSeeOther || r.Header.Get("Location") != "/record/"+strconv.FormatInt(v.ID, 10) {
		t.Errorf("%d to %s", r.Status, r.Header.Get("Location"))
	}
	if got := inbox("puning").Find("main").Text(); strings.Contains(got, "有异议") {
		t.Errorf("the office: %s", got)
	}
}
