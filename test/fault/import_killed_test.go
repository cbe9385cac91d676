package fault

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/sangzi/sangzi/internal/app"
	"github.com/sangzi/sangzi/internal/demo"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/ledger/workbook"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
)

// The import of a county's workbooks is killed at random moments. Each town is taken whole with
// its submission, or not at all, and importing again completes the week as if nothing had been.
func TestImportKilled(t *testing.T) {
	testkit.URLs(t, func(t *testing.T, db string) {
		random := chance(t)
		newLedger(t, db)
		folder := t.TempDir()
		tree := treeOf(t)
		want := writeTowns(t, folder, tree, 8)
		began := time.Now()
		if out, err := importing(db, folder).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		whole := time.Since(began)

		killed, half := 0, 0
		for round := 9; round < 9+10; round++ { // other figures each time: something to write
			want = writeTowns(t, folder, tree, round)
			run := importing(db, folder)
			if err := run.Start(); err != nil {
				t.Fatal(err)
			}
			kill := time.AfterFunc(time.Duration(random.Int64N(int64(whole))), func() { run.Process.Kill() }) //nolint:errcheck // it may have ended
			err := run.Wait()
			kill.Stop()
			if ended := (*exec.ExitError)(nil); errors.As(err, &ended) {
				killed++
			}
			a := open(t, db)
			taken := wholeTowns(t, a, tree, want)
			if err := a.Close(); err != nil {
				t.Fatal(err)
			}
			if 0 < taken && taken < len(tree.Towns(testkit.Puning)) {
				half++
			}
		}
		t.Logf("%d of 10 imports killed, %d of them half way", killed, half)
		if killed == 0 {
			t.Error("no import was killed")
		}
		if out, err := importing(db, folder).CombinedOutput(); err != nil {
			t.Fatalf("the import after it: %v\n%s", err, out)
		}
		a := open(t, db)
		defer a.Close() //nolint:errcheck // nothing is written
		if taken := wholeTowns(t, a, tree, want); taken != len(tree.Towns(testkit.Puning)) {
			t.Errorf("only %d towns are complete", taken)
		}
		flaws, err := a.Ledger.Verify(t.Context(), operator, testkit.LihuTown, due)
		if err != nil || len(flaws) > 0 {
			t.Errorf("flaws %v, %v", flaws, err)
		}
	})
}

func importing(db, folder string) *exec.Cmd {
	return exec.Command(program, "ledger", "import", "--db", db, "--today", today, "--unit", "445281", "--week", week, folder)
}

// writeTowns writes a workbook for each town of 普宁 and gives what the villages report in them.
func writeTowns(t testing.TB, folder string, tree *unit.Tree, round int) map[unit.Code]ledger.Values {
	t.Helper()
	all := map[unit.Code]ledger.Values{}
	for i, town := range tree.Towns(testkit.Puning) {
		c := workbook.Consolidated{Head: ledger.Head{Unit: town.Name, Contact: "黄志明", Phone: "0663-2900000", FilledOn: due}}
		for _, v := range tree.Villages(town.Code) {
			values := demo.Figures(form, v.Code, 8)
			at, _ := form.ColumnIndex(told)
			values[at] = ledger.Value(round)
			all[v.Code] = values
			c.Lines = append(c.Lines, workbook.Line{Village: v.Code, Name: tree.FullName(v.Code), Values: values})
		}
		f, err := os.Create(filepath.Join(folder, fmt.Sprintf("%02d%s.xlsx", i+1, town.Name)))
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(workbook.Write(f, form, c), f.Close()); err != nil {
			t.Fatal(err)
		}
	}
	return all
}

// wholeTowns counts the towns whose rows are all as wanted, and sealed so. A town of which some
// rows are and some are not, or which is not sealed as its rows stand, fails the test.
func wholeTowns(t testing.TB, a *app.App, tree *unit.Tree, want map[unit.Code]ledger.Values) (whole int) {
	t.Helper()
	sheet, err := a.Ledger.Sheet(t.Context(), operator, testkit.Puning, due)
	if err != nil {
		t.Fatal(err)
	}
	at, _ := form.ColumnIndex(told)
	for _, town := range tree.Towns(testkit.Puning) {
		rows := sheet.Rows(town.Code, a.Ledger.Now())
		taken, sum := 0, int64(0)
		for _, r := range rows {
			if r.Values == nil || r.SealedAt != r.Chain.Version {
				t.Errorf("%s: %s has version %d and is sealed with %d", town.Name, r.Village.Name, r.Chain.Version, r.SealedAt)
				continue
			}
			if r.Values[at] == want[r.Village.Code][at] {
				taken++
			}
			sum += int64(r.Values[at])
		}
		if taken != 0 && taken != len(rows) {
			t.Errorf("%s: %d of %d rows were taken", town.Name, taken, len(rows))
		}
		if got := sheet.Figures(town.Code).Sums[at]; got != sum {
			t.Errorf("%s: the sum is %d, counted anew %d", town.Name, got, sum)
		}
		if taken == len(rows) {
			whole++
		}
	}
	return whole
}
