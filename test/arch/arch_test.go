// Package arch holds the imports of the program against the house's three rules: arrows run one
// way, no wing touches another's tables or pages, and rules know no SQL, no HTTP and no clock.
package arch

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/sangzi/sangzi/"

// kernel are the packages everything may stand on, in order: each may import those before it.
var kernel = []string{
	"internal/problem", "internal/date", "internal/words", "internal/unit", "internal/unit/divisions", "internal/week",
	"internal/campaign", "internal/access", "internal/clock", "internal/office/linebreak", "internal/office/document", "internal/picture", "internal/picture/camera",
	"internal/audit", "internal/database", "internal/audit/auditdb",
	"internal/office/sheet", "internal/office/font", "internal/office/docx", "internal/office/pdf", "internal/web/ui", "internal/web",
}

// wings are the parts of the business and the wings each may know beside itself.
var wings = map[string][]string{
	"internal/ledger":        {},
	"internal/statistics":    {"internal/ledger"},
	"internal/account":       {},
	"internal/unit/register": {},
	"internal/feedback":      {},
	"internal/record":        {"internal/ledger"},
	"internal/bulletin":      {"internal/statistics", "internal/ledger"},
	"internal/notify":        {},
	"internal/patron":        {},
	"internal/task":          {"internal/record", "internal/ledger"},
	"internal/dispatch":      {"internal/task", "internal/record", "internal/ledger"},
	"internal/reading":       {},
}

// rooms are the packages of a wing, and what each may import beside its wing and the kernel.
var rooms = map[string]struct {
	wing string
	also []string
}{
	"internal/ledger/ledgerdb":          {"internal/ledger", nil},
	"internal/ledger/workbook":          {"internal/ledger", nil},
	"internal/ledger/merge":             {"internal/ledger", []string{"internal/ledger/workbook"}},
	"internal/ledger/ledgerweb":         {"internal/ledger", []string{"internal/ledger/workbook", "internal/statistics", "internal/statistics/workbook"}},
	"internal/statistics/workbook":      {"internal/statistics", []string{"internal/ledger/workbook"}},
	"internal/statistics/statisticsweb": {"internal/statistics", []string{"internal/statistics/workbook"}},
	"internal/account/accountdb":        {"internal/account", nil},
	"internal/account/keyfile":          {"internal/account", nil},
	"internal/account/roster":           {"internal/account", nil},
	"internal/account/accountweb":       {"internal/account", []string{"internal/account/roster", "internal/account/accountdb"}},
	"internal/unit/unitdb":              {"internal/unit/register", nil},
	"internal/unit/unitweb":             {"internal/unit/register", nil},
	"internal/feedback/feedbackdb":      {"internal/feedback", nil},
	"internal/patron/patrondb":          {"internal/patron", nil},
	"internal/patron/patronweb":         {"internal/patron", nil},
	"internal/record/recorddb":          {"internal/record", nil},
	"internal/record/workbook":          {"internal/record", nil},
	"internal/record/recordweb":         {"internal/record", []string{"internal/record/workbook"}},
	"internal/task/taskdb":              {"internal/task", nil},
	"internal/task/taskweb":             {"internal/task", nil},
	"internal/dispatch/dispatchdb":      {"internal/dispatch", nil},
	"internal/dispatch/dispatchweb":     {"internal/dispatch", nil},
	"internal/feedback/feedbackweb":     {"internal/feedback", nil},
	"internal/notify/notifydb":          {"internal/notify", nil},
	"internal/notify/notifyweb":         {"internal/notify", nil},
	"internal/notify/sender":            {"internal/notify", nil},
	"internal/bulletin/bulletindb":      {"internal/bulletin", nil},
	"internal/bulletin/bulletinweb":     {"internal/bulletin", nil},
	"internal/reading/readingdb":        {"internal/reading", nil},
	"internal/reading/readingweb":       {"internal/reading", nil},
	"internal/campaign/campaignweb":     {"", nil},
	"internal/web/gallery":              {"", nil},
	"internal/api":                      {"internal/ledger", []string{"internal/statistics", "internal/unit/register", "internal/account", "internal/notify", "internal/record", "internal/task", "internal/dispatch", "internal/bulletin", "internal/reading", "internal/ledger/workbook", "internal/statistics/workbook"}},
	"internal/demo/scene":               {"", nil},
	"internal/demo":                     {"internal/ledger", []string{"internal/account", "internal/record", "internal/demo/scene"}},
}

// anything is what may import everything, and is imported by nothing but what is named here.
var anything = map[string][]string{
	"internal/app":                {"cmd/sangzi"},
	"cmd/sangzi":                  {},
	"internal/office/font/subset": {},
}

// forTests are imported by tests only.
var forTests = []string{"internal/testkit", "internal/ledger/ledgertest", "internal/office/document/documenttest", "internal/picture/picturetest", "test/house"}

// pure packages know no database, no network and no clock of their own.
var pure = []string{
	"internal/problem", "internal/date", "internal/words", "internal/unit", "internal/week", "internal/campaign", "internal/access", "internal/audit",
	"internal/ledger", "internal/statistics", "internal/account", "internal/unit/register", "internal/feedback",
	"internal/record", "internal/patron", "internal/bulletin", "internal/notify", "internal/task", "internal/dispatch", "internal/reading",
	"internal/office/linebreak", "internal/office/document", "internal/picture", "internal/picture/camera",
}

type listed struct {
	ImportPath string
	Imports    []string
}

func packages(t *testing.T) map[string][]string {
	t.Helper()
	cmd := exec.Command("go", "list", "-json=ImportPath,Imports", "./...")
	cmd.Dir = "../.."
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	all := map[string][]string{}
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all[strings.TrimPrefix(p.ImportPath, module)] = p.Imports
	}
}

// allowed lists what a package of the program may import of the program; known is false for a
// package that has no place in the house yet.
func allowed(pkg string) (list []string, known bool) {
	if i := slices.Index(kernel, pkg); i >= 0 {
		return kernel[:i], true
	}
	if also, ok := wings[pkg]; ok {
		return slices.Concat(kernel[:slices.Index(kernel, "internal/database")], also), true
	}
	if room, ok := rooms[pkg]; ok {
		list = slices.Concat(kernel, room.also, []string{room.wing}, wings[room.wing])
		return list, true
	}
	return nil, false
}

func TestArrowsRunOneWay(t *testing.T) {
	all := packages(t)
	if len(all) < 20 {
		t.Fatalf("only %d packages listed", len(all))
	}
	for pkg, imports := range all {
		if _, ok := anything[pkg]; ok || slices.Contains(forTests, pkg) || strings.HasPrefix(pkg, "test") {
			continue
		}
		may, known := allowed(pkg)
		if !known {
			t.Errorf("%s has no place in the house: name it in test/arch", pkg)
			continue
		}
		for _, i := range imports {
			of, ours := strings.CutPrefix(i, module)
			if ours && !slices.Contains(may, of) {
				t.Errorf("%s imports %s", pkg, of)
			}
		}
	}
}

func TestOnlyTestsImportWhatIsForTests(t *testing.T) {
	for pkg, imports := range packages(t) {
		for _, i := range imports {
			of := strings.TrimPrefix(i, module)
			if slices.Contains(forTests, of) && !slices.Contains(forTests, pkg) {
				t.Errorf("%s imports %s", pkg, of)
			}
			if by, ok := anything[of]; ok && !slices.Contains(by, pkg) && !strings.HasPrefix(pkg, "test/") {
				t.Errorf("%s imports %s", pkg, of)
			}
		}
	}
}

func TestRulesKnowNoSQLNoHTTP(t *testing.T) {
	all := packages(t)
	banned := []string{"database/sql", "net/http", "os/exec", module + "internal/database", module + "internal/web"}
	for _, pkg := range pure {
		imports, ok := all[pkg]
		if !ok {
			t.Errorf("%s does not exist", pkg)
		}
		for _, i := range imports {
			if slices.Contains(banned, i) || strings.HasPrefix(i, "modernc.org/") || strings.HasPrefix(i, "github.com/jackc/") || strings.HasPrefix(i, "github.com/danielgtaylor/") {
				t.Errorf("%s imports %s", pkg, i)
			}
		}
	}
}
