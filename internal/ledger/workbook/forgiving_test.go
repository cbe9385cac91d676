package workbook

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// What offices really send: each variation must give exactly the rows of the plain form, and
// nothing to complain about.
func TestForgivingInForm(t *testing.T) {
	heads := func(text func(i int) string) func(s *sketch) {
		return func(s *sketch) {
			for i := range s.titles {
				s.titles[i] = text(i)
			}
			s.draw()
		}
	}
	written := func(f func(s *sketch, i int) string) func(s *sketch) {
		return func(s *sketch) {
			s.name = func(i int) string { return f(s, i) }
			s.draw()
		}
	}
	for name, bend := range map[string]func(s *sketch){
		"as printed":                 func(s *sketch) { s.draw() },
		"one row of head":            func(s *sketch) { s.flat = true; s.draw() },
		"rows before the head":       func(s *sketch) { s.above = 9; s.draw() },
		"columns before the table":   func(s *sketch) { s.left = 4; s.draw() },
		"columns in another order":   func(s *sketch) { slices.Reverse(s.order); s.flat = true; s.draw() },
		"scanned heads":              heads(func(i int) string { return form.Columns[i].Heads()[min(1, len(form.Columns[i].Heads())-1)] }),
		"short heads":                heads(func(i int) string { return form.Columns[i].Short }),
		"last alias":                 heads(func(i int) string { h := form.Columns[i].Heads(); return h[len(h)-1] }),
		"blanks and breaks in heads": heads(func(i int) string { return " " + strings.Join(strings.Split(form.Columns[i].Title, ""), "\n ") }),
		"full-width brackets":        heads(func(i int) string { return strings.NewReplacer("(", "（", ")", "）").Replace(form.Columns[i].Title) }),
		"without units": heads(func(i int) string {
			return strings.NewReplacer("(株)", "", "(万元)", "").Replace(form.Columns[i].Title)
		}),
		"units without brackets": heads(func(i int) string {
			return strings.NewReplacer("(株)", "株", "(万元)", "万元").Replace(form.Columns[i].Title)
		}),
		"straight quotes": heads(func(i int) string { return strings.NewReplacer("“", `"`, "”", `"`).Replace(form.Columns[i].Title) }),
		"corner quotes": heads(func(i int) string {
			return strings.NewReplacer("“", "「", "”", "」").Replace(form.Columns[i].Title)
		}),
		"numbered heads": heads(func(i int) string { return fmt.Sprintf("%d.%s", i+1, form.Columns[i].Title) }),
		"a character too many": heads(func(i int) string {
			return strings.NewReplacer("计划投入资金", "计划投入的资金", "苗木数量", "苗木的数量", "制定", "制订").Replace(form.Columns[i].Title)
		}),
		"another sheet name": func(s *sketch) { s.draw(); must(s, s.file.SetSheetName("Sheet1", "3月29日")); s.sheet = "3月29日" },
		"instructions in front": func(s *sketch) {
			s.draw()
			_, err := s.file.NewSheet("填表说明")
			must(s, err)
			must(s, s.file.MoveSheet("填表说明", "Sheet1"))
			for i, note := range form.Notes {
				must(s, s.file.SetCellValue("填表说明", cellName(1, i+1), note))
			}
		},
		"an old hidden sheet": func(s *sketch) {
			s.draw()
			n, err := s.file.NewSheet("旧表")
			must(s, err)
			must(s, s.file.CopySheet(0, n))
			must(s, s.file.SetCellValue("旧表", cellName(s.valueCol(1), s.row(0)), 9999))
			must(s, s.file.SetSheetVisible("旧表", false))
		},
		"hidden rows and columns": func(s *sketch) {
			s.draw()
			must(s, s.file.SetRowVisible(s.sheet, s.row(2), false))
			must(s, s.file.SetColVisible(s.sheet, "F", false))
		},
		"the only sheet is hidden": func(s *sketch) {
			s.draw()
			_, err := s.file.NewSheet("封面")
			must(s, err)
			must(s, s.file.SetCellValue("封面", "A1", "党旗红·乡村绿"))
			s.file.SetActiveSheet(1)
			must(s, s.file.SetSheetVisible("Sheet1", false))
		},
		"the example row": func(s *sketch) {
			s.draw()
			must(s, s.file.InsertRows(s.sheet, s.row(0), 1))
			s.set(s.row(0), s.serial(), "填写示范")
			s.set(s.row(0), s.nameCol(), form.Example.Name)
			for k, c := range s.order {
				s.set(s.row(0), s.valueCol(k), form.Example.Cell(form.Columns[c]))
			}
		},
		"numbers under the head": func(s *sketch) {
			s.draw()
			must(s, s.file.InsertRows(s.sheet, s.row(0), 1))
			for c := range len(s.order) + 2 {
				s.set(s.row(0), s.serial()+c, c+1)
			}
		},
		"numbers in brackets under the head": func(s *sketch) {
			s.draw()
			must(s, s.file.InsertRows(s.sheet, s.row(0), 1))
			s.set(s.row(0), s.nameCol(), "甲")
			for k := range s.order {
				s.set(s.row(0), s.valueCol(k), fmt.Sprintf("（%d）", k+1))
			}
		},
		"totals": func(s *sketch) {
			s.draw()
			end := s.row(len(s.lines))
			for i, label := range []string{"合计", "小 计", "全街道总计", "合计（17个）："} {
				s.set(end+i, s.serial()+i%2, label)
				s.set(end+i, s.valueCol(1), 12345)
				s.set(end+i, s.valueCol(16), 99.5)
			}
		},
		"total on top, label over both columns": func(s *sketch) {
			s.draw()
			must(s, s.file.InsertRows(s.sheet, s.row(0), 1))
			s.set(s.row(0), s.serial(), "合 计")
			s.merge(s.row(0), s.serial(), s.row(0), s.nameCol())
			s.set(s.row(0), s.valueCol(1), 12345)
		},
		"notes below": func(s *sketch) {
			s.draw()
			end := s.row(len(s.lines))
			for i, note := range form.Notes {
				s.set(end+i, s.serial(), note)
				if i%2 == 0 {
					s.merge(end+i, s.serial(), end+i, s.valueCol(19))
				}
			}
			s.set(end+6, s.nameCol(), "注：以上数据截至3月29日")
			s.set(end+7, s.nameCol(), "审核人：李四")
			s.set(end+7, s.valueCol(5), "填表人：张三")
			s.set(end+7, s.valueCol(9), "13800000000")
		},
		"blank rows between": func(s *sketch) {
			s.draw()
			must(s, s.file.InsertRows(s.sheet, s.row(5), 3))
			must(s, s.file.InsertRows(s.sheet, s.row(0), 1))
		},
		"head repeated at page breaks": func(s *sketch) {
			s.flat = true
			s.draw()
			must(s, s.file.InsertRows(s.sheet, s.row(8), 3))
			s.set(s.row(8), s.serial(), form.Title)
			above := s.above
			s.above = s.row(9) - 1
			s.head()
			s.above = above
			s.set(s.row(10)+7, s.serial(), "")
		},
		"a column of remarks": func(s *sketch) {
			s.draw()
			s.set(s.headEnd(), s.valueCol(20), "备注")
			s.set(s.row(3), s.valueCol(20), "3月补报，见附表")
			s.set(s.headEnd(), s.valueCol(21), "植树面积（亩）")
			s.set(s.row(3), s.valueCol(21), "一亩半")
			s.set(s.headEnd(), s.valueCol(22), "联系电话")
			s.set(s.row(3), s.valueCol(22), "13800000000")
		},
		"a column of codes": func(s *sketch) {
			s.draw()
			s.set(s.headEnd(), s.valueCol(20), "统计用区划代码")
			for i, l := range s.lines {
				s.set(s.row(i), s.valueCol(20), l.Village.String())
			}
			s.set(s.row(4), s.nameCol(), "（改名后的新村）")
		},
		"three rows of head, units in the third": func(s *sketch) {
			for i := range s.titles {
				s.titles[i] = strings.NewReplacer("(株)", "", "(万元)", "").Replace(s.titles[i])
			}
			s.draw()
			must(s, s.file.InsertRows(s.sheet, s.row(0), 1))
			for k, c := range s.order {
				if u := form.Columns[c].Unit; u != "" {
					s.set(s.row(0), s.valueCol(k), "("+u+")")
				}
			}
		},
		"titles in two rows": func(s *sketch) {
			s.flat = true
			s.draw()
			must(s, s.file.InsertRows(s.sheet, s.row(0), 1))
			for k, c := range s.order {
				title := []rune(form.Columns[c].Title)
				if strings.HasSuffix(string(title), "资金(万元)") {
					s.set(s.headEnd(), s.valueCol(k), string(title[:len(title)-6]))
					s.set(s.row(0), s.valueCol(k), "资金(万元)")
				}
			}
		},
		"funds under one title": func(s *sketch) {
			s.draw()
			must(s, s.file.InsertRows(s.sheet, s.row(0), 1))
			s.set(s.headEnd(), s.valueCol(16), "已投入资金（万元）")
			s.merge(s.headEnd(), s.valueCol(16), s.headEnd(), s.valueCol(18))
			for i, leaf := range []string{"合计", "财政资金", "村集体收入"} {
				s.set(s.row(0), s.valueCol(16+i), leaf)
			}
			for k := range 16 {
				s.merge(s.headEnd(), s.valueCol(k), s.row(0), s.valueCol(k))
			}
			s.merge(s.headEnd(), s.valueCol(19), s.row(0), s.valueCol(19))
		},
		"no groups merged": func(s *sketch) {
			s.draw()
			for _, m := range mergesOf(s) {
				must(s, s.file.UnmergeCell(s.sheet, m[0], m[1]))
			}
		},
		"no title, no 填报单位":   func(s *sketch) { s.above, s.unit = 0, ""; s.draw() },
		"填报单位 of underscores": func(s *sketch) { s.unit = "__流沙东街道___"; s.draw() },
		"填报单位 in a cell of its own": func(s *sketch) {
			s.draw()
			s.set(2, s.serial(), "填报单位")
			s.set(2, s.serial()+1, "流沙东街道办事处")
		},
		"填报单位 with seal": func(s *sketch) { s.unit = "流沙东街道党工委（盖章）"; s.draw() },
		"填报单位 in one line": func(s *sketch) {
			s.draw()
			s.set(2, s.serial(), "填报单位：流沙东街道     联系人：黄志明    电话：13800000000   填表日期：2024年 3 月29 日")
			s.merge(2, s.serial(), 2, s.valueCol(19))
		},
		"blank 填报单位":            func(s *sketch) { s.unit = "__________"; s.draw() },
		"the town in the title": func(s *sketch) { s.unit = ""; s.draw(); s.set(1, 1, "流沙东街道乡村绿化工作台账") },
		"names in two columns": func(s *sketch) {
			s.draw()
			must(s, s.file.InsertCols(s.sheet, "B", 1))
			s.set(s.above+1, 2, "镇（街道）")
			for i := range s.lines {
				s.set(s.row(i), 2, "流沙东街道")
			}
		},
		"the town merged over its villages": func(s *sketch) {
			s.draw()
			must(s, s.file.InsertCols(s.sheet, "B", 1))
			s.set(s.above+1, 2, "乡镇")
			s.set(s.row(0), 2, "流沙东街道")
			s.merge(s.row(0), 2, s.row(len(s.lines)-1), 2)
		},
		"the name title over two columns": func(s *sketch) {
			s.draw()
			must(s, s.file.InsertCols(s.sheet, "C", 1))
			must(s, s.file.UnmergeCell(s.sheet, "B4", "B5"))
			s.merge(4, 2, 5, 3)
			for i := range s.lines {
				s.set(s.row(i), 3, s.name(i))
				s.set(s.row(i), 2, "流沙东街道")
			}
		},
		"a name merged over two lines": func(s *sketch) {
			s.draw()
			must(s, s.file.InsertRows(s.sheet, s.row(3), 1))
			s.set(s.row(3), s.valueCol(4), nil)
			s.merge(s.row(2), s.nameCol(), s.row(3), s.nameCol())
			s.merge(s.row(2), s.serial(), s.row(3), s.serial())
		},
		"figures as text": func(s *sketch) {
			s.draw()
			for i, l := range s.lines {
				for k, c := range s.order {
					s.set(s.row(i), s.valueCol(k), "  "+exactly(c, l.Values[c])+"　")
				}
			}
		},
		"full-width figures with units": func(s *sketch) {
			s.draw()
			wide := strings.NewReplacer("0", "０", "1", "１", "2", "２", "3", "３", "4", "４", "5", "５", "6", "６", "7", "７", "8", "８", "9", "９", ".", "．")
			for i, l := range s.lines {
				for k, c := range s.order {
					s.set(s.row(i), s.valueCol(k), wide.Replace(exactly(c, l.Values[c]))+form.Columns[c].Unit)
				}
			}
		},
		"amounts in 元 by the head": func(s *sketch) {
			for i := range s.titles {
				s.titles[i] = strings.ReplaceAll(s.titles[i], "(万元)", "（元）")
			}
			s.draw()
			inYuan(s)
		},
		"amounts in 元 by a line above": func(s *sketch) {
			for i := range s.titles {
				s.titles[i] = strings.ReplaceAll(s.titles[i], "(万元)", "")
			}
			s.draw()
			s.set(3, s.valueCol(18), "单位：元")
			inYuan(s)
		},
		"ticks and crosses": func(s *sketch) {
			s.draw()
			for i, l := range s.lines {
				for k, c := range s.order {
					if form.Columns[c].Unit == "" {
						s.set(s.row(i), s.valueCol(k), [][]string{{"×", "无", "N", "0", "否"}, {"√", "有", "Y", "1", "是"}}[l.Values[c]][i%5])
					}
				}
			}
		},
		"full names": written(func(s *sketch, i int) string { return s.lines[i].Name }),
		"official names": written(func(s *sketch, i int) string {
			u, _ := realTree(s.t).Unit(s.lines[i].Village)
			return "广东省揭阳市普宁市流沙东街道" + u.Name
		}),
		"blanks in names": written(func(s *sketch, i int) string {
			return " " + strings.Join(strings.Split(realTree(s.t).ShortName(s.lines[i].Village), ""), " ")
		}),
		"numbered names": written(func(s *sketch, i int) string {
			return fmt.Sprintf("%d、%s", i+1, realTree(s.t).ShortName(s.lines[i].Village))
		}),
		"names without 村": written(func(s *sketch, i int) string {
			return strings.TrimSuffix(realTree(s.t).ShortName(s.lines[i].Village), "村")
		}),
	} {
		t.Run(name, func(t *testing.T) {
			s := newSketch(t)
			bend(s)
			s.wantSame(s.read())
		})
	}
}

func must(s *sketch, err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}
