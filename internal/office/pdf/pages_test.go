package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
	"pgregory.net/rapid"

	"github.com/sangzi/sangzi/internal/office/document"
	"github.com/sangzi/sangzi/internal/office/document/documenttest"
	"github.com/sangzi/sangzi/internal/office/font"
	"github.com/sangzi/sangzi/internal/office/linebreak"
)

func write(t testing.TB, d document.Document) File {
	t.Helper()
	f, err := Write(d)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestPages(t *testing.T) {
	f := write(t, documenttest.Plain(5, 33))
	pages := documenttest.Measure(t, f.Bytes)
	documenttest.CheckPlain(t, pages, 5, 33)
	if f.Pages != len(pages) {
		t.Errorf("%d pages are told, %d are there", f.Pages, len(pages))
	}
}

func TestBulletin(t *testing.T) {
	f := write(t, documenttest.Bulletin())
	documenttest.CheckBulletin(t, documenttest.Measure(t, f.Bytes), 0)
	if len(f.Missing) > 0 {
		t.Errorf("missing: %q", f.Missing)
	}
}

func TestSameDocumentSameBytes(t *testing.T) {
	if !bytes.Equal(write(t, documenttest.Bulletin()).Bytes, write(t, documenttest.Bulletin()).Bytes) {
		t.Fatal("the bytes differ")
	}
}

// Documents are made at the same time from the same fonts.
func TestManyAtOnce(t *testing.T) {
	want := write(t, documenttest.Bulletin()).Bytes
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			if f, err := Write(documenttest.Bulletin()); err != nil || !bytes.Equal(f.Bytes, want) {
				t.Errorf("the bytes differ: %v", err)
			}
		})
	}
	all.Wait()
}

// random are hanzi of GBK with the punctuation, numbers and words of such texts between them.
func random(r *rand.Rand, n int) string {
	var b strings.Builder
	decoder := simplifiedchinese.GBK.NewDecoder()
	for b.Len() < 3*n {
		switch r.IntN(12) {
		case 0:
			b.WriteString([]string{"，", "。", "、", "；", "“", "”", "（", "）", "——", "……", "《", "》", "％"}[r.IntN(13)])
		case 1:
			fmt.Fprintf(&b, "%d", r.IntN(1_000_000))
		case 2:
			b.WriteString([]string{"A4 ", "95.75%", "GB/T 9704", "kg", "No.7"}[r.IntN(5)])
		default:
			text, err := decoder.Bytes([]byte{byte(0xb0 + r.IntN(0x27)), byte(0xa1 + r.IntN(0x5e))})
			if err == nil && !bytes.Contains(text, []byte("\ufffd")) {
				b.Write(text)
			}
		}
	}
	return b.String()
}

// Every character of a long text is read back from the file, in order.
func TestNoCharacterIsLost(t *testing.T) {
	r := rand.New(rand.NewPCG(9704, 2012))
	var d document.Document
	var want strings.Builder
	for range 60 {
		s := random(r, 250)
		d.Body = append(d.Body, document.Paragraph{Text: document.Words(s)})
		want.WriteString(s)
	}
	f := write(t, d)
	var got strings.Builder
	for n, p := range documenttest.Measure(t, f.Bytes) {
		for _, l := range documenttest.CheckPageNumber(t, p, n+1) {
			got.WriteString(l.Text)
		}
	}
	a, b := []rune(documenttest.Squeeze(got.String())), []rune(documenttest.Squeeze(want.String()))
	for i := range b {
		if i >= len(a) || a[i] != b[i] {
			t.Fatalf("character %d of %d: wrote …%s, read …%s", i, len(b), string(b[max(0, i-5):min(len(b), i+5)]), string(a[max(0, min(i, len(a))-5):min(len(a), i+5)]))
		}
	}
	if len(a) != len(b) || len(f.Missing) > 0 {
		t.Fatalf("wrote %d characters, read %d; missing %q", len(b), len(a), f.Missing)
	}
}

// With the real widths: lines hold every character once, fit, and keep to kinsoku wherever they
// can; stretched, they end at the edge.
func TestLinesProperties(t *testing.T) {
	fonts, err := font.Load()
	if err != nil {
		t.Fatal(err)
	}
	alphabet := []rune("植树造林乡村振兴，。、；“”（）《》—…1234567890.%,abcXYZ  \u0301😀")
	rapid.Check(t, func(t *rapid.T) {
		// rapid prefers short lists, and those make one line.
		of := rapid.SampledFrom(alphabet)
		s := string(rapid.OneOf(rapid.SliceOfN(of, 0, 20), rapid.SliceOfN(of, 80, 300), rapid.SliceOfN(of, 200, 500)).Draw(t, "text"))
		set := &typesetter{fonts: fonts, missing: map[rune]bool{}}
		st := rapid.SampledFrom([]style{set.body(), set.title(), set.small(), set.heading(1)}).Draw(t, "style")
		rest := rapid.Float64Range(60, 442).Draw(t, "width")
		var back []rune
		cut := lines(set.shape(s, st), st, rest-31.5, rest)
		for n, line := range cut {
			room := rest
			if n == 0 {
				room -= 31.5
			}
			shown := trim(line)
			if w := width(shown) - st.spacing; w > room+0.01 && len(shown) > 2 {
				t.Fatalf("line %d is %g wide, room %g", n, w, room)
			}
			if extra := stretch(shown, st, room); extra > 0 {
				end := width(shown) - st.spacing
				for i := 1; i < len(shown); i++ {
					if gap(shown, i) {
						end += extra
					}
				}
				if end < room-0.01 || end > room+0.01 {
					t.Fatalf("line %d stretches to %g of %g", n, end, room)
				}
			}
			for i, g := range line {
				back = append(back, g.r)
				if i > 0 || n == 0 {
					continue
				}
				before := cut[n-1]
				if strings.ContainsRune("，。、；”）》", g.r) || strings.ContainsRune("“（《", before[len(before)-1].r) {
					for k := 1; k < len(before); k++ {
						if linebreak.Allowed(before[k-1].r, before[k].r) {
							t.Fatalf("line %d begins with %q after %q", n, g.r, before[len(before)-1].r)
						}
					}
				}
			}
		}
		if string(back) != s {
			t.Fatalf("the lines hold %q", string(back))
		}
	})
}

func TestHostileTexts(t *testing.T) {
	for i, s := range documenttest.Hostile() {
		f := write(t, documenttest.Hostiles(s))
		if pages := documenttest.Measure(t, f.Bytes); len(pages) != f.Pages {
			t.Errorf("text %d: %d pages are told, %d read", i, f.Pages, len(pages))
		} else {
			for n, p := range pages {
				for _, l := range documenttest.CheckPageNumber(t, p, n+1) {
					if l.Bottom > document.TopMargin+document.TextHeight+3 {
						t.Errorf("text %d, page %d: %q goes beyond the foot", i, n+1, l.Text)
					}
				}
			}
		}
	}
}

// What no typeface has is shown as 〓 and told.
func TestMissingCharacters(t *testing.T) {
	f := write(t, document.Document{Body: []document.Block{document.Paragraph{Text: document.Words("磜头村𠮷😀村\u200d")}}})
	if string(f.Missing) != "\u200d😀𠮷" {
		t.Errorf("missing %q", f.Missing)
	}
	if text := documenttest.Measure(t, f.Bytes)[0].Text(); !strings.Contains(text, "磜头村〓〓村") {
		t.Errorf("the page says %q", text)
	}
}

// A hanzi outside GB2312 in a heading is taken from the body's typeface.
func TestRareHanziInHeading(t *testing.T) {
	f := write(t, document.Document{Title: "磜头村情况", Body: []document.Block{document.Heading{Level: 1, Text: document.Words("輋下村")}}})
	if text := documenttest.Measure(t, f.Bytes)[0].Text(); len(f.Missing) > 0 || !strings.Contains(text, "磜头村情况") || !strings.Contains(text, "一、輋下村") {
		t.Errorf("missing %q; the page says %q", f.Missing, text)
	}
}

// A row longer than a page goes on over pages, its head with it, and loses nothing.
func TestRowLongerThanAPage(t *testing.T) {
	long := strings.Repeat("植树造林", 500)
	f := write(t, document.Document{Body: []document.Block{document.Table{
		Columns: []document.Column{{Title: "镇"}, {Title: "情况", Align: document.Left}},
		Rows:    []document.Row{{Cells: []document.Text{document.Words("里湖镇"), document.Words(long)}}, {Cells: []document.Text{document.Words("洪阳镇"), document.Words("完")}}},
	}}})
	var text strings.Builder
	for _, p := range documenttest.Measure(t, f.Bytes) {
		if !strings.Contains(p.Text(), "情况") {
			t.Error("a page without the head")
		}
		text.WriteString(p.Text())
	}
	if n := strings.Count(strings.NewReplacer("\n", "", " ", "").Replace(text.String()), "植"); f.Pages < 2 || n != 500 {
		t.Errorf("%d pages, %d of 500 words", f.Pages, n)
	}
}

// A heading never stands alone at the foot of a page, nor does a table's caption.
func TestHeadingsStayWithTheirText(t *testing.T) {
	for n := 18; n < 24; n++ {
		d := documenttest.Plain(1, n)
		d.Body = append(d.Body, document.Heading{Level: 1, Text: document.Words("下步工作")}, document.Paragraph{Text: document.Words("请各镇核对。")})
		for i, p := range documenttest.Measure(t, write(t, d).Bytes) {
			if text := p.Text(); strings.Contains(text, "下步工作") != strings.Contains(text, "请各镇核对") {
				t.Errorf("behind %d lines the heading stands alone on page %d", n, i+1)
			}
		}
	}
}

func TestSeveralIssuers(t *testing.T) {
	d := document.Document{Head: document.Head{Issuers: []string{"中共普宁市委组织部", "普宁市林业局"}, Suffix: "文件"}, Number: "普组联〔2024〕1号", Title: "通知"}
	page := documenttest.Measure(t, write(t, d).Bytes)[0]
	at := map[string]documenttest.Line{}
	for _, l := range page.Lines {
		at[documenttest.Squeeze(l.Text)] = l
	}
	one, two, suffix := at["中共普宁市委组织部"], at["普宁市林业局"], at["文件"]
	if one.Text == "" || two.Text == "" || suffix.Text == "" {
		t.Fatalf("the head is\n%s", page.Text())
	}
	if one.Left-two.Left > 1 || two.Left-one.Left > 1 || one.Right-two.Right > 2 || two.Right-one.Right > 2 {
		t.Errorf("the names stand from %.1f to %.1f and from %.1f to %.1f mm", one.Left, one.Right, two.Left, two.Right)
	}
	if suffix.Top < one.Top || suffix.Bottom > two.Bottom {
		t.Errorf("the suffix stands at %.1f mm", suffix.Top)
	}
}

func TestPictures(t *testing.T) {
	grey, paletted := image.NewGray16(image.Rect(0, 0, 3, 2)), image.NewPaletted(image.Rect(0, 0, 2, 3), color.Palette{color.Transparent, color.Black})
	for i, img := range []image.Image{grey, paletted} {
		var b bytes.Buffer
		if err := png.Encode(&b, img); err != nil {
			t.Fatal(err)
		}
		f := write(t, document.Document{Body: []document.Block{document.Picture{PNG: b.Bytes(), Width: 20}}})
		if !bytes.Contains(f.Bytes, []byte("/Subtype /Image")) {
			t.Errorf("picture %d is not in the file", i)
		}
	}
	for _, bad := range [][]byte{nil, []byte("GIF89a"), documenttest.Chart()[:200]} {
		if _, err := Write(document.Document{Body: []document.Block{document.Picture{PNG: bad}}}); !errors.Is(err, document.ErrPicture) {
			t.Errorf("%d bytes: error %v", len(bad), err)
		}
	}
}
