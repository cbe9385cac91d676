package browser_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/demo"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/unit"
)

// plans are the village's greening plans.
func (s *stage) plans(t *testing.T) []record.Version {
	t.Helper()
	list, err := s.Records.List(t.Context(), access.Operator("test", unit.Nation), record.Query{Of: demo.Village, Kind: "plan"})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// TestPlanDrawnOnAPhone goes from an empty form to a plan that is printed: plots typed, one drawn
// with keys, one with fingers and dragged, approved by the town, checked by the county.
func TestPlanDrawnOnAPhone(t *testing.T) {
	s := open(t)
	v := s.phone(t).signIn("xintan")
	v.visit("/records/" + demo.Village.String() + "/new/plan")
	v.fill(`[name="f.where"]`, "村口和河边")
	v.fill(`[name="f.plots.1.place"]`, "村口老榕树旁")
	v.ask(`document.querySelector('[name="f.plots.1.use"]').value = "village"`)
	v.fill(`[name="f.plots.1.tree"]`, "荔枝")
	v.fill(`[name="f.plots.1.trees"]`, "120")
	v.press("再加几行")
	v.until(`document.activeElement.name === "f.plots.2.place"`)
	v.keys("河边")
	v.fill(`[name="f.plots.2.trees"]`, "60")

	v.look("plan-form")
	// By keys: the cross is moved and Enter sets a corner.
	v.press("地块 1 村口老榕树旁")
	v.until(`document.activeElement.matches(".sketch-map")`)
	corner := func(keys string) { v.keys(keys + kb.Enter) }
	corner("")
	corner(strings.Repeat(kb.ArrowRight, 5))
	corner(strings.Repeat(kb.ArrowDown, 5))
	if got := v.value(`[name="f.plots.1.shape"]`); got != "500,500 600,500 600,600" {
		t.Fatalf("keys drew %q", got)
	}
	// By fingers: three corners, and one is dragged.
	v.press("地块 2 河边")
	for _, p := range [][2]float64{{.1, .1}, {.4, .1}, {.4, .3}} {
		v.tapMap(p[0], p[1])
	}
	v.says(".sketch-said", "地块 2：3 个点")
	v.dragMap(.4, .3, .4, .5)
	v.look("plan-drawn")
	v.follow("保存")
	list := s.plans(t)
	if len(list) != 1 || len(list[0].Facts.Rows["plots"]) != 2 || list[0].Facts.Numbers["trees"] != 180 || list[0].Facts.Numbers["sketched"] != 1 {
		t.Fatalf("recorded %+v", list)
	}
	near := func(got, want int) bool { return got > want-15 && got < want+15 }
	if shape := list[0].Facts.Rows["plots"][1].Shapes["shape"]; len(shape) != 3 || !near(shape[0].X, 100) || !near(shape[2].X, 400) || !near(shape[2].Y, 500) {
		t.Errorf("fingers drew %v", shape)
	}
	v.until(`document.querySelectorAll(".sketch-map polygon").length === 2`)
	v.look("plan-shown")
	if got := v.ask("document.documentElement.scrollWidth <= innerWidth"); got != "true" {
		t.Error("the page is wider than the phone")
	}
	id := strconv.FormatInt(list[0].ID, 10)

	east, _ := s.Units.Tree(thisWeek).Unit(demo.EastTown)
	town := s.desk(t).signIn(demo.ClerkOf(east, 0).Login)
	town.visit("/plans/" + demo.EastTown.String())
	town.follow("新坛村")
	town.look("plan-town")
	town.follow("审定这份规划")

	county := s.desk(t).signIn("puning")
	county.visit("/record/" + id)
	county.press("县级核对")
	county.click("[name=verdict][value=remarks]")
	county.fill("#check-reason", "河边那块避开行洪断面")
	county.look("plan-check")
	county.follow("记下核对结果")
	county.reads("main", "河边那块避开行洪断面")
	county.visit("/plans/" + demo.County.String())
	county.reads(".tiles", "180")
	county.look("plan-list")

	v.visit("/record/" + id)
	v.reads("main", "县级核对有意见")
	v.follow("打印")
	v.reads(".plan-paper", "镇街审定 同意")
	v.reads(".plan-paper", "河边那块避开行洪断面")
	v.look("plan-paper-phone")
	pdf := v.printed()
	if dir := os.Getenv("SANGZI_PICTURES"); dir != "" {
		if err := os.WriteFile(filepath.Join(dir, "plan.pdf"), pdf, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if pages := bytes.Count(pdf, []byte("/Type /Page\n")); !bytes.HasPrefix(pdf, []byte("%PDF-")) || pages < 1 || pages > 2 {
		t.Errorf("the printed plan has %d pages", pages)
	}
}

// mapPoint is where a place on the sketch map is on the screen, once it is in sight.
func (v *visitor) mapPoint(x, y float64) (float64, float64) {
	v.t.Helper()
	v.ask(`document.querySelector(".sketch-map").scrollIntoView({block: "center"})`)
	got := v.ask(fmt.Sprintf(`(() => { const r = document.querySelector(".sketch-map").getBoundingClientRect(); return (r.left + r.width * %v) + " " + (r.top + r.height * %v); })()`, x, y))
	var px, py float64
	if _, err := fmt.Sscan(got, &px, &py); err != nil {
		v.t.Fatal(err)
	}
	return px, py
}

func (v *visitor) tapMap(x, y float64) {
	v.t.Helper()
	px, py := v.mapPoint(x, y)
	before := v.ask(`document.querySelectorAll(".sketch-handle").length`)
	v.do(chromedp.TapXY(px, py))
	v.until(fmt.Sprintf(`document.querySelectorAll(".sketch-handle").length === %s + 1`, before))
}

// dragMap drags a corner with a finger.
func (v *visitor) dragMap(fromX, fromY, toX, toY float64) {
	v.t.Helper()
	ax, ay := v.mapPoint(fromX, fromY)
	bx, by := v.mapPoint(toX, toY)
	drawn := func() string {
		return v.ask(`Array.from(document.querySelectorAll(".sk-area:not(.idle) polygon")).map((e) => e.getAttribute("points")).join()`)
	}
	for _, step := range []input.DispatchTouchEventParams{
		{Type: input.DispatchTouchEventTypeTouchStart, TouchPoints: []*input.TouchPoint{{X: ax, Y: ay}}},
		{Type: input.DispatchTouchEventTypeTouchMove, TouchPoints: []*input.TouchPoint{{X: (ax + bx) / 2, Y: (ay + by) / 2}}},
		{Type: input.DispatchTouchEventTypeTouchMove, TouchPoints: []*input.TouchPoint{{X: bx, Y: by}}},
		{Type: input.DispatchTouchEventTypeTouchEnd, TouchPoints: []*input.TouchPoint{}},
	} {
		before := drawn()
		if _, err := chromedp.Call(v.ctx, input.DispatchTouchEvent, step); err != nil {
			v.t.Fatal(err)
		}
		if step.Type == input.DispatchTouchEventTypeTouchMove {
			v.until(fmt.Sprintf(`document.querySelector(".sk-area:not(.idle) polygon").getAttribute("points") !== %q`, before))
		}
	}
}

// printed is the page as a PDF.
func (v *visitor) printed() []byte {
	v.t.Helper()
	yes := true
	r, err := chromedp.Call(v.ctx, page.PrintToPDF, page.PrintToPDFParams{PreferCSSPageSize: &yes, PrintBackground: &yes})
	if err != nil {
		v.t.Fatal(err)
	}
	return r.Data
}

// TestRegistersAreKept walks the lists beside the records as a village and its town see them, and
// as the county does.
func TestRegistersAreKept(t *testing.T) {
	s := open(t)
	east, _ := s.Units.Tree(thisWeek).Unit(demo.EastTown)
	v := s.phone(t).signIn("xintan")
	v.visit("/records/" + demo.Village.String() + "/new/visit")
	v.fill(`[name="f.patrons"]`, "陈木清")
	v.follow("保存")
	v.look("visit-new")
	v.follow("把陈木清加到名册")
	v.fill("[name=lives]", "深圳市龙岗区")
	v.fill("[name=relation]", "校友会会长")
	v.allow("status of 422")
	v.fill("[name=phone]", "13800138000")
	v.follow("保存")
	v.says("#phone-error", "没有本人同意不能留电话")
	v.date("[name=consent_day]", "2024-02-12")
	v.click("[name=consent_how][value=spoken]")
	v.fill("[name=consent_by]", "陈秋月")
	v.look("patron-form")
	v.follow("保存")
	v.reads("main", "138****8000")
	v.reads("main", "走访乡贤 陈木清")
	v.follow("看完整号码")
	v.reads("main", "13800138000")
	v.look("patron")
	v.visit("/patrons")
	v.look("patrons-phone")

	town := s.desk(t).signIn(demo.ClerkOf(east, 0).Login)
	town.visit("/records/" + demo.EastTown.String() + "/new/liaison")
	town.click(`[name="f.level"][value=town_leader]`)
	town.date("[name=at]", demo.Village.String())
	town.click("[name=when][value=other]+label")
	town.date("[name=day]", "2024-01-15")
	town.fill(`[name="f.post"]`, "流沙东街道党工委委员、武装部部长")
	town.follow("保存")
	town.visit("/records/" + demo.EastTown.String() + "/new/grid")
	town.look("grid-form-desk")
	town.visit("/liaisons/" + demo.EastTown.String())
	town.reads(".liaisons", "逾期没办")
	town.look("liaisons-desk")
	v.visit("/liaisons")
	v.look("liaisons-phone")

	county := s.desk(t).signIn("puning")
	county.visit("/patrons")
	county.reads("main", "新坛村 1 1 0")
	if got := county.ask(`document.body.innerText.includes("陈木清")`); got != "false" {
		t.Error("the county is told a name")
	}
	county.look("patrons-desk")
	county.visit("/records/" + demo.County.String())
	county.look("records-desk")
}
