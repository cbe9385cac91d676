package docx

import (
	"maps"
	"math"
	"slices"
	"testing"

	"github.com/sangzi/sangzi/internal/office/document"
	"github.com/sangzi/sangzi/internal/office/document/documenttest"
)

// LibreOffice stands in for Word here: it sets the file on pages, and the pages are measured.
func TestPagesInLibreOffice(t *testing.T) {
	documenttest.CheckPlain(t, documenttest.Measure(t, documenttest.Convert(t, write(t, documenttest.Plain(5, 33)))), 5, 33)
}

func TestBulletinInLibreOffice(t *testing.T) {
	// LibreOffice 7.4 lets one comma hang out whatever the file says (DESIGN.md).
	documenttest.CheckBulletin(t, documenttest.Measure(t, documenttest.Convert(t, write(t, documenttest.Bulletin()))), 5.6)
}

func TestSeveralIssuersInLibreOffice(t *testing.T) {
	d := document.Document{Head: document.Head{Issuers: []string{"中共普宁市委组织部", "普宁市林业局"}, Suffix: "文件"}, Number: "普组联〔2024〕1号", Title: "通知"}
	page := documenttest.Measure(t, documenttest.Convert(t, write(t, d)))[0]
	found := map[string]documenttest.Line{}
	for _, l := range page.Lines {
		found[documenttest.Squeeze(l.Text)] = l
	}
	one, two := found["中共普宁市委组织部"], found["普宁市林业局"]
	if one.Text == "" || two.Text == "" || found["文件"].Text == "" {
		t.Fatalf("the head is\n%s", page.Text())
	}
	if math.Abs(one.Left-two.Left) > 1 || math.Abs(one.Right-two.Right) > 2 {
		t.Errorf("the names stand from %.1f to %.1f and from %.1f to %.1f mm", one.Left, one.Right, two.Left, two.Right)
	}
}

func TestHostileTextsInLibreOffice(t *testing.T) {
	d := documenttest.Hostiles("")
	for _, s := range documenttest.Hostile() {
		if len(s) < 1000 {
			d.Body = append(d.Body, documenttest.Hostiles(s).Body...)
		}
	}
	pages := documenttest.Measure(t, documenttest.Convert(t, write(t, d)))
	text := ""
	for _, p := range pages {
		text += p.Text()
	}
	for _, want := range []string{"<w:p>&amp;</w:p>]]>", "abc", "反向", "=1+1"} {
		if !contains(text, want) {
			t.Errorf("%q is not on the pages", want)
		}
	}
}

// Wherever the text ends, its last two lines stand with the signature.
func TestSignatureStandsWithTextInLibreOffice(t *testing.T) {
	all := documenttest.Signed()
	names := slices.Sorted(maps.Keys(all))
	files := make([][]byte, len(names))
	for i, name := range names {
		files[i] = write(t, all[name])
	}
	for i, pdf := range documenttest.ConvertAll(t, files) {
		documenttest.CheckSigned(t, names[i], all[names[i]], documenttest.Measure(t, pdf))
	}
}

func TestLongAnnexesInLibreOffice(t *testing.T) {
	documenttest.CheckLongAnnexes(t, documenttest.Measure(t, documenttest.Convert(t, write(t, documenttest.LongAnnexes()))))
}

// Last paragraphs that are too long to share a page with the signature are held too.
func TestLongEndingsInLibreOffice(t *testing.T) {
	all := documenttest.LongEndings()
	names := slices.Sorted(maps.Keys(all))
	files := make([][]byte, len(names))
	for i, name := range names {
		files[i] = write(t, all[name])
	}
	for i, pdf := range documenttest.ConvertAll(t, files) {
		documenttest.CheckLongEnding(t, names[i], all[names[i]], documenttest.Measure(t, pdf))
	}
}

func TestRowsOfSignersInLibreOffice(t *testing.T) {
	documenttest.CheckJoint(t, documenttest.Measure(t, documenttest.Convert(t, write(t, documenttest.Joint())))[0])
}
