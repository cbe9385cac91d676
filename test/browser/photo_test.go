package browser_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/demo"
	"github.com/sangzi/sangzi/internal/picture/picturetest"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/unit"
)

// snapshot writes a photograph as a telephone makes it, held on its side.
func snapshot(t *testing.T, name string, seed uint64, c picturetest.Camera) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, picturetest.JPEG(picturetest.Scene(seed, 2000, 1500), 92, c), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// choose gives files to the form's place for photos.
func (v *visitor) choose(files ...string) {
	v.t.Helper()
	v.do(chromedp.SetUploadFiles(chromedp.CSS("input[type=file]"), files))
}

// standsAt lets the browser tell where it is, and where that is.
func (v *visitor) standsAt(latitude, longitude float64) {
	v.t.Helper()
	ctx, cancel := context.WithTimeout(v.ctx, patience)
	defer cancel()
	if _, err := chromedp.CallBrowser(ctx, browser.SetPermission, browser.SetPermissionParams{BrowserContextID: chromedp.FromContext(v.ctx).BrowserContextID,
		Permission: &browser.PermissionDescriptor{Name: "geolocation"}, Setting: browser.PermissionSettingGranted}); err != nil {
		v.t.Fatal(err)
	}
	accuracy := 12.0
	if _, err := chromedp.Call(ctx, emulation.SetGeolocationOverride, emulation.SetGeolocationOverrideParams{Latitude: &latitude, Longitude: &longitude, Accuracy: &accuracy}); err != nil {
		v.t.Fatal(err)
	}
}

// required counts what must be answered in a form.
const required = `[...document.querySelectorAll("#record .field")].filter((f) => !f.closest("details") && !/选填/.test(f.querySelector("label, legend").textContent)).length`

// TestPhotoOnAPhone records a planting with a photo in few taps, looks at it from the town, and
// follows the same photo used by another village to the list of what is to be looked at.
func TestPhotoOnAPhone(t *testing.T) {
	s := open(t)
	east, _ := s.Units.Tree(thisWeek).Unit(demo.EastTown)
	v := s.phone(t).signIn("xintan")
	v.standsAt(23.297123, 116.185321)
	v.follow("义务植树")
	if n, err := strconv.Atoi(v.ask(required)); err != nil || n < 1 || n > 3 {
		t.Errorf("%d answers are wanted, %v", n, err)
	}
	v.choose(snapshot(t, "IMG_1.jpg", 1, picturetest.Camera{Taken: "2024:03:29 09:15:02", Latitude: 23.2975, Longitude: 116.1850, Orientation: 6, Model: "小米"}),
		snapshot(t, "IMG_2.jpg", 2, picturetest.Camera{Taken: "2024:03:29 09:20:00"}))
	v.says(".photo-says", "已加 2 张")
	v.until(`document.querySelectorAll(".photo-list img").length === 2 && [...document.querySelectorAll(".photo-list img")].every((i) => i.complete && i.naturalWidth > 0)`)
	// The script's smaller copy still says when and where, and stands upright.
	v.reads(".photo-list li", "3月29日 09:15 拍，带位置")
	if got := v.ask(`document.querySelector(".photo-list img").naturalWidth < document.querySelector(".photo-list img").naturalHeight`); got != "true" {
		t.Error("the photo lies on its side")
	}
	v.press("去掉")
	v.says(".photo-says", "还有 1 张")
	v.choose(snapshot(t, "IMG_1.jpg", 1, picturetest.Camera{Taken: "2024:03:29 09:15:02", Latitude: 23.2975, Longitude: 116.1850, Orientation: 6, Model: "小米"}))
	v.says(".photo-says", "已加 2 张")
	text := filepath.Join(t.TempDir(), "说明.jpg")
	if err := os.WriteFile(text, []byte("不是照片"), 0o600); err != nil {
		t.Fatal(err)
	}
	v.allow("status of 422")
	v.choose(text)
	v.says(".photo-says", "说明.jpg 没有加上：这不是照片")

	v.press("位置（选填）")
	v.press("用我现在的位置")
	v.says("[data-locate-says]", "误差约 12 米")
	if got := v.value("[name=lat]"); got != "23.297123" {
		t.Errorf("latitude %s", got)
	}
	// Something else is wrong: the photos stay.
	v.follow("保存")
	v.says(`[id="f.trees-error"]`, "还没有填")
	v.until(`document.querySelectorAll(".photo-list input[name=photo]:checked").length === 2`)
	v.click(`[name="f.work"][value=new]`)
	v.fill(`[name="f.trees"]`, "120")
	v.follow("保存")
	v.reads(".notice.t-saved", "已记")
	v.until(`document.querySelectorAll(".photo-shown img").length === 2`)
	v.hasNot(".notice.t-warn")
	v.reads(".record-facts", "北纬 23.297123°，东经 116.185321°")
	if got := v.ask("document.documentElement.scrollWidth <= innerWidth"); got != "true" {
		t.Error("the page is wider than the phone")
	}

	town := s.desk(t).signIn(demo.ClerkOf(east, 0).Login)
	town.follow("记录")
	town.reads(".record-list", "2 张照片")
	town.then(func() { town.click(".record-list a") })
	town.until(`[...document.querySelectorAll(".photo-shown img")].every((i) => i.complete && i.naturalWidth > 0)`)

	// A neighbour with a messenger's copy of the second photo.
	other := s.villages(t, demo.EastTown)[0]
	if other.Code == demo.Village {
		other = s.villages(t, demo.EastTown)[1]
	}
	n := s.phone(t).signIn(s.reporter(t, other))
	n.follow("义务植树")
	file := filepath.Join(t.TempDir(), "mmexport.jpg")
	if err := os.WriteFile(file, picturetest.JPEG(picturetest.Scene(2, 2000, 1500), 35, picturetest.Camera{}), 0o600); err != nil {
		t.Fatal(err)
	}
	n.choose(file)
	n.says(".photo-says", "已加 1 张")
	n.click(`[name="f.work"][value=new]`)
	n.fill(`[name="f.trees"]`, "80")
	n.follow("保存")
	n.reads(".notice.t-warn", "照片和另一处或另一天的记录是同一张")

	town.visit("/records/" + demo.EastTown.String())
	town.follow("条要核对")
	town.at("/records/" + demo.EastTown.String() + "/pointed")
	town.reads(".pointed h2", "照片和另一处或另一天的记录是同一张 1 条")
	town.until(`document.querySelectorAll(".photo-pair img").length === 2 && [...document.querySelectorAll(".photo-pair img")].every((i) => i.complete && i.naturalWidth > 0)`)
	town.reads(".photo-pair", "新坛村 3月29日 义务植树")
	town.press("看过，没有问题")
	town.fill(".pointed-about [name=reason]", "两村一起种的")
	town.follow("记下")
	town.reads(".empty", "没有要核对的")
	list, err := s.Records.List(context.Background(), access.Operator("test", unit.Nation), record.Query{Of: other.Code, Kind: "planting"})
	if err != nil || len(list) != 1 || list[0].Looked != "两村一起种的" || fmt.Sprint(list[0].Pointed) != "["+record.SamePhoto+"]" {
		t.Errorf("recorded %+v, %v", list, err)
	}
}
