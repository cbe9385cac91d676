package campaign_test

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/sangzi/sangzi/internal/campaign"
)

func embedded(t testing.TB) string {
	t.Helper()
	data, err := os.ReadFile("pack/dangqihong-2024.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// brokenPacks are the embedded pack with one place changed, and the one fault each must give.
// The fault is expected on the line where the text at stands, by default where old stood.
var brokenPacks = []struct {
	old, new, at   string
	field, message string
}{
	// the file and its fields
	{old: "key: dangqihong-2024", new: "kee: dangqihong-2024", field: "kee", message: "没有这个字段"},
	{old: "short_name: 党旗红·乡村绿", new: "short_name:", field: "short_name", message: "必须填写"},
	{old: "short_name: 党旗红·乡村绿", new: "short_name: [党旗红]", field: "short_name", message: "应当是文字"},
	{old: "short_name: 党旗红·乡村绿", new: "key: again", field: "key", message: "字段写了两次，第一次在第 4 行"},
	{old: "since: 2024-01-01", new: "since: 2024年1月1日", field: "since", message: `不是 "2024年1月1日"`},
	{old: "root: 445200000000", new: "root: 4452", field: "root", message: "12 位统计用区划代码"},
	{old: "documents:\n", new: "documents: 普组\nx:\n", at: "documents: 普组", field: "documents", message: "应当是列表"},
	{old: "- key: original", new: "- key: forwarding", field: "documents[1].key", message: `"forwarding" 已在第`},
	{old: "name: “党旗红", new: "name: &n “党旗红", field: "", message: "不支持锚点"},

	// the dispatch
	{old: "of: planned_funds}\n    - {title: 已投入, of: invested_funds, per", new: "of: planned_money}\n    - {title: 已投入, of: invested_funds, per", field: "dispatch.columns[3].of", message: `没有 "planned_money" 这一列`},
	{old: "of: planned_trees}\n    - {title: 已落实苗木", new: "of: plan_made}\n    - {title: 已落实苗木", field: "dispatch.columns[0].of", message: "是是/否列，应当用数字列"},
	{old: "of: invested_funds, per: planned_funds}\n  points", new: "of: invested_funds, per: planned_trees}\n  points", field: "dispatch.columns[4].per", message: "类型不同，不能相比"},
	{old: "kind: stuck", new: "kind: slow", field: "dispatch.points[0].kind", message: "stuck、silent、gap、overdue、asked 之一"},
	{old: "key: silent\n", new: "key: stuck\n", field: "dispatch.points[1].key", message: "已在第"},
	{old: "      weeks: 3\n", new: "      weeks: 13\n", field: "dispatch.points[0].weeks", message: "0 到 12 的整数"},
	{old: "      weeks: 3\n", new: "      weeks: 0\n", field: "dispatch.points[0].weeks", message: "至少是 1"},
	{old: "      weeks: 2\n", new: "", at: "key: silent", field: "dispatch.points[1].weeks", message: "必须填写"},
	{old: "below: planned_trees", new: "below: planned_funds", field: "dispatch.points[0].below", message: "类型不同，不能相比"},
	{old: "less: [planted_trees]", new: "less: []", field: "dispatch.points[2].less", message: "至少要有一列"},
	{old: "less: [planted_trees]", new: "less: [social_funds]", field: "dispatch.points[2].less[0]", message: "类型不同，不能相减"},
	{old: "at_least: 50\n", new: "at_least: 0\n", field: "dispatch.points[2].at_least", message: "至少是 1"},
	{old: "percent: 30\n    - key: overdue", new: "percent: 101\n    - key: overdue", field: "dispatch.points[3].percent", message: "0 到 100 的整数"},
	{old: "      kind: overdue\n", new: "      kind: overdue\n      weeks: 2\n", at: "      weeks: 2\n      title: 逾期", field: "dispatch.points[4].weeks", message: "没有这个字段"},
	{old: "{key: money, title: 找钱}", new: "{key: land, title: 找钱}", field: "dispatch.asks[1].key", message: "已在第"},

	// the calendar
	{old: "first: 2024-01-30", new: "first: 2024-01-01", at: "calendar:", field: "calendar", message: "2024-01-01 is not a working day"},
	{old: "weekday: 星期五", new: "weekday: friday", field: "calendar.weekday", message: `不是 "friday"`},
	{old: `due: "17:30"`, new: `due: 17点半`, field: "calendar.due", message: "应当是 17:30 这样的时间"},
	{old: "zone: Asia/Shanghai", new: "zone: 北京", field: "calendar.zone", message: "中国大陆写 Asia/Shanghai"},
	{old: "2-10..17,", new: "2-30,", field: "calendar.years.2024.off[1]", message: `不是 "2-30"`},
	{old: "1-28..2-4", new: "2-4..1-28", field: "calendar.years.2025.off[1]", message: "应当是 6-10、10-1..7 或 1-28..2-4"},
	{old: "working: [2-4,", new: "working: [2-10,", field: "calendar.years.2024.working", message: "2月10日既放假又上班"},
	{old: "    2025:\n", new: "    二五:\n", field: "calendar.years.二五", message: "应当是年份"},

	// the ledger form
	{old: "type: yes_no\n    - key: party_members", new: "type: bool\n    - key: party_members", field: "ledger.columns[0].type", message: "应当是 yes_no、count、money 之一，不是 \"bool\""},
	{old: "key: party_members", new: "key: typical_village", field: "ledger.columns[1].key", message: "已在第"},
	{old: "key: party_members", new: "key: 党员", field: "ledger.columns[1].key", message: "只含小写字母"},
	{old: "short: 党员人数", new: "short: 典型村", at: "title: 党员人数", field: "ledger.columns[1].title", message: `表头 "典型村" 与 typical_village 列相同`},
	{old: "max: 5_000\n      large: 1_000\n\n    - key: county_leader", new: "max: 1_000\n      large: 1_000\n\n    - key: county_leader", at: "large: 1_000\n\n    - key: county", field: "ledger.columns[1].large", message: "应当小于 max"},
	{old: "max: 100_000\n      large: 10_000", new: "max: 十万\n      large: 10_000", field: "ledger.columns[6].max", message: "的整数，不是"},
	{old: "grows: true\n      max: 100_000\n      large: 10_000", new: "grows: yes\n      max: 100_000\n      large: 10_000", field: "ledger.columns[6].grows", message: "应当是 true 或 false"},
	{old: "scanned: 是否建设网格化管护机制", new: "scanned: 是否建没网格化管护机制", field: "ledger.columns[14].scanned", message: "没有这一处更正的理由"},
	{old: "group: liaison\n      type: yes_no\n    - key: town_leader", new: "group: levels\n      type: yes_no\n    - key: town_leader", field: "ledger.columns[2].group", message: `没有 "levels" 这个分组`},
	{old: "group: liaison\n      type: yes_no\n    - key: town_leader", new: "group: funds\n      type: yes_no\n    - key: town_leader", field: "ledger.columns[2].group", message: "按分组的先后排在一起"},
	{old: "unit: 万元\n      max: 100_000", new: "unit: 元\n      max: 100_000", field: "ledger.columns[15].unit", message: "应当是万元"},
	{old: "yes_no: 是/否, number: N", new: "yes_no: 是/否", field: "ledger.example.number", message: "必须填写"},
	{old: "{key: contact, title: 联系人}", new: "{key: person, title: 联系人}", field: "ledger.head[1].key", message: `不是 "person"`},

	// rules between columns
	{old: "against: [secured_seedlings]", new: "against: [seedlings]", field: "ledger.rules[0].against[0]", message: `没有 "seedlings" 这一列`},
	{old: "against: [secured_seedlings]", new: "against: [grid_tending]", field: "ledger.rules[0].against[0]", message: "是/否列"},
	{old: "against: [secured_seedlings]", new: "against: [planned_funds]", field: "ledger.rules[0].against[0]", message: "类型不同"},
	{old: "against: [secured_seedlings]", new: "against: [planted_trees]", field: "ledger.rules[0].against[0]", message: "不能与自己相比"},
	{old: "against: [fiscal_funds, collective_funds, social_funds]", new: "against: [fiscal_funds]", field: "ledger.rules[3].against", message: "不是 1 列"},
	{old: "kind: sum", new: "kind: total", field: "ledger.rules[3].kind", message: "at_most、sum 之一"},

	// the statistics
	{old: "measure: increase, column: invested_funds", new: "measure: increase, column: planned_funds", field: "statistics.columns[35].column", message: "不是累计数"},
	{old: "measure: yes_share, column: plan_made", new: "measure: yes_share, column: planned_trees", field: "statistics.columns[23].column", message: "应当是一个是/否列"},
	{old: "column: planted_trees, per: planned_trees", new: "column: planted_trees", field: "statistics.columns[30].per", message: "必须填写"},
	{old: "measure: late}", new: "measure: late, column: planted_trees}", field: "statistics.columns[2].column", message: "late 不用列"},

	// tasks
	{old: "- number: 7\n", new: "- number: 8\n", field: "themes[0].tasks[6].number", message: "这里应当是 7"},
	{old: "responsible: [市教育局, 团市委]", new: "responsible: [市教育局, 市妇联]", field: "themes[2].tasks[4].responsible[1]", message: `没有 "市妇联"`},
	{old: "limit: 3月中旬前", new: "limit:", field: "themes[2].tasks[0].limit", message: "必须填写"},
	{old: "        merged: [limit]\n        ground: 时限空白，同第29项，有待确认。\n", new: "        merged: [limit]\n", at: "- number: 30", field: "themes[4].tasks[1].ground", message: "要写明依据"},
	{old: "limit: 长期推进\n        clause: 二（三）7\n        merged: [limit]", new: "limit: 年底前\n        clause: 二（三）7\n        merged: [limit]", at: "merged: [limit]\n        ground: 时限空白，与第17项", field: "themes[2].tasks[4].merged", message: "不会是合并单元格"},
	{old: "12月底前\n        clause: 二（四）10", new: "12月底前\n        clause: 二（四）13", at: "clause: 二（四）13", field: "themes[3].tasks[0].clause", message: "没有"},
	{old: "name: 市绿委办, level: county", new: "name: 市绿委办, level: district", field: "departments[8].level", message: "city、county、town 之一"},
	{old: "              - {title: 春节, from: 2025-01-22, to: 2025-02-12}\n              - {title: 清明节, from: 2025-03-28, to: 2025-04-11}\n              - {title: 劳动节, from: 2025-04-24, to: 2025-05-08}\n              - {title: 端午节, from: 2025-05-24, to: 2025-06-07}\n              - {title: 建党纪念日, from: 2025-06-24, to: 2025-07-08}\n              - {title: 国庆节和中秋节, from: 2025-09-24, to: 2025-10-13}\n", new: "", field: "themes[2].tasks[1].rule[0].times", message: "没有 2025 年的日子", at: "times:"},
	{old: "            every: festival\n            times:\n              - {title: 寒假", new: "            every: festival\n            before: 2027-01-01\n            times:\n              - {title: 寒假", field: "themes[2].tasks[4].rule[0].before", message: "最后一年 2025 年以后", at: "before: 2027-01-01"},
	{old: "also: [市绿委会]", new: "also: [市林业局]", field: "departments[8].name", message: "已是另一个部门的名称"},

	// records and what columns derive from them
	{old: "tile: 树", new: "tile: 种树", field: "records.kinds[0].tile", message: "只用一个字"},
	{old: "at: [village, town, county]", new: "at: [hamlet]", field: "records.kinds[0].at[0]", message: "village、town、county 之一"},
	{old: "- key: seedlings", new: "- key: planting", field: "records.kinds[1].key", message: "已在第"},
	{old: "photos: tree", new: "photos: yes", field: "records.kinds[0].photos", message: "tree、scene、sketch 之一"},
	{old: "position: true", new: "position: 是", field: "records.kinds[7].position", message: "应当是 true 或 false"},
	{old: "south: 23.33", new: "south: 北纬23", field: "records.boxes[0].south", message: "这样的度数"},
	{old: "south: 23.33", new: "south: NaN", field: "records.boxes[0].south", message: "这样的度数"},
	{old: "south: 23.33", new: "south: 23.99", field: "records.boxes[0]", message: "南应当小于北"},
	{old: "county: 445202000000", new: "county: 445200000000", field: "records.boxes[0].county", message: "应当是县"},
	{old: "type: species, of: trees", new: "type: species, of: place", field: "records.kinds[0].fields[2].of", message: "一个数量字段", at: "key: species"},
	{old: "type: text}\n    - key: seedlings", new: "type: text, max: 5}\n    - key: seedlings", field: "records.kinds[0].fields[4].max", message: "只有数量和金额有"},
	{old: "max: 500_000, large: 5_000", new: "max: 5_000, large: 5_000", field: "records.kinds[0].fields[1].large", message: "应当小于 max"},
	{old: "clause: 二（三）7\n      photos:", new: "clause: 九\n      photos:", field: "records.kinds[0].clause", message: "没有 \"九\" 这一条"},
	{old: "record: profile, field: typical", new: "record: census, field: typical", field: "ledger.columns[0].derive.record", message: "没有 \"census\" 这一类"},
	{old: "record: profile, field: typical", new: "record: profile, field: members", field: "ledger.columns[0].derive", message: "类型不同"},
	{old: "tally: latest, record: profile, field: members", new: "tally: any, record: profile", field: "ledger.columns[1].derive", message: "得出是或否"},
	{old: "level: [county_leader]", new: "level: [mayor]", field: "ledger.columns[2].derive.where.level", message: "没有 \"mayor\" 这一项"},
	{old: "tally: sum, record: training, field: attendances", new: "tally: sum, record: training, field: subject", field: "ledger.columns[6].derive.field", message: "没有可以用于 sum 的字段"},
	{old: "tally: any, record: seminar", new: "tally: standing, record: seminar", field: "ledger.columns[7].derive.tally", message: "没有起止"},

	// the bulletin
	{old: "title: 关于{period}", new: "title: 关于{moon}", field: "bulletin.month.title", message: `没有 "moon"`},
	{old: "累计已植{planted_trees}株", new: "累计已植{planted_trees株", field: "bulletin.month.sections[1].paragraphs[0].text", message: "有 { 没有 }"},
	{old: "[，其中本月新植{planted_trees+}株]", new: "[，其中本月新植{planted_trees+}株", field: "bulletin.month.sections[1].paragraphs[0].text", message: "有 [ 没有 ]"},
	{old: "[，其中本月新植{planted_trees+}株]", new: "，其中本月新植{planted_trees+}株]", field: "bulletin.month.sections[1].paragraphs[0].text", message: "有 ] 没有 ["},
	{old: "[，其中本月新植{planted_trees+}株]", new: "[，另有新植]", field: "bulletin.month.sections[1].paragraphs[0].text", message: "方括号里要有引用"},
	{old: "占{plan_made%}", new: "占{planned_trees%}", field: "bulletin.month.sections[2].paragraphs[1].text", message: "不是是/否列"},
	{old: "完成计划的{planted_trees/planned_trees%}", new: "完成计划的{planted_trees/planned_funds%}", field: "bulletin.month.sections[1].paragraphs[0].text", message: "不能和"},
	{old: "{of: planted_trees/planned_trees%, at_least: 60}", new: "{of: planted_trees/planned_trees%}", field: "bulletin.month.sections[3].paragraphs[0].list", message: "写其中一个"},
	{old: "植树完成率达到{limit}的有{named}", new: "植树完成率高的有若干", field: "bulletin.month.sections[3].paragraphs[0].list", message: "要同时有", at: "list: {of: planted_trees/planned_trees%, at_least: 60}"},
	{old: "title: 本月新植, of: planted_trees+", new: "title: 本月新植, of: villages+", field: "bulletin.month.tables[0].columns[4].of", message: "之一"},
	{old: "below: 乡镇场街道", new: "beneath: 乡镇场街道", field: "bulletin.offices[0].beneath", message: "没有这个字段"},
	{old: "below: 乡镇场街道\n", new: "below:\n", field: "bulletin.offices[0].below", message: "必须填写"},
	{old: "level: city\n      name: 揭阳市", new: "level: nation\n      name: 揭阳市", field: "bulletin.offices[2].level", message: "应当是 county 或 city"},
	{old: "\"{unit}农业农村局\"", new: "\"{week}农业农村局\"", field: "bulletin.offices[1].issuers[1]", message: "花括号里只能写"},
	{old: "heading: 总体进展", new: "heading: \"\"", field: "bulletin.month.sections[1].heading", message: "第一节以外都要有小标题"},
	{old: "{villages: carried}", new: "{villages: lazy}", field: "bulletin.month.sections[4].paragraphs[8].list", message: "missing、late、carried 之一"},
	{old: "{tasks: overdue}", new: "{tasks: any}", field: "bulletin.month.sections[4].paragraphs[6].list", message: "due、ending、overdue、recorded 之一"},
	{old: "kind: shares", new: "kind: pie", field: "bulletin.month.charts[1].kind", message: `没有 "pie" 这种图`},
	{old: "section: 总体进展", new: "section: 总体", field: "bulletin.month.charts[0].section", message: `没有 "总体" 这一节`},
	{old: "{title: 已植树, of: planted_trees}, {title: 已落实苗木, of: secured_seedlings}", new: "{title: 已植树, of: planted_trees+}", field: "bulletin.month.charts[0].figures", message: "按周的图只能画累计数"},
	// when a task is done
	{old: "- key: six_measures\n            says: 落实六项举措\n            each: village", new: "- key: six_measures\n            says: 落实六项举措\n            each: hamlet", at: "each: hamlet", field: "themes[0].tasks[0].rule[0].each", message: "village、town、department、county 之一"},
	{old: "every: week\n", new: "every: day\n", field: "themes[0].tasks[2].rule[0].every", message: "once、ongoing、week"},
	{old: "            every: once\n            before: 2024-03-11", new: "            every: once", at: "- key: six_measures", field: "themes[0].tasks[0].rule[0].before", message: "必须填写"},
	{old: "before: 2024-03-11", new: "before: 2023-12-31", field: "themes[0].tasks[0].rule[0].before", message: "应当在 2024-01-01 以后"},
	{old: "every: ongoing\n            checks: [{says: 党员参与带头", new: "every: ongoing\n            before: 2024-05-01\n            checks: [{says: 党员参与带头", at: "before: 2024-05-01", field: "themes[1].tasks[2].rule[0].before", message: "ongoing 没有期限"},
	{old: "record: party_lecture}", new: "record: lecture}", field: "themes[0].tasks[0].rule[0].checks[2].record", message: "没有 \"lecture\" 这一类"},
	{old: "measure: [letter]", new: "measure: [card]", field: "themes[0].tasks[0].rule[0].checks[1].where.measure", message: "没有 \"card\" 这一项"},
	{old: "tally: any, record: party_day}", new: "tally: any, record: study}", field: "themes[0].tasks[0].rule[0].checks[3].record", message: "study 不在 village 这一级办"},
	{old: "ledger: plan_made", new: "ledger: plans_made", field: "themes[0].tasks[0].rule[0].checks[0].ledger", message: "没有 \"plans_made\" 这一列"},
	{old: "ledger: plan_made}", new: "ledger: plan_made, at_least: 2}", field: "themes[0].tasks[0].rule[0].checks[0].at_least", message: "plan_made 是是/否列"},
	{old: "ledger: plan_made}", new: "ledger: plan_made, of: party_members, percent: 50}", field: "themes[0].tasks[0].rule[0].checks[0].of", message: "同一类型的数字列"},
	{old: "own: true}]", new: "own: true, ledger: seminar_held}]", field: "themes[2].tasks[2].rule[0].checks[0].ledger", message: "台账只用于 village"},
	{old: "record: service}]", new: "record: service, ledger: planted_trees}]", field: "themes[1].tasks[3].rule[1].checks[0].ledger", message: "只用于 once 和 ongoing"},
	{old: "record: guidance}]", new: "record: guidance, own: true}]", field: "themes[0].tasks[1].rule[0].checks[0].own", message: "只用于 town 和 county"},
	{old: "checks: [{says: 党员参与带头, tally: sum, record: five_leads, field: members", new: "checks: [{says: 党员参与带头, tally: latest, record: five_leads, field: members", field: "themes[1].tasks[2].rule[0].checks[0]", message: "latest 可能变回去"},
	{old: "through: [online]}, share: true", new: "through: [online]}, at_least: 0, share: true", field: "themes[2].tasks[8].rule[0].checks[0].at_least", message: "至少是 1"},
	{old: "quota: online_adoption", new: "quota: adoption", field: "themes[2].tasks[8].rule[0].quota", message: "quotas 中没有 \"adoption\""},
	{old: "            quota: online_adoption\n", new: "", at: "share: true", field: "themes[2].tasks[8].rule[0].checks[0].share", message: "只用于有 quota 的 county"},
	{old: "record: party_day}", new: "record: party_day, submitted: true}", field: "themes[0].tasks[0].rule[0].checks[3].submitted", message: "只用于 report_week"},
	{old: "who: [市教育局]", new: "who: [市文旅局]", field: "themes[0].tasks[6].rule[0].who[0]", message: "没有 \"市文旅局\""},
	{old: "who: [市教育局]", new: "who: [各乡镇场街道]", at: "each: department\n            every: once\n            before: 2025", field: "themes[0].tasks[6].rule[0].each", message: "责任单位中没有部门"},
	{old: "to: 2024-04-11}", new: "to: 2024-05-11}", at: "{title: 劳动节", field: "themes[2].tasks[1].rule[0].times[2].to", message: "不能重叠"},
	{old: "every: festival", new: "every: ongoing", at: "times:\n              - {title: 春节", field: "themes[2].tasks[1].rule[0].times", message: "只有 festival"},
	{old: "every: ongoing\n            reported: true", new: "every: ongoing", at: "- key: forestry\n            says", field: "themes[2].tasks[10].rule[0].checks", message: "要有一样"},
	{old: "            except: 没有驻镇工作队和驻村第一书记包抓\n", new: "", at: "- key: seconding", field: "themes[1].tasks[1].rule[0].except", message: "必须填写"},
	{old: "    rule:\n      - key: done\n        says: 举办一期专题培训班\n        who: [市委组织部, 市农业农村局, 市林业局]\n", new: "    rule:\n      - key: done\n        says: 举办一期专题培训班\n", at: "- key: done", field: "orders[5].rule[0].who", message: "必须填写"},
	{old: "- key: towns\n            says: 提供", new: "- key: forestry\n            says: 提供", field: "themes[2].tasks[10].rule[1].key", message: "已在第"},

	// quotas, orders, corrections
	{old: "total: 120_000", new: "total: 130_000", field: "quotas[0].total", message: "各单位之和是 120000，不是 130000"},
	{old: "code: 445203000000, name: 揭东区, amount: 20_000", new: "code: 445202000000, name: 揭东区, amount: 20_000", field: "quotas[0].shares[1].code", message: "已分配过"},
	{old: "document: forwarding\n    clause: 三\n    text: 此后", new: "document: covering\n    clause: 三\n    text: 此后", field: "orders[11].document", message: `没有 "covering"`},
	{old: "corrected: 社会资金包括：", new: "corrected: 社会资金包抓：", field: "corrections[5].corrected", message: "没有更正"},
}

func TestBrokenPacks(t *testing.T) {
	source := embedded(t)
	for _, b := range brokenPacks {
		t.Run(b.field+" "+b.message, func(t *testing.T) {
			broken := strings.Replace(source, b.old, b.new, 1)
			if broken == source {
				t.Fatalf("%q is not in the pack", b.old)
			}
			at := strings.Index(source, b.old)
			if b.at != "" {
				at = strings.Index(broken, b.at)
			}
			line := 1 + strings.Count(broken[:at], "\n")
			want := fmt.Sprintf("my.yaml:%d: ", line)
			if b.field != "" {
				want += b.field + ": "
			}
			pack, err := campaign.Load("my.yaml", []byte(broken))
			if pack != nil || err == nil {
				t.Fatal("the pack was accepted")
			}
			for _, said := range strings.Split(err.Error(), "\n") {
				if strings.HasPrefix(said, want) && strings.Contains(said, b.message) {
					return
				}
			}
			t.Errorf("want %s…%s…, got\n%v", want, b.message, err)
		})
	}
}

// All faults are told at once, in the order of the file.
func TestAllFaultsAtOnce(t *testing.T) {
	source := strings.NewReplacer(
		"weekday: 星期五", "weekday: friday",
		"kind: sum", "kind: total",
		"total: 120_000", "total: 130_000",
	).Replace(embedded(t))
	_, err := campaign.Load("my.yaml", []byte(source))
	var invalid *campaign.Invalid
	if !errors.As(err, &invalid) || len(invalid.Faults) != 3 {
		t.Fatalf("want three faults, got %v", err)
	}
	for i, field := range []string{"calendar.weekday", "ledger.rules[3].kind", "quotas[0].total"} {
		if f := invalid.Faults[i]; f.Field != field || f.File != "my.yaml" {
			t.Errorf("fault %d is %v, want it at %s", i, f, field)
		}
	}
}

func TestNotAPack(t *testing.T) {
	for name, c := range map[string]struct{ data, want string }{
		"empty":         {"", "my.yaml:1: 文件是空的"},
		"only comments": {"# 空\n", "my.yaml:1: "},
		"a list":        {"- a\n", "my.yaml:1: 应当是若干“字段: 值”"},
		"not YAML":      {"key: a\nname: [\n", "my.yaml:"},
		"two documents": {"key: a\n---\nkey: b\n", "一个文件只能有一份行动包"},
		"aliases":       {"a: &a [x]\nb: [*a, *a]\n", "my.yaml:1: 不支持锚点"},
		"too large":     {strings.Repeat("#", 2<<20), "不是行动包"},
		"nothing in it": {"key: a\n", "name: 必须填写"},
	} {
		if _, err := campaign.Load("my.yaml", []byte(c.data)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: want %q, got %v", name, c.want, err)
		}
	}
}

func small(t testing.TB) []byte {
	t.Helper()
	data, err := os.ReadFile("testdata/small.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// Another campaign, with other weeks, columns and tasks, is only another file.
func TestAnotherCampaign(t *testing.T) {
	p, err := campaign.Load("small.yaml", small(t))
	if err != nil {
		t.Fatal(err)
	}
	if n := len(p.Calendar().Until(p.Spec().Last)); n != 25 {
		t.Errorf("%d weeks, want 25: the 26 Mondays from 6 January to 30 June without the one of the Spring Festival", n)
	}
	if c, _ := p.Ledger.Column("money"); c.Max != 10*campaign.FenPerWan || len(p.Ledger.Columns) != 4 {
		t.Errorf("columns %v", p.Ledger.Columns)
	}
	if d := p.Duties()[1].Demands; len(d) != 1 || d[0].Checks[0].Percent != 50 || d[0].Checks[0].Of != "plan" || d[0].Who[0] != "某局" || d[0].From != p.Since {
		t.Errorf("task 2 demands %+v", d)
	}
	if task, ok := p.Task(2); !ok || task.ResponsibleText() != "某局" || task.Theme != "主题" {
		t.Errorf("task 2 is %v", task)
	}
}

// Whatever a file holds, Load says what is wrong with it or gives a pack that can be used.
func FuzzLoad(f *testing.F) {
	source := small(f)
	f.Add(source)
	for i := 0; i < len(source); i += len(source) / 20 {
		f.Add(source[:i])
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := campaign.Load("fuzz.yaml", data)
		if err != nil {
			var invalid *campaign.Invalid
			if p != nil || !errors.As(err, &invalid) || len(invalid.Faults) == 0 {
				t.Fatalf("neither a pack nor faults: %v", err)
			}
			return
		}
		if p.Calendar() == nil || len(p.Ledger.Columns) == 0 || p.Statistics == nil {
			t.Fatal("a pack was accepted that cannot be used")
		}
		for i, c := range p.Ledger.Columns {
			if at, ok := p.Ledger.ColumnIndex(c.Key); !ok || at != i {
				t.Fatalf("column %q is at %d, %v", c.Key, at, ok)
			}
		}
	})
}
