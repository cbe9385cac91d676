package docx

import "github.com/sangzi/sangzi/internal/office/document"

const (
	sheetType = "application/vnd.openxmlformats-officedocument.spreadsheetml."
	mainSheet = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
)

// chartBook is the workbook behind a chart, which opens where its data are to be changed.
func chartBook(c document.Chart) ([]byte, error) {
	var m markup
	text := func(column rune, row int, s string) {
		m.put(`<c r="%c%d" t="inlineStr"><is><t xml:space="preserve">`, column, row)
		m.text(s)
		m.put(`</t></is></c>`)
	}
	m.put(xmlHead + `<worksheet xmlns="` + mainSheet + `"><sheetData><row r="1">`)
	text('A', 1, "")
	for i, s := range c.Series {
		text('B'+rune(i), 1, s.Name)
	}
	m.put(`</row>`)
	for k, label := range c.Labels {
		m.put(`<row r="%d">`, k+2)
		text('A', k+2, label)
		for i, s := range c.Series {
			m.put(`<c r="%c%d"><v>%s</v></c>`, 'B'+rune(i), k+2, number(s.Printed(k)))
		}
		m.put(`</row>`)
	}
	m.put(`</sheetData></worksheet>`)
	return pack([]part{
		{"[Content_Types].xml", []byte(xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
			`<Override PartName="/xl/workbook.xml" ContentType="` + sheetType + `sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="` + sheetType + `worksheet+xml"/></Types>`)},
		{"_rels/.rels", relationships([3]string{"rId1", relType + "officeDocument", "xl/workbook.xml"})},
		{"xl/_rels/workbook.xml.rels", relationships([3]string{"rId1", relType + "worksheet", "worksheets/sheet1.xml"})},
		{"xl/workbook.xml", []byte(xmlHead + `<workbook xmlns="` + mainSheet + `" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>`)},
		{"xl/worksheets/sheet1.xml", m.Bytes()},
	})
}

// relationships lists what a part refers to: id, kind, target.
func relationships(list ...[3]string) []byte {
	var m markup
	m.put(xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
	for _, r := range list {
		m.put(`<Relationship Id="%s" Type="%s" Target="%s"/>`, r[0], r[1], r[2])
	}
	m.put(`</Relationships>`)
	return m.Bytes()
}
