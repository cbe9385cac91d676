package main

import (
	"bytes"
	"errors"
	"os"
	"testing"

	"github.com/klauspost/compress/zstd"
)

// embedded is a font of the program, which is a full TrueType font to cut from.
func embedded(t *testing.T, name string) []byte {
	t.Helper()
	packed, err := os.ReadFile("../" + name)
	if err != nil {
		t.Fatal(err)
	}
	r, err := zstd.NewReader(nil)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	data, err := r.DecodeAll(packed, nil)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func opened(t *testing.T, data []byte) (*trueType, func(rune) int) {
	t.Helper()
	f, err := open(data)
	if err != nil {
		t.Fatal(err)
	}
	glyphOf, err := f.glyphOf()
	if err != nil {
		t.Fatal(err)
	}
	return f, glyphOf
}

// What is kept keeps its outline and its width; what is not asked for is gone.
func TestSubset(t *testing.T) {
	f, glyphOf := opened(t, embedded(t, "sans-medium.ttf.zst"))
	wanted := []rune(" 0189AZaz·…、。一丁七树桑梓植，😀")
	data, kept, err := f.subset(wanted)
	if err != nil {
		t.Fatal(err)
	}
	if kept != len(wanted)-1 {
		t.Errorf("%d of %d characters are kept", kept, len(wanted))
	}
	small, smallGlyphOf := opened(t, data)
	for _, r := range wanted[:kept] {
		a, b := glyphOf(r), smallGlyphOf(r)
		if b == 0 {
			t.Errorf("%c is lost", r)
			continue
		}
		outline := bytes.TrimRight(f.outline(a), "\x00")
		if composite := len(outline) > 2 && int16(be.Uint16(outline)) < 0; !composite && !bytes.Equal(outline, bytes.TrimRight(small.outline(b), "\x00")) {
			t.Errorf("%c has another outline", r)
		}
		wide, _ := f.metric(a)
		if got, _ := small.metric(b); got != wide {
			t.Errorf("%c is %d wide, was %d", r, got, wide)
		}
	}
	for _, r := range "林B村😀" {
		if smallGlyphOf(r) != 0 {
			t.Errorf("%c is still there", r)
		}
	}
	if checksum(data) != 0xb1b0afba {
		t.Errorf("the font's checksum is %x", checksum(data))
	}
	if again, _, err := f.subset(wanted); err != nil || !bytes.Equal(again, data) {
		t.Errorf("cut again, the bytes differ: %v", err)
	}
}

// A composite glyph takes its parts with it, under their new numbers. The fonts at hand have
// none left, so one is put together here: number 4 is made of 1 and 3.
func TestCompositeGlyphs(t *testing.T) {
	f, _ := opened(t, embedded(t, "sans-medium.ttf.zst"))
	composite := []byte{0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x23, 0, 1, 0, 5, 0, 5, 0, 0x0a, 0, 3, 1, 1, 0x40, 0}
	shift := uint32(len(composite)) - (f.loca[5] - f.loca[4])
	glyf := append(append(bytes.Clone(f.tables["glyf"][:f.loca[4]]), composite...), f.tables["glyf"][f.loca[5]:]...)
	for i := 5; i < len(f.loca); i++ {
		f.loca[i] += shift
	}
	f.tables["glyf"] = glyf
	glyphOf, err := f.glyphOf()
	if err != nil {
		t.Fatal(err)
	}
	var made rune
	for r := rune(1); made == 0; r++ {
		if glyphOf(r) == 4 {
			made = r
		}
	}
	data, _, err := f.subset([]rune{made})
	if err != nil {
		t.Fatal(err)
	}
	small, smallGlyphOf := opened(t, data)
	var parts []int
	components(small.outline(smallGlyphOf(made)), func(n []byte) { parts = append(parts, int(be.Uint16(n))) })
	if len(parts) != 2 || len(small.loca) != 1+3+1 {
		t.Fatalf("parts %v of %d glyphs", parts, len(small.loca)-1)
	}
	for i, was := range []int{1, 3} {
		if !bytes.Equal(bytes.TrimRight(small.outline(parts[i]), "\x00"), bytes.TrimRight(f.outline(was), "\x00")) {
			t.Errorf("part %d is another glyph", i)
		}
	}
}

// A substitution is found by list and by range, by difference and by table.
func TestForm(t *testing.T) {
	gsub := func(sub ...byte) *trueType {
		g := []byte{0, 1, 0, 0, 0, 0, 0, 10, 0, 24, // feature list at 10, lookup list at 24
			0, 1, 'h', 'w', 'i', 'd', 0, 8, 0, 0, 0, 1, 0, 0, // one feature, of lookup 0
			0, 1, 0, 4, 0, 1, 0, 0, 0, 1, 0, 8}
		return &trueType{tables: map[string][]byte{"GSUB": append(g, sub...)}}
	}
	for name, f := range map[string]*trueType{
		"list and table":       gsub(0, 2, 0, 10, 0, 2, 0, 70, 0, 71, 0, 1, 0, 2, 0, 17, 0, 18),
		"range and difference": gsub(0, 1, 0, 6, 0, 53, 0, 2, 0, 1, 0, 17, 0, 18, 0, 0),
	} {
		if a, b, c := f.form(17, "hwid"), f.form(18, "hwid"), f.form(19, "hwid"); a != 70 || b != 71 || c != 19 {
			t.Errorf("%s: 17, 18, 19 become %d, %d, %d", name, a, b, c)
		}
		if got := f.form(17, "vert"); got != 17 {
			t.Errorf("%s: another feature gives %d", name, got)
		}
	}
}

func TestSets(t *testing.T) {
	for set, least := range map[string]int{"gb2312": 6763 + 95 + 682, "gbk": 21003 + 95 + 682} {
		list, err := characters(set)
		if err != nil || len(list) < least {
			t.Errorf("%s has %d characters: %v", set, len(list), err)
		}
		for i := 1; i < len(list); i++ {
			if list[i] <= list[i-1] {
				t.Fatalf("%s is not in order at %c", set, list[i])
			}
		}
	}
	if _, err := characters("big5"); err == nil {
		t.Error("big5 is a set")
	}
}

func TestNoFont(t *testing.T) {
	whole := embedded(t, "sans-medium.ttf.zst")
	for _, data := range [][]byte{nil, []byte("OTTO and more than twelve bytes"), whole[:11], whole[:100], whole[:5000]} {
		if _, err := open(data); !errors.Is(err, errFont) {
			t.Errorf("%d bytes: error %v", len(data), err)
		}
	}
}
