package bulletin

import (
	"math/big"
	"strings"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/unit"
)

// Typed is a condition as people put it: the figure by its name, the value in percent or 万元.
type Typed struct {
	Of    string
	Below bool
	Value string
}

// TypedOf is a condition as people see it.
func (s *Service) TypedOf(c Condition) Typed {
	return Typed{s.names.Of(c.Of), c.Below, strings.TrimRight(limit(s.ledger.Form(), c), "%万元株人次个")}
}

// Condition reads what people put.
func (s *Service) Condition(t Typed) (Condition, error) {
	c := Condition{Of: s.names.ref(t.Of), Below: t.Below}
	r, err := campaign.ParseRef(s.ledger.Form(), c.Of)
	if err != nil || r.Kind == campaign.RefRank {
		return c, ErrReference.With("name", t.Of)
	}
	text := strings.Map(func(r rune) rune {
		switch {
		case r >= '０' && r <= '９':
			return r - '０' + '0'
		case r == '．':
			return '.'
		}
		return r
	}, strings.TrimRight(oneLine(t.Value), "%％"))
	if strings.Trim(text, "0123456789.") != "" || len(text) > 20 {
		return c, ErrLimit.With("value", t.Value)
	}
	value, ok := new(big.Rat).SetString(text)
	if !ok {
		return c, ErrLimit.With("value", t.Value)
	}
	if col, _ := s.ledger.Form().Column(r.Column); col.Type == campaign.Money && !r.Percent() {
		value.Mul(value, big.NewRat(campaign.FenPerWan, 1))
	}
	if !value.IsInt() || !value.Num().IsInt64() || value.Num().Int64() > maxLimit {
		return c, ErrLimit.With("value", t.Value)
	}
	c.AtLeast = value.Num().Int64()
	return c, nil
}

// maxLimit is the highest value a condition may be held against: a share of it can still be
// multiplied out.
const maxLimit = 1e12

// UnitsNamed reads names of units below, separated by 、.
func (d *Draft) UnitsNamed(text string) ([]unit.Code, error) {
	var list []unit.Code
	for _, name := range strings.FieldsFunc(oneLine(text), func(r rune) bool { return strings.ContainsRune("、，,；; 　", r) }) {
		found := false
		for i := range d.Snapshot.Units {
			if d.Snapshot.Units[i].Name == name {
				list, found = append(list, d.Snapshot.Units[i].Code), true
			}
		}
		if !found {
			return nil, ErrUnitName.With("name", name)
		}
	}
	return list, nil
}

// UnitNames writes units below by their names.
func (d *Draft) UnitNames(list []unit.Code) string {
	names := make([]string, 0, len(list))
	for _, code := range list {
		if st, ok := d.Snapshot.standing(code); ok {
			names = append(names, st.Name)
		}
	}
	return strings.Join(names, "、")
}
