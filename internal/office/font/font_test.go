package font

import (
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
)

func loaded(t *testing.T) *Set {
	t.Helper()
	s, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// rows calls visit with the hanzi of GBK between two lead bytes.
func rows(t *testing.T, from, to, trail int, visit func(r rune)) (n int) {
	t.Helper()
	decoder := simplifiedchinese.GBK.NewDecoder()
	for lead := from; lead <= to; lead++ {
		for b := trail; b <= 0xfe; b++ {
			text, err := decoder.Bytes([]byte{byte(lead), byte(b)})
			if err != nil {
				t.Fatal(err)
			}
			if runes := []rune(string(text)); len(runes) == 1 && runes[0] >= 0x4e00 && runes[0] <= 0x9fa5 {
				visit(runes[0])
				n++
			}
		}
	}
	return n
}

// Every face has the 6,763 hanzi of GB2312, the body's all 20,902 unified ones of GBK, each a
// square.
func TestHanzi(t *testing.T) {
	s := loaded(t)
	square := func(f *Face) func(r rune) {
		return func(r rune) {
			if ems, has := f.Advance(r); !has || ems != 1 {
				t.Errorf("%s: %c is %g ems wide, has %v", f.Name, r, ems, has)
			}
		}
	}
	for _, f := range []*Face{s.Song, s.Title, s.Hei} {
		if n := rows(t, 0xb0, 0xf7, 0xa1, square(f)); n != 6763 {
			t.Errorf("%d hanzi looked at", n)
		}
	}
	if n := rows(t, 0x81, 0xfe, 0x40, square(s.Song)); n != 20902 {
		t.Errorf("%d hanzi looked at", n)
	}
}

// What documents are punctuated with is there, hanzi wide; letters and digits are narrower.
func TestPunctuation(t *testing.T) {
	s := loaded(t)
	for _, f := range []*Face{s.Song, s.Title, s.Hei} {
		for _, r := range "，。、；：？！“”‘’（）〔〕《》…〓①％" {
			if ems, has := f.Advance(r); !has || ems != 1 {
				t.Errorf("%s: %c is %g ems wide, has %v", f.Name, r, ems, has)
			}
		}
		for r := '!'; r <= '~'; r++ {
			if ems, has := f.Advance(r); !has || ems <= 0 || ems > 1.1 {
				t.Errorf("%s: %c is %g ems wide, has %v", f.Name, r, ems, has)
			}
		}
		if _, has := f.Advance('😀'); has {
			t.Errorf("%s has an emoji", f.Name)
		}
		for r := '0'; r <= '9'; r++ {
			if ems, _ := f.Advance(r); ems != 0.5 {
				t.Errorf("%s: %c is %g ems wide: figures would not stand in columns", f.Name, r, ems)
			}
		}
	}
}
