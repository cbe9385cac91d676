package ledgerweb_test

import (
	"bytes"
	"io"
	"mime"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger/ledgertest"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
)

// download opens an exported workbook and gives its first sheet's rows and its name.
func (s *site) download(address string) (*excelize.File, [][]string, string) {
	s.t.Helper()
	resp, err := s.client.Do(s.request("GET", address, "", ""))
	if err != nil {
		s.t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != 200 {
		s.t.Fatalf("%s: %d %v", address, resp.StatusCode, err)
	}
	_, params, err := mime.ParseMediaType(resp.Header.Get("Content-Disposition"))
	if err != nil {
		s.t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	rows, err := f.GetRows(f.GetSheetName(0))
	if err != nil {
		s.t.Fatal(err)
	}
	return f, rows, params["filename"]
}

func exportPath(of unit.Code, due date.Date, file string) string {
	return "/export/" + of.String() + "/" + due.String() + "/" + file
}

func TestExportLedger(t *testing.T) {
	s := newSite(t, ledgertest.Busy(t, fridayAfternoon), testkit.County)
	f, rows, name := s.download(exportPath(testkit.Puning, ledgertest.ThisWeek, "ledger.xlsx"))
	if name != "普宁市乡村绿化工作台账2024-03-29.xlsx" {
		t.Errorf("it is called %q", name)
	}
	seen, marked := map[string]int{}, 0
	sheet := f.GetSheetName(0)
	for i, r := range rows {
		if len(r) < 2 || !strings.HasPrefix(r[1], "揭阳市普宁市") {
			continue
		}
		seen[r[1]]++
		for c := 3; c <= 22; c++ {
			cell, err := excelize.CoordinatesToCellName(c, i+1)
			if err != nil {
				t.Fatal(err)
			}
			id, err := f.GetCellStyle(sheet, cell)
			if err != nil {
				t.Fatal(err)
			}
			style, err := f.GetStyle(id)
			if err != nil {
				t.Fatal(err)
			}
			if len(style.Fill.Color) > 0 && style.Fill.Color[0] == "FFFF00" && style.Font.Color == "FF0000" {
				marked++
			}
		}
	}
	for village, n := range seen {
		if n != 1 {
			t.Errorf("%s stands %d times", village, n)
		}
	}
	l, err := s.Ledger.Consolidated(t.Context(), testkit.County, testkit.Puning, ledgertest.ThisWeek, noDay)
	if err != nil {
		t.Fatal(err)
	}
	if len(seen) != 576 || marked != l.Changed {
		t.Errorf("%d villages, %d cells marked of %d changed", len(seen), marked, l.Changed)
	}
	s.get(exportPath(testkit.Puning, ledgertest.ThisWeek, "ledger.xlsx?since=2024-01-31")).want(404)
	s.as(testkit.Outsider).get(exportPath(testkit.Puning, ledgertest.ThisWeek, "ledger.xlsx")).want(404)
}

func TestExportPrefilled(t *testing.T) {
	s := newSite(t, ledgertest.Busy(t, fridayAfternoon), testkit.Town)
	_, rows, name := s.download(exportPath(testkit.LihuTown, ledgertest.ThisWeek, "prefilled.xlsx"))
	if name != "里湖镇乡村绿化工作台账（预填）2024-03-29.xlsx" {
		t.Errorf("it is called %q", name)
	}
	filled := 0
	for _, r := range rows {
		if len(r) > 15 && strings.Contains(r[1], "里湖镇") && r[15] != "" {
			filled++
		}
	}
	if filled != 25 {
		t.Errorf("%d villages are filled in", filled)
	}
	s.as(testkit.Leader)
	_, rows, _ = s.download(exportPath(testkit.LihuTown, ledgertest.ThisWeek, "prefilled.xlsx"))
	if head := strings.Join(rows[2], " "); strings.Contains(head, "*") || strings.Contains(head, "0663") {
		t.Errorf("a leader's form has a number: %s", head)
	}
}
