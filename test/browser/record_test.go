package browser_test

import (
	"context"
	"testing"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/demo"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/unit"
)

// planted are the plantings of the cast's village, as they stand.
func (s *stage) planted(t *testing.T) []record.Version {
	t.Helper()
	list, err := s.Records.List(context.Background(), access.Operator("test", unit.Nation), record.Query{Of: demo.Village, Kind: "planting", Withdrawn: true})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// TestRecordOnAPhone goes from a village's ledger to a planting recorded, found in the list and
// corrected, and looks at it from the town.
func TestRecordOnAPhone(t *testing.T) {
	s := open(t)
	v := s.phone(t).signIn("xintan")
	v.at(ledgerOf(demo.Village))
	v.follow("义务植树")
	v.at("/records/" + demo.Village.String() + "/new/planting")

	// A slip is said at its field; nothing typed is lost.
	v.allow("status of 422")
	v.click(`[name="f.work"][value=new]`)
	v.fill(`[name="f.trees"]`, "一百二")
	v.follow("保存")
	v.says(`[id="f.trees-error"]`, "不是数字")
	v.until(`document.querySelector('[name="f.work"][value=new]').checked`)
	v.press("昨天")
	v.fill(`[name="f.trees"]`, "120")
	v.fill(`[name="f.species"]`, "荔枝80、龙眼40")
	v.press("谁参加")
	v.fill(`[name="p.members"]`, "12")
	v.follow("保存")
	v.reads(".notice.t-saved", "已记 16:18")
	v.reads(".record-facts", "荔枝80、龙眼40")
	v.reads("main", "计入台账：已植树")

	v.follow("全部记录")
	v.reads(".record-list", "3月28日 义务植树 新种 120 株 · 荔枝80、龙眼40 · 党员 12 人")
	v.then(func() { v.click(".record-list a") })
	v.follow("更正")
	v.fill(`[name="f.trees"]`, "110")
	v.fill(`[name="f.species"]`, "荔枝70、龙眼40")
	v.fill(`[name=reason]`, "数错一垄")
	v.follow("保存更正")
	v.reads(".record-steps", "株数： 120 株 → 110 株")
	if list := s.planted(t); len(list) != 1 || list[0].Number != 2 || list[0].Facts.Numbers["trees"] != 110 {
		t.Errorf("recorded %+v", list)
	}
	if got := v.ask("document.documentElement.scrollWidth <= innerWidth"); got != "true" {
		t.Error("the page is wider than the phone")
	}

	east, _ := s.Units.Tree(thisWeek).Unit(demo.EastTown)
	town := s.desk(t).signIn(demo.ClerkOf(east, 0).Login)
	town.follow("记录")
	town.at("/records/" + demo.EastTown.String())
	town.reads(".record-list", "义务植树 新种 110 株 · 荔枝70、龙眼40 · 党员 12 人 新坛村 · 陈秋月记")
	town.then(func() { town.click(".record-list a") })
	town.reads(".record-steps", "“数错一垄”")
}
