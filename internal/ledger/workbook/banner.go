package workbook

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/office/sheet"
)

// labels are the words before the entries of the line above the table, by field; the form's
// own titles come first. Longer ones must be found before shorter ones within them.
var labels = []struct{ text, field string }{
	{"填报单位(盖章)", "unit"}, {"填报单位", "unit"}, {"报送单位", "unit"}, {"上报单位", "unit"}, {"单位名称", "unit"},
	{"联系电话", "phone"}, {"联系方式", "phone"}, {"手机号码", "phone"}, {"电话号码", "phone"}, {"电话", "phone"},
	{"联系人", "contact"}, {"填报人", "contact"}, {"填表人", "contact"}, {"经办人", "contact"},
	{"审核人", ""}, {"负责人", ""}, {"签发人", ""}, {"金额单位", "money"},
	{"填表日期", "filled_on"}, {"填报日期", "filled_on"}, {"报送日期", "filled_on"}, {"填表时间", "filled_on"}, {"填报时间", "filled_on"}, {"报送时间", "filled_on"},
	{"日期", "filled_on"}, {"单位", "unit"},
}

// banner is what stands around a table: the entries of its head line and where 填报单位 was.
type banner struct {
	head     ledger.Head
	money    string // what the amounts are in, when a line says so: 元
	row, col int    // of 填报单位, -1 when there is none
	titles   []string
}

// readBanner reads the lines from..to of a sheet (half open) that are no part of a table.
func (r *Reader) readBanner(s *sheet.Sheet, from, to int) banner {
	b := banner{row: -1, col: -1}
	to = min(to, len(s.Rows))
	from = max(from, to-40) // what stands further off belongs to something else
	for row := from; row < to; row++ {
		for col, cell := range s.Rows[row] {
			if cell.Kind != sheet.Text || len(cell.Text) > 600 || col >= mostWidth {
				continue
			}
			r.readEntries(s, &b, row, col, cell.Text)
		}
	}
	return b
}

// entry is a label found in a text and what stands between it and the next one.
type entry struct {
	field string
	value string
}

// readEntries takes the entries out of one cell, or out of the cells to its right when it
// holds the label only.
func (r *Reader) readEntries(s *sheet.Sheet, b *banner, row, col int, text string) {
	found := entries(text)
	if len(found) == 0 {
		if strings.ContainsAny(text, "台账表") {
			b.titles = append(b.titles, text)
		}
		return
	}
	for i, e := range found {
		if e.value == "" && i == len(found)-1 {
			e.value = valueBeside(s, row, col)
		}
		if e.value == "" {
			if e.field == "unit" && b.row < 0 {
				b.row, b.col = row, col
			}
			continue
		}
		switch e.field {
		case "unit":
			switch {
			case moneyWord(e.value) != "":
				b.money = moneyWord(e.value)
			case b.head.Unit == "":
				b.head.Unit, b.row, b.col = e.value, row, col
			}
		case "money":
			b.money = moneyWord(e.value)
		case "contact":
			if b.head.Contact == "" {
				b.head.Contact = e.value
			}
		case "phone":
			if b.head.Phone == "" {
				b.head.Phone = e.value
			}
		case "filled_on":
			if d, ok := readDate(e.value); ok && b.head.FilledOn.IsZero() {
				b.head.FilledOn = d
			}
		}
	}
}

// moneyWord is the unit of amounts that a line such as 单位：万元 names, or "".
func moneyWord(s string) string {
	for _, part := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("、,，/;；株人次 ", r) }) {
		switch part {
		case "元", "百元", "千元", "万元", "亿元":
			return part
		}
	}
	return ""
}

// entries finds labels in a text: at its beginning, behind a blank or behind another entry,
// and before a colon, a blank or the end.
func entries(text string) []entry {
	type mark struct {
		start, end int
		field      string
	}
	text = halfWidth(text)
	if !strings.ContainsAny(text, ":日单填联报经电审负手签金上") {
		return nil
	}
	var marks []mark
	for _, l := range labels {
		for at := 0; ; {
			i := strings.Index(text[at:], l.text)
			if i < 0 {
				break
			}
			start, end := at+i, at+i+len(l.text)
			at = end
			rest := strings.TrimLeft(text[end:], " ")
			colon := strings.HasPrefix(rest, ":") || strings.HasPrefix(rest, "(盖章):") || strings.HasPrefix(rest, "(公章):")
			leads := strings.TrimSpace(text[:start]) == ""
			alone := leads && (rest == "" || strings.HasPrefix(text[end:], " ") && utf8.RuneCountInString(l.text) > 2)
			if !colon && !alone || slices.ContainsFunc(marks, func(m mark) bool { return start < m.end && m.start < end }) {
				continue
			}
			if colon {
				end += strings.Index(text[end:], ":") + 1
			}
			marks = append(marks, mark{start, end, l.field})
		}
	}
	slices.SortFunc(marks, func(a, b mark) int { return a.start - b.start })
	found := make([]entry, 0, len(marks))
	for i, m := range marks {
		end := len(text)
		if i+1 < len(marks) {
			end = marks[i+1].start
		}
		found = append(found, entry{m.field, tidyEntry(text[m.end:end])})
	}
	return found
}

// halfWidth makes the colons, brackets and blanks of a line plain.
func halfWidth(s string) string { return plainMarks.Replace(s) }

var (
	plainMarks = strings.NewReplacer("：", ":", "﹕", ":", "（", "(", "）", ")", "　", " ", "\u00a0", " ", "\t", " ", "\n", " ")
	noFiller   = strings.NewReplacer("_", " ", "＿", " ", "﹍", " ", "…", " ", "(盖章)", "", "(公章)", "")
)

// tidyEntry takes the underscores and blanks off an entry; one of nothing else is blank.
func tidyEntry(s string) string {
	s = strings.Join(strings.Fields(noFiller.Replace(s)), " ")
	if strings.Trim(s, " 年月日") == "" {
		return ""
	}
	if utf8.RuneCountInString(s) > 80 {
		return string([]rune(s)[:80])
	}
	return s
}

// valueBeside is what the next filled cell to the right holds, unless that is a label itself.
func valueBeside(s *sheet.Sheet, row, col int) string {
	cells := s.Rows[row]
	for c := col + 1; c < min(len(cells), col+12); c++ {
		if cells[c].Kind == sheet.Blank {
			continue
		}
		if cells[c].Kind == sheet.Text && len(entries(cells[c].Text)) > 0 {
			return ""
		}
		return tidyEntry(cells[c].Text)
	}
	return ""
}

var dateForm = regexp.MustCompile(`(20\d\d)\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})`)

// readDate reads 2024年3月29日, 2024-3-29, 2024.3.29 and 2024/3/29; a day without a year is none.
func readDate(s string) (date.Date, bool) {
	m := dateForm.FindStringSubmatch(s)
	if m == nil {
		return date.Date{}, false
	}
	year, err1 := strconv.Atoi(m[1])
	month, err2 := strconv.Atoi(m[2])
	day, err3 := strconv.Atoi(m[3])
	d := date.Of(year, time.Month(month), day)
	if err1 != nil || err2 != nil || err3 != nil || int(d.Month()) != month || d.Day() != day {
		return date.Date{}, false
	}
	return d, true
}
