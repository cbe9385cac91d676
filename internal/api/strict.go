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
	if _, shape := v.(*any); shape {
		if err := checkStrict(data); err != nil {
			return err
		}
	}
	return json.Unmarshal(data, v)
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
