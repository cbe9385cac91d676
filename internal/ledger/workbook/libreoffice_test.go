package workbook

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// office converts an export with LibreOffice, as another office's program would open it.
func office(t *testing.T, data []byte, to, ext string) string {
	t.Helper()
	if os.Getenv("SANGZI_SKIP_LIBREOFFICE") == "1" {
		t.Skip("SANGZI_SKIP_LIBREOFFICE=1")
	}
	program, err := exec.LookPath("soffice")
	if err != nil {
		t.Fatal("LibreOffice is not installed: run make test, which installs it, or set SANGZI_SKIP_LIBREOFFICE=1")
	}
	dir := t.TempDir()
	in := filepath.Join(dir, "export.xlsx")
	if err := os.WriteFile(in, data, 0o644); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program, "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--headless", "--convert-to", to, "--outdir", dir, in)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return filepath.Join(dir, "export."+ext)
}

// An export saved again as .xls or .csv by another program reads back the same. The .csv has
// what the cells show, two places of money, which is what these figures have.
func TestExportThroughLibreOffice(t *testing.T) {
	tree := realTree(t)
	c := filled(tree, liushaD, 5)
	c.Lines[4].Values, c.Lines[4].Standing = nil, Missing
	data := written(t, c)
	for ext, to := range map[string]string{"xls": "xls:MS Excel 97", "csv": "csv:Text - txt - csv (StarCalc):44,34,76,1", "xlsx": "xlsx"} {
		t.Run(ext, func(t *testing.T) {
			path := office(t, data, to, ext)
			again, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			got, err := Read(form, tree, puning, path, again)
			if err != nil {
				t.Fatal(err)
			}
			same(t, got, c)
			if got.Head != c.Head {
				t.Errorf("%+v", got.Head)
			}
		})
	}
}

// A town's ledger prints on one A4 page, a county's on A3 with the head on each page.
func TestPrintedByLibreOffice(t *testing.T) {
	tree := realTree(t)
	for name, c := range map[string]struct {
		form  Consolidated
		size  string
		pages int
	}{
		"town":   {filled(tree, liushaD, 1), "A4", 1},
		"county": {filled(tree, puning, 1), "A3", 15},
	} {
		t.Run(name, func(t *testing.T) {
			pdf := office(t, written(t, c.form), "pdf", "pdf")
			info, err := exec.Command("pdfinfo", pdf).Output()
			if err != nil {
				t.Fatalf("pdfinfo (poppler-utils): %v", err)
			}
			if !strings.Contains(string(info), "("+c.size+")") {
				t.Errorf("not %s: %s", c.size, info)
			}
			words, err := exec.Command("pdftotext", "-layout", pdf, "-").Output()
			if err != nil {
				t.Fatalf("pdftotext (poppler-utils): %v", err)
			}
			pages := strings.Split(strings.TrimRight(string(words), "\f"), "\f")
			if len(pages) > c.pages {
				t.Errorf("%d pages", len(pages))
			}
			for i, page := range pages {
				if !strings.Contains(page, "序号") || !strings.Contains(page, "资金保障情况") {
					t.Errorf("page %d has no head", i+1)
				}
			}
			if all := string(words); !strings.Contains(all, "涉农社区相关情况") || strings.Contains(all, "###") {
				t.Error("notes are missing or a figure does not fit its column")
			}
		})
	}
}
