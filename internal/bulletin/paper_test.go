package bulletin_test

import (
	"strings"
	"testing"

	"github.com/sangzi/sangzi/internal/bulletin"
	"github.com/sangzi/sangzi/internal/ledger/ledgertest"
	"github.com/sangzi/sangzi/internal/office/document"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
)

// paperText is all that stands on a document, notes of tables too.
func paperText(d document.Document) string {
	var b strings.Builder
	for _, block := range d.Blocks() {
		switch x := block.(type) {
		case document.Heading:
			b.WriteString(x.Text.String())
		case document.Paragraph:
			b.WriteString(x.Text.String())
		case document.Table:
			b.WriteString(x.Note)
			for _, r := range x.Rows {
				for _, c := range r.Cells {
					b.WriteString(c.String())
				}
			}
		case document.Chart:
			b.WriteString(x.Title)
		}
		b.WriteString("\n")
	}
	return b.String()
}

// The document shows every figure of the draft with its key, those of charts too.
func TestPaperHasEveryFigure(t *testing.T) {
	w := ledgertest.Busy(t, "2024-03-30 09:00")
	for _, period := range []string{"2024-03", "2024-Q1"} {
		d := draft(t, w, testkit.Puning, period)
		shown := map[string]string{}
		for _, s := range d.Paper(w.Pack.Ledger, bulletin.NewNames(w.Pack.Ledger)).Figures() {
			shown[s.Figure] = s.Text
		}
		n := 0
		for _, f := range d.Figures(w.Pack.Ledger) {
			if n++; shown[f.Key()] != f.Text {
				t.Errorf("%s: %s is %q on the paper, %q in the draft", period, f.Key(), shown[f.Key()], f.Text)
			}
		}
		if n < 500 || len(d.Charts) != 3 {
			t.Errorf("%s: %d figures, %d charts", period, n, len(d.Charts))
		}
	}
}

// Each unit's bulletin begins with its own office: nothing of another's stands in it.
func TestOffices(t *testing.T) {
	w := ledgertest.Busy(t, "2024-03-30 09:00")
	for of, want := range map[unit.Code]struct{ issuer, number, greeting, copyTo, below string }{
		testkit.Puning:  {"中共普宁市委组织部", "普组通〔2024〕　号", "各乡镇场街道党（工）委、农场有限公司党委，市直及省、揭阳市驻普各单位党组织", "市各套领导班子成员", "乡镇场街道"},
		testkit.Huilai:  {"中共惠来县委组织部", "〔2024〕　号", "各乡镇（街道）党（工）委，县直有关单位党组织", "县各套领导班子成员", "乡镇（街道）"},
		testkit.Jieyang: {"中共揭阳市委组织部", "揭市组通〔2024〕　号", "各县（市、区）委组织部、农业农村局、林业局，市直有关单位", "市各套领导班子成员", "县（市、区）"},
	} {
		d := draft(t, w, of, "2024-03")
		if d.Issuers[0] != want.issuer || len(d.Issuers) != 3 || d.Number != want.number || d.Greeting != want.greeting || d.CopyTo != want.copyTo || d.Below != want.below {
			t.Errorf("%s: %q, %q, %q, %q", of, d.Issuers, d.Number, d.Greeting, d.CopyTo)
		}
		head := strings.Join(d.Issuers, "") + d.Title + d.Number + d.Greeting + d.CopyTo + d.Printer
		for _, s := range d.Sections {
			for _, p := range s.Paragraphs {
				head += p.Text
			}
		}
		if of != testkit.Puning && strings.Contains(head, "普") {
			t.Errorf("%s: something of 普宁 is in %s", of, head)
		}
	}
}

// The next bulletin begins as the last issued one of the unit ended.
func TestNextBeginsAsTheLastWasIssued(t *testing.T) {
	w := ledgertest.Busy(t, "2024-03-30 09:00")
	d := sit(t, w, testkit.SQLite(t))
	v := d.begin()
	words := d.Words(&v.Draft)
	words.Issuers, words.Greeting, words.CopyTo, words.Printer = []string{"普宁市绿委办"}, "各镇", "存档", "绿委办秘书股"
	if _, err := d.Edit(ctx, testkit.County, d.on(), words); err != nil {
		t.Fatal(err)
	}
	d.must(bulletin.ToSubmit, testkit.County)
	d.must(bulletin.ToApprove, testkit.City)
	if other, err := d.Draft(ctx, testkit.County, testkit.Puning, bulletin.Period{Year: 2024, Quarter: 1}); err != nil || other.Issuers[0] != "中共普宁市委组织部" {
		t.Errorf("a draft that was not issued is followed: %v, %v", other.Issuers, err)
	}
	d.must(bulletin.ToIssue, testkit.County)
	next, err := d.Draft(ctx, testkit.County, testkit.Puning, bulletin.Period{Year: 2024, Quarter: 1})
	if err != nil || len(next.Issuers) != 1 || next.Issuers[0] != "普宁市绿委办" || next.Greeting != "各镇" || next.CopyTo != "存档" || next.Printer != "绿委办秘书股" || next.Number != "普组通〔2024〕　号" {
		t.Errorf("%q, %q, %q, %v", next.Issuers, next.Greeting, next.Number, err)
	}
	if huilai, err := d.Draft(ctx, testkit.City, testkit.Huilai, d.month); err != nil || huilai.Issuers[0] != "中共惠来县委组织部" {
		t.Errorf("惠来's: %q, %v", huilai.Issuers, err)
	}
}
