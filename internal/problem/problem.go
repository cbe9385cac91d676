// Package problem is how every part of the program says that something could not be done:
// a kind, a stable code and parameters. It knows no HTTP and no language; the words for a
// code stand in package words and the status for a kind in package web.
package problem

import (
	"errors"
	"maps"
	"sort"
	"strings"
	"sync"
)

// Kind says what sort of failure a problem is.
type Kind uint8

// The kinds. Internal failures (a full disk, a lost connection) are plain errors, not problems.
const (
	Invalid     Kind = iota + 1 // what was sent is wrong; sending it again will not help
	NotFound                    // there is no such thing, or not for this actor
	Forbidden                   // the actor may not do this here
	Conflict                    // the thing changed in the meantime, or its state does not allow this
	Unavailable                 // try again later
)

// String names the kind for logs.
func (k Kind) String() string {
	switch k {
	case Invalid:
		return "invalid"
	case NotFound:
		return "not_found"
	case Forbidden:
		return "forbidden"
	case Conflict:
		return "conflict"
	case Unavailable:
		return "unavailable"
	}
	return "unknown"
}

// Params fill the placeholders of a problem's sentence: {name} in the words, "name" here.
type Params map[string]any

// Problem is an error with a stable code such as "ledger.week_locked". Problems are compared
// by code: errors.Is(err, ledger.ErrWeekLocked) holds whatever the parameters.
type Problem struct {
	Kind   Kind
	Code   string
	Params Params
	cause  error
}

var (
	mu       sync.Mutex
	declared = map[string]Kind{}
)

// New declares a problem. It is called for package variables only, so that every code is
// known when the program starts; a code declared twice panics.
func New(kind Kind, code string) *Problem {
	mu.Lock()
	defer mu.Unlock()
	if _, ok := declared[code]; ok {
		panic("problem: code declared twice: " + code)
	}
	declared[code] = kind
	return &Problem{Kind: kind, Code: code}
}

// Codes lists every declared code in order; tests hold the catalogue of words against it.
func Codes() []string {
	mu.Lock()
	defer mu.Unlock()
	codes := make([]string, 0, len(declared))
	for c := range declared {
		codes = append(codes, c)
	}
	sort.Strings(codes)
	return codes
}

// With returns a copy that carries one more parameter.
func (p *Problem) With(key string, value any) *Problem {
	q := *p
	q.Params = maps.Clone(p.Params)
	if q.Params == nil {
		q.Params = Params{}
	}
	q.Params[key] = value
	return &q
}

// Because returns a copy that wraps the cause, for the log.
func (p *Problem) Because(cause error) *Problem {
	q := *p
	q.cause = cause
	return &q
}

// Error gives the code and the cause, for logs; people are shown the words of the catalogue.
func (p *Problem) Error() string {
	var b strings.Builder
	b.WriteString(p.Code)
	if p.cause != nil {
		b.WriteString(": ")
		b.WriteString(p.cause.Error())
	}
	return b.String()
}

// Unwrap gives the cause.
func (p *Problem) Unwrap() error { return p.cause }

// Is compares codes.
func (p *Problem) Is(target error) bool {
	q, ok := target.(*Problem)
	return ok && q.Code == p.Code
}

// Of finds the problem in an error's chain; ok is false for internal failures.
func Of(err error) (p *Problem, ok bool) {
	ok = errors.As(err, &p)
	return p, ok
}
