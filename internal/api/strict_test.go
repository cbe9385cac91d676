package api

import (
	"encoding/json"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// The quick way through says the same as the one that looks at every token.
func TestStrictAgreesWithTheSlowCheck(t *testing.T) {
	check := func(t interface {
		Helper()
		Fatalf(string, ...any)
	}, text string) {
		t.Helper()
		var quick, plain any
		err := unmarshalStrict([]byte(text), &quick)
		slow := checkStrict([]byte(text))
		if slow == nil {
			slow = json.Unmarshal([]byte(text), &plain)
		}
		if (err == nil) != (slow == nil) || err != nil && err.Error() != slow.Error() {
			t.Fatalf("%q: %v, checked slowly: %v", text, err, slow)
		}
	}
	nested := func(n int) string { return strings.Repeat(`{"a":[`, n/2) + "1" + strings.Repeat(`]}`, n/2) }
	for _, text := range []string{`{"a":1,"a":2}`, `{"a":{"b":1},"b":{"b":1,"b":1}}`, `{"a":"\"x:{"}`, `{"a\":":1,"a\":":2}`, `{} {}`, `{"a":1}x`, ``, `{`, `"\`,
		"{\"\xff\":1}", nested(deepest), nested(deepest + 2), `[[{"a":1},{"a":1}]]`} {
		check(t, text)
	}
	piece := rapid.SampledFrom([]string{`{`, `}`, `[`, `]`, `"a"`, `"b:"`, `"\""`, `:`, `,`, `1`, `null`, ` `, `"`, `\`})
	rapid.Check(t, func(t *rapid.T) { check(t, strings.Join(rapid.SliceOfN(piece, 0, 14).Draw(t, "pieces"), "")) })
}
