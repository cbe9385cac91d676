package patron

import "strconv"

// Number is how somebody is called where his name is not to be kept: 第12号.
func (p *Patron) Number() string {
	if p.ID == 0 {
		return "新"
	}
	return "第" + strconv.FormatInt(p.ID, 10) + "号"
}
