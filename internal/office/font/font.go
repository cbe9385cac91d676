package font

import (
	_ "embed"
	"fmt"
	"sync"

	"github.com/klauspost/compress/zstd"
	"github.com/signintech/gopdf"
	"github.com/signintech/gopdf/fontmaker/core"
)

//go:embed serif-regular.ttf.zst
var serifRegular []byte

//go:embed serif-bold.ttf.zst
var serifBold []byte

//go:embed sans-medium.ttf.zst
var sansMedium []byte

// Face is a typeface ready for use. It is shared and must not be changed.
type Face struct {
	// Name is the family's name in a file that embeds it.
	Name   string
	glyphs map[int]uint
	widths []uint
	em     float64
}

// Set are the faces by what they stand in for, and the container a PDF takes them from.
type Set struct {
	Song  *Face // body and figures: Noto Serif SC Regular, the 21,003 hanzi of GBK
	Title *Face // titles and red heads: Noto Serif SC Bold, the 6,763 of GB2312
	Hei   *Face // headings: Noto Sans SC Medium, the 6,763 of GB2312

	Container *gopdf.FontContainer
}

// Load gives the faces; the first call unpacks them, about 16 MB.
var Load = sync.OnceValues(load)

func load() (*Set, error) {
	s := &Set{Container: &gopdf.FontContainer{}}
	for _, f := range []struct {
		face   **Face
		name   string
		packed []byte
	}{
		{&s.Song, "NotoSerifSC-Regular", serifRegular},
		{&s.Title, "NotoSerifSC-Bold", serifBold},
		{&s.Hei, "NotoSansSC-Medium", sansMedium},
	} {
		data, err := unpack(f.packed)
		if err != nil {
			return nil, fmt.Errorf("font %s: %w", f.name, err)
		}
		var t core.TTFParser
		if err := t.ParseFontData(data); err != nil {
			return nil, fmt.Errorf("font %s: %w", f.name, err)
		}
		if err := s.Container.AddTTFFontData(f.name, data); err != nil {
			return nil, fmt.Errorf("font %s: %w", f.name, err)
		}
		*f.face = &Face{Name: f.name, glyphs: t.Chars(), widths: t.Widths(), em: float64(t.UnitsPerEm())}
	}
	return s, nil
}

// HeiFile is the TrueType file of Hei, for who draws letters himself.
func HeiFile() ([]byte, error) { return unpack(sansMedium) }

func unpack(packed []byte) ([]byte, error) {
	r, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1))
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return r.DecodeAll(packed, nil)
}

// Advance is the width of a character in ems; has is false where the face lacks it.
func (f *Face) Advance(r rune) (ems float64, has bool) {
	g, ok := f.glyphs[int(r)]
	if !ok || int(g) >= len(f.widths) {
		return 0, false
	}
	return float64(f.widths[g]) / f.em, true
}
