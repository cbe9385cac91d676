package demo

import (
	"fmt"
	"strings"
)

// marks are the road and the houses of every sketch map.
const marks = "road|村道|0,520 300,480 640,540 1000,500\nhouses|老寨|430,380"

var (
	places = []string{"村口", "祠堂前", "村道东侧", "溪边", "学校后山", "文化广场"}
	uses   = []string{"village", "house", "road", "water", "yard", "house"}
)

// plots are two to four pieces of land with their trees, drawn on the sketch map.
func plots(n int64) string {
	count := 2 + n%3
	rest, lines := n, []string(nil)
	for i := range count {
		trees := n / count
		if i == count-1 {
			trees = rest
		}
		rest -= trees
		at := (n/7 + i) % int64(len(places))
		x, y := 60+i*230, 120+(n*13+i*331)%220
		if i%2 == 1 {
			y += 450
		}
		lines = append(lines, fmt.Sprintf("%s|%s|%s|%d|%d,%d %d,%d %d,%d %d,%d", places[at], uses[at], treeOf(n+i), trees,
			x, y, x+150, y-20, x+170, y+120, x+20, y+140))
	}
	return strings.Join(lines, "\n")
}

// treeOf is a kind of tree.
func treeOf(n int64) string { return trees[n%int64(len(trees))] }

// areas are the areas of a grid, each with who is responsible.
func areas(n int64) string {
	var lines []string
	for i := range n {
		lines = append(lines, fmt.Sprintf("%s一带|%s|%s", places[i%int64(len(places))],
			string(surnames[(n*5+i*3)%int64(len(surnames))])+givenNames[(n+i)%int64(len(givenNames))], []string{"村委委员", "网格员", "村民小组长"}[i%3]))
	}
	return strings.Join(lines, "\n")
}
