package docx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/sangzi/sangzi/internal/office/document"
	"github.com/sangzi/sangzi/internal/office/document/documenttest"
)

func write(t testing.TB, d document.Document) []byte {
	t.Helper()
	data, err := Write(d)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// unpack reads the parts and holds each XML part to be well-formed.
func unpack(t testing.TB, data []byte) (parts map[string]string, order []string) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	parts = map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		parts[f.Name] = string(b)
		order = append(order, f.Name)
		if !strings.HasSuffix(f.Name, ".png") {
			wellFormed(t, f.Name, b)
		}
	}
	return parts, order
}

func wellFormed(t testing.TB, name string, data []byte) {
	t.Helper()
	for d := xml.NewDecoder(bytes.NewReader(data)); ; {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
}

var anyText = regexp.MustCompile(`<w:t xml:space="preserve">([^<]*)</w:t>`)

// words is the text of the main part, in order.
func words(t testing.TB, main string) string {
	t.Helper()
	var b strings.Builder
	for _, m := range anyText.FindAllStringSubmatch(main, -1) {
		var text string
		if err := xml.Unmarshal([]byte("<x>"+m[1]+"</x>"), &text); err != nil {
			t.Fatal(err)
		}
		b.WriteString(text)
	}
	return b.String()
}

func contains(text, want string) bool {
	return strings.Contains(documenttest.Squeeze(text), documenttest.Squeeze(want))
}

func TestSameDocumentSameBytes(t *testing.T) {
	if !bytes.Equal(write(t, documenttest.Bulletin()), write(t, documenttest.Bulletin())) {
		t.Fatal("the bytes differ")
	}
}

func TestParts(t *testing.T) {
	parts, order := unpack(t, write(t, documenttest.Bulletin()))
	if order[0] != "[Content_Types].xml" || !slices.IsSorted(order[1:]) {
		t.Errorf("the parts are in the order %v", order)
	}
	// Every part is declared and every relation leads to a part.
	for name := range parts {
		if strings.HasPrefix(name, "word/") && strings.HasSuffix(name, ".xml") && !strings.Contains(parts["[Content_Types].xml"], `"/`+name+`"`) {
			t.Errorf("%s has no content type", name)
		}
	}
	for _, m := range regexp.MustCompile(`Target="([^"]+)"`).FindAllStringSubmatch(parts["word/_rels/document.xml.rels"], -1) {
		if _, ok := parts["word/"+m[1]]; !ok {
			t.Errorf("a relation leads to %s", m[1])
		}
	}
	main := parts["word/document.xml"]
	for _, m := range regexp.MustCompile(`r:(?:id|embed)="([^"]+)"`).FindAllStringSubmatch(main, -1) {
		if !strings.Contains(parts["word/_rels/document.xml.rels"], `Id="`+m[1]+`"`) {
			t.Errorf("%s is no relation", m[1])
		}
	}
	for _, m := range regexp.MustCompile(`w:pStyle w:val="([^"]+)"`).FindAllStringSubmatch(main, -1) {
		if !strings.Contains(parts["word/styles.xml"], `w:styleId="`+m[1]+`"`) {
			t.Errorf("%s is no style", m[1])
		}
	}
	for _, want := range []string{
		`<w:pgSz w:w="11906" w:h="16838"/>`, `w:top="2098"`, `w:left="1587"`, `w:type="even"`, `<w:tblHeader/>`, `<wp:extent cx="4320000" cy="1800000"/>`,
	} {
		if !strings.Contains(main, want) {
			t.Errorf("the main part has no %s", want)
		}
	}
	if strings.Contains(main, "docGrid") {
		t.Error("there is a document grid")
	}
	for _, want := range []string{
		`w:eastAsia="仿宋_GB2312"`, `w:eastAsia="楷体_GB2312"`, `w:eastAsia="黑体"`, `w:eastAsia="方正小标宋简体"`, `<w:sz w:val="32"/>`, `<w:sz w:val="44"/>`,
		`w:line="579" w:lineRule="exact"`, `<w:spacing w:val="-5"/>`, `<w:color w:val="FF0000"/>`,
	} {
		if !strings.Contains(parts["word/styles.xml"], want) {
			t.Errorf("the styles have no %s", want)
		}
	}
	if !strings.Contains(parts["word/settings.xml"], "<w:evenAndOddHeaders/>") {
		t.Error("even and odd pages have one footer")
	}
}

func TestEveryWordIsThere(t *testing.T) {
	d := documenttest.Bulletin()
	parts, _ := unpack(t, write(t, d))
	text := words(t, parts["word/document.xml"])
	want := []string{d.Number, d.Head.Issuers[0] + "文件", d.AddresseeLine(), "附件1", d.Imprint.CopyLine(), "2024年3月31日印发"}
	for _, b := range d.Blocks() {
		switch b := b.(type) {
		case document.Heading:
			want = append(want, b.Text.String())
		case document.Paragraph:
			want = append(want, b.Text.String())
		case document.Table:
			for _, r := range b.Rows {
				for _, c := range r.Cells {
					want = append(want, c.String())
				}
			}
		}
	}
	at := map[string]bool{}
	for _, w := range want {
		if !at[w] && !contains(text, w) {
			t.Errorf("%q is not in the file", w)
		}
		at[w] = true
	}
}

func TestSeveralIssuers(t *testing.T) {
	d := document.Document{Head: document.Head{Issuers: []string{"中共普宁市委组织部", "普宁市林业局"}, Suffix: "文件"}, Number: "普组联〔2024〕1号", Title: "通知"}
	parts, _ := unpack(t, write(t, d))
	main := parts["word/document.xml"]
	if n := strings.Count(main, `<w:jc w:val="distribute"/>`); n != 2 {
		t.Errorf("%d names are spread", n)
	}
	if n := strings.Count(main, "<w:vMerge"); n != 2 {
		t.Errorf("%d cells beside them are merged", n)
	}
}

func TestEmptyDocument(t *testing.T) {
	parts, _ := unpack(t, write(t, document.Document{}))
	if text := words(t, parts["word/document.xml"]); text != "" {
		t.Errorf("it says %q", text)
	}
}

func TestPictureThatIsNone(t *testing.T) {
	_, err := Write(document.Document{Body: []document.Block{document.Picture{PNG: []byte("GIF89a")}}})
	if !errors.Is(err, document.ErrPicture) {
		t.Fatalf("error %v", err)
	}
}

func TestHostileTexts(t *testing.T) {
	for i, s := range documenttest.Hostile() {
		t.Run(fmt.Sprint(i), func(t *testing.T) { hold(t, s) })
	}
}

// hold writes a text into every place of a document: its parts must be well-formed, have no
// element they would not have otherwise, and hold the text, cleaned, as text alone.
func hold(t *testing.T, s string) {
	d := documenttest.Hostiles(s)
	w := &writer{}
	if err := w.document(d); err != nil {
		t.Fatal(err)
	}
	main := w.x.String()
	wellFormed(t, "main part", w.x.Bytes())
	wellFormed(t, "properties", core(d))
	text := words(t, main)
	if clean := document.Clean(s); !strings.Contains(text, clean) || !utf8.ValidString(text) {
		t.Fatalf("%q is not in the text", clean)
	}
	got := tags(main)
	for name := range got {
		if !slices.Contains(known, name) {
			t.Fatalf("%q brings the element %s", s, name)
		}
	}
	if got["w:body"] != 1 || got["w:sectPr"] != 1 {
		t.Fatalf("%q makes %d bodies and %d sections", s, got["w:body"], got["w:sectPr"])
	}
}

var known = func() []string {
	w := &writer{}
	for _, d := range []document.Document{documenttest.Bulletin(), documenttest.Hostiles("x")} {
		if err := w.document(d); err != nil {
			panic(err)
		}
	}
	names := []string{}
	for name := range tags(w.x.String()) {
		names = append(names, name)
	}
	return names
}()

func tags(main string) map[string]int {
	n := map[string]int{}
	for d := xml.NewDecoder(strings.NewReader(main)); ; {
		token, err := d.RawToken()
		if err != nil {
			return n
		}
		if s, ok := token.(xml.StartElement); ok {
			n[s.Name.Space+":"+s.Name.Local]++
		}
	}
}

// FuzzText writes any text into every place of a document.
func FuzzText(f *testing.F) {
	for _, s := range documenttest.Hostile() {
		if len(s) < 400 {
			f.Add(s)
		}
	}
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 2000 {
			return
		}
		hold(t, s)
	})
}
