package bulletinweb_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/sangzi/sangzi/internal/bulletin"
	"github.com/sangzi/sangzi/internal/testkit"
)

// plain makes files that are a draft's title, by a layout that can be changed.
type plain struct{ layout string }

func (p plain) Docx(d bulletin.Draft) ([]byte, error) {
	return []byte(p.layout + "docx " + d.Title), nil
}
func (p plain) PDF(d bulletin.Draft) ([]byte, error) { return []byte(p.layout + "pdf " + d.Title), nil }

func TestFiles(t *testing.T) {
	s := open(t, plain{})
	if _, err := s.Begin(ctx, testkit.County, testkit.Puning, march); err != nil {
		t.Fatal(err)
	}
	d := s.page(at)
	for _, kind := range []string{"docx", "pdf"} {
		href := d.Find("a[href*='/paper."+kind+"']").AttrOr("href", "")
		w, _ := s.ask(href, nil)
		if w.Code != http.StatusOK || w.Body.String() != kind+" 关于2024年3月乡村绿化工作进展情况的通报" || !strings.Contains(w.Header().Get("Content-Disposition"), kind) {
			t.Errorf("%s: %d %s %s", href, w.Code, w.Body, w.Header().Get("Content-Disposition"))
		}
		s.actor = testkit.Village
		if w, _ := s.ask(href, nil); w.Code != http.StatusNotFound {
			t.Errorf("a village gets the draft's %s: %d", kind, w.Code)
		}
		s.actor = testkit.County
	}
}

// issue issues March's bulletin.
func (s *site) issue() {
	s.t.Helper()
	s.press(s.press(s.page(months), at+"/begin", nil), at+"/submit", nil)
	s.actor = colleague
	s.press(s.press(s.page(at), at+"/approve", nil), at+"/issue", url.Values{"number": {"普组通〔2024〕12号"}, "day": {"2024-03-30"}})
}

// The files of an issued bulletin are those it was issued as, whatever the layout is by now; a draft's
// are made by the layout of today. Their hashes stand on the page.
func TestIssuedFilesStay(t *testing.T) {
	s := open(t, plain{"old "})
	s.issue()
	s.UsePress(plain{"new "})
	d := s.page(at)
	has(t, d, ".seal", "Word 文件校验码")
	has(t, d, ".seal code", bulletin.Seal("old docx 关于2024年3月乡村绿化工作进展情况的通报"))
	has(t, d, ".seal code", bulletin.Seal("old pdf 关于2024年3月乡村绿化工作进展情况的通报"))
	gets := func(path, want string) {
		t.Helper()
		if w, _ := s.ask(path, nil); w.Code != http.StatusOK || w.Body.String() != want {
			t.Errorf("%s: %d %s, want %s", path, w.Code, w.Body, want)
		}
	}
	issued := "?version=" + d.Find("input[name=base]").First().AttrOr("value", "")
	gets(at+"/paper.docx", "old docx 关于2024年3月乡村绿化工作进展情况的通报")
	s.press(d, at+"/erratum", url.Values{"reason": {"单位名称有误"}})
	gets(at+"/paper.pdf", "new pdf 关于2024年3月乡村绿化工作进展情况的通报")
	gets(at+"/paper.pdf"+issued, "old pdf 关于2024年3月乡村绿化工作进展情况的通报")
	s.actor = testkit.Village
	gets(at+"/paper.docx", "old docx 关于2024年3月乡村绿化工作进展情况的通报")
}

// A bulletin that was issued before files were kept says that its files are made anew.
func TestIssuedWithoutFiles(t *testing.T) {
	s := open(t, nil)
	s.issue()
	if d := s.page(at); d.Find(".seal").Length() != 1 || strings.Contains(d.Text(), "按封存的文字重新排印") {
		t.Errorf("nothing can be printed, and it says %s", d.Find(".bulletin .card").First().Text())
	}
	s.UsePress(plain{"new "})
	has(t, s.page(at), ".bulletin .card", "按封存的文字重新排印")
}
