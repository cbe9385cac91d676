package test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/sangzi/sangzi/internal/access"
	_ "github.com/sangzi/sangzi/internal/app" // which imports every part that declares a problem
	"github.com/sangzi/sangzi/internal/dispatch"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/task"
	"github.com/sangzi/sangzi/internal/words"
)

// Every problem that any part declares has its sentence; so has every role, action and state.
func TestEveryCodeHasWords(t *testing.T) {
	codes := problem.Codes()
	if len(codes) < 100 {
		t.Errorf("only %d problems are declared", len(codes))
	}
	for _, r := range access.Roles() {
		codes = append(codes, "role."+string(r))
	}
	for _, a := range access.Actions() {
		codes = append(codes, "action."+string(a))
	}
	for _, s := range ledger.States() {
		codes = append(codes, "state."+string(s))
	}
	for _, s := range dispatch.RequestStates() {
		codes = append(codes, "dispatch_request."+string(s))
	}
	for _, s := range task.States() {
		codes = append(codes, "task_state."+string(s))
	}
	for _, code := range codes {
		if !words.Has(code) {
			t.Errorf("internal/words/zh.yaml has no sentence for %s", code)
		}
	}
}

var coded = regexp.MustCompile(`^(access|account|api|app|bulletin|campaign|database|dispatch|feedback|ledger|merge|notify|picture|reading|record|register|sheet|statistics|task|unit|web)\.[a-z][a-z_]+$`)

// Every text in the sources that looks like a code has its sentence, as itself, as an action or
// as an event: the codes of findings are plain constants.
func TestEveryCodeInTheSourcesHasWords(t *testing.T) {
	seen := 0
	err := filepath.WalkDir("../internal", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || strings.HasSuffix(path, "_templ.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			lit, ok := n.(*ast.BasicLit)
			if !ok || lit.Kind != token.STRING {
				return true
			}
			code, err := strconv.Unquote(lit.Value)
			if err != nil || !coded.MatchString(code) || strings.HasSuffix(code, ".js") || strings.HasSuffix(code, ".css") || strings.HasSuffix(code, ".db") {
				return true
			}
			seen++
			if !words.Has(code) && !words.Has("action."+code) && !words.Has("event."+code) {
				t.Errorf("%s: internal/words/zh.yaml has no sentence for %s", path, code)
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if seen < 150 {
		t.Errorf("only %d codes found", seen)
	}
}
