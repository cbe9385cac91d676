package browser_test

import (
	"strings"
	"testing"
	"time"

	"github.com/sangzi/sangzi/internal/demo"
	"github.com/sangzi/sangzi/internal/testkit"
)

// The office turns a point into an item at the meeting, the town answers on a phone, the next
// week's page shows it, and it is closed; the leader sees how the town stands on one screen.
func TestDispatchFromPointToClose(t *testing.T) {
	s := open(t)
	page := "/dispatch/" + demo.County.String() + "/"
	office := s.desk(t).signIn("puning")
	office.follow("周调度")
	office.at(page + thisWeek.String())
	office.look("dispatch-week-desk")
	office.then(func() {
		office.click(`a.dispatch-open[href*="rule=unplanted"][href*="` + demo.Town.String() + `"]`)
	})
	office.look("dispatch-open-desk")
	office.then(func() { office.click(`form[action$="/open"] button`) })
	office.reads(".notice", "已列入")
	item := office.ask("location.pathname")

	town := s.phone(t).signIn("lihu")
	town.then(func() { town.click(".unread") })
	town.then(func() { town.touch(`form[action$="/open"] button`, "去看") })
	town.at(item)
	town.fill("#answer-text", "已种一半，清明前种完")
	town.follow("答复")
	town.look("dispatch-item-phone")
	if got := town.ask(`document.documentElement.scrollWidth`); got != "380" {
		t.Errorf("the item's page is %s wide", got)
	}

	s.clock.Set(time.Date(2024, 4, 1, 9, 0, 0, 0, testkit.Shanghai))
	office.visit("/dispatch/" + demo.County.String())
	office.at(page + "2024-04-03")
	office.reads("#items", "已种一半，清明前种完")
	office.then(func() { office.touch("#items a", "里湖镇") })
	office.fill("#close-text", "都种下了")
	office.then(func() { office.click("#close button") })
	office.visit(page + thisWeek.String())
	office.reads("#items", "后来：4月1日办结：都种下了")

	leader := s.phone(t).signIn("lingdao")
	leader.visit("/dispatch/" + demo.Town.String() + "/brief")
	leader.look("dispatch-brief-phone")
	if got := leader.ask(`Array.from(document.querySelectorAll(".brief-true, .brief-figures, .brief-points")).every((e) => e.getBoundingClientRect().bottom <= 700)`); got != "true" {
		t.Error("how the town stands does not fit on one screen")
	}
	if got := leader.text(".brief-true"); !strings.Contains(got, "村报了") {
		t.Errorf("whether it is true: %s", got)
	}
}
