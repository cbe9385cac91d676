package main

import (
	"io"
	"strings"
	"testing"
	"unicode"

	"github.com/alecthomas/kong"
)

// Every command, argument and flag says what it is in Chinese and then in English; what needs no
// words is named here.
func TestHelpIsInBothLanguages(t *testing.T) {
	var c cli
	parser, err := newParser(&c, io.Discard, io.Discard, func(int) {})
	if err != nil {
		t.Fatal(err)
	}
	commands, values := 0, 0
	err = kong.Visit(parser.Model, func(node kong.Visitable, next kong.Next) error {
		switch n := node.(type) {
		case *kong.Command:
			commands++
			said(t, n.FullPath(), n.Help)
		case *kong.Flag:
			values++
			said(t, "--"+n.Name, n.Help)
		case *kong.Positional:
			if values++; n.Help != "" || n.Tag.PlaceHolder == "" {
				said(t, n.Name, n.Help)
			}
		}
		return next(nil)
	})
	if err != nil {
		t.Fatal(err)
	}
	if commands < 20 || values < 40 {
		t.Errorf("only %d commands and %d values", commands, values)
	}
}

func said(t *testing.T, what, help string) {
	t.Helper()
	chinese, english, ok := strings.Cut(help, " / ")
	han := func(r rune) bool { return unicode.Is(unicode.Han, r) }
	if !ok || !strings.ContainsFunc(chinese, han) || strings.ContainsFunc(english, han) || !strings.HasSuffix(english, ".") {
		t.Errorf("%s says %q", what, help)
	}
}
