package unit_test

import (
	"errors"
	"testing"

	"pgregory.net/rapid"

	"github.com/sangzi/sangzi/internal/unit"
)

func TestParseCode(t *testing.T) {
	good := map[string]unit.Code{
		"0": 0, "000000000000": 0, "44": 440000000000, " 4452\n": 445200000000, "445281": 445281000000,
		"445281001": 445281001000, "445281001201": 445281001201, "441900003000": 441900003000,
	}
	for text, want := range good {
		if got, err := unit.ParseCode(text); err != nil || got != want {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "1", "00", "05", "445", "44528", "4452810012011", "44528１", "-4", "4452a1", "012345678901", "4 4"} {
		if got, err := unit.ParseCode(text); !errors.Is(err, unit.ErrBadCode) {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	}
}

func TestLevels(t *testing.T) {
	want := map[unit.Code]unit.Level{
		0: unit.LevelNation, 440000000000: unit.LevelProvince, 445200000000: unit.LevelCity, 441900000000: unit.LevelCity,
		445281000000: unit.LevelCounty, 445281001000: unit.LevelTown, 441900003000: unit.LevelTown, 445281001201: unit.LevelVillage,
	}
	for c, level := range want {
		if c.Level() != level {
			t.Errorf("%s is %s, want %s", c, c.Level(), level)
		}
		if l, err := unit.ParseLevel(level.String()); err != nil || l != level {
			t.Errorf("level %s reads back as %v, %v", level, l, err)
		}
	}
	if c := unit.Code(441900003001); c.At(unit.LevelCounty) != 441900000000 || c.Up() != 441900003000 {
		t.Errorf("ancestors of %s: %s %s", c, c.At(unit.LevelCounty), c.Up())
	}
}

func TestCodeProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := unit.Code(rapid.Int64Range(100_000_000_000, 999_999_999_999).Draw(t, "code"))
		l := unit.Level(rapid.IntRange(0, 5).Draw(t, "level"))
		if back, err := unit.ParseCode(c.String()); err != nil || back != c {
			t.Fatalf("%s reads back as %v, %v", c, back, err)
		}
		a := c.At(l)
		if !a.Contains(c) || a.Level() > l || a.At(l) != a {
			t.Fatalf("%s at %s is %s", c, l, a)
		}
		if c != unit.Nation && c.Level() > 0 && !c.Up().Contains(c) {
			t.Fatalf("%s is not below %s", c, c.Up())
		}
		if lo, hi := c.Range(); lo != c || c.Contains(hi) || !c.Contains(hi-1) {
			t.Fatalf("%s ranges over %s to %s", c, lo, hi)
		}
	})
}
