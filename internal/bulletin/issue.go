package bulletin

import (
	"context"
	"regexp"
	"strings"
	"unicode"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/date"
)

// docNumber is 机关代字〔年份〕序号号 (GB/T 9704—2012, 7.2.5): no 第, no leading zero.
var docNumber = regexp.MustCompile(`^[\p{Han}A-Za-z]{1,20}〔[12]\d{3}〕[1-9]\d{0,4}号$`)

// brackets are what people type for 〔 and 〕.
var brackets = strings.NewReplacer("[", "〔", "]", "〕", "［", "〔", "］", "〕", "【", "〔", "】", "〕", "(", "〔", ")", "〕", "（", "〔", "）", "〕")

// ReadDocNumber reads a 发文字号 as people type it; ErrNumber.
func ReadDocNumber(text string) (string, error) {
	out := strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return -1
		case r >= '０' && r <= '９':
			return r - '０' + '0'
		}
		return r
	}, brackets.Replace(oneLine(text)))
	if !docNumber.MatchString(out) {
		return "", ErrNumber.With("value", text)
	}
	return out, nil
}

// Unmarked tells that a number begins without 发文机关代字, which nobody but the office knows: the
// pack does not say it and the unit has issued nothing yet.
func Unmarked(number string) bool { return strings.HasPrefix(number, "〔") }

// Issuing is under which number and on which day a bulletin is issued.
type Issuing struct {
	DocNumber string
	Day       date.Date
}

// Issue issues what was approved (印发): number and day become part of the text, and the text is
// sealed by its hash.
func (s *Service) Issue(ctx context.Context, a access.Actor, on On, in Issuing) (Version, error) {
	return s.step(ctx, a, on, ToIssue, func(v *Version) error {
		number, err := ReadDocNumber(in.DocNumber)
		if err != nil {
			return err
		}
		first, last := v.Draft.Snapshot.Week, s.ledger.Today()
		if in.Day.Before(first) || in.Day.After(last) {
			return ErrDay.With("first", first.Chinese()).With("last", last.Chinese())
		}
		heads, err := s.store.Heads(ctx, on.Unit)
		if err != nil {
			return err
		}
		for _, h := range heads {
			if h.Status == Issued && h.DocNumber == number && h.Period != on.Period {
				return ErrNumberTaken.With("number", number).With("period", h.Period.Chinese())
			}
		}
		v.Status, v.DocNumber = Issued, number
		v.Draft.Number, v.Draft.Date = number, in.Day
		return nil
	})
}

// Erratum begins the correction of an issued bulletin, with a reason (更正). The issued version
// stays readable as it was; until the correction is issued it is what everybody reads.
func (s *Service) Erratum(ctx context.Context, a access.Actor, on On, why string) (Version, error) {
	return s.step(ctx, a, on, ToCorrect, func(v *Version) (err error) {
		v.Status = Drafted
		v.Reason, err = reason(why)
		v.Erratum = v.Reason
		return err
	})
}
