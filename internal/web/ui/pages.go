package ui

// PagesData is where in a long list one is. Pages count from 1.
type PagesData struct {
	Page, Last int
	Total      string // 共 1,651 个单位
	Href       func(page int) string
}

// shown are the page numbers to offer; 0 is a gap.
func (p PagesData) shown() []int {
	var list []int
	before := 0
	for n := 1; n <= p.Last; n++ {
		near := n >= p.Page-1 && n <= p.Page+1
		if n != 1 && n != p.Last && !near {
			continue
		}
		switch {
		case n-before == 2:
			list = append(list, n-1)
		case n-before > 2:
			list = append(list, 0)
		}
		list = append(list, n)
		before = n
	}
	return list
}
