package api_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/demo"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/ledger/workbook"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/test/house"
)

// book is a town's workbook of week 9, changed by edit before it is written.
func (s *stage) book(town unit.Code, edit func(*workbook.Consolidated)) string {
	s.t.Helper()
	tree, form := s.App.Units.Tree(house.ThisWeek), s.App.Pack.Ledger
	u, _ := tree.Unit(town)
	c := workbook.Consolidated{Head: ledger.Head{Unit: u.Name, Contact: "黄志明", Phone: "13800138002", FilledOn: house.ThisWeek}}
	for _, v := range s.Villages(town) {
		c.Lines = append(c.Lines, workbook.Line{Village: v.Code, Name: tree.FullName(v.Code), Values: demo.Figures(form, v.Code, 9)})
	}
	if edit != nil {
		edit(&c)
	}
	var b bytes.Buffer
	if err := workbook.Write(&b, form, c); err != nil {
		s.t.Fatal(err)
	}
	return b.String()
}

type shownFinding struct{ Sheet, Cell, Column, Code, Message, Value string }

type shownPreview struct {
	ID, Unit, Week, File, Town string
	Rows                       []struct {
		Unit, Name, Cell string
		Base             int32
		Same             bool
		Changes          []struct {
			Column, Cell string
			From, To     json.RawMessage
		}
		Errors, Warnings []shownFinding
	}
	Errors, Warnings []shownFinding
	Unreported       []string
	Absent           []struct{ Code, Name, Town string }
}

func (s *stage) uploadTo(as, of, file, content string) house.Reply {
	return s.as(as).Do(http.MethodPost, s.say("/api/v1/ledger/"+of+"/{week}/uploads?file="+url.QueryEscape(file)), "application/octet-stream", content)
}

// A workbook: first what it would change, cell by cell; nothing is taken until it is asked for,
// and of what is asked for nothing that is wrong.
func TestUpload(t *testing.T) {
	on(t, func(s *stage) {
		villages := s.Villages(testkit.LihuTown)
		planted, _ := s.App.Pack.Ledger.ColumnIndex("planted_trees")
		edited := edit(s.t, s.book(testkit.LihuTown, func(c *workbook.Consolidated) {
			c.Lines = c.Lines[:len(c.Lines)-1] // the last village is not in it
		}), func(f *excelize.File, sheet string, first int) {
			cell, _ := excelize.CoordinatesToCellName(3+planted, first+1)
			set(s.t, f, sheet, cell, "很多") // the second village
		})
		before := s.Fingerprint()
		p := decode[shownPreview](s.t, s.uploadTo("lihu", "{town}", "里湖镇台账.xlsx", edited), http.StatusCreated)
		if s.Fingerprint() == before {
			s.t.Error("the upload is not kept")
		}
		if s.Versions(villages[0].Code) != 0 {
			s.t.Error("something was taken from a preview")
		}
		if p.Town != testkit.LihuTown.String() || len(p.Rows) != len(villages)-1 || len(p.Errors) != 0 {
			s.t.Fatalf("%+v", p)
		}
		if len(p.Absent) != 1 || p.Absent[0].Code != villages[len(villages)-1].Code.String() || p.Absent[0].Town != "里湖镇" {
			s.t.Errorf("absent %v", p.Absent)
		}
		wrong := p.Rows[1]
		if len(wrong.Errors) != 1 || wrong.Errors[0].Code != ledger.NotANumber || wrong.Errors[0].Value != "很多" ||
			!strings.Contains(wrong.Errors[0].Message, "很多") || wrong.Errors[0].Cell == "" {
			s.t.Errorf("the wrong cell: %+v", wrong.Errors)
		}
		var changes int
		for _, r := range p.Rows {
			changes += len(r.Changes)
			for _, c := range r.Changes {
				if string(c.From) == string(c.To) {
					s.t.Errorf("%s %s changes from %s to %s", r.Name, c.Column, c.From, c.To)
				}
			}
		}
		if changes == 0 {
			s.t.Error("nothing would change")
		}
		again := decode[shownPreview](s.t, s.as("lihu").Get(s.say("/api/v1/ledger/{town}/{week}/uploads/")+p.ID), http.StatusOK)
		if marshal(again) != marshal(p) {
			s.t.Error("the preview read again is another")
		}
		s.importRows(p, villages)
	})
}

func (s *stage) importRows(p shownPreview, villages []unit.Unit) {
	path := s.say("/api/v1/ledger/{town}/{week}/uploads/") + p.ID + "/import"
	clerk := s.as("lihu")
	still := func(what string, r house.Reply, status int, code string) {
		s.t.Helper()
		before := s.Versions(villages[0].Code)
		refused(s.t, r, status, code)
		if s.Versions(villages[0].Code) != before {
			s.t.Errorf("%s: something was stored", what)
		}
	}
	rows := func(list ...string) string { return `{"rows":[` + strings.Join(list, ",") + `]}` }
	row := func(i int, base int) string {
		return `{"unit":"` + villages[i].Code.String() + `","base":` + itoa(base) + `}`
	}
	still("a row with errors", clerk.JSON(http.MethodPost, path, rows(row(0, 0), row(1, 0))), 422, "api.row_errors")
	still("a row the file lacks", clerk.JSON(http.MethodPost, path, rows(row(0, 0), row(len(villages)-1, 0))), 422, "api.not_in_file")
	still("a row twice", clerk.JSON(http.MethodPost, path, rows(row(0, 0), row(0, 0))), 422, "api.not_in_file")
	still("a row on another version", clerk.JSON(http.MethodPost, path, rows(row(0, 3))), 409, "ledger.moved")
	still("a county that looks on", s.as("lingdao").JSON(http.MethodPost, path, rows(row(0, 0))), 404, "ledger.no_upload")
	still("somebody outside", s.as("huicheng").JSON(http.MethodPost, path, rows(row(0, 0))), 404, "ledger.no_upload")
	still("another unit's path", s.as("puning").JSON(http.MethodPost, s.say("/api/v1/ledger/{east}/{week}/uploads/")+p.ID+"/import", `{}`), 404, "ledger.no_upload")
	still("no rows", clerk.JSON(http.MethodPost, path, `{"rows":[]}`), 409, "ledger.nothing")

	type result struct {
		Taken, Unchanged int
		Sealed           []struct{ Unit string }
	}
	got := decode[result](s.t, clerk.JSON(http.MethodPost, path, rows(row(0, 0), row(2, 0))), http.StatusOK)
	if got.Taken != 2 || len(got.Sealed) != 0 || s.Versions(villages[0].Code) != 1 || s.Versions(villages[1].Code) != 0 {
		s.t.Errorf("took %+v", got)
	}
	still("taken since it was looked at", clerk.JSON(http.MethodPost, path, rows(row(0, 0))), 409, "ledger.moved")
	got = decode[result](s.t, clerk.JSON(http.MethodPost, path, `{"submit":true}`), http.StatusOK)
	if got.Taken != len(villages)-4 || got.Unchanged != 2 || len(got.Sealed) != 1 || s.Versions(villages[0].Code) != 1 {
		s.t.Errorf("took the rest: %+v of %d", got, len(villages))
	}
	history := decode[[]struct{ File, Sheet, Cell, By string }](s.t, clerk.Get("/api/v1/ledger/"+villages[2].Code.String()+"/2024-03-29/history/planned_trees"), 200)
	if len(history) == 0 || history[len(history)-1].File != "里湖镇台账.xlsx" || history[len(history)-1].Cell == "" {
		s.t.Errorf("history %+v", history)
	}
	got = decode[result](s.t, clerk.JSON(http.MethodPost, path, `{"submit":true}`), http.StatusOK)
	if got.Taken != 0 || len(got.Sealed) != 0 || s.Submissions(testkit.LihuTown) != 1 {
		s.t.Errorf("taking it twice changed something: %+v", got)
	}
}

// What is no ledger is refused in a sentence and not kept.
func TestUploadRefused(t *testing.T) {
	on(t, func(s *stage) {
		good := s.book(testkit.LihuTown, nil)
		for _, c := range []struct {
			as, of, file, content string
			status                int
			code                  string
		}{
			{"lihu", "{town}", "a.xlsx", good[:len(good)/2], 422, "sheet.truncated"},
			{"lihu", "{town}", "a.xls", "<html><table><tr><td>台账</td></tr></table></html>", 422, "sheet.webpage"},
			{"lihu", "{town}", "a.xlsx", emptyZip(s.t), 422, "sheet.not_workbook"},
			{"lihu", "{town}", "a.csv", "姓名,电话\n张三,1\n", 422, "ledger.no_ledger"},
			{"lihu", "{town}", "a.xlsx", "", 400, "api.no_body"},
			{"lihu", "{town}", "", good, 422, "api.request"},
			{"lihu", "{town}", "a.xlsx", strings.Repeat("a", ledger.MaxUpload), 422, "ledger.no_ledger"},
			{"lihu", "{town}", "a.xlsx", strings.Repeat("a", ledger.MaxUpload+1), 413, "web.body_too_large"},
			{"lihu", "{town}", "a.xlsx", strings.Repeat("a", ledger.MaxUpload+2<<20), 413, "web.body_too_large"},
			{"lihu", "{east}", "a.xlsx", good, 404, "access.outside"},
			{"puning", "{east}", "a.xlsx", good, 422, "ledger.foreign_file"},
			{"xintan", "{xintan}", "a.xlsx", good, 403, "access.forbidden"},
			{"lingdao", "{town}", "a.xlsx", good, 403, "access.forbidden"},
			{"", "{town}", "a.xlsx", good, 401, "web.signed_out"},
		} {
			s.as(c.as)
			before := s.Fingerprint()
			refused(s.t, s.uploadTo(c.as, c.of, c.file, c.content), c.status, c.code)
			if s.Fingerprint() != before {
				s.t.Errorf("%s: something was kept", c.code)
			}
		}
		refused(s.t, s.as("lihu").Get(s.say("/api/v1/ledger/{town}/{week}/uploads/")+"AAAAAAAAAAAAAAAAAAAAAAAAAA"), 404, "ledger.no_upload")
		refused(s.t, s.as("lihu").Get(s.say("/api/v1/ledger/{town}/{week}/uploads/")+"%00"), 422, "api.request")
	})
}

// An export, and a form filled in as it was given, read back as what stands.
func TestDownloadsReadBack(t *testing.T) {
	on(t, func(s *stage) {
		decode[shownPreview](s.t, s.uploadTo("lihu", "{town}", "里湖镇.xlsx", s.book(testkit.LihuTown, nil)), 201)
		if _, err := s.App.Ledger.Import(context.Background(), access.Operator("test", unit.Nation), s.wholeTown()); err != nil {
			s.t.Fatal(err)
		}
		for _, name := range []string{"consolidated.xlsx", "prefilled.xlsx"} {
			r := s.as("lihu").Get(s.say("/api/v1/ledger/{town}/{week}/") + name)
			if got := r.Header.Get("Content-Disposition"); r.Status != 200 || !strings.HasPrefix(got, "attachment; filename*=utf-8''%E9%87%8C%E6%B9%96%E9%95%87") {
				s.t.Fatalf("%d %s", r.Status, got)
			}
			p := decode[shownPreview](s.t, s.uploadTo("lihu", "{town}", name, r.Body), 201)
			if len(p.Rows) != len(s.Villages(testkit.LihuTown)) || len(p.Absent) != 0 {
				s.t.Errorf("%s: %d rows, %d absent", name, len(p.Rows), len(p.Absent))
			}
			for _, row := range p.Rows {
				if !row.Same || len(row.Changes)+len(row.Errors) > 0 {
					s.t.Errorf("%s: %s would change: %+v", name, row.Name, row)
				}
			}
			before := s.Submissions(testkit.LihuTown)
			got := decode[struct{ Taken, Unchanged int }](s.t, s.as("lihu").JSON(http.MethodPost, s.say("/api/v1/ledger/{town}/{week}/uploads/")+p.ID+"/import", `{"submit":true}`), 200)
			if got.Taken != 0 || s.Submissions(testkit.LihuTown) != before {
				s.t.Errorf("%s: taking it back changed %d rows", name, got.Taken)
			}
		}
	})
}

func (s *stage) wholeTown() ledger.ImportInput {
	in := ledger.ImportInput{Unit: testkit.LihuTown, Week: house.ThisWeek, File: "里湖镇.xlsx", Submit: true,
		Head: func(unit.Code) ledger.Head {
			return ledger.Head{Unit: "里湖镇", Contact: "黄志明", Phone: "13800138002", FilledOn: house.ThisWeek}
		}}
	for _, v := range s.Villages(testkit.LihuTown) {
		in.Rows = append(in.Rows, ledger.ImportRow{Village: v.Code, Values: demo.Figures(s.App.Pack.Ledger, v.Code, 9)})
	}
	return in
}

// edit opens a workbook, lets change it, and writes it again; first is the row of the first village.
func edit(t *testing.T, content string, change func(f *excelize.File, sheet string, first int)) string {
	t.Helper()
	f, err := excelize.OpenReader(strings.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	sheet := f.GetSheetList()[0]
	rows, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	for i, r := range rows {
		if len(r) > 1 && strings.HasPrefix(r[1], "揭阳市") {
			change(f, sheet, i+1)
			break
		}
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func set(t *testing.T, f *excelize.File, sheet, cell, value string) {
	t.Helper()
	if err := f.SetCellStr(sheet, cell, value); err != nil {
		t.Fatal(err)
	}
}

func emptyZip(t *testing.T) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	if _, err := z.Create("a.txt"); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
