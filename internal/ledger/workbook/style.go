package workbook

import "github.com/xuri/excelize/v2"

// The marks of the notice: 更新部分请用黄底红字标注.
const (
	markFill = "FFFF00"
	markFont = "FF0000"
	greyFont = "808080"
)

// Typefaces of official tables. Where one is not installed the office program takes its own.
const (
	titleFace = "方正小标宋简体"
	headFace  = "黑体"
	cellFace  = "宋体"
)

const (
	formatInteger = 1  // 0
	formatMoney   = 2  // 0.00
	formatText    = 49 // @, so that editing a name cannot make a formula of it
)

// styles are the numbers of the styles in the workbook.
type styles struct {
	annex, title, headLine, head, note int
	name, carried, missing             int
	plain, integer, money              [2]int // unmarked and marked
}

func addStyles(f *excelize.File) (s styles, err error) {
	add := func(style excelize.Style) int {
		id := 0
		if err == nil {
			id, err = f.NewStyle(&style)
		}
		return id
	}
	frame := []excelize.Border{
		{Type: "left", Style: 1, Color: "000000"}, {Type: "right", Style: 1, Color: "000000"},
		{Type: "top", Style: 1, Color: "000000"}, {Type: "bottom", Style: 1, Color: "000000"},
	}
	centre := &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true}
	left := &excelize.Alignment{Horizontal: "left", Vertical: "center", WrapText: true}
	top := &excelize.Alignment{Horizontal: "left", Vertical: "top", WrapText: true}
	face := func(family string, size float64) *excelize.Font { return &excelize.Font{Family: family, Size: size} }

	s.annex = add(excelize.Style{Font: face(headFace, 14), Alignment: left})
	s.title = add(excelize.Style{Font: face(titleFace, 22), Alignment: centre})
	s.headLine = add(excelize.Style{Font: face(cellFace, 11), Alignment: left, NumFmt: formatText})
	s.head = add(excelize.Style{Font: face(headFace, cellPoints), Alignment: centre, Border: frame})
	s.note = add(excelize.Style{Font: face(cellFace, cellPoints), Alignment: top})
	name := excelize.Style{Font: face(cellFace, cellPoints), Alignment: left, Border: frame, NumFmt: formatText}
	s.name = add(name)
	name.Font = &excelize.Font{Family: cellFace, Size: cellPoints, Italic: true}
	s.carried = add(name)
	name.Font = &excelize.Font{Family: cellFace, Size: cellPoints, Italic: true, Color: greyFont}
	s.missing = add(name)
	for marked := range 2 {
		cell := excelize.Style{Font: face(cellFace, cellPoints), Alignment: centre, Border: frame}
		if marked == 1 {
			cell.Font.Color = markFont
			cell.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{markFill}}
		}
		s.plain[marked] = add(cell)
		cell.NumFmt = formatInteger
		s.integer[marked] = add(cell)
		cell.NumFmt = formatMoney
		s.money[marked] = add(cell)
	}
	return s, err
}
