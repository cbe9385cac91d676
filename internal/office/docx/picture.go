package docx

import (
	"bytes"
	"fmt"

	"github.com/sangzi/sangzi/internal/office/document"
)

// perMM is how many EMU, the unit of drawings, make a millimetre.
const perMM = 36000

func (w *writer) picture(p document.Picture, keep string) error {
	width, height, err := p.Size()
	if err != nil {
		return err
	}
	w.pictures = append(w.pictures, bytes.Clone(p.PNG))
	n := len(w.pictures)
	cx, cy := int(width*perMM), int(height*perMM)
	name, alt := fmt.Sprintf("图%d", n), escaped(p.Alt)
	w.x.put(`<w:p><w:pPr><w:pStyle w:val="Picture"/>%s</w:pPr><w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="%d" cy="%d"/><wp:docPr id="%d" name="%s" descr="%s"/>`, keep, cx, cy, n, name, alt)
	w.x.put(`<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="%d" name="%s" descr="%s"/><pic:cNvPicPr/></pic:nvPicPr>`, n, name, alt)
	w.x.put(`<pic:blipFill><a:blip r:embed="image%d"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="%d" cy="%d"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`, n, cx, cy)
	return nil
}
