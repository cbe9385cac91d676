package accountweb_test

import (
	"strings"
	"testing"

	_ "github.com/sangzi/sangzi/internal/account/keyfile"
	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/words"
)

// Every problem of the wing has its sentence, without an exclamation mark.
func TestWords(t *testing.T) {
	n := 0
	for _, code := range problem.Codes() {
		if !strings.HasPrefix(code, "account.") && !strings.HasPrefix(code, "access.") {
			continue
		}
		n++
		if !words.Has(code) || strings.ContainsAny(words.Text(code, nil), "!！") {
			t.Errorf("%s: %q", code, words.Text(code, nil))
		}
	}
	if n < 30 {
		t.Errorf("only %d problems were found", n)
	}
}

// Every event that the wing writes is told in words.
func TestEventWords(t *testing.T) {
	for _, action := range []string{"create", "edit", "disable", "enable", "reset_password", "change_password", "sign_out_everywhere",
		"create_department", "create_token", "revoke_token", "renew_key", "forget_key", "recover_key"} {
		if !words.Has("event.account." + action) {
			t.Errorf("event.account.%s has no words", action)
		}
	}
}
