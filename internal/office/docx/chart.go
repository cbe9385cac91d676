package docx

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/sangzi/sangzi/internal/office/document"
)

// chart writes a chart as Word's own: it can be changed there, and is drawn from the values kept
// in it. Its number and title stand below.
func (w *writer) chart(c document.Chart, keep string) error {
	c = c.Shown()
	if len(c.Labels) == 0 || len(c.Series) == 0 {
		return nil
	}
	data, err := chartBook(c)
	if err != nil {
		return err
	}
	w.charts = append(w.charts, chartParts{chartXML(c), data})
	n := len(w.charts)
	if c.Unit != "" {
		w.line("TableUnit", "", "单位："+c.Unit)
	}
	cx, cy := int(document.TextTwips*635), int(c.Height()*perMM)
	w.x.put(`<w:p><w:pPr><w:pStyle w:val="Chart"/></w:pPr><w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="%d" cy="%d"/><wp:docPr id="%d" name="%s" descr="%s"/>`,
		cx, cy, 1000+n, "图"+strconv.Itoa(n), escaped(c.Alt()))
	w.x.put(`<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" r:id="chart%d"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`, n)
	w.line("ChartTitle", keep, "图"+strconv.Itoa(n)+"　"+c.Title)
	return nil
}

// chartParts are the files of a chart: what is drawn, and the workbook behind it.
type chartParts struct{ drawing, book []byte }

// Looks of series that are told apart without colour: green comes out dark grey on a plain printer.
const (
	green     = "1F6B45"
	paleGreen = "A9CDB8" // black figures stand on it
	outline   = `<a:ln w="9525"><a:solidFill><a:srgbClr val="000000"/></a:solidFill></a:ln>`
)

func barLook(series, of int, overlaid bool) string {
	solid := func(colour string) string { return `<a:solidFill><a:srgbClr val="` + colour + `"/></a:solidFill>` }
	fills := []string{solid("FFFFFF"), solid(green), solid("BFBFBF"), solid("595959")}
	switch {
	case of == 1:
		series = 1
	case overlaid:
		fills[1] = solid(paleGreen)
	}
	return `<c:spPr>` + fills[series] + outline + `</c:spPr>`
}

func lineLook(series int) string {
	dash := []string{"solid", "dash", "sysDot", "lgDashDot"}[series]
	colour := []string{green, "000000", "595959", "000000"}[series]
	mark := []string{"circle", "square", "triangle", "diamond"}[series]
	fill := []string{colour, "FFFFFF", colour, "FFFFFF"}[series]
	return fmt.Sprintf(`<c:spPr><a:ln w="22225"><a:solidFill><a:srgbClr val="%[1]s"/></a:solidFill><a:prstDash val="%[2]s"/></a:ln></c:spPr>`+
		`<c:marker><c:symbol val="%[3]s"/><c:size val="6"/><c:spPr><a:solidFill><a:srgbClr val="%[4]s"/></a:solidFill><a:ln w="9525"><a:solidFill><a:srgbClr val="%[1]s"/></a:solidFill></a:ln></c:spPr></c:marker>`, colour, dash, mark, fill)
}

// typeface is the text of a chart, in hundredths of a point.
func typeface(size int) string {
	return fmt.Sprintf(`<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="%d"><a:solidFill><a:srgbClr val="000000"/></a:solidFill><a:latin typeface="%s"/><a:ea typeface="%s"/></a:defRPr></a:pPr><a:endParaRPr lang="zh-CN"/></a:p></c:txPr>`, size, latin, songti)
}

const grid = `<c:majorGridlines><c:spPr><a:ln w="3175"><a:solidFill><a:srgbClr val="BFBFBF"/></a:solidFill></a:ln></c:spPr></c:majorGridlines>`

func chartXML(c document.Chart) []byte {
	var m markup
	m.put(xmlHead + `<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">`)
	m.put(`<c:date1904 val="0"/><c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/>`)
	size := 900
	if len(c.Labels) > 20 && c.Kind == document.BarChart {
		size = 800
	}
	if c.Kind == document.LineChart {
		m.put(`<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>`)
		for i := range c.Series {
			position := "b"
			if c.Above(i) {
				position = "t"
			}
			m.series(c, i, lineLook(i), position, size, `<c:smooth val="0"/>`)
		}
		m.put(`<c:marker val="1"/><c:axId val="1"/><c:axId val="2"/></c:lineChart>`)
		m.axes(c, size, "minMax", "b", "l", "autoZero")
	} else {
		m.put(`<c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="0"/>`)
		for i := range c.Series {
			position := "outEnd"
			switch {
			case c.Overlaid() && i == 1:
				position = "inBase"
			case c.Dense() && !c.Overlaid() && i+1 < len(c.Series):
				position = ""
			}
			m.series(c, i, barLook(i, len(c.Series), c.Overlaid())+`<c:invertIfNegative val="0"/>`, position, size-100, "")
		}
		overlap := 0
		if c.Overlaid() {
			overlap = 100
		}
		m.put(`<c:gapWidth val="45"/><c:overlap val="%d"/><c:axId val="1"/><c:axId val="2"/></c:barChart>`, overlap)
		m.axes(c, size, "maxMin", "l", "b", "max")
	}
	m.put(`</c:plotArea>`)
	if len(c.Series) > 1 {
		m.put(`<c:legend><c:legendPos val="t"/><c:overlay val="0"/>%s</c:legend>`, typeface(size))
	}
	m.put(`<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart><c:spPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill><a:ln><a:noFill/></a:ln></c:spPr>%s<c:externalData r:id="book"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>`, typeface(size))
	return m.Bytes()
}

// series writes one series with its values kept; position is where they are written, if they are.
func (m *markup) series(c document.Chart, i int, look, position string, size int, tail string) {
	s := c.Series[i]
	column := string(rune('B' + i))
	m.put(`<c:ser><c:idx val="%d"/><c:order val="%d"/><c:tx><c:strRef><c:f>Sheet1!$%s$1</c:f><c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>`, i, i, column)
	m.text(s.Name)
	m.put(`</c:v></c:pt></c:strCache></c:strRef></c:tx>%s<c:dLbls>`, look)
	format := escaped(numberFormat(s))
	if position != "" {
		m.put(`<c:numFmt formatCode="%s" sourceLinked="0"/><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>%s<c:dLblPos val="%s"/>`, format, typeface(size), position)
	}
	m.put(`<c:showLegendKey val="0"/><c:showVal val="%d"/><c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>`, min(len(position), 1))
	n := len(c.Labels)
	m.put(`<c:cat><c:strRef><c:f>Sheet1!$A$2:$A$%d</c:f><c:strCache><c:ptCount val="%d"/>`, n+1, n)
	for k, l := range c.Labels {
		m.put(`<c:pt idx="%d"><c:v>`, k)
		m.text(l)
		m.put(`</c:v></c:pt>`)
	}
	m.put(`</c:strCache></c:strRef></c:cat><c:val><c:numRef><c:f>Sheet1!$%s$2:$%s$%d</c:f><c:numCache><c:formatCode>%s</c:formatCode><c:ptCount val="%d"/>`, column, column, n+1, format, n)
	for k := range c.Labels {
		m.put(`<c:pt idx="%d"><c:v>%s</c:v></c:pt>`, k, number(s.Printed(k)))
	}
	m.put(`</c:numCache></c:numRef></c:val>%s</c:ser>`, tail)
}

// axes writes the axis of the labels and that of the values; the scale begins at zero unless
// something is below it.
func (m *markup) axes(c document.Chart, size int, orientation, labels, values, crosses string) {
	low, high, step := c.Range()
	black := `<c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="000000"/></a:solidFill></a:ln></c:spPr>`
	m.put(`<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="%s"/></c:scaling><c:delete val="0"/><c:axPos val="%s"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>%s%s<c:crossAx val="2"/><c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:tickLblSkip val="1"/><c:noMultiLvlLbl val="1"/></c:catAx>`,
		orientation, labels, black, typeface(size))
	m.put(`<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/><c:max val="%s"/><c:min val="%s"/></c:scaling><c:delete val="0"/><c:axPos val="%s"/>%s<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>%s%s<c:crossAx val="1"/><c:crosses val="%s"/><c:crossBetween val="between"/><c:majorUnit val="%s"/></c:valAx>`,
		number(high), number(low), values, grid, black, typeface(size), crosses, number(step))
}

// numberFormat writes values as their figures are printed.
func numberFormat(s document.Series) string {
	for _, t := range s.Texts {
		switch text := t.String(); {
		case strings.HasSuffix(text, "%"):
			return `0.0"%"`
		case strings.Contains(text, "."):
			return "0.00"
		}
	}
	return "0"
}

func number(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
