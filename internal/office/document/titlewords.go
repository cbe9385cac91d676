package document

import (
	"slices"
	"strings"
	"unicode"
)

// whole are the words a title is not cut inside. Names of places need not stand here: see placeEnd.
var whole = lexicon(`
关于 党旗红 乡村绿 乡村绿化 绿美乡村 绿美广东 绿美党旗红 专项行动 工作专班 乡村振兴 乡村 绿化 美化 植树 造林 植树造林 义务植树
古树名木 苗木 种植 补植 管护 抚育 网格化 森林 林业 农业农村 生态 建设 示范 典型 样板 党建 党员 党组织 支部 组织部 农业农村局 林业局
工作 进展 情况 进展情况 工作情况 推进 推进情况 完成情况 开展 落实 落实情况 做好 加强 加快 进一步 切实 深入 全面 扎实 印发 报送 转发 召开 成立 调整 开展情况
实施 方案 实施方案 工作方案 行动方案 意见 实施意见 办法 管理办法 细则 规定 制度 机制 通知 通报 报告 请示 批复 决定 公告 通告 函 纪要 小结 总结 工作小结 工作总结 更正
考核 检查 督查 督导 调研 验收 排名 表彰 先进 集体 个人 单位 名单 台账 登记表 统计表 汇总表 情况表 情况图 情况登记表 尽责 责任 任务 重点任务 重点工作 计划 要点 资金 资金来源 累计
第一季度 第二季度 第三季度 第四季度 季度 上半年 下半年 年度 月度 全市 全县 全区 全镇 本市 本县 今冬明春 春季 冬季 秋季 夏季 期间 国庆 清明 春节
揭阳 普宁 惠来 揭西 揭东 榕城 汕头 潮州 广东 各镇 街道 乡镇 乡镇场街道 县直 市直 有关 相关 问题 整改 报送情况 组织发动 植树节 活动 乡贤 会议 座谈会 培训 培训班 宣传 领导小组 办公室 人民政府 委员会
`)

// lexicon is the words by their first character, longest first.
func lexicon(text string) map[rune][][]rune {
	m := map[rune][][]rune{}
	for _, w := range strings.Fields(text) {
		r := []rune(w)
		m[r[0]] = append(m[r[0]], r)
	}
	for _, list := range m {
		slices.SortFunc(list, func(a, b []rune) int { return len(b) - len(a) })
	}
	return m
}

// placeEnd ends the name of a place or an office: 揭阳市, 里湖镇. The two characters before it stay
// with it, as far as they belong to no other word.
const placeEnd = "市县区镇乡村局委办"

// words tells for each place in a title what stands there: word[i] is the number of the word that
// text[i] belongs to.
func words(text []rune) (word []int) {
	word = make([]int, len(text))
	known := make([]bool, len(text))
	n := 0
	for i := 0; i < len(text); n++ {
		end := wordEnd(text, i)
		for k := i; k < end; k++ {
			word[k], known[k] = n, end-i > 1
		}
		i = end
	}
	for i, r := range text {
		if known[i] || !strings.ContainsRune(placeEnd, r) {
			// 揭阳 is a word, 揭阳市 one too.
			continue
		}
		for k := i - 1; k >= max(0, i-2) && unicode.Is(unicode.Han, text[k]) && text[k] != '的' && text[k] != '和'; k-- {
			if known[k] {
				if k == i-1 {
					join(word, i)
				}
				break
			}
			join(word, k+1)
		}
	}
	return word
}

// join makes text[i] a part of the word before it.
func join(word []int, i int) {
	was := word[i]
	for k := i; k < len(word) && word[k] == was; k++ {
		word[k] = word[i-1]
	}
}

// yearParts stay with their year.
var yearParts = strings.Fields("第一季度 第二季度 第三季度 第四季度 上半年 下半年 度 春季 夏季 秋季 冬季")

// wordEnd is where the word that begins at a place ends: a date or a number with what it counts, a
// known word, else the single character.
func wordEnd(text []rune, at int) int {
	i := at
	for i < len(text) && (unicode.IsDigit(text[i]) || i > at && strings.ContainsRune("年月日〇.-", text[i])) {
		i++
	}
	if i > at {
		rest := string(text[i:])
		for _, part := range yearParts {
			if text[i-1] == '年' && strings.HasPrefix(rest, part) {
				return i + len([]rune(part))
			}
		}
		if i < len(text) && unicode.Is(unicode.Han, text[i]) && unicode.IsDigit(text[i-1]) {
			return i + 1 // what is counted
		}
		return i
	}
	for _, w := range whole[text[at]] {
		if len(text)-at >= len(w) && slices.Equal(text[at:at+len(w)], w) {
			return at + len(w)
		}
	}
	return at + 1
}
