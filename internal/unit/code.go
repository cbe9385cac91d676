// Package unit has the units of the administrative tree (province, city, county, town,
// village) by their 12-digit statistical codes, how long each was valid and under which
// name, and how people write those names. It is pure: it knows no SQL, no HTTP and no clock;
// whoever asks says for which day.
package unit

import (
	"strconv"
	"strings"
)

// Code is a statistical code of the National Bureau of Statistics as a number of 12 digits:
// two each for province, city and county, three each for town and village; what is above
// a unit's own level ends in zeros. Code 0 is the nation. A subtree is a range of codes.
type Code int64

// Nation is the root of every tree.
const Nation Code = 0

const (
	firstCode Code = 100_000_000_000
	endCode   Code = 1_000_000_000_000
)

// Level is the depth of a unit in the tree.
type Level uint8

// The levels, from the root down.
const (
	LevelNation Level = iota
	LevelProvince
	LevelCity
	LevelCounty
	LevelTown
	LevelVillage
)

// String names the level for URLs, logs and JSON: "county".
func (l Level) String() string {
	switch l {
	case LevelNation:
		return "nation"
	case LevelProvince:
		return "province"
	case LevelCity:
		return "city"
	case LevelCounty:
		return "county"
	case LevelTown:
		return "town"
	case LevelVillage:
		return "village"
	}
	return "level " + strconv.Itoa(int(l))
}

// ParseLevel reads what String writes.
func ParseLevel(s string) (Level, error) {
	for l := LevelNation; l <= LevelVillage; l++ {
		if l.String() == s {
			return l, nil
		}
	}
	return 0, ErrBadLevel.With("level", s)
}

// size is how many codes a unit of the level spans.
func (l Level) size() Code {
	switch l {
	case LevelNation:
		return endCode
	case LevelProvince:
		return 10_000_000_000
	case LevelCity:
		return 100_000_000
	case LevelCounty:
		return 1_000_000
	case LevelTown:
		return 1_000
	}
	return 1
}

// ParseCode reads "0" (the nation) or the 2, 4, 6, 9 or 12 leading digits of a code, blanks
// around them allowed. Anything else is ErrBadCode.
func ParseCode(s string) (Code, error) {
	t := strings.TrimSpace(s)
	var n Code
	for i := range len(t) {
		if t[i] < '0' || t[i] > '9' || i >= 12 {
			return 0, ErrBadCode.With("code", s)
		}
		n = n*10 + Code(t[i]-'0')
	}
	switch len(t) {
	case 1:
		if n == 0 {
			return Nation, nil
		}
		return 0, ErrBadCode.With("code", s)
	case 2:
		n *= LevelProvince.size()
	case 4:
		n *= LevelCity.size()
	case 6:
		n *= LevelCounty.size()
	case 9:
		n *= LevelTown.size()
	case 12:
		if n == 0 {
			return Nation, nil
		}
	default:
		return 0, ErrBadCode.With("code", s)
	}
	if n < firstCode {
		return 0, ErrBadCode.With("code", s)
	}
	return n, nil
}

// Valid tells whether c is the nation or has 12 digits.
func (c Code) Valid() bool { return c == Nation || c >= firstCode && c < endCode }

// String is the code in 12 digits.
func (c Code) String() string {
	var b [12]byte
	for i := 11; i >= 0; i-- {
		b[i] = byte('0' + c%10)
		c /= 10
	}
	return string(b[:])
}

// MarshalText and UnmarshalText use the form of String and read that of ParseCode.
func (c Code) MarshalText() ([]byte, error) { return []byte(c.String()), nil }
func (c *Code) UnmarshalText(text []byte) error {
	p, err := ParseCode(string(text))
	if err != nil {
		return err
	}
	*c = p
	return nil
}

// Level is read off the trailing zeros. A place that is city and county at once (东莞,
// 441900000000) counts as a city.
func (c Code) Level() Level {
	for l := LevelNation; l < LevelVillage; l++ {
		if c%l.size() == 0 {
			return l
		}
	}
	return LevelVillage
}

// At is the code of the ancestor at level l, or c itself when c is not below l.
func (c Code) At(l Level) Code {
	if c.Level() <= l {
		return c
	}
	return c - c%l.size()
}

// Up is the code one level above; the nation's is the nation.
func (c Code) Up() Code {
	if c == Nation {
		return Nation
	}
	return c.At(c.Level() - 1)
}

// Range is the codes of the unit and all below it: lo <= d < hi.
func (c Code) Range() (lo, hi Code) { return c, c + c.Level().size() }

// Contains tells whether d is c or below c.
func (c Code) Contains(d Code) bool {
	lo, hi := c.Range()
	return lo <= d && d < hi
}
