package document

// The page of GB/T 9704—2012 §5.2, in millimetres.
const (
	PageWidth  = 210.0 // A4
	PageHeight = 297.0
	TopMargin  = 37.0 // 天头
	LeftMargin = 28.0 // 订口
	TextWidth  = 156.0
	TextHeight = 225.0 // 版心
	Lines      = 22
	Chars      = 28
	// HeadDrop is from the top of the type area to the issuers' names (§7.2.4).
	HeadDrop = 35.0
	// RuleDrop is from the number to the red rule (§7.2.7).
	RuleDrop = 4.0
	// FootDrop is from the foot of the type area to the dashes of the page number (§7.5).
	FootDrop = 7.0
)

// Measures in twentieths of a point (twips), the unit of .docx. 22 lines of 579 are 224.7 mm,
// 28 characters of 320−5 are 155.6 mm.
const (
	LinePitch   = 579
	BodySize    = 320 // 3号
	TitleSize   = 440 // 2号
	SmallSize   = 280 // 4号: imprint, page number
	CharSpacing = -5
	CharPitch   = BodySize + CharSpacing
	TextTwips   = 8844
)

// Points turns millimetres into points.
func Points(mm float64) float64 { return mm * 72 / 25.4 }

// Twips turns millimetres into twentieths of a point, rounded.
func Twips(mm float64) int { return int(mm*1440/25.4 + 0.5) }
