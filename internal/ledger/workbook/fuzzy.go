package workbook

import "strings"

// Words that turn a head into another one; a text with one the column lacks is not it.
var turning = []string{"未", "不", "非", "无", "尚", "剩余", "欠", "缺", "本周", "本月", "上周", "上月", "新增", "面积", "成活", "存活", "死亡", "率", "占比", "户", "时间", "日期", "地点", "备注"}

// guess is the last resort for a head that is none of the known texts: the one column it can
// only mean, or noTarget. It never chooses between two: what tells the column from each
// column like it must stand in the text, and nothing of what tells the others.
func (h *heads) guess(t headText, group int) int {
	n := len([]rune(t.key))
	if t.off || n < 2 {
		return noTarget
	}
	if n >= 3 {
		if c := h.contained(t.key, -1); c >= 0 {
			return c
		}
	}
	if group >= 0 {
		if c := h.contained(t.key, group); c >= 0 {
			return c
		}
	}
	return h.nearest(t.key)
}

// contained finds the one column, of the group or of all (-1), one of whose texts holds the
// text whole.
func (h *heads) contained(key string, group int) int {
	found := noTarget
	for i, keys := range h.keys {
		if group >= 0 && (i < h.form.Groups[group].First || i >= h.form.Groups[group].First+h.form.Groups[group].Count) {
			continue
		}
		scanned := readHead(h.form.Columns[i].Scanned).key // its errors are not to be built on
		for _, k := range keys {
			if k != scanned && strings.Contains(k, key) {
				if found >= 0 {
					return noTarget
				}
				found = i
				break
			}
		}
	}
	return found
}

// nearest finds the one column a slightly different text stands for: one character in five
// may differ.
func (h *heads) nearest(key string) int {
	text := []rune(key)
	best, bestKey, bestDistance, tie := noTarget, "", len(text), false
	for i, keys := range h.keys {
		for _, k := range keys {
			d := distance(text, []rune(k))
			if d > min(len(text), len([]rune(k)))/5 {
				continue
			}
			switch {
			case d < bestDistance:
				best, bestKey, bestDistance, tie = i, k, d, false
			case d == bestDistance && i != best:
				tie = true
			}
		}
	}
	if best < 0 || tie {
		return noTarget
	}
	for _, w := range turning {
		if strings.Contains(key, w) && !strings.Contains(bestKey, w) {
			return noTarget
		}
	}
	for i, keys := range h.keys {
		if i == best {
			continue
		}
		for _, rival := range keys {
			if alike(bestKey, rival) && !tells(key, bestKey, rival) {
				return noTarget
			}
		}
	}
	return best
}

// tells is whether the text holds what its own head has and the rival lacks, and nothing of
// what the rival has and its own head lacks.
func tells(text, own, rival string) bool {
	for _, r := range rival {
		if !strings.ContainsRune(own, r) && strings.ContainsRune(text, r) {
			return false
		}
	}
	for _, r := range own {
		if !strings.ContainsRune(rival, r) && !strings.ContainsRune(text, r) {
			return false
		}
	}
	return true
}

// alike is whether two heads share half of the shorter one's characters.
func alike(a, b string) bool {
	shared, n := 0, 0
	if len(a) > len(b) {
		a, b = b, a
	}
	for _, r := range a {
		n++
		if strings.ContainsRune(b, r) {
			shared++
		}
	}
	return shared*2 >= n
}

// distance counts the characters to insert, drop or change to turn one text into the other.
// Head texts longer than mostHead are not compared.
func distance(a, b []rune) int {
	if len(a) > mostHead || len(b) > mostHead {
		return mostHead
	}
	var line [mostHead + 1]int
	for j := range b {
		line[j+1] = j + 1
	}
	for i, ra := range a {
		before := line[0]
		line[0] = i + 1
		for j, rb := range b {
			cost := before
			if ra != rb {
				cost++
			}
			before = line[j+1]
			line[j+1] = min(cost, line[j]+1, before+1)
		}
	}
	return line[len(b)]
}

const mostHead = 40
