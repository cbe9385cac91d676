package workbook_test

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
)

// office is LibreOffice; tests that need it fail where it is not installed, unless
// SANGZI_SKIP_LIBREOFFICE=1 leaves them out.
func office(t *testing.T) string {
	t.Helper()
	if os.Getenv("SANGZI_SKIP_LIBREOFFICE") == "1" {
		t.Skip("SANGZI_SKIP_LIBREOFFICE=1: not opened by LibreOffice")
	}
	for _, program := range []string{"soffice", "libreoffice"} {
		if path, err := exec.LookPath(program); err == nil {
			return path
		}
	}
	t.Fatal("no LibreOffice (SANGZI_SKIP_LIBREOFFICE=1 leaves this test out)")
	return ""
}

// stripped is the workbook without the stored results of its formulas, so that whoever shows
// them has reckoned them.
func stripped(t *testing.T, data []byte) []byte {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	result := regexp.MustCompile(`(</f>)<v>[^<]*</v>`)
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	cut := 0
	for _, file := range in.File {
		r, err := file.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(file.Name, "xl/worksheets/") {
			cut += len(result.FindAll(content, -1))
			content = result.ReplaceAll(content, []byte("$1"))
		}
		w, err := out.Create(file.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(content); err != nil {
			t.Fatal(err)
		}
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	if cut == 0 {
		t.Fatal("no formula had a result")
	}
	return b.Bytes()
}

// The formulas, reckoned by another program, give what was stored.
func TestLibreOfficeReckonsTheSame(t *testing.T) {
	program := office(t)
	tb, form := table(t, testkit.Puning, unit.LevelTown)
	dir := t.TempDir()
	file := filepath.Join(dir, "statistics.xlsx")
	if err := os.WriteFile(file, stripped(t, written(t, tb, form)), 0o600); err != nil {
		t.Fatal(err)
	}
	// 44 comma, 34 quote, 76 UTF-8, from row 1, no column kinds, full precision
	cmd := exec.CommandContext(t.Context(), program, "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--headless",
		"--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false", "--outdir", dir, file)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	data, err := os.ReadFile(filepath.Join(dir, "statistics.csv"))
	if err != nil {
		t.Fatal(err)
	}
	r := csv.NewReader(bytes.NewReader(data))
	r.FieldsPerRecord = -1
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for i := range len(tb.Rows) + 1 {
		cells := tb.Total.Cells
		if i < len(tb.Rows) {
			cells = tb.Rows[i].Cells
		}
		row := rows[firstRow-1+i]
		for c := range cells {
			agree(t, name(t, c+3, firstRow+i), row[c+2], cells[c])
		}
	}
}
