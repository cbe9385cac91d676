package api

import (
	"encoding/json"
	"maps"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// A row is split into its cells as package json would.
func TestCellsAreSplitAsJSON(t *testing.T) {
	check := func(t interface {
		Helper()
		Fatalf(string, ...any)
	}, text string) {
		t.Helper()
		var got struct{ Values cells }
		var want struct{ Values map[string]json.RawMessage }
		err, wantErr := json.Unmarshal([]byte(text), &got), json.Unmarshal([]byte(text), &want)
		same := maps.EqualFunc(got.Values, want.Values, func(a cell, b json.RawMessage) bool { return string(a) == string(b) })
		if (err == nil) != (wantErr == nil) || err == nil && (!same || (got.Values == nil) != (want.Values == nil)) {
			t.Fatalf("%s: %q, %v; package json: %q, %v", text, got.Values, err, want.Values, wantErr)
		}
	}
	for _, text := range []string{`{}`, `{"values":{}}`, `{"values":null}`, `{"values":[1]}`, `{"values":"x"}`, `{"values":{"a":1,"b":true,"c":null,"d":"x,}\"","e":[1,{"f":2}],"g":{"h":[]}}}`,
		"{\"values\": {\n\t\"a\" : 1 ,\r\n \"b\" :\"2\" } }", `{"values":{"a\u0062":1,"\"":2,"\\":3}}`, `{"values":{"a":1,"a":2}}`, `{"values":{"a":1,}}`, `{"values":{"a":-1.5e3}}`} {
		check(t, text)
	}
	piece := rapid.SampledFrom([]string{`{`, `}`, `[`, `]`, `"a":`, `"b" : `, `"\"c\\":`, `,`, `, `, `1`, `"x"`, `"\\"`, `null`, ` `, "\n"})
	rapid.Check(t, func(t *rapid.T) {
		check(t, `{"values":{"k":`+strings.Join(rapid.SliceOfN(piece, 1, 9).Draw(t, "pieces"), "")+`}}`)
	})
}
