package workbook

import "github.com/xuri/excelize/v2"

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

// kinds are the styles of one row's figures.
type kinds struct{ integer, money, share int }

type styles struct {
	annex, title, line, head, note, name, totalName int
	body, total                                     kinds
}

func addStyles(f *excelize.File) (s styles, err error) {
	if err := f.SetDefaultFont(cellFace); err != nil {
		return s, err
	}
	add := func(style excelize.Style) int {
		id := 0
		if err == nil {
			id, err = f.NewStyle(&style)
		}
		return id
	}
	var frame []excelize.Border
	for _, side := range []string{"left", "right", "top", "bottom"} {
		frame = append(frame, excelize.Border{Type: side, Style: 1, Color: "000000"})
	}
	centre := &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true}
	left := &excelize.Alignment{Horizontal: "left", Vertical: "center", WrapText: true}
	percent := "0.0%"
	s.annex = add(excelize.Style{Font: &excelize.Font{Family: headFace, Size: 14}, Alignment: left})
	s.title = add(excelize.Style{Font: &excelize.Font{Family: titleFace, Size: 22}, Alignment: centre})
	s.line = add(excelize.Style{Font: &excelize.Font{Family: cellFace, Size: 11}, Alignment: left, NumFmt: formatText})
	s.head = add(excelize.Style{Font: &excelize.Font{Family: headFace, Size: 10}, Alignment: centre, Border: frame})
	s.note = add(excelize.Style{Font: &excelize.Font{Family: cellFace, Size: 10}, Alignment: left})
	for i, bold := range []bool{false, true} {
		font := &excelize.Font{Family: cellFace, Size: 10, Bold: bold}
		k := kinds{
			integer: add(excelize.Style{Font: font, Alignment: centre, Border: frame, NumFmt: formatInteger}),
			money:   add(excelize.Style{Font: font, Alignment: centre, Border: frame, NumFmt: formatMoney}),
			share:   add(excelize.Style{Font: font, Alignment: centre, Border: frame, CustomNumFmt: &percent}),
		}
		name := add(excelize.Style{Font: font, Alignment: left, Border: frame, NumFmt: formatText})
		if i == 0 {
			s.body, s.name = k, name
		} else {
			s.total, s.totalName = k, name
		}
	}
	return s, err
}

// page makes the sheet print on A3 landscape, one page wide, the head on every page.
func (p *printer) page() error {
	size, orientation, width, height, fit, centred := 8, "landscape", 1, 0, true, true
	side, edge, footer := 0.4, 0.6, 0.3
	sheet := p.grid.sheet
	if err := p.file.SetPageLayout(sheet, &excelize.PageLayoutOptions{Size: &size, Orientation: &orientation, FitToWidth: &width, FitToHeight: &height}); err != nil {
		return err
	}
	if err := p.file.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}
	if err := p.file.SetPageMargins(sheet, &excelize.PageLayoutMarginsOptions{Left: &side, Right: &side, Top: &edge, Bottom: &edge,
		Header: &footer, Footer: &footer, Horizontally: &centred}); err != nil {
		return err
	}
	if err := p.file.SetHeaderFooter(sheet, &excelize.HeaderFooterOptions{OddFooter: "&C第 &P 页，共 &N 页"}); err != nil {
		return err
	}
	return p.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", Scope: sheet, RefersTo: "'" + sheet + "'!$4:$5"})
}
