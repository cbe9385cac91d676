package main

import (
	"fmt"
	"slices"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// more are characters beyond the national sets that our documents use.
const more = "—–…·‘’“”•€㎡㎞㎏℃‰²³½¼¾×÷±≤≥≠≈①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳〓〔〕【】□■△▲○●◎◇◆★☆→←↑↓↗↘√亩"

// characters lists a set in code point order. Both hold ASCII, Latin letters with accents and
// the punctuation of GB2312; gb2312 adds its 6,763 hanzi, gbk its 21,003.
func characters(set string) ([]rune, error) {
	if set != "gb2312" && set != "gbk" {
		return nil, fmt.Errorf("no such set: %q", set)
	}
	seen := map[rune]bool{}
	for r := rune(' '); r <= '~'; r++ {
		seen[r] = true
	}
	for r := rune(0xa0); r <= 0x17f; r++ {
		seen[r] = true
	}
	for _, r := range more {
		seen[r] = true
	}
	decoder := simplifiedchinese.GBK.NewDecoder()
	for lead := 0x81; lead <= 0xfe; lead++ {
		for trail := 0x40; trail <= 0xfe; trail++ {
			inGB2312 := lead >= 0xa1 && lead <= 0xf7 && trail >= 0xa1
			if !inGB2312 && set == "gb2312" {
				continue
			}
			text, err := decoder.Bytes([]byte{byte(lead), byte(trail)})
			if err != nil {
				return nil, err
			}
			runes := []rune(string(text))
			if len(runes) == 1 && runes[0] != 0xfffd && runes[0] > 0x7f && (runes[0] < 0xe000 || runes[0] > 0xf8ff) {
				seen[runes[0]] = true
			}
		}
	}
	list := make([]rune, 0, len(seen))
	for r := range seen {
		list = append(list, r)
	}
	slices.Sort(list)
	return list, nil
}
