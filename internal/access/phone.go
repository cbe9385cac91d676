package access

import (
	"strings"

	"github.com/sangzi/sangzi/internal/unit"
)

// Unreadable stands in the place of what was sealed under a key that is gone.
const Unreadable = "已无法读取（密钥已更换）"

// Readable tells whether a text that was sealed could be read again.
func Readable(text string) bool { return text != Unreadable }

// Phone is a telephone number of a unit as the actor may see it: whole, or with its middle
// hidden.
func (a Actor) Phone(of unit.Code, number string) string {
	if a.May(SeePhone, of) {
		return number
	}
	return MaskPhone(number)
}

// MaskPhone hides the middle of a telephone number: 138****1234, 0663-22***21. Whatever it is,
// at most four of the local number's characters remain, seven of a mobile's. Of one that cannot
// be read nothing is told, not even that.
func MaskPhone(number string) string {
	if !Readable(number) {
		return "****"
	}
	area, local, ok := strings.Cut(number, "-")
	if ok {
		area += "-"
	} else {
		area, local = "", number
	}
	r := []rune(local)
	front, back := 2, 2
	if !ok && len(r) == 11 && r[0] == '1' {
		front, back = 3, 4
	}
	if len(r) <= front+back {
		return area + strings.Repeat("*", len(r))
	}
	return area + string(r[:front]) + strings.Repeat("*", len(r)-front-back) + string(r[len(r)-back:])
}
