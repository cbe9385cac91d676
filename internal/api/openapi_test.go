package api_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write docs/openapi.json anew")

// document is the description as far as the tests look into it.
type document struct {
	OpenAPI string `json:"openapi"`
	Info    struct{ Title, Version, Description string }
	Paths   map[string]map[string]operation
	Tags    []struct{ Name, Description string }
}

type operation struct {
	OperationID string `json:"operationId"`
	Summary     string
	Tags        []string
	Parameters  []struct {
		Name, In, Description string
		Required              bool
		Schema                map[string]any
		Example               any
	}
	RequestBody *struct {
		Required bool
		Content  map[string]struct{ Schema map[string]any }
	} `json:"requestBody"`
	Responses map[string]struct {
		Description string
		Content     map[string]struct{ Schema map[string]any }
	}
}

func (s *stage) document() (document, []byte) {
	s.t.Helper()
	r := s.Nobody().Get("/api/v1/openapi.json")
	if r.Status != http.StatusOK || r.Header.Get("Content-Type") != "application/vnd.oai.openapi+json;version=3.1" {
		s.t.Fatalf("%d %s", r.Status, r.Header.Get("Content-Type"))
	}
	var d document
	if err := json.Unmarshal([]byte(r.Body), &d); err != nil {
		s.t.Fatal(err)
	}
	var b bytes.Buffer
	if err := json.Indent(&b, []byte(r.Body), "", "  "); err != nil {
		s.t.Fatal(err)
	}
	return d, append(bytes.TrimSpace(b.Bytes()), '\n')
}

func (d *document) each(do func(method, path string, o operation)) {
	for path, methods := range d.Paths {
		for method, o := range methods {
			do(strings.ToUpper(method), path, o)
		}
	}
}

func sqlite(t *testing.T) *stage {
	return newStage(t, "sqlite:"+filepath.Join(t.TempDir(), "sangzi.db"))
}

// The description is the one that is committed; run with -update after a change that is meant.
func TestDescriptionIsCommitted(t *testing.T) {
	const file = "../../docs/openapi.json"
	_, got := sqlite(t).document()
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("the description is not docs/openapi.json; if it is meant: go test ./internal/api -run TestDescriptionIsCommitted -update")
	}
}

// Every reference leads somewhere, every operation and parameter says what it is, every answer
// and every error has its form.
func TestDescriptionIsWhole(t *testing.T) {
	d, raw := sqlite(t).document()
	if !strings.HasPrefix(d.OpenAPI, "3.1") || d.Info.Title == "" || d.Info.Version == "" || d.Info.Description == "" {
		t.Errorf("%s %+v", d.OpenAPI, d.Info)
	}
	var whole any
	if err := json.Unmarshal(raw, &whole); err != nil {
		t.Fatal(err)
	}
	refs := 0
	walk(whole, func(m map[string]any) {
		ref, ok := m["$ref"].(string)
		if !ok {
			return
		}
		refs++
		if lookup(whole, ref) == nil {
			t.Errorf("%s leads nowhere", ref)
		}
	})
	if refs < 30 {
		t.Errorf("only %d references", refs)
	}
	ids := map[string]bool{}
	d.each(func(method, path string, o operation) {
		at := method + " " + path
		if o.OperationID == "" || ids[o.OperationID] {
			t.Errorf("%s: operation id %q", at, o.OperationID)
		}
		ids[o.OperationID] = true
		if o.Summary == "" || len(o.Tags) != 1 || !slices.ContainsFunc(d.Tags, func(tag struct{ Name, Description string }) bool { return tag.Name == o.Tags[0] }) {
			t.Errorf("%s: summary %q, tags %v", at, o.Summary, o.Tags)
		}
		d.checkParameters(t, at, path, o)
		checkAnswers(t, at, o)
	})
	if len(ids) < 25 {
		t.Errorf("only %d operations", len(ids))
	}
}

var placeholder = regexp.MustCompile(`\{([a-z]+)\}`)

func (d *document) checkParameters(t *testing.T, at, path string, o operation) {
	var inPath []string
	for _, p := range o.Parameters {
		if p.Description == "" || len(p.Schema) == 0 || p.Example == nil && p.Schema["examples"] == nil {
			t.Errorf("%s: parameter %s says too little: %+v", at, p.Name, p)
		}
		if p.In == "path" {
			inPath = append(inPath, p.Name)
			if !p.Required {
				t.Errorf("%s: %s is not required", at, p.Name)
			}
		}
	}
	for _, m := range placeholder.FindAllStringSubmatch(path, -1) {
		if !slices.Contains(inPath, m[1]) {
			t.Errorf("%s: {%s} is not described", at, m[1])
		}
	}
}

func checkAnswers(t *testing.T, at string, o operation) {
	good := 0
	for status, r := range o.Responses {
		if r.Description == "" {
			t.Errorf("%s: %s has no description", at, status)
		}
		switch {
		case status == "204":
			good++
		case status[0] == '2':
			good++
			for kind, c := range r.Content {
				if len(c.Schema) == 0 {
					t.Errorf("%s: %s %s has no schema", at, status, kind)
				}
			}
			if len(r.Content) == 0 {
				t.Errorf("%s: %s has no content", at, status)
			}
		case r.Content["application/problem+json"].Schema["$ref"] != "#/components/schemas/Failure":
			t.Errorf("%s: %s is no problem: %v", at, status, r.Content)
		}
	}
	if good != 1 {
		t.Errorf("%s: %d good answers", at, good)
	}
	for _, status := range []string{"401", "404", "422"} {
		if _, ok := o.Responses[status]; !ok {
			t.Errorf("%s: %s is not described", at, status)
		}
	}
}

// Every property that a program sends or reads has a name that the description knows: what the
// scenarios are answered is held against the schema's properties.
func TestAnswersAreAsDescribed(t *testing.T) {
	s := sqlite(t)
	d, raw := s.document()
	var whole any
	if err := json.Unmarshal(raw, &whole); err != nil {
		t.Fatal(err)
	}
	byID := map[string]operation{}
	d.each(func(_, _ string, o operation) { byID[o.OperationID] = o })
	checked := 0
	for _, c := range scenarios {
		method := c.method
		if method == "" {
			method = http.MethodGet
		}
		r := s.as(c.as).JSON(method, "/api/v1"+s.say(c.path), s.say(c.body))
		described, ok := byID[c.op].Responses[itoa(r.Status)]
		if !ok && r.Status != http.StatusNoContent {
			t.Errorf("“%s”: %s does not describe %d", c.name, c.op, r.Status)
			continue
		}
		for kind, content := range described.Content {
			if !strings.Contains(kind, "json") {
				continue
			}
			var v any
			if err := json.Unmarshal([]byte(r.Body), &v); err != nil {
				t.Fatalf("“%s”: %v", c.name, err)
			}
			checked++
			for _, wrong := range conform(whole, content.Schema, v, c.op) {
				t.Errorf("“%s”: %s", c.name, wrong)
			}
		}
	}
	if checked < len(scenarios)/2 {
		t.Errorf("only %d answers checked", checked)
	}
}

// conform tells where a value is not of a schema: its type, its properties, its enum.
func conform(whole any, schema map[string]any, v any, at string) (wrong []string) {
	if ref, ok := schema["$ref"].(string); ok {
		schema, _ = lookup(whole, ref).(map[string]any)
	}
	if one, ok := schema["oneOf"].([]any); ok {
		for _, sub := range one {
			if m, ok := sub.(map[string]any); ok && len(conform(whole, m, v, at)) == 0 {
				return nil
			}
		}
		return []string{at + ": of none of the forms"}
	}
	if !typed(schema["type"], v) {
		return []string{at + ": not a " + marshal(schema["type"]) + ": " + marshal(v)}
	}
	if enum, ok := schema["enum"].([]any); ok && !slices.Contains(enum, v) {
		wrong = append(wrong, at+": "+marshal(v)+" is not of "+marshal(enum))
	}
	switch v := v.(type) {
	case []any:
		items, _ := schema["items"].(map[string]any)
		for _, x := range v {
			wrong = append(wrong, conform(whole, items, x, at+"[]")...)
		}
	case map[string]any:
		properties, _ := schema["properties"].(map[string]any)
		required, _ := schema["required"].([]any)
		for _, name := range required {
			if _, ok := v[name.(string)]; !ok {
				wrong = append(wrong, at+": lacks "+name.(string))
			}
		}
		for name, x := range v {
			sub, ok := properties[name].(map[string]any)
			if !ok {
				sub, ok = schema["additionalProperties"].(map[string]any)
			}
			if !ok {
				wrong = append(wrong, at+": "+name+" is not described")
				continue
			}
			wrong = append(wrong, conform(whole, sub, x, at+"."+name)...)
		}
	}
	return wrong
}

func typed(want, v any) bool {
	if list, ok := want.([]any); ok {
		return slices.ContainsFunc(list, func(one any) bool { return typed(one, v) })
	}
	switch v := v.(type) {
	case nil:
		return want == "null"
	case bool:
		return want == "boolean"
	case string:
		return want == "string"
	case float64:
		return want == "number" || want == "integer" && v == float64(int64(v))
	case []any:
		return want == "array"
	}
	return want == "object"
}

func walk(v any, do func(map[string]any)) {
	switch v := v.(type) {
	case []any:
		for _, x := range v {
			walk(x, do)
		}
	case map[string]any:
		do(v)
		for _, x := range v {
			walk(x, do)
		}
	}
}

func lookup(whole any, ref string) any {
	path, ok := strings.CutPrefix(ref, "#/")
	if !ok {
		return nil
	}
	for name := range strings.SplitSeq(path, "/") {
		m, ok := whole.(map[string]any)
		if !ok {
			return nil
		}
		whole = m[name]
	}
	return whole
}
