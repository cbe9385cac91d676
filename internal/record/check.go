package record

import (
	"context"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/unit"
)

// Verdict is what the county thinks of a record that it checks.
type Verdict string

// The verdicts.
const (
	Agreed  Verdict = "agreed"
	Remarks Verdict = "remarks" // it goes on counting; village and town are told what to look at
)

// Verdicts lists every verdict.
func Verdicts() []Verdict { return []Verdict{Agreed, Remarks} }

// Checked is a check by the county, of the version it stands in and of those after it that say
// the same. A correction begins anew.
type Checked struct {
	Verdict Verdict   `json:"verdict"`
	Words   string    `json:"words,omitempty"`
	Actor   string    `json:"actor"`
	From    unit.Code `json:"from"`
	At      time.Time `json:"at"`
}

// same tells whether two checks are one.
func (c *Checked) same(other *Checked) bool {
	return c == nil && other == nil || c != nil && other != nil && c.Verdict == other.Verdict && c.Words == other.Words && c.Actor == other.Actor && c.From == other.From && c.At.Equal(other.At)
}

// Check says what the county thinks of a record of a kind that it checks: a village's greening
// plan. Remarks want words. Whatever it says, the record stands and counts as before.
func (s *Service) Check(ctx context.Context, a access.Actor, at At, verdict Verdict, words string) (Version, error) {
	versions, err := s.load(ctx, a, at)
	if err != nil {
		return Version{}, err
	}
	last := &versions[len(versions)-1]
	if err := a.Can(access.CheckRecord, last.Unit); err != nil {
		return Version{}, err
	}
	if err := ready(last, at); err != nil {
		return Version{}, err
	}
	if kind, ok := s.records.Kind(last.Kind); !ok || !kind.Check {
		return Version{}, ErrCheck
	}
	if words = clean(words); long(words, maxText) || words == "" && verdict == Remarks {
		return Version{}, ErrReason.With("max", maxText)
	}
	if verdict != Agreed && verdict != Remarks {
		return Version{}, ErrVerdict
	}
	return s.next(ctx, a, versions, at, func(v *Version) error {
		v.Reason = ""
		v.Check = &Checked{verdict, words, v.Actor, v.From, v.At.UTC()}
		return nil
	})
}
