package docx

import (
	"fmt"

	"github.com/sangzi/sangzi/internal/office/document"
)

const officeType = "application/vnd.openxmlformats-officedocument.wordprocessingml."

func (w *writer) contentTypes() []byte {
	var m markup
	m.put(xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="png" ContentType="image/png"/>` +
		`<Default Extension="xlsx" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"/>` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>`)
	for _, p := range [][2]string{
		{"document", "document.main"}, {"fontTable", "fontTable"}, {"footer1", "footer"}, {"footer2", "footer"},
		{"settings", "settings"}, {"styles", "styles"},
	} {
		m.put(`<Override PartName="/word/%s.xml" ContentType="%s%s+xml"/>`, p[0], officeType, p[1])
	}
	for i := range w.charts {
		m.put(`<Override PartName="/word/charts/chart%d.xml" ContentType="application/vnd.openxmlformats-officedocument.drawingml.chart+xml"/>`, i+1)
	}
	m.put(`</Types>`)
	return m.Bytes()
}

const relType = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

const packageRels = xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
	`<Relationship Id="rId1" Type="` + relType + `officeDocument" Target="word/document.xml"/>` +
	`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>` +
	`</Relationships>`

// rels lists what the main part refers to.
func (w *writer) rels() []byte {
	var m markup
	m.put(xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
	add := func(id, kind, target string) {
		m.put(`<Relationship Id="%s" Type="%s%s" Target="%s"/>`, id, relType, kind, target)
	}
	add("fonts", "fontTable", "fontTable.xml")
	add("odd", "footer", "footer1.xml")
	add("even", "footer", "footer2.xml")
	add("settings", "settings", "settings.xml")
	add("styles", "styles", "styles.xml")
	for i := range w.pictures {
		add(fmt.Sprintf("image%d", i+1), "image", fmt.Sprintf("media/image%d.png", i+1))
	}
	for i := range w.charts {
		add(fmt.Sprintf("chart%d", i+1), "chart", fmt.Sprintf("charts/chart%d.xml", i+1))
	}
	m.put(`</Relationships>`)
	return m.Bytes()
}

// core is what file managers show of the document. It names no time: that would change the bytes.
func core(d document.Document) []byte {
	var m markup
	m.put(xmlHead + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>`)
	m.text(d.Title)
	m.put(`</dc:title><dc:language>zh-CN</dc:language></cp:coreProperties>`)
	return m.Bytes()
}

// settings: footers differ on even and odd pages. Compatibility mode 15 is Word 2013 and later;
// without it Word shows the document in an old mode.
const settings = xmlHead + `<w:settings ` + namespaces + `>` +
	`<w:zoom w:percent="100"/><w:defaultTabStop w:val="630"/><w:evenAndOddHeaders/><w:characterSpacingControl w:val="doNotCompress"/>` +
	`<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>` +
	`<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>`

// footer holds the page number, one character in from the outer edge: right on odd pages, left
// on even ones.
func footer(side string) []byte {
	var m markup
	m.put(xmlHead+`<w:ftr %s><w:p><w:pPr><w:pStyle w:val="PageNumber"/><w:jc w:val="%s"/></w:pPr>`, namespaces, side)
	m.put(`<w:r><w:t xml:space="preserve">— </w:t></w:r><w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple><w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p></w:ftr>`)
	return m.Bytes()
}
