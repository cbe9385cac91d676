package bulletin_test

import (
	"errors"
	"testing"

	"github.com/sangzi/sangzi/internal/bulletin"
	"github.com/sangzi/sangzi/internal/database"
	"github.com/sangzi/sangzi/internal/ledger/ledgertest"
	"github.com/sangzi/sangzi/internal/testkit"
)

// layout prints a title in its own way, or fails.
type layout string

var errPress = errors.New("no paper")

func (l layout) print(kind string, d bulletin.Draft) ([]byte, error) {
	if l == "" {
		return nil, errPress
	}
	return []byte(string(l) + kind + d.Title + d.Number), nil
}

func (l layout) Docx(d bulletin.Draft) ([]byte, error) { return l.print("docx", d) }
func (l layout) PDF(d bulletin.Draft) ([]byte, error)  { return l.print("pdf", d) }

// Files are kept with a version when it is issued, and with no other; they are what is given out from
// then on, and what was tampered with is not. What cannot be printed is not issued.
func TestFilesAreKeptWhenIssued(t *testing.T) {
	w := ledgertest.Busy(t, "2024-03-30 09:00")
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		d := sit(t, w, db)
		d.UsePress(layout(""))
		d.begin()
		d.must(bulletin.ToSubmit, testkit.County)
		d.must(bulletin.ToApprove, colleague)
		before := d.on()
		if _, err := d.do(bulletin.ToIssue, testkit.County); !errors.Is(err, errPress) || d.on() != before {
			t.Fatalf("issued without paper: %v", err)
		}
		d.UsePress(layout("old "))
		if f, err := d.File(ctx, testkit.County, testkit.Puning, d.month, 0, bulletin.PDF); err != nil || f.Kept {
			t.Errorf("a draft's file is kept: %v", err)
		}
		v := d.must(bulletin.ToIssue, testkit.County)
		d.UsePress(layout("new "))
		file := func(number int32) (bulletin.File, error) {
			return d.File(ctx, testkit.Village, testkit.Puning, d.month, number, bulletin.PDF)
		}
		want := "old pdf" + v.Draft.Title + "普组通〔2024〕12号"
		if f, err := file(0); err != nil || string(f.Content) != want || f.Hash != bulletin.Seal(want) || f.Size != len(want) || !f.Kept {
			t.Errorf("%s, %v", f.Content, err)
		}
		b, err := d.Show(ctx, testkit.Village, testkit.Puning, d.month, 0)
		if err != nil || len(b.Version.Files) != 2 || b.Version.Files[0].Kind != bulletin.Docx || b.Version.Files[1].Hash != bulletin.Seal(want) || b.Version.Files[1].Content != nil {
			t.Errorf("shown with %+v, %v", b.Version.Files, err)
		}
		d.must(bulletin.ToCorrect, testkit.County)
		if b, err := d.Show(ctx, testkit.County, testkit.Puning, d.month, 0); err != nil || len(b.Version.Files) != 0 {
			t.Errorf("a draft has files: %+v, %v", b.Version.Files, err)
		}
		if _, err := file(d.on().Base); !errors.Is(err, bulletin.ErrNoVersion) {
			t.Errorf("a village gets a draft's file: %v", err)
		}
		if _, err := db.Writer().ExecContext(ctx, "UPDATE bulletin_files SET content = $1", []byte("other")); err != nil {
			t.Fatal(err)
		}
		if _, err := file(v.Number); !errors.Is(err, bulletin.ErrFileBroken) {
			t.Errorf("what was tampered with is given out: %v", err)
		}
	})
}
