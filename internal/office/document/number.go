package document

import "strconv"

// Numbering counts the headings of a body. The zero value is ready.
type Numbering struct{ n [5]int }

// Next gives the number of the next heading of a level as it is printed: 一、, （一）, 1., （1）.
// Levels outside 1 to 4 are taken as the nearest.
func (n *Numbering) Next(level int) string {
	level = Level(level)
	n.n[level]++
	for i := level + 1; i < len(n.n); i++ {
		n.n[i] = 0
	}
	switch at := n.n[level]; level {
	case 1:
		return Chinese(at) + "、"
	case 2:
		return "（" + Chinese(at) + "）"
	case 3:
		return strconv.Itoa(at) + "."
	default:
		return "（" + strconv.Itoa(at) + "）"
	}
}

// Level brings a heading's level into 1 to 4.
func Level(level int) int { return min(max(level, 1), 4) }

// Chinese writes 1 to 99 as 一 to 九十九; other numbers in digits.
func Chinese(n int) string {
	digits := []rune("〇一二三四五六七八九")
	if n < 1 || n > 99 {
		return strconv.Itoa(n)
	}
	s := ""
	if n >= 20 {
		s = string(digits[n/10])
	}
	if n >= 10 {
		s += "十"
	}
	if n%10 != 0 {
		s += string(digits[n%10])
	}
	return s
}
