package docx

import (
	"fmt"

	"github.com/sangzi/sangzi/internal/office/document"
)

// The official typefaces. They are named, not shipped: offices have them.
const (
	fangsong = "仿宋_GB2312"
	kaiti    = "楷体_GB2312"
	heiti    = "黑体"
	songti   = "宋体"
	biaosong = "方正小标宋简体"
	latin    = "Times New Roman"
)

// fonts names the typefaces of a style. Digits and letters are Times New Roman, half as wide as
// hanzi, so that a number in a line keeps the characters behind it in their columns.
func fonts(eastAsia string) string {
	return fmt.Sprintf(`<w:rFonts w:ascii="%s" w:hAnsi="%s" w:eastAsia="%s" w:cs="%s"/>`, latin, latin, eastAsia, latin)
}

// fontTable says what to take where an official typeface is not installed.
func fontTable() []byte {
	var m markup
	m.put(xmlHead+`<w:fonts %s>`, namespaces)
	for _, f := range [][3]string{
		{fangsong, "仿宋", "modern"}, {kaiti, "楷体", "modern"}, {heiti, "SimHei", "modern"},
		{songti, "SimSun", "auto"}, {biaosong, "宋体", "auto"},
	} {
		m.put(`<w:font w:name="%s"><w:altName w:val="%s"/><w:charset w:val="86"/><w:family w:val="%s"/><w:pitch w:val="variable"/></w:font>`, f[0], f[1], f[2])
	}
	m.put(`<w:font w:name="%s"><w:charset w:val="00"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font></w:fonts>`, latin)
	return m.Bytes()
}

// style is a paragraph style: its id, its name as clerks see it, and its properties.
type style struct{ id, name, paragraph, run string }

func size(twips int) string {
	return fmt.Sprintf(`<w:sz w:val="%d"/><w:szCs w:val="%d"/>`, twips/10, twips/10)
}

const (
	noSpacing = `<w:spacing w:val="0"/>`
	red       = `<w:color w:val="FF0000"/>`
)

func exact(line int) string { return fmt.Sprintf(`<w:spacing w:line="%d" w:lineRule="exact"/>`, line) }

// indent is the two characters a paragraph begins with.
var indent = fmt.Sprintf(`<w:ind w:firstLine="%d"/>`, 2*document.CharPitch)

func styleList() []style {
	list := []style{
		{"Flush", "公文顶格", ``, ``},
		{"Body", "公文正文", indent, ``},
		{"Title", "Title", `<w:keepNext/><w:jc w:val="center"/>`, fonts(biaosong) + noSpacing + size(document.TitleSize)},
		{"RedHead", "公文发文机关标志", `<w:jc w:val="center"/>`, fonts(biaosong) + red + noSpacing},
		{"Number", "公文发文字号",
			`<w:pBdr><w:bottom w:val="single" w:sz="12" w:space="8" w:color="FF0000"/></w:pBdr><w:jc w:val="center"/>`, ``},
		{"Closing", "公文署名", `<w:keepLines/><w:jc w:val="right"/>`, ``},
		{"AnnexMark", "公文附件标识", `<w:pageBreakBefore/>`, fonts(heiti)},
		{"TableTitle", "公文表题", `<w:keepNext/><w:jc w:val="center"/>`, fonts(heiti)},
		{"TableUnit", "公文表单位", `<w:keepNext/>` + exact(360) + `<w:jc w:val="right"/>`, noSpacing + size(210)},
		{"Cell", "公文表格", `<w:jc w:val="center"/>`, noSpacing},
		{"Picture", "公文图", `<w:spacing w:before="120" w:after="120" w:line="240" w:lineRule="auto"/><w:jc w:val="center"/>`, ``},
		{"Chart", "公文图表", `<w:keepNext/><w:spacing w:before="60" w:after="0" w:line="240" w:lineRule="auto"/><w:jc w:val="center"/>`, ``},
		{"ChartTitle", "公文图题", `<w:spacing w:before="60" w:after="160" w:line="360" w:lineRule="exact"/><w:jc w:val="center"/>`, fonts(heiti) + noSpacing + size(240)},
		{"TableNote", "公文表注", `<w:spacing w:before="60" w:line="320" w:lineRule="exact"/>`, noSpacing + size(210)},
		{"Imprint", "公文版记", exact(imprintLine) + fmt.Sprintf(`<w:ind w:left="%d" w:right="%d"/>`, document.SmallSize, document.SmallSize),
			noSpacing + size(document.SmallSize)},
		{"PageNumber", "公文页码", exact(footLine) + fmt.Sprintf(`<w:ind w:left="%d" w:right="%d"/>`, document.SmallSize, document.SmallSize),
			fmt.Sprintf(`<w:rFonts w:ascii="%s" w:hAnsi="%s" w:eastAsia="%s" w:cs="%s"/>`, songti, songti, songti, songti) + noSpacing + size(document.SmallSize)},
	}
	for level, face := range []string{heiti, kaiti, fangsong, fangsong} {
		list = append(list, style{fmt.Sprintf("Heading%d", level+1), fmt.Sprintf("heading %d", level+1),
			`<w:keepNext/>` + indent + fmt.Sprintf(`<w:outlineLvl w:val="%d"/>`, level), fonts(face)})
	}
	return list
}

const (
	imprintLine = 420
	footLine    = 320
)

// styles gives every paragraph the line pitch and every run the spacing of the standard; what
// differs stands in the styles. There is no document grid: programs read it differently.
func styles() []byte {
	var m markup
	m.put(xmlHead+`<w:styles %s><w:docDefaults><w:rPrDefault><w:rPr>%s<w:spacing w:val="%d"/>%s<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>`,
		namespaces, fonts(fangsong), document.CharSpacing, size(document.BodySize))
	m.put(`<w:pPrDefault/></w:docDefaults>`)
	m.put(`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/><w:pPr><w:widowControl w:val="0"/><w:kinsoku/><w:overflowPunct w:val="0"/><w:topLinePunct w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/><w:adjustRightInd w:val="0"/><w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0" w:line="%d" w:lineRule="exact"/><w:jc w:val="both"/></w:pPr></w:style>`, document.LinePitch)
	m.put(`<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="0" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>`)
	for _, s := range styleList() {
		m.put(`<w:style w:type="paragraph" w:styleId="%s"><w:name w:val="%s"/><w:basedOn w:val="Normal"/><w:qFormat/>`, s.id, s.name)
		if s.paragraph != "" {
			m.put(`<w:pPr>%s</w:pPr>`, s.paragraph)
		}
		if s.run != "" {
			m.put(`<w:rPr>%s</w:rPr>`, s.run)
		}
		m.put(`</w:style>`)
	}
	m.put(`</w:styles>`)
	return m.Bytes()
}
