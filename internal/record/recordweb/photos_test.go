package recordweb_test

import (
	"bytes"
	"context"
	"mime/multipart"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/picture"
	"github.com/sangzi/sangzi/internal/picture/picturetest"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/testkit"
)

const newPlanting = village + "/new/planting"

var (
	inXintan  = picturetest.Camera{Taken: "2024:03:29 09:15:02", Latitude: 23.297, Longitude: 116.185, Model: "<b>小米</b>"}
	neighbour = access.Actor{Account: 20, Name: "邻村", Role: access.VillageReporter, Unit: 445281001201}
)

func snap(seed uint64, c picturetest.Camera) []byte {
	return picturetest.JPEG(picturetest.Scene(seed, 320, 240), 85, c)
}

// named is a file of a form.
type named struct {
	name string
	data []byte
}

// sendForm posts a form as a browser does: its fields in their order, then its files.
func (s *site) sendForm(path string, form url.Values, files ...named) *page {
	s.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	write := func(name, value string) {
		if err := w.WriteField(name, value); err != nil {
			s.t.Fatal(err)
		}
	}
	write("key", form.Get("key"))
	for name, values := range form {
		for _, v := range values {
			if name != "key" && name != "file" {
				write(name, v)
			}
		}
	}
	if len(files) == 0 {
		files = []named{{}} // no file chosen: browsers send an empty one
	}
	for _, f := range files {
		part, err := w.CreateFormFile("file", f.name)
		if err == nil {
			_, err = part.Write(f.data)
		}
		if err != nil {
			s.t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		s.t.Fatal(err)
	}
	return s.send("POST", path, w.FormDataContentType(), &b)
}

// photos are the numbers of the photos a page shows in its form.
func (p *page) photos() (ids []string) {
	p.Find("input[name=photo]").Each(func(_ int, in *goquery.Selection) { ids = append(ids, in.AttrOr("value", "")) })
	return ids
}

// A village records a planting with two photos, by the form alone; the town sees them.
func TestRecordWithPhotos(t *testing.T) {
	s := newSite(t).as(testkit.Village)
	s.get(newPlanting).count(`form[enctype="multipart/form-data"] input[type=file][multiple][accept="image/*"]`, 1).count("input[name=photo]", 0)
	s.get(village+"/new/seminar").count("input[type=file]", 0).count("form[enctype]", 0).count(".record-position", 0)
	p := s.sendForm(newPlanting, s.typed(newPlanting, "f.work", "new", "f.trees", "120", "locate", "photo"), named{"IMG_1.jpg", snap(1, inXintan)}, named{"IMG_2.jpg", snap(2, picturetest.Camera{})}).want(200)
	p.has(".notice.t-saved", "已记").count(".photo-shown img", 2).has(".photo-shown", "3月29日 09:15 拍").has(".photo-shown", "北纬 23.297").has(".record-facts", "位置北纬 23.297000°，东经 116.185000°").count(".position-sketch circle", 2).count(".photo-same", 0)
	src := p.Find(".photo-shown img").First().AttrOr("src", "")
	for a, want := range map[*access.Actor]int{&testkit.Village: 200, &eastClerk: 200, &testkit.Leader: 200, &neighbour: 404, &testkit.Town: 404} {
		if got := s.as(*a).get(src); got.status != want {
			t.Errorf("%s gets the photo: %d", a.Name, got.status)
		}
	}
	full := s.as(eastClerk).get(strings.TrimSuffix(src, "/thumb"))
	for name, want := range map[string]string{"Content-Type": "image/jpeg", "Cache-Control": "private, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff"} {
		if got := full.header.Get(name); got != want {
			t.Errorf("%s: %q", name, got)
		}
	}
	if strings.Contains(full.body, "小米") || strings.Contains(full.body, "Exif") || !strings.HasPrefix(full.body, "\xff\xd8") {
		t.Error("the picture has the file's own data, or is none")
	}
	s.get(town).has(".record-list", "2 张照片")
	s.get("/record/1").count(".photo-shown a", 2)
}

// What is wrong elsewhere in the form loses no photo; what is wrong with a photo is said, with the
// file's name, and nothing is recorded without it.
func TestFormKeepsPhotos(t *testing.T) {
	s := newSite(t).as(testkit.Village)
	p := s.sendForm(newPlanting, s.typed(newPlanting, "f.work", "new", "f.trees", "很多"), named{"a.jpg", snap(1, inXintan)}, named{"b.jpg", snap(2, inXintan)}).want(422)
	p.has("[id='f.trees-error']", "不是数字").count(".photo-list img", 2).count("input[name=photo][checked]", 2)
	form := p.form("#record")
	if len(form["photo"]) != 2 {
		t.Fatalf("the form keeps %v", form["photo"])
	}
	form.Set("f.trees", "12")
	p = s.sendForm(newPlanting, form, named{"扫描.pdf", []byte("%PDF-1.7")}, named{"c.jpg", snap(3, inXintan)}, named{"IMG.heic", []byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic")}).want(422)
	p.has("#photos-error", "“扫描.pdf”没有加上：这不是照片").count("input[name=photo]", 3).has(".record-photos", "留着").count("a[href='#photos']", 1)
	if len(s.all()) != 0 {
		t.Fatalf("%d records", len(s.all()))
	}
	form = p.form("#record")
	form["photo"] = form["photo"][1:] // one unticked
	form.Set("f.trees", "")
	p = s.sendForm(newPlanting, form, named{"a.jpg", snap(1, inXintan)}).want(422) // the same file, chosen again
	if got := p.photos(); len(got) != 3 {
		t.Errorf("the form has %v", got)
	}
	form = p.form("#record")
	form.Set("f.trees", "12")
	form["photo"] = form["photo"][:1]
	s.sendForm(newPlanting, form).want(200).count(".photo-shown img", 1).count(".notice.t-warn", 0)
}

// Hostile files and forms.
func TestHostilePhotos(t *testing.T) {
	s := newSite(t).as(testkit.Village)
	try := func(files ...named) *page {
		t.Helper()
		return s.sendForm(newPlanting, s.typed(newPlanting, "f.work", "new", "f.trees", "12"), files...).want(422)
	}
	try(named{`"><script>alert(1)</script>.jpg`, []byte("<script>")}).has("#photos-error", "没有加上").count("#photos-error script", 0)
	try(named{"a.jpg", append([]byte("\xff\xd8\xff"), make([]byte, picture.MaxBytes)...)}).has("#photos-error", "一张照片最大 12 MB")
	try(named{"a.jpg", snap(1, inXintan)[:900]}).has("#photos-error", "读不出来")
	var many []named
	for seed := range uint64(8) {
		many = append(many, named{"p.jpg", snap(10+seed, inXintan)})
	}
	p := try(many...).has("#photos-error", "一条记录最多 6 张照片，现在有 8 张").count("input[name=photo]", 8)
	form := p.form("#record")
	form["photo"] = form["photo"][:6]
	s.sendForm(newPlanting, form).want(200).count(".photo-shown img", 6)
	// Photos for what takes none; another account's; numbers that are none.
	seminar := village + "/new/seminar"
	s.sendForm(seminar, s.typed(seminar, "f.with", "patrons"), named{"a.jpg", snap(1, inXintan)}).want(422)
	for _, id := range []string{"1", "99", "-1", "x", "9223372036854775808"} {
		v := s.typed(newPlanting, "f.work", "new", "f.trees", "1"+strings.Trim(id, "-x"), "photo", id)
		want := map[string]int{"1": 422, "99": 422}[id]
		if want == 0 {
			continue // read as no photo; what is typed then stands or falls by itself
		}
		s.sendForm(newPlanting, v).want(want).has("#photos-error", "重新加一次")
	}
	// Parts that never end, or are far too many.
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for range 400 {
		if err := w.WriteField("x", "y"); err != nil {
			t.Fatal(err)
		}
	}
	s.send("POST", newPlanting, w.FormDataContentType(), &b).want(422)
	s.send("POST", newPlanting, "multipart/form-data; boundary=x", strings.NewReader("--x\r\nContent-Disposition: form-data; name=\"f.place\"\r\n\r\n"+strings.Repeat("长", 30_000))).want(422)
	s.send("POST", newPlanting, "multipart/form-data", strings.NewReader("no boundary")).want(422)
	if n := len(s.all()); n != 1 {
		t.Errorf("%d records", n)
	}
}

// The same form with its photos, sent eight times at once, is one record with each photo once.
func TestPhotosSentTwice(t *testing.T) {
	s := newSite(t).as(testkit.Village)
	v := s.typed(newPlanting, "f.work", "new", "f.trees", "120")
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			if p := s.sendForm(newPlanting, v, named{"a.jpg", snap(1, inXintan)}); p.status != 200 || p.path != "/record/1" {
				t.Errorf("%d at %s", p.status, p.path)
			}
		})
	}
	wait.Wait()
	if list := s.all(); len(list) != 1 || len(list[0].Photos) != 1 || len(list[0].Pointed) != 0 {
		t.Errorf("recorded %+v", list)
	}
}

// A correction adds and takes away photos; the old version keeps its own.
func TestCorrectPhotos(t *testing.T) {
	s := newSite(t).as(testkit.Village)
	s.sendForm(newPlanting, s.typed(newPlanting, "f.work", "new", "f.trees", "12"), named{"a.jpg", snap(1, inXintan)}, named{"b.jpg", snap(2, inXintan)}).want(200)
	form := s.get("/record/1/correct").want(200).count("input[name=photo][checked]", 2).form("#record")
	gone := form["photo"][0]
	form["photo"] = form["photo"][1:]
	p := s.sendForm("/record/1/correct", form, named{"c.jpg", snap(3, inXintan)}).want(422).has("#reason-error", "请写一句原因").count("input[name=photo]", 3).count("input[name=photo][checked]", 2)
	form = p.form("#record")
	form.Set("reason", "换一张清楚的")
	form.Set("lat", "23.2971")
	form.Set("long", "116.1851")
	p = s.sendForm("/record/1/correct", form).want(200).count(".photo-shown img", 2).has(".record-changes", "照片： 2 张 → 2 张（换了 1 张）").has(".record-changes", "位置： 没有填 → 北纬 23.297100°")
	for _, src := range p.Find(".photo-shown img").Map(func(_ int, i *goquery.Selection) string { return i.AttrOr("src", "") }) {
		if src == "/photos/"+gone+"/thumb" {
			t.Error("the photo taken away is shown")
		}
	}
	s.get("/photos/" + gone).want(200)
	form = s.get("/record/1/correct").form("#record")
	form.Set("reason", "再改")
	p = s.sendForm("/record/1/correct", form, named{"x.txt", []byte("x")}).want(422).has("#photos-error", "“x.txt”没有加上")
	if p.Find("input[name=reason]").AttrOr("value", "") != "再改" || len(s.all()) != 1 || s.all()[0].Number != 2 {
		t.Errorf("a refused photo: %+v", s.all())
	}
}

// Positions: what is wrong is said at the field, and the page may ask the browser only where the
// kind has a position.
func TestPositionOnForm(t *testing.T) {
	s := newSite(t).as(testkit.Village)
	if got := s.get(newPlanting).header.Get("Permissions-Policy"); !strings.Contains(got, "geolocation=(self)") || !strings.Contains(got, "camera=()") {
		t.Errorf("planting: %q", got)
	}
	if got := s.get(village + "/new/visit").header.Get("Permissions-Policy"); !strings.Contains(got, "geolocation=()") {
		t.Errorf("visit: %q", got)
	}
	v := s.typed(newPlanting, "f.work", "new", "f.trees", "12", "lat", "116.185", "long", "23.297")
	p := s.sendForm(newPlanting, v).want(422).has("#position-error", "好像填反了").count("details.record-position[open]", 1).count("a[href='#position']", 1)
	form := p.form("#record")
	if form.Get("lat") != "116.185" {
		t.Errorf("typed %q came back", form.Get("lat"))
	}
	form.Set("lat", "")
	s.sendForm(newPlanting, form).want(422).has("#position-error", "要一起填")
	form.Set("long", "")
	form.Set("locate", "photo")
	s.sendForm(newPlanting, form).want(422).has("#position-error", "照片里没有写拍在哪里").count("input[name=locate][checked]", 1)
	form.Del("locate")
	form.Set("lat", "23.13")
	form.Set("long", "113.26")
	s.sendForm(newPlanting, form).want(200).has(".notice.t-warn", "位置不在本县范围内").count(".position-sketch circle", 0)
	// Of a plan the county is not shown it, and keeps it when it corrects.
	plan := village + "/new/plan"
	s.as(testkit.County)
	s.sendForm(plan, s.typed(plan, "f.where", "村道", "f.trees", "80", "lat", "23.3", "long", "116.2"), named{"图.png", snap(5, inXintan)}).want(200).count(".photo-shown .under", 0)
	if p := s.get("/record/2"); strings.Contains(p.body, "23.300000") {
		t.Error("the county is shown where the plan's ground is")
	}
	form = s.get("/record/2/correct").has(".record-position", "位置只有本村和本镇看得到").form("#record")
	form.Set("reason", "写全")
	s.sendForm("/record/2/correct", form).want(200)
	s.as(testkit.Village).get("/record/2").has(".record-facts", "北纬 23.300000°")
}

// One photo ahead of its form, for the script: a piece of the page, or a sentence.
func TestPhotoAhead(t *testing.T) {
	s := newSite(t).as(testkit.Village)
	key := s.typed(newPlanting).Get("key")
	ahead := village + "/photos/planting"
	p := s.sendForm(ahead, url.Values{"key": {key}}, named{"a.jpg", snap(1, inXintan)}).want(200).count("li input[name=photo][checked]", 1).count("h1", 0)
	id := p.photos()[0]
	if again := s.sendForm(ahead, url.Values{"key": {key}}, named{"a.jpg", snap(1, inXintan)}).want(200).photos(); !slices.Equal(again, []string{id}) {
		t.Errorf("sent again it is %v, not %s", again, id)
	}
	s.sendForm(ahead, url.Values{"key": {key}}, named{"a.txt", []byte("x")}).want(422).has(".error", "这不是照片")
	s.sendForm(ahead, url.Values{"key": {key}}).want(422).has(".error", "还没有选择文件")
	v := s.typed(newPlanting, "f.work", "new", "f.trees", "7", "photo", id)
	v.Set("key", key)
	s.sendForm(newPlanting, v).want(200).count(".photo-shown img", 1)
}

// What was pointed out, at the town: by what it is, with what it is held against; looked at it
// leaves the list.
func TestPointed(t *testing.T) {
	s := newSite(t).as(eastClerk)
	s.get(town+"/pointed").want(200).has(".empty", "没有要核对的")
	s.get(town).count(".record-open", 0)
	for i := range 4 {
		enter(t, s, testkit.Village, record.Input{Kind: "planting", Unit: testkit.Xintan, Day: today.Add(-i - 2), Fields: map[string]string{"work": "new", "trees": strconv.Itoa(20 + i)}})
	}
	enter(t, s, testkit.Village, record.Input{Kind: "planting", Unit: testkit.Xintan, Day: today, Fields: map[string]string{"work": "new", "trees": "3000"}})
	s.as(testkit.Village).sendForm(newPlanting, s.typed(newPlanting, "f.work", "new", "f.trees", "30"), named{"a.jpg", snap(1, picturetest.Camera{})}).want(200)
	there := "/records/" + neighbour.Unit.String() + "/new/planting"
	twin := s.as(neighbour).sendForm(there, s.typed(there, "f.work", "new", "f.trees", "31"), named{"微信图片.jpg", picturetest.JPEG(picturetest.Scene(1, 320, 240), 40, picturetest.Camera{Taken: "2024:03:27 10:00:00"})}).want(200)
	twin.has(".notice.t-warn", "照片和另一处或另一天的记录是同一张").has(".photo-same", "和您管辖范围以外的一条记录的照片是同一张").has(".notice.t-warn", "照片不是这一天拍的")
	visit := enter(t, s, eastClerk, record.Input{Kind: "visit", Unit: testkit.Xintan, Day: today, Fields: map[string]string{"patrons": "陈木清"}})
	if _, err := s.records.Dispute(context.Background(), testkit.Village, record.At{ID: visit.ID, Base: 1}, "没有来过"); err != nil {
		t.Fatal(err)
	}
	s.as(eastClerk).get(town).has(".record-open", "有 3 条要核对")
	p := s.get(town+"/pointed").want(200).count(".pointed h2", 4).has("#point-128", "村里有异议，还没有答复 1 条").has("#point-8", "1 条").has("#point-2", "1 条").has("#point-16", "1 条")
	p.has(".pointed-figures", "株数：这次 3000 株").has(".pointed-figures", "平时约 23 株（别的 5 条平均）").count("section:has(#point-8) .photo-pair img", 2).has(".photo-pair", "新坛村 3月29日 义务植树").has(".photo-pair .photo-said", "拍").has(".pointed-about", "村里说：“没有来过”")
	for _, src := range p.Find(".photo-pair img").Map(func(_ int, i *goquery.Selection) string { return i.AttrOr("src", "") }) {
		s.get(src).want(200)
	}
	// A look takes it off the list, with its words on the record.
	form := p.Find("section:has(#point-8) .photo-pair").Parent().Find("form")
	action := form.AttrOr("action", "")
	fields := url.Values{"base": {form.Find("[name=base]").AttrOr("value", "")}, "back": {form.Find("[name=back]").AttrOr("value", "")}, "reason": {""}}
	s.post(action, fields).want(422).has("#look-reason-error", "请写一句原因")
	fields.Set("reason", "两村一起种的")
	s.post(action, fields).want(200).has(".notice.t-saved", "看过了").count(".pointed h2", 2)
	s.get(strings.TrimSuffix(action, "/look")).has(".notice.t-info", "两村一起种的").has(".record-steps", "看过提醒 杨海").count("details.record-deed summary", 1)
	s.get("/records/"+neighbour.Unit.String()).has(".record-list", "看过：照片和另一处")
	s.get(town+"/pointed?point=2").count(".pointed h2", 1).has(".pointed", "看全部待核对的")
	s.get(town + "/pointed?point=77&page=x").want(200)
	// The county sees it too; another town nothing of it.
	s.as(testkit.County).get(county+"/pointed").has("#point-2", "1 条").has(".record-list", "流沙东街道新坛村")
	s.as(testkit.Leader).get(county+"/pointed").has("#point-2", "1 条").count("main form", 0)
	s.as(testkit.Town).get(town + "/pointed").want(404)
}

// An objection is answered on the record's page; the village sees it and may object again.
func TestAnswerOnPage(t *testing.T) {
	s := newSite(t)
	visit := enter(t, s, eastClerk, record.Input{Kind: "visit", Unit: testkit.Xintan, Day: today, Fields: map[string]string{"patrons": "陈木清"}})
	path := "/record/" + strconv.FormatInt(visit.ID, 10)
	s.as(testkit.Village).post(path+"/object", url.Values{"base": {"1"}, "reason": {"没有来过"}}).want(200)
	s.get(village+"?objected=1").count(".record-list li", 1)
	s.get(path).count("form[action$='/answer']", 0)
	s.as(eastClerk).get(path).count("form[action$='/answer']", 1)
	s.post(path+"/answer", url.Values{"base": {"1"}, "reason": {"来过"}}).want(409).has(".notice.t-wrong", "没有办成").has(".notice.t-wrong", "刚有人改过")
	s.post(path+"/answer", url.Values{"base": {"2"}, "reason": {"3月29日上午 <b>来过</b>"}}).want(200).has(".notice.t-info", "答复：“3月29日上午 <b>来过</b>”").count(".notice b", 0)
	s.get(town+"?objected=1").has(".empty", "没有这样的记录")
	p := s.as(testkit.Village).get(path).has(".notice.t-info", "异议已经答复").has(".record-steps", "答复异议 杨海（流沙东街道）").count("form[action$='/object']", 1)
	s.get(village).has(".record-list", "异议已答复")
	s.post(path+"/object", url.Values{"base": {p.Find("input[name=base]").AttrOr("value", "")}, "reason": {"那天我在"}}).want(200).has(".notice.t-warn", "那天我在")
	s.get(village+"?objected=1").count(".record-list li", 1)
}

func enter(t *testing.T, s *site, a access.Actor, in record.Input) record.Version {
	t.Helper()
	v, err := s.records.Enter(context.Background(), a, in)
	if err != nil {
		t.Fatal(err)
	}
	return v
}
