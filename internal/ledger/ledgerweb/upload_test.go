package ledgerweb_test

import (
	"bytes"
	"fmt"
	"maps"
	"mime/multipart"
	"net/url"
	"strings"
	"testing"

	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/ledger/ledgertest"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
)

func clone(v url.Values) url.Values {
	out := maps.Clone(v)
	for k := range out {
		out[k] = append([]string(nil), out[k]...)
	}
	return out
}

// sheetOf is a workbook of villages in csv: their rows as they stand, with some cells written over.
func (s *site) sheetOf(over map[string]string, villages ...unit.Code) string {
	s.t.Helper()
	var b strings.Builder
	b.WriteString("序号,行政村名称")
	for _, c := range s.Pack.Ledger.Columns {
		fmt.Fprintf(&b, ",%q", c.Title)
	}
	b.WriteString("\n")
	for i, v := range villages {
		view := s.state(v)
		fmt.Fprintf(&b, "%d,%s", i+1, s.Tree(ledgertest.ThisWeek).ShortName(v))
		for j := range s.Pack.Ledger.Columns {
			c := &s.Pack.Ledger.Columns[j]
			text, ok := over[v.String()+"."+c.Key]
			if !ok {
				text = ledger.Exact(c, view.Filled[j])
			}
			fmt.Fprintf(&b, ",%q", text)
		}
		b.WriteString("\n")
	}
	return b.String()
}

// upload hands in a file and gives the page that follows.
func (s *site) upload(of unit.Code, due date.Date, name, content string) *page {
	s.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", name)
	if err != nil {
		s.t.Fatal(err)
	}
	if _, err := part.Write([]byte(content)); err != nil {
		s.t.Fatal(err)
	}
	if err := form.Close(); err != nil {
		s.t.Fatal(err)
	}
	return s.do(s.request("POST", path(of, due, "/upload"), form.FormDataContentType(), body.String()))
}

func over(pairs ...string) map[string]string {
	m := map[string]string{}
	for i := 0; i < len(pairs); i += 2 {
		m[pairs[i]] = pairs[i+1]
	}
	return m
}

func TestUploadPreviewThenTake(t *testing.T) {
	s := newSite(t, friday(t), testkit.Town)
	s.get(lihu+"/upload").want(200).count(`input[type="file"]`, 1)
	trees := s.more(Nothing, 11)
	file := s.sheetOf(over(Nothing.String()+".planted_trees", trees, Draft.String()+".planted_trees", "多得很", Reported.String()+".planned_trees", "930"),
		Reported, Unchanged, Nothing, Draft)
	p := s.upload(testkit.LihuTown, ledgertest.ThisWeek, `C:\表\里湖镇台账.csv`, file).want(200)
	p.has("h1", "核对表格").has(".lead", "《里湖镇台账.csv》").has(".preview-head", "读到 4 村").has(".preview-head", "1 村有错").has(".preview-head", "1 村已一样")
	p.has(row(Nothing)+" .cell-changes", fmt.Sprintf("已植树 %d →", s.last(Nothing, "planted_trees"))).has(row(Nothing)+" .cell-changes", trees)
	p.count(row(Nothing)+` input[name="take"][checked]`, 1).count(row(Draft)+` input[name="take"][checked]`, 0).has(row(Draft)+" .error", "不是数字")
	p.has(".same-rows", "已一样的 1 村").hasNot(row(Unchanged)).has(".absent", "表里没有的 21 村")
	if v := s.state(Nothing); v.Latest != nil || v.Draft != nil {
		t.Fatal("something was stored before it was confirmed")
	}

	form := p.form("form.preview")
	form.Add("take", Draft.String()) // its right cells, too
	p = s.post(p.path+"/confirm", form).want(200).has("#messages", "取入 2 村").has("#messages", "另有 1 村有错")
	v := s.state(Nothing)
	if v.Latest == nil || v.Latest.Source.Kind != ledger.ByWorkbook || v.Latest.Source.File != "里湖镇台账.csv" || fmt.Sprint(s.value(Nothing, "planted_trees")) != trees {
		t.Errorf("%+v", v.Latest)
	}
	p.has(row(Draft)+" .mark", "草稿").has(".problems", "不是数字")
	if v := s.state(Draft); v.Latest != nil || v.Draft == nil || v.Draft.Inputs["planted_trees"] != "多得很" {
		t.Errorf("the row with an error: %+v", v.Draft)
	}
}

func TestUploadNotes(t *testing.T) {
	s := newSite(t, friday(t), testkit.Town)
	p := s.upload(testkit.LihuTown, ledgertest.ThisWeek, "a.csv", s.sheetOf(over(Nothing.String()+".planted_trees", "10", Nothing.String()+".patrons_visited", "1"), Nothing)).want(200)
	note := `input[name="note.` + Nothing.String() + `.planted_trees"]`
	if got := p.Find(note).AttrOr("value", ""); got != "据表格《a.csv》" {
		t.Errorf("note %q", got)
	}
	form := p.form("form.preview")
	form.Set("note."+Nothing.String()+".planted_trees", "冻死一批")
	s.post(p.path+"/confirm", form).want(200)
	if notes := s.state(Nothing).Latest.Notes; notes["planted_trees"] != "冻死一批" || notes["patrons_visited"] != "据表格《a.csv》" {
		t.Errorf("%v", notes)
	}
}

// A row written after the preview was made keeps everything from being taken.
func TestUploadStale(t *testing.T) {
	s := newSite(t, friday(t), testkit.Town)
	theirs, mine := s.more(Nothing, 6), s.more(Nothing, 11)
	p := s.upload(testkit.LihuTown, ledgertest.ThisWeek, "a.csv", s.sheetOf(over(Nothing.String()+".planted_trees", mine, Draft.String()+".planted_trees", s.more(Draft, 10)), Nothing, Draft)).want(200)
	form := p.form("form.preview")
	village := s.as(reporter(Nothing)).get(path(Nothing, ledgertest.ThisWeek, "")).form("#row")
	village.Set("cell.planted_trees", theirs)
	s.post(path(Nothing, ledgertest.ThisWeek, "/report"), village).want(200)
	again := s.as(testkit.Town).post(p.path+"/confirm", form).want(409).has(".notice", "有 1 村刚有人改过").has(row(Nothing), "刚有人改过").has(row(Nothing)+" .cell-changes", "已植树 "+theirs+" →")
	if got := s.value(Nothing, "planted_trees"); fmt.Sprint(got) != theirs {
		t.Errorf("taken all the same: %d", got)
	}
	if v := s.state(Draft); v.Latest != nil {
		t.Error("the other row was taken")
	}
	s.post(p.path+"/confirm", again.form("form.preview")).want(200).has("#messages", "取入 2 村")
	if got := s.value(Nothing, "planted_trees"); fmt.Sprint(got) != mine {
		t.Errorf("after the second look: %d", got)
	}
}

func TestUploadNothingTicked(t *testing.T) {
	s := newSite(t, friday(t), testkit.Town)
	p := s.upload(testkit.LihuTown, ledgertest.ThisWeek, "a.csv", s.sheetOf(over(Nothing.String()+".planted_trees", "1000"), Nothing)).want(200)
	form := p.form("form.preview")
	form.Del("take")
	s.post(p.path+"/confirm", form).want(200).has("#messages", "没有勾选")
	if v := s.state(Nothing); v.Latest != nil {
		t.Error("taken")
	}
}

func TestUploadRefused(t *testing.T) {
	s := newSite(t, friday(t), testkit.Town)
	for name, c := range map[string]struct{ content, says string }{
		"empty.xlsx": {"", "空"},
		"page.xls":   {"<html><body>hello</body></html>", "网页"},
		"other.csv":  {"a,b\n1,2\n", ""},
		"cut.xlsx":   {"PK\x03\x04 and no more", ""},
	} {
		p := s.upload(testkit.LihuTown, ledgertest.ThisWeek, name, c.content).want(422)
		if text := clean(p.Find(".error").Text()); text == "" || !strings.Contains(text, c.says) || strings.Contains(text, "ledger.") || strings.Contains(text, "sheet.") {
			t.Errorf("%s: %q", name, text)
		}
	}
	big := strings.Repeat("x", ledger.MaxUpload+1)
	s.upload(testkit.LihuTown, ledgertest.ThisWeek, "big.csv", big).want(422).has(".error", "20 MB")
	s.upload(testkit.LihuTown, ledgertest.ThisWeek, "bigger.csv", big+big[:1<<20+1]).want(422).has(".error", "20 MB")
	s.post(lihu+"/upload", url.Values{}).want(422).has(".error", "还没有选文件")
	s.as(testkit.Leader).get(lihu + "/upload").want(403)
}

func TestUploadIsOnesOwn(t *testing.T) {
	s := newSite(t, friday(t), testkit.Town)
	p := s.upload(testkit.LihuTown, ledgertest.ThisWeek, "a.csv", s.sheetOf(nil, Nothing)).want(200)
	id := p.path[strings.LastIndex(p.path, "/")+1:]
	s.get(lihu + "/upload/NOSUCH").want(404)
	s.get(path(testkit.LihuTown, ledgertest.LastWeek, "/upload/"+id)).want(404)
	s.as(testkit.Outsider).get(path(testkit.Huicheng, ledgertest.ThisWeek, "/upload/"+id)).want(404)
	s.as(testkit.County).get(p.path).want(200)
}

// A row that was given back does not go up again because a workbook still has it as it was.
func TestUploadLeavesWhatWasGivenBack(t *testing.T) {
	s := newSite(t, friday(t), testkit.Town)
	p := s.upload(testkit.LihuTown, ledgertest.ThisWeek, "a.csv", s.sheetOf(nil, Returned, Nothing)).want(200)
	p.has(row(Returned), "与退回前一样").count(row(Returned)+` input[name="take"][checked]`, 0).has(row(Nothing), "取入即报“无变化”")
	s.post(p.path+"/confirm", p.form("form.preview")).want(200).has("#messages", "取入 1 村")
	if v := s.state(Returned); v.State != ledger.StateReturned {
		t.Errorf("the row that was given back is %s", v.State)
	}
}
