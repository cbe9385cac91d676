package test

import (
	"testing"

	"github.com/sangzi/sangzi/internal/access"
	_ "github.com/sangzi/sangzi/internal/database"
	_ "github.com/sangzi/sangzi/internal/ledger"
	_ "github.com/sangzi/sangzi/internal/office/sheet"
	"github.com/sangzi/sangzi/internal/problem"
	_ "github.com/sangzi/sangzi/internal/unit/divisions"
	"github.com/sangzi/sangzi/internal/words"
)

// Every problem that any part declares has its sentence; so has every role and action.
func TestEveryCodeHasWords(t *testing.T) {
	codes := problem.Codes()
	for _, r := range access.Roles() {
		codes = append(codes, "role."+string(r))
	}
	for _, a := range access.Actions() {
		codes = append(codes, "action."+string(a))
	}
	for _, code := range codes {
		if !words.Has(code) {
			t.Errorf("internal/words/zh.yaml has no sentence for %s", code)
		}
	}
}
