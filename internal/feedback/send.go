package feedback

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/unit"
)

// The longest texts, in characters.
const (
	MaxContent = 2000
	MaxContact = 100
	MaxAnswer  = 2000
	maxPlace   = 60
)

// Input is what somebody tells. Place is the name of a village, town or county as people write
// it, or empty; Contact may be empty.
type Input struct {
	Content string
	Contact string
	Place   string
}

// ErrTaken is a reference that another entry has; Send then makes another. It never leaves
// the package's callers.
var ErrTaken = errors.New("feedback: the reference is taken")

// Send keeps what somebody tells. The actor is the zero one when nobody is signed in; the entry
// is about the place, else about the actor's unit, else about the whole.
func (s *Service) Send(ctx context.Context, a access.Actor, in Input) (Entry, error) {
	e := Entry{At: s.now().Truncate(time.Millisecond), Account: a.Account}
	var err error
	if e.Content, err = tidy(in.Content, 1, MaxContent, ErrContent); err != nil {
		return Entry{}, err
	}
	if e.Contact, err = tidy(in.Contact, 0, MaxContact, ErrContact); err != nil {
		return Entry{}, err
	}
	if e.Unit, err = s.where(a, in.Place); err != nil {
		return Entry{}, err
	}
	for range 5 {
		e.Reference = newReference()
		kept, err := s.store.Add(ctx, e)
		if !errors.Is(err, ErrTaken) {
			return kept, err
		}
	}
	return Entry{}, ErrTaken
}

// tidy cuts blanks around a text and control characters out of it and holds it to its length.
func tidy(text string, least, most int, wrong *problem.Problem) (string, error) {
	text = strings.ReplaceAll(strings.ToValidUTF8(text, ""), "\r\n", "\n")
	text = strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' || unicode.Is(unicode.Bidi_Control, r) {
			return -1
		}
		return r
	}, text))
	if n := utf8.RuneCountInString(text); n < least || n > most {
		return "", wrong.With("max", most).With("length", n)
	}
	return text, nil
}

// where finds the place that was written.
func (s *Service) where(a access.Actor, place string) (unit.Code, error) {
	tree := s.tree()
	whole := Whole(tree)
	place = strings.Join(strings.Fields(place), "")
	if place == "" {
		if _, ok := tree.Unit(a.Unit); ok && a.Unit != unit.Nation {
			return a.Unit, nil
		}
		return whole, nil
	}
	if utf8.RuneCountInString(place) > maxPlace {
		return 0, ErrPlace.With("place", string([]rune(place)[:maxPlace]))
	}
	found := widest(slices.Concat(offices(tree, whole, place), tree.ResolveTown(whole, place), tree.Resolve(whole, place)))
	switch {
	case len(found) == 1:
		return found[0].Code, nil
	case len(found) == 0:
		return 0, ErrPlace.With("place", place)
	}
	var names []string
	for _, u := range found[:min(len(found), 6)] {
		names = append(names, tree.FullName(u.Code))
	}
	return 0, ErrPlaces.With("place", place).With("candidates", names)
}

// widest leaves out what lies in another of the list: 里湖 is the town, not the community in it.
func widest(list []unit.Unit) (kept []unit.Unit) {
	for _, u := range list {
		inside := slices.ContainsFunc(list, func(o unit.Unit) bool { return o.Code != u.Code && o.Code.Contains(u.Code) })
		if !inside {
			kept = append(kept, u)
		}
	}
	return kept
}

// offices finds counties and cities by their name, with or without its last character.
func offices(tree *unit.Tree, whole unit.Code, place string) (found []unit.Unit) {
	for u := range tree.All {
		if u.Level() > unit.LevelCounty {
			if u.Level() == unit.LevelVillage {
				break
			}
			continue
		}
		if u.Code != unit.Nation && whole.Contains(u.Code) && (u.Name == place || tree.FullName(u.Code) == place || bare(u.Name) == place) {
			found = append(found, u)
		}
	}
	return found
}

func bare(name string) string {
	if r := []rune(name); len(r) > 2 {
		return string(r[:len(r)-1])
	}
	return name
}

// Whole is what the campaign is about: the lowest unit that holds all villages.
func Whole(tree *unit.Tree) unit.Code {
	of := unit.Nation
	for {
		kids := tree.Children(of)
		if len(kids) != 1 || kids[0].Level() > unit.LevelCounty {
			return of
		}
		of = kids[0].Code
	}
}
