package document

import "github.com/sangzi/sangzi/internal/date"

// Document is a document of GB/T 9704—2012. What is left empty is left out. Texts may hold
// anything; the writers pass them through Clean.
type Document struct {
	Head   Head
	Number string // 发文字号, as 普组〔2024〕6号
	// Title is 标题. A line break in it is kept; without one, a long title is cut into lines
	// of about the same length.
	Title     string
	Addressee string // 主送机关, without its colon
	Body      []Block
	// Annexes are 附件: named behind the body and, where they have a body of their own here,
	// set on new pages behind the signature.
	Annexes []Annex
	Signers []string  // 发文机关署名
	Date    date.Date // 成文日期
	Imprint Imprint
}

// Head is 版头: the names of the issuers in red over a red rule (发文机关标志).
type Head struct {
	Issuers []string
	// Suffix stands behind the issuers, as 文件; with several issuers in the middle of their height.
	Suffix string
}

// Annex is one 附件.
type Annex struct {
	Title string
	Body  []Block
}

// Imprint is 版记, at the foot of the last page.
type Imprint struct {
	CopyTo  string // 抄送, the offices named as they are to be read, without a full stop
	Printer string // 印发机关
	Printed date.Date
}

// Block is a part of a body: Heading, Paragraph, Table, Picture, Chart.
type Block interface{ block() }

// Heading is a title inside the body. Level 1 is 一、 in 黑体, 2 （一） in 楷体, 3 “1.” and 4 （1）
// in 仿宋; the number is not part of the text, see Number.
type Heading struct {
	Level int
	Text  Text
}

// Paragraph is running text.
type Paragraph struct {
	Text Text

	goesOn bool // see Held
}

// Table is a table over the whole width. Its head row is repeated on each page.
type Table struct {
	Title   string
	Unit    string // what the figures are in, as 单位：万元, above the table on the right
	Columns []Column
	Rows    []Row
	Note    string // in small type below: how it is to be read

	close int // set closer, with this gap (Fitted); 0: not
}

// Column is a column of a Table.
type Column struct {
	Title string
	Align Align
}

// Row is a row of a Table; missing cells are blank, cells beyond the columns are left out.
type Row struct {
	Cells  []Text
	Strong bool // a total: set in 黑体
}

// Align is where the text of a column stands.
type Align uint8

// The alignments. Numbers stand on the right so that their digits line up.
const (
	Centre Align = iota
	Left
	Number
)

// Picture is a PNG, as a chart, in the middle of the line; Width is in millimetres, at most
// TextWidth. Alt says in words what it shows.
type Picture struct {
	PNG   []byte
	Width float64
	Alt   string
}

func (Heading) block()   {}
func (Paragraph) block() {}
func (Table) block()     {}
func (Picture) block()   {}

// Blocks are all blocks of the document in the order they are read.
func (d Document) Blocks() []Block {
	all := append([]Block(nil), d.Body...)
	for _, a := range d.Annexes {
		all = append(all, a.Body...)
	}
	return all
}
