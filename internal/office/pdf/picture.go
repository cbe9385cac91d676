package pdf

import (
	"bytes"
	"image"
	"image/draw"
	"image/png"

	"github.com/signintech/gopdf"

	"github.com/sangzi/sangzi/internal/office/document"
)

// picture is set in the middle, with a little room above and below.
func (t *typesetter) picture(p document.Picture, behind float64) {
	w, h, err := p.Size()
	if err != nil {
		t.try(err)
		return
	}
	plain, err := onWhite(p.PNG)
	if err != nil {
		t.try(err)
		return
	}
	const around = 6
	width, height := document.Points(w), document.Points(h)
	t.with(height+2*around, behind)
	holder, err := gopdf.ImageHolderByBytes(plain)
	if err != nil {
		t.try(err)
		return
	}
	t.try(t.out.ImageByHolder(holder, left+(textWidth-width)/2, top+t.y+around, &gopdf.Rect{W: width, H: height}))
	t.y += height + 2*around
}

// onWhite makes of any PNG one without transparency and of eight bits a colour, which is what
// the PDF library reads without surprises.
func onWhite(data []byte) ([]byte, error) {
	src, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, document.ErrPicture
	}
	dst := image.NewRGBA(image.Rect(0, 0, src.Bounds().Dx(), src.Bounds().Dy()))
	draw.Draw(dst, dst.Bounds(), image.White, image.Point{}, draw.Src)
	draw.Draw(dst, dst.Bounds(), src, src.Bounds().Min, draw.Over)
	var out bytes.Buffer
	if err := png.Encode(&out, dst); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
