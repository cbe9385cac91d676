package recordweb_test

import (
	"bytes"
	"net/http"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/sangzi/sangzi/internal/testkit"
)

func noRedirect(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

// fill writes rows under the head of an empty table that was downloaded.
func fill(t *testing.T, empty []byte, rows ...[]any) []byte {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(empty))
	if err != nil {
		t.Fatal(err)
	}
	sheet := f.GetSheetList()[0]
	for i, row := range rows {
		cell, err := excelize.CoordinatesToCellName(1, i+2)
		if err == nil {
			err = f.SetSheetRow(sheet, cell, &row)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// The empty table, filled, previewed, recorded; handed in again it says so, and confirmed twice it
// is recorded once.
func TestManyAtOnce(t *testing.T) {
	s := newSite(t).as(eastClerk)
	p := s.get(town+"/workbook").want(200).count(".record-templates a", kindsAt("village", "town"))
	empty := s.get(p.Find(".record-templates a").First().AttrOr("href", "")).want(200)
	if got := empty.header.Get("Content-Disposition"); !strings.Contains(got, "%E4%B9%89%E5%8A%A1%E6%A4%8D%E6%A0%91") {
		t.Errorf("the file is called %s", got)
	}
	book := fill(t, []byte(empty.body),
		[]any{"新坛村", "2024-03-12", "新种", 80, "荔枝50、龙眼30", "3·12植树节前后", "村口", nil, 12},
		[]any{"新坛", "3月13日", "管护", 30},
		[]any{"没有的村", "昨天", "种树", "很多"},
		[]any{"新坛村", "2024-03-12", "新种", 80, "荔枝50、龙眼30", "3·12植树节前后", "河边", nil, 12})
	p = s.upload(town+"/workbook", "三月植树.xlsx", book, "kind", "planting").want(200)
	p.has(".tiles", "2 可以记的行 1 已经记过或重复 1 有错，要改")
	p.has(".record-preview", "A4 村名 “流沙东街道”里没有“没有的村”，请核对村名").has(".record-preview", "B4 日期 “昨天”读不出是哪一天").has(".record-preview", "C4 做什么").has(".record-preview", "D4 株数（株）")
	p.has(".record-preview", "和第 2 行相同").count("input[name=row][checked]", 2).count("input[name=row]", 3)
	if len(s.all()) != 0 {
		t.Fatalf("a preview has recorded %d", len(s.all()))
	}
	confirm := p.form("main form")
	action := p.Find("main form").AttrOr("action", "")
	s.post(action, confirm).want(200).has(".notice.t-saved", "已记 2 条").has(".record-list", "新种 80 株").count(".record-list li", 2)
	s.post(action, confirm).want(200) // pressed twice
	if got := s.all(); len(got) != 2 || got[0].Source.File != "三月植树.xlsx" || got[0].Source.Row != 3 || got[0].Day.String() != "2024-03-13" {
		t.Fatalf("recorded %+v", got)
	}
	s.get("/record/1").has(".record-steps", "上传《三月植树.xlsx》第 2 行")
	p = s.upload(town+"/workbook", "三月植树.xlsx", fill(t, []byte(empty.body), []any{"新坛村", "2024-03-12", "新种", 80, "荔枝50、龙眼30", "3·12植树节前后", "村口", nil, 12}), "kind", "planting").want(200)
	p.has(".notice.t-info", "这些已经记过了").has(".record-preview", "已经记过").count("input[name=row][checked]", 0)
	s.post(p.Find("main form").AttrOr("action", ""), p.form("main form")).want(422).has(".notice.t-wrong", "一行也没有勾选")
	again := p.form("main form")
	again.Set("row", "0")
	s.post(action, again).want(200)
	if len(s.all()) != 3 {
		t.Errorf("ticked by hand it is not recorded: %d", len(s.all()))
	}
}

// What cannot be read is refused in a sentence where the file was chosen.
func TestUploadRefuses(t *testing.T) {
	s := newSite(t).as(testkit.Village)
	path := village + "/workbook"
	empty := []byte(s.get(path + "/planting/template").want(200).body)
	for _, c := range []struct {
		name, kind string
		content    []byte
		says       string
	}{
		{"", "planting", nil, "还没有选择文件"}, {"a.xlsx", "planting", []byte("%PDF-1.4"), "不是表格文件"}, {"a.xlsx", "planting", empty, "表里还没有填内容"},
		{"a.xlsx", "grid", fill(t, empty, []any{"新坛村", "2024-03-12", "新种", 1}), "表头缺少"}, {"a.csv", "planting", []byte("一,二\n1,2\n"), "没有找到“义务植树”的表头"},
		{"a.xlsx", "party", empty, "没有“party”这一类记录"}, {"a.csv", "planting", bytes.Repeat([]byte("啊"), 1_500_000), "超过 4 MB"},
	} {
		s.upload(path, c.name, c.content, "kind", c.kind).want(422).has("main", c.says)
	}
	s.get(path + "/party/template").want(404)
	// A village need not name itself, and cannot record for another.
	book := fill(t, empty, []any{nil, "2024-03-12", "新种", 1}, []any{"里湖镇", "2024-03-12", "新种", 2})
	s.upload(path, "a.xlsx", book, "kind", "planting").want(200).count("input[name=row][checked]", 1).has(".record-preview", "“新坛村”里没有“里湖镇”")
	if len(s.all()) != 0 {
		t.Errorf("%d records", len(s.all()))
	}
}
