package documenttest

import (
	"encoding/xml"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// Page is a page of a PDF as pdftotext sees it; lengths in millimetres from the upper left.
type Page struct {
	Width  float64
	Height float64
	Lines  []Line
}

// Line is a line of words on one height.
type Line struct {
	Left, Top, Right, Bottom float64
	Text                     string
}

// Text is the page's lines, one under the other.
func (p Page) Text() string {
	var b strings.Builder
	for _, l := range p.Lines {
		b.WriteString(l.Text)
		b.WriteByte('\n')
	}
	return b.String()
}

// Measure reads where every line of a PDF stands. It needs pdftotext (poppler-utils); without it
// the test fails, or is left out with SANGZI_SKIP_LIBREOFFICE=1.
func Measure(t testing.TB, pdf []byte) []Page {
	t.Helper()
	need(t, "pdftotext")
	name := filepath.Join(t.TempDir(), "measured.pdf")
	if err := os.WriteFile(name, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("pdftotext", "-bbox-layout", name, "-").Output()
	if err != nil {
		t.Fatalf("pdftotext: %v", err)
	}
	var read struct {
		Pages []struct {
			Width  float64 `xml:"width,attr"`
			Height float64 `xml:"height,attr"`
			Lines  []struct {
				Left   float64  `xml:"xMin,attr"`
				Top    float64  `xml:"yMin,attr"`
				Right  float64  `xml:"xMax,attr"`
				Bottom float64  `xml:"yMax,attr"`
				Words  []string `xml:"word"`
			} `xml:"flow>block>line"`
		} `xml:"body>doc>page"`
	}
	decoder := xml.NewDecoder(strings.NewReader(string(out)))
	decoder.Strict = false
	decoder.Entity = xml.HTMLEntity
	if err := decoder.Decode(&read); err != nil {
		t.Fatalf("pdftotext's answer: %v", err)
	}
	const mm = 25.4 / 72
	pages := make([]Page, 0, len(read.Pages))
	for _, p := range read.Pages {
		page := Page{Width: p.Width * mm, Height: p.Height * mm}
		for _, l := range p.Lines {
			page.Lines = append(page.Lines, Line{l.Left * mm, l.Top * mm, l.Right * mm, l.Bottom * mm, strings.Join(l.Words, " ")})
		}
		pages = append(pages, page)
	}
	return pages
}

// Convert has LibreOffice make a PDF of a .docx. SANGZI_SKIP_LIBREOFFICE=1 leaves the test out.
func Convert(t testing.TB, docx []byte) []byte {
	t.Helper()
	return ConvertAll(t, [][]byte{docx})[0]
}

// ConvertAll is Convert for many, in one run of LibreOffice.
func ConvertAll(t testing.TB, docx [][]byte) [][]byte {
	t.Helper()
	if skipped() {
		t.Skip("SANGZI_SKIP_LIBREOFFICE=1")
	}
	need(t, "soffice")
	dir := t.TempDir()
	args := []string{"-env:UserInstallation=file://" + filepath.Join(dir, "profile"), "--headless", "--convert-to", "pdf", "--outdir", dir}
	for i, b := range docx {
		name := filepath.Join(dir, fmt.Sprintf("made%d.docx", i))
		if err := os.WriteFile(name, b, 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, name)
	}
	out, err := exec.Command("soffice", args...).CombinedOutput()
	if err != nil {
		t.Fatalf("soffice: %v\n%s", err, out)
	}
	made := make([][]byte, len(docx))
	for i := range docx {
		if made[i], err = os.ReadFile(filepath.Join(dir, fmt.Sprintf("made%d.pdf", i))); err != nil {
			t.Fatalf("soffice made no PDF: %v\n%s", err, out)
		}
	}
	return made
}

func skipped() bool { return os.Getenv("SANGZI_SKIP_LIBREOFFICE") == "1" }

func need(t testing.TB, program string) {
	t.Helper()
	if _, err := exec.LookPath(program); err == nil {
		return
	}
	if skipped() {
		t.Skipf("SANGZI_SKIP_LIBREOFFICE=1 and no %s", program)
	}
	t.Fatalf("no %s: run make test, which installs it, or set SANGZI_SKIP_LIBREOFFICE=1", program)
}
