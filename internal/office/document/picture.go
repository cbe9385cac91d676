package document

import (
	"bytes"
	"errors"
	"fmt"
	"image/png"
)

// ErrPicture: a picture is no PNG, or has more than 40 million pixels.
var ErrPicture = errors.New("document: a picture is no PNG of a size that can be printed")

const maxPixels = 40_000_000

// Size is the size a picture is printed in, in millimetres: as wide as asked, made smaller until
// it fits on a page. No width asked is the whole width.
func (p Picture) Size() (width, height float64, err error) {
	c, err := png.DecodeConfig(bytes.NewReader(p.PNG))
	if err != nil {
		return 0, 0, fmt.Errorf("%w: %w", ErrPicture, err)
	}
	if c.Width < 1 || c.Height < 1 || c.Width > maxPixels/c.Height {
		return 0, 0, ErrPicture
	}
	width = p.Width
	if width <= 0 || width > TextWidth {
		width = TextWidth
	}
	height = width * float64(c.Height) / float64(c.Width)
	if most := TextHeight - 20; height > most {
		width, height = width*most/height, most
	}
	return width, height, nil
}
