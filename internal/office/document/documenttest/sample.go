// Package documenttest has documents to try writers with, and the measure to hold what they
// write against: pages as pdftotext sees them. Only tests import it.
package documenttest

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"strings"

	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/office/document"
)

// Bulletin is a whole document with every part; its figures are invented.
func Bulletin() document.Document {
	figure := func(key, shown string) document.Span { return document.Span{Text: shown, Figure: key} }
	return document.Document{
		Head:      document.Head{Issuers: []string{"普宁市“绿美党旗红”专项行动工作专班"}, Suffix: "文件"},
		Number:    "普绿专〔2024〕3号",
		Title:     "关于2024年3月“绿美党旗红”专项行动推进情况的通报",
		Addressee: "各镇（街道、乡）党（工）委，市直各有关单位",
		Body: []document.Block{
			document.Paragraph{Text: document.Text{{Text: "3月以来，各镇（街道、乡）认真落实专项行动部署，扎实推进乡村绿化。截至3月29日，全市33个镇（街道、乡）、"}, figure("villages", "580"), {Text: "个村（社区）已按时报送"}, figure("reported", "561"), {Text: "个，累计种植苗木"}, figure("planted", "286,430"), {Text: "株，完成计划的"}, figure("share", "95.75%"), {Text: "。现将有关情况通报如下。"}}},
			document.Heading{Level: 1, Text: document.Words("总体进展")},
			document.Heading{Level: 2, Text: document.Words("组织发动情况")},
			document.Paragraph{Text: document.Words("全市召开乡贤座谈会或外出党员座谈会412场，村“两委”干部走访乡贤3,106人，参与“五带头”的农村党员12,844人。其中：里湖镇、洪阳镇、占陇镇走在前列；部分镇动员还不够充分——个别村至今没有召开座谈会。")},
			document.Heading{Level: 2, Text: document.Words("苗木种植情况")},
			document.Heading{Level: 3, Text: document.Words("苗木落实")},
			document.Paragraph{Text: document.Words("各村计划种植299,145株，已落实292,018株（落实率97.62%）；已种植286,430株（完成率95.75%）。")},
			document.Heading{Level: 4, Text: document.Words("资金到位")},
			document.Paragraph{Text: document.Words("计划投入2,018.00万元，已投入1,733.45万元，其中财政资金840.00万元、村集体资金312.50万元、社会资金580.95万元。")},
			document.Table{Title: "各镇（街道、乡）推进情况", Unit: "单位：株、万元", Columns: columns(), Rows: rows(5)},
			document.Heading{Level: 1, Text: document.Words("存在问题")},
			document.Paragraph{Text: document.Words("一是报送不够及时。本月4周中，共有19个村次迟报、3个村次未报。二是苗木落实与种植脱节。有7个镇已落实苗木超过1万株尚未种下，气温回升后成活率难以保证。三是资金到位偏慢。")},
			document.Picture{PNG: Chart(), Width: 120, Alt: "各镇完成率"},
			document.Heading{Level: 1, Text: document.Words("下步工作")},
			document.Paragraph{Text: document.Words("请各镇（街道、乡）对照附件逐项核对，4月12日前完成补种，并将整改情况报市专班（联系人：专班办公室，网址http://www.example.invalid/sangzi/ledger）。")},
		},
		Annexes: []document.Annex{
			{Title: "各镇（街道、乡）2024年3月台账汇总表", Body: []document.Block{document.Table{Unit: "单位：株、万元", Columns: columns(), Rows: rows(33)}}},
			{Title: "口径说明"},
		},
		Signers: []string{"普宁市“绿美党旗红”专项行动工作专班"},
		Date:    date.MustParse("2024-03-31"),
		Imprint: document.Imprint{
			CopyTo:  "揭阳市“绿美党旗红”专项行动工作专班，市委办公室、市政府办公室，市人大常委会办公室、市政协办公室，市纪委监委机关",
			Printer: "普宁市“绿美党旗红”专项行动工作专班办公室", Printed: date.MustParse("2024-03-31"),
		},
	}
}

func columns() []document.Column {
	return []document.Column{
		{Title: "序号"}, {Title: "镇（街道、乡）", Align: document.Left}, {Title: "应报村数", Align: document.Number}, {Title: "按时报送", Align: document.Number},
		{Title: "计划种植（株）", Align: document.Number}, {Title: "已种植（株）", Align: document.Number}, {Title: "完成率", Align: document.Number}, {Title: "已投入资金（万元）", Align: document.Number},
	}
}

func rows(n int) []document.Row {
	towns := strings.Fields("流沙东街道 流沙西街道 流沙南街道 流沙北街道 池尾街道 燎原街道 大南山街道 占陇镇 军埠镇 下架山镇 麒麟镇 南溪镇 广太镇 洪阳镇 赤岗镇 大坝镇 里湖镇 梅塘镇 南径镇 高埔镇 云落镇 梅林镇 船埔镇 大坪镇 后溪乡 普侨镇 马鞍山农场 大池农场 大坪农场 英歌山经济开发区 东部新城 产业园 高铁新城")
	var out []document.Row
	for i := range n {
		key := func(what string) string { return fmt.Sprintf("town.%d.%s", i, what) }
		planned := 3000 + (i*7919)%12000
		done := planned * (70 + i*37%31) / 100
		out = append(out, document.Row{Cells: []document.Text{
			document.Words(fmt.Sprint(i + 1)), document.Words(towns[i%len(towns)]), document.Figure(key("villages"), fmt.Sprint(10+i%17)), document.Figure(key("ontime"), fmt.Sprint(9+i%17)),
			document.Figure(key("planned"), fmt.Sprint(planned)), document.Figure(key("done"), fmt.Sprint(done)), document.Figure(key("share"), fmt.Sprintf("%.2f%%", float64(done)*100/float64(planned))),
			document.Figure(key("money"), fmt.Sprintf("%.2f", float64(planned)*0.0068)),
		}})
	}
	return append(out, document.Row{Strong: true, Cells: []document.Text{nil, document.Words("合计"), document.Figure("total.villages", "580"), document.Figure("total.ontime", "561"),
		document.Figure("total.planned", "299145"), document.Figure("total.done", "286430"), document.Figure("total.share", "95.75%"), document.Figure("total.money", "1733.45")}})
}

// Chart is a small PNG, three bars.
func Chart() []byte {
	img := image.NewNRGBA(image.Rect(0, 0, 240, 100))
	for x := range 240 {
		for y := range 100 {
			c := color.NRGBA{0xff, 0xff, 0xff, 0xff}
			if bar := x / 80; x%80 > 20 && y > 70-25*bar {
				c = color.NRGBA{0x2e, 0x7d, 0x32, 0xff}
			}
			img.SetNRGBA(x, y, c)
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// Plain is a document of nothing but hanzi in paragraphs, each of lines full lines, to count
// lines and characters by.
func Plain(paragraphs, lines int) document.Document {
	words := []rune("绿美广东生态建设要把植树造林作为乡村振兴的重要抓手党员带头群众参与家家户户共建绿色家园")
	var d document.Document
	at := 0
	for range paragraphs {
		n := lines*document.Chars - 2
		text := make([]rune, n)
		for i := range text {
			text[i] = words[at%len(words)]
			at++
		}
		d.Body = append(d.Body, document.Paragraph{Text: document.Words(string(text))})
	}
	return d
}

// Hostile are texts that break careless writers.
func Hostile() []string {
	return []string{
		"<w:p>&amp;</w:p>]]>", "a\x00b\x01c\x08\x1f", "\xff\xfe\xed\xa0\x80坏字节\xc3", "\ufffe\uffff\ufdd0", "\u202e反向\u2066", "表情😀👨‍👩‍👧",
		strings.Repeat("x", 5000), strings.Repeat("。", 300), strings.Repeat("（", 300), strings.Repeat(" ", 300), "\r\n\t\v\u2028", "", "𠮷𡒄㙟 e\u0301 한국 ﷽",
		"%s%d{{.}}${x}", "\"'`", "=1+1", strings.Repeat("e\u0301", 400),
	}
}

// Hostiles is a document with a text in every place.
func Hostiles(s string) document.Document {
	t := document.Text{{Text: s}, {Text: s, Figure: s}}
	blocks := []document.Block{
		document.Heading{Level: -1, Text: t}, document.Heading{Level: 9, Text: t}, document.Paragraph{Text: t}, document.Paragraph{},
		document.Table{Title: s, Unit: s, Columns: []document.Column{{Title: s}, {Title: s, Align: 9}}, Rows: []document.Row{{Cells: []document.Text{t, t, t}}, {}}},
		document.Table{}, document.Picture{PNG: Chart(), Width: -3, Alt: s},
	}
	return document.Document{
		Head: document.Head{Issuers: []string{s, s}, Suffix: s}, Number: s, Title: s, Addressee: s, Body: blocks,
		Annexes: []document.Annex{{Title: s, Body: blocks}, {Title: s}}, Signers: []string{s}, Date: date.MustParse("2024-03-31"),
		Imprint: document.Imprint{CopyTo: s, Printer: s, Printed: date.MustParse("2024-03-31")},
	}
}
