package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/app"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
)

// A county that has locked the week takes nothing; the file of the other county is taken, and
// the command says that something was left out.
func TestImportIntoALockedWeek(t *testing.T) {
	dir := t.TempDir()
	db, day := "sqlite:"+filepath.Join(dir, "a.db"), "2024-03-29T16:00"
	file := func(name string, town unit.Code, no int) string {
		_, b, err := bookOf(town, no, nil)
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, name), b, 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
		return filepath.Join(dir, name)
	}
	output(t, "ledger", "import", "--db", db, "--today", day, "--unit", "4452", "--week", "2024-03-29", file("里湖镇.xlsx", testkit.LihuTown, 8))
	a, err := app.Open(context.Background(), app.Options{DB: db, Today: day})
	if err != nil {
		t.Fatal(err)
	}
	week := date.MustParse("2024-03-29")
	_, err = a.Ledger.Lock(context.Background(), access.Operator("test", unit.Nation), ledger.SubmitInput{Unit: testkit.Puning, Week: week, Base: ledger.AnyBase,
		Head: ledger.Head{Unit: "普宁市", Contact: "林晓燕", Phone: "1", FilledOn: week}})
	if cerr := a.Close(); err != nil || cerr != nil {
		t.Fatal(err, cerr)
	}
	var out, wrong bytes.Buffer
	code := run(context.Background(), []string{"ledger", "import", "--db", db, "--today", day, "--unit", "4452", "--week", "2024-03-29",
		file("里湖镇.xlsx", testkit.LihuTown, 9), file("惠城镇.xlsx", testkit.Huicheng, 9)}, &out, &wrong)
	if code != exitPartial || !strings.Contains(wrong.String(), "里湖镇.xlsx：这一周已由县级锁定") || strings.Contains(wrong.String(), "惠城镇.xlsx：") || !strings.Contains(out.String(), "封存 1 份报送") {
		t.Errorf("%d\n%s\n%s", code, out.String(), wrong.String())
	}
}
