package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"unicode"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"
)

// strictJSON reads bodies more strictly than package json: a key that stands twice, text after
// the end, bytes that are no UTF-8, and nesting that no operation has are refused.
var strictJSON = huma.Format{Marshal: huma.DefaultJSONFormat.Marshal, Unmarshal: unmarshalStrict}

// deepest is how far a body may be nested; the deepest described is a few levels.
const deepest = 16

// unmarshalStrict is called twice for a body: first for its shape, into an any, then for its
// values. What is wrong is found the first time.
func unmarshalStrict(data []byte, v any) error {
	parsed, shape := v.(*any)
	if !shape {
		return json.Unmarshal(data, v)
	}
	members, depth := count(data)
	if depth <= deepest && utf8.Valid(data) {
		// As many keys came out as stand in the text: none of them twice.
		if err := json.Unmarshal(data, v); err == nil && membersOf(*parsed) == members {
			return nil
		}
	}
	if err := checkStrict(data); err != nil { // says what is wrong, and takes its time
		return err
	}
	return json.Unmarshal(data, v)
}

// count gives the number of keys in a JSON text, and how deep it is nested. Of a text that is no
// JSON it gives some number.
func count(data []byte) (members, depth int) {
	open := 0
	for i := 0; i < len(data); i++ {
		switch data[i] {
		case '"':
			for i++; i < len(data) && data[i] != '"'; i++ {
				if data[i] == '\\' {
					i++
				}
			}
		case '{', '[':
			open++
			depth = max(depth, open)
		case '}', ']':
			open--
		case ':':
			members++
		}
	}
	return members, depth
}

// membersOf counts the keys of all objects in a parsed value.
func membersOf(v any) int {
	n := 0
	switch v := v.(type) {
	case map[string]any:
		n = len(v)
		for _, inner := range v {
			n += membersOf(inner)
		}
	case []any:
		for _, inner := range v {
			n += membersOf(inner)
		}
	}
	return n
}

func checkStrict(data []byte) error {
	if !utf8.Valid(data) {
		return errors.New("not UTF-8")
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	if err := checkValue(dec, 0); err != nil {
		return err
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return errors.New("text after the end of the JSON value")
	}
	return nil
}

func checkValue(dec *json.Decoder, depth int) error {
	token, err := dec.Token()
	if err != nil {
		return unexpected(err)
	}
	switch token {
	case json.Delim('{'):
		seen := map[string]bool{}
		for dec.More() {
			key, err := dec.Token()
			if err != nil {
				return unexpected(err)
			}
			name, _ := key.(string)
			if seen[name] {
				return fmt.Errorf("key %q stands twice", clip(name))
			}
			seen[name] = true
			if err := checkDeeper(dec, depth); err != nil {
				return err
			}
		}
	case json.Delim('['):
		for dec.More() {
			if err := checkDeeper(dec, depth); err != nil {
				return err
			}
		}
	default:
		return nil
	}
	if _, err := dec.Token(); err != nil {
		return unexpected(err)
	}
	return nil
}

func checkDeeper(dec *json.Decoder, depth int) error {
	if depth == deepest {
		return fmt.Errorf("nested deeper than %d", deepest)
	}
	return checkValue(dec, depth+1)
}

// unexpected tells the end of a body that breaks off.
func unexpected(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// clip shortens what a client sent before it is told back.
func clip(s string) string {
	const most = 60
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

// hasControl tells a text with characters that nobody types: their folding could join what
// stands apart.
func hasControl(s string) bool {
	for _, r := range s {
		if unicode.IsControl(r) {
			return true
		}
	}
	return false
}
