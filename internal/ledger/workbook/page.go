package workbook

import "github.com/xuri/excelize/v2"

// pageSetup makes the form print as the notice has it: landscape, all columns on one page's
// width, the head on every page, pages numbered.
func (p *printer) pageSetup() error {
	size, orientation := 9, "landscape"
	if p.c.Paper == A3 {
		size = 8
	}
	width, height, fit, centred := 1, 0, true, true
	side, topBottom, footer := 0.4, 0.6, 0.3
	if err := p.file.SetPageLayout(p.sheet, &excelize.PageLayoutOptions{
		Size: &size, Orientation: &orientation, FitToWidth: &width, FitToHeight: &height,
	}); err != nil {
		return err
	}
	if err := p.file.SetSheetProps(p.sheet, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}
	if err := p.file.SetPageMargins(p.sheet, &excelize.PageLayoutMarginsOptions{
		Left: &side, Right: &side, Top: &topBottom, Bottom: &topBottom, Header: &footer, Footer: &footer, Horizontally: &centred,
	}); err != nil {
		return err
	}
	if err := p.file.SetHeaderFooter(p.sheet, &excelize.HeaderFooterOptions{OddFooter: "&C第 &P 页，共 &N 页"}); err != nil {
		return err
	}
	if err := p.file.SetDocProps(&excelize.DocProperties{
		Creator: "sangzi", Title: p.form.Title, Created: "2024-01-01T00:00:00Z", Modified: "2024-01-01T00:00:00Z",
	}); err != nil {
		return err
	}
	return p.file.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Titles", Scope: p.sheet,
		RefersTo: "'" + p.sheet + "'!$4:$5",
	})
}
