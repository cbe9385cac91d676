package api_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/sangzi/sangzi/internal/testkit"
)

// scenario is one request on the house as those before it have left it. What is refused must
// have changed nothing, and so must what only reads; what writes must have changed something.
type scenario struct {
	name   string
	op     string // operation id
	as     string // login of the cast; empty: nobody
	method string
	path   string // below /api/v1
	body   string
	status int
	code   string   // of the problem, when refused
	want   []string // what the answer holds
	not    []string // what it does not hold
	same   bool     // it writes nothing although it may
}

const row9 = `{"base":0,"values":"{full CODE}"}`

func rowOf(village string) string { return strings.ReplaceAll(row9, "CODE", village) }

const headJSON = `{"unit":"里湖镇人民政府","contact":"黄志明","phone":"13800138002","filled_on":"2024-03-29"}`

var scenarios = []scenario{
	{name: "who I am", op: "me", as: "lihu", path: "/me", want: []string{`"role":"town_clerk"`, `"unit":"{town}"`, `"token":true`}},
	{name: "an administrator in his browser", op: "me", as: "admin", path: "/me", want: []string{`"role":"administrator"`, `"token":false`}},
	{name: "nobody", op: "me", path: "/me", status: 401, code: "web.signed_out"},
	{name: "the campaign", op: "campaign", as: "xintan", path: "/campaign", want: []string{`"planted_trees"`, `"type":"money"`, `"today":"2024-03-29"`, `"no":9`}},
	{name: "weeks", op: "list-weeks", as: "lingdao", path: "/weeks", want: []string{`"week":"2024-01-30"`, `"week":"2024-03-29","no":9`}, not: []string{"2024-04-03", "2024-02-16"}},
	{name: "tasks", op: "list-tasks", as: "linye", path: "/tasks", want: []string{`"number":31`}},
	{name: "an unknown parameter", op: "list-tasks", as: "linye", path: "/tasks?page=2", status: 422, code: "api.request"},

	{name: "search by part of a name", op: "search-units", as: "puning", path: "/units?q=新坛", want: []string{`"total":`, `"code":"{xintan}"`, "揭阳市普宁市流沙东街道新坛村"}},
	{name: "search outside finds nothing", op: "search-units", as: "huicheng", path: "/units?q={xintan}", want: []string{`"total":0`}},
	{name: "search in a unit outside", op: "search-units", as: "huicheng", path: "/units?q=新坛&within={county}", status: 404, code: "access.outside"},
	{name: "search for nothing", op: "search-units", as: "puning", path: "/units?q=%20", status: 422, code: "register.search_text"},
	{name: "search without a text", op: "search-units", as: "puning", path: "/units", status: 422, code: "api.request"},
	{name: "search on no day", op: "search-units", as: "puning", path: "/units?q=新坛&on=yesterday", status: 422, code: "api.day"},
	{name: "a town and its villages", op: "get-unit", as: "lihu", path: "/units/{town}", want: []string{`"level":"town"`, `"code":"{v0}"`}},
	{name: "a town by its nine digits", op: "get-unit", as: "lihu", path: "/units/445281119?on=2024-01-30", want: []string{`"code":"{town}"`}},
	{name: "a unit that never was", op: "get-unit", as: "jieyang", path: "/units/445281999000", status: 404, code: "unit.unknown"},
	{name: "what is no code", op: "get-unit", as: "jieyang", path: "/units/里湖镇", status: 422, code: "unit.bad_code"},
	{name: "the life of a unit", op: "unit-history", as: "puning", path: "/units/{town}/history", want: []string{`"today":true`, `"name":"里湖镇"`, `"weeks":["2024-03-22"]`}},
	{name: "whom a clerk may call", op: "list-contacts", as: "lihu", path: "/units/{town}/contacts", want: []string{`"phone":"13800138002"`, `"whole":true`}},
	{name: "a leader sees no whole number", op: "list-contacts", as: "lingdao", path: "/units/{town}/contacts", want: []string{"黄志明", "****", `"whole":false`}, not: []string{"13800138002"}},

	{name: "what a village is reminded of", op: "inbox", as: "xintan", path: "/inbox", want: []string{`"unread":1`, `"id":{message}`, `"read":false,"settled":false`, "新坛村第9周台账还没有报，3月29日17:30截止", `"link":"/ledger/{xintan}/{week}"`}},
	{name: "a leader has no inbox", op: "inbox", as: "lingdao", path: "/inbox", status: 403, code: "access.forbidden"},
	{name: "a department has an inbox of its own", op: "inbox", as: "linye", path: "/inbox", want: []string{`"unread":0`, `"messages":[]`}},
	{name: "a neighbour's message", op: "read-message", as: "lihu", method: "POST", path: "/inbox/{message}/read", body: "", status: 404, code: "notify.no_message"},
	{name: "a message is read", op: "read-message", as: "xintan", method: "POST", path: "/inbox/{message}/read", body: "", want: []string{`"id":{message}`}},
	{name: "read again", op: "read-message", as: "xintan", method: "POST", path: "/inbox/{message}/read", body: "", same: true},
	{name: "nothing is unread", op: "inbox", as: "xintan", path: "/inbox?limit=5", want: []string{`"unread":0`, `"read":true`}},
	{name: "what was sent", op: "sent-reminders", as: "puning", path: "/reminders/{county}/{week}?limit=500", want: []string{`"id":{message}`, `"deliveries":[]`}},
	{name: "what was sent, for a leader", op: "sent-reminders", as: "lingdao", path: "/reminders/{county}/{week}", status: 403, code: "access.forbidden"},

	{name: "nothing reported yet", op: "get-row", as: "xintan", path: "/ledger/{xintan}/{week}/row", want: []string{`"state":"not_due"`, `"version":0`, `"values":null`, `"last":{`, `"last_week":"2024-03-22"`, `"locked":false`}},
	{name: "a row of a town", op: "get-row", as: "lihu", path: "/ledger/{town}/{week}/row", status: 404, code: "ledger.no_village"},
	{name: "a neighbour's row", op: "get-row", as: "xintan", path: "/ledger/{e0}/{week}/row", status: 404, code: "access.outside"},
	{name: "the town of a village", op: "list-rows", as: "xintan", path: "/ledger/{east}/{week}/rows", status: 404, code: "access.outside"},
	{name: "a village reports", op: "report-row", as: "xintan", method: "PUT", path: "/ledger/{xintan}/{week}/row", body: rowOf("{xintan}"), want: []string{`"version":1`, `"status":"reported"`, `"actor":"陈秋月（test）"`}},
	{name: "it reports on what it has not seen", op: "report-row", as: "xintan", method: "PUT", path: "/ledger/{xintan}/{week}/row", body: rowOf("{xintan}"), status: 409, code: "ledger.moved", want: []string{`"version":1`}},
	{name: "one cell, whatever stands", op: "report-row", as: "xintan", method: "PUT", path: "/ledger/{xintan}/{week}/row", body: `{"values":{"training_attendances":9999}}`, want: []string{`"version":2`}},
	{name: "one cell on what was seen", op: "report-row", as: "xintan", method: "PUT", path: "/ledger/{xintan}/{week}/row", body: `{"base":2,"values":{"training_attendances":"１０,０００人次"}}`, want: []string{`"version":3`}},
	{name: "a cumulative cell less than last week", op: "report-row", as: "xintan", method: "PUT", path: "/ledger/{xintan}/{week}/row", body: `{"base":3,"values":{"training_attendances":0}}`, status: 422, code: "ledger.findings",
		want: []string{`"column":"training_attendances"`, `"severity":"warning"`, `"code":"ledger.less_than_last"`}},
	{name: "less with a word", op: "report-row", as: "xintan", method: "PUT", path: "/ledger/{xintan}/{week}/row", body: `{"base":3,"values":{"training_attendances":0},"notes":{"training_attendances":"上周误填"}}`, want: []string{`"version":4`}},
	{name: "what is no number, no count, too much", op: "report-row", as: "xintan", method: "PUT", path: "/ledger/{xintan}/{week}/row", body: `{"base":4,"values":{"training_attendances":"许多","patrons_visited":1.5,"planted_trees":1e300,"planned_trees":-3,"plan_made":"也许"}}`, status: 422, code: "ledger.findings",
		want: []string{"ledger.not_a_number", "ledger.fraction", "ledger.negative", "ledger.neither", `"column":"planted_trees"`}},
	{name: "a column the form does not have", op: "report-row", as: "xintan", method: "PUT", path: "/ledger/{xintan}/{week}/row", body: `{"base":4,"values":{"trees":1}}`, status: 422, code: "ledger.unknown_column"},
	{name: "a leader reports", op: "report-row", as: "lingdao", method: "PUT", path: "/ledger/{xintan}/{week}/row", body: rowOf("{xintan}"), status: 403, code: "access.forbidden"},
	{name: "a department reports", op: "report-row", as: "linye", method: "PUT", path: "/ledger/{xintan}/{week}/row", body: `{"values":{"planted_trees":1}}`, status: 403, code: "access.forbidden"},
	{name: "a city office reports", op: "report-row", as: "jieyang", method: "PUT", path: "/ledger/{xintan}/{week}/row", body: rowOf("{xintan}"), status: 403, code: "access.forbidden"},
	{name: "an administrator reports", op: "report-row", as: "admin", method: "PUT", path: "/ledger/{xintan}/{week}/row", body: rowOf("{xintan}"), status: 403, code: "access.forbidden"},
	{name: "a neighbouring town reports", op: "report-row", as: "lihu", method: "PUT", path: "/ledger/{xintan}/{week}/row", body: rowOf("{xintan}"), status: 404, code: "access.outside"},
	{name: "a week that has not begun", op: "report-row", as: "lihu", method: "PUT", path: "/ledger/{v0}/2024-04-12/row", body: rowOf("{v0}"), status: 409, code: "ledger.not_open"},
	{name: "a Friday without a report", op: "report-row", as: "lihu", method: "PUT", path: "/ledger/{v0}/2024-02-16/row", body: rowOf("{v0}"), status: 404, code: "ledger.no_week"},
	{name: "nothing changed", op: "report-row", as: "lihu", method: "PUT", path: "/ledger/{v1}/{week}/row", body: `{"base":0,"unchanged":true}`, want: []string{`"version":1`}},
	{name: "nothing changed, and nothing was", op: "report-row", as: "puning", method: "PUT", path: "/ledger/{n0}/{week}/row", body: `{"unchanged":true}`, status: 409, code: "ledger.no_last"},
	{name: "the town on behalf of a village", op: "report-row", as: "lihu", method: "PUT", path: "/ledger/{v0}/{week}/row", body: rowOf("{v0}"), want: []string{`"version":1`}},
	{name: "the rows of a town", op: "list-rows", as: "lihu", path: "/ledger/{town}/{week}/rows", want: []string{`"unit":"{v0}"`, `"unit":"{v1}"`, `"state":"on_time"`, `"state":"not_due"`}},

	{name: "a draft", op: "save-draft", as: "lihu", method: "PUT", path: "/ledger/{v2}/{week}/draft", body: `{"base":0,"inputs":{"planted_trees":"很多"},"notes":{"planted_trees":"待核"}}`, want: []string{`"draft":{"planted_trees":"很多"}`, "ledger.not_a_number", `"version":0`}},
	{name: "a draft of no column", op: "save-draft", as: "lihu", method: "PUT", path: "/ledger/{v2}/{week}/draft", body: `{"inputs":{"x":"1"}}`, status: 422, code: "ledger.unknown_column"},
	{name: "a draft over another version", op: "save-draft", as: "lihu", method: "PUT", path: "/ledger/{v2}/{week}/draft", body: `{"base":7,"inputs":{"planted_trees":"1"}}`, status: 409, code: "ledger.moved"},
	{name: "a leader does not see drafts", op: "list-rows", as: "lingdao", path: "/ledger/{town}/{week}/rows", want: []string{`"unit":"{v2}"`}, not: []string{"很多"}},
	{name: "the draft is dropped", op: "drop-draft", as: "lihu", method: "DELETE", path: "/ledger/{v2}/{week}/draft", status: 204},
	{name: "it is gone", op: "get-row", as: "lihu", path: "/ledger/{v2}/{week}/row", not: []string{"很多"}},

	{name: "a village is sent back", op: "return", as: "lihu", method: "POST", path: "/ledger/{v1}/{week}/return", body: `{"base":1,"reason":"请核对","cells":["invested_funds"],"due":"2024-03-29T17:00:00+08:00"}`, want: []string{`"status":"returned"`, `"version":2`}},
	{name: "a village sent back shows why", op: "get-row", as: "lihu", path: "/ledger/{v1}/{week}/row", want: []string{`"state":"returned"`, `"reason":"请核对"`}},
	{name: "sent back twice", op: "return", as: "lihu", method: "POST", path: "/ledger/{v1}/{week}/return", body: `{"reason":"请核对"}`, status: 409, code: "ledger.nothing"},
	{name: "sent back without a reason", op: "return", as: "lihu", method: "POST", path: "/ledger/{v0}/{week}/return", body: `{"reason":""}`, status: 422, code: "api.request"},
	{name: "sent back for blanks", op: "return", as: "lihu", method: "POST", path: "/ledger/{v0}/{week}/return", body: `{"reason":"  "}`, status: 422, code: "ledger.reason"},
	{name: "sent back on another version", op: "return", as: "lihu", method: "POST", path: "/ledger/{v0}/{week}/return", body: `{"base":5,"reason":"请核对"}`, status: 409, code: "ledger.moved"},
	{name: "sent back by a time that is over", op: "return", as: "lihu", method: "POST", path: "/ledger/{v0}/{week}/return", body: `{"reason":"请核对","due":"2024-03-29T09:00:00+08:00"}`, status: 422, code: "ledger.return_due"},
	{name: "a village sends itself back", op: "return", as: "xintan", method: "POST", path: "/ledger/{xintan}/{week}/return", body: `{"reason":"请核对"}`, status: 403, code: "access.forbidden"},
	{name: "a county sends back what is not sealed", op: "return", as: "puning", method: "POST", path: "/ledger/{town}/{week}/return", body: `{"reason":"请核对"}`, status: 409, code: "ledger.nothing"},

	{name: "a town submits, a head without a number", op: "submit", as: "lihu", method: "POST", path: "/ledger/{town}/{week}/submissions", body: `{"base":0,"head":{"unit":"里湖镇","contact":"黄志明","phone":" ","filled_on":"2024-03-29"}}`, status: 422, code: "ledger.head"},
	{name: "a town submits, a head without a day", op: "submit", as: "lihu", method: "POST", path: "/ledger/{town}/{week}/submissions", body: `{"base":0,"head":{"unit":"里湖镇","contact":"黄志明","phone":"1"}}`, status: 422, code: "api.request"},
	{name: "a town carries along a village outside", op: "submit", as: "lihu", method: "POST", path: "/ledger/{town}/{week}/submissions", body: `{"base":0,"head":` + headJSON + `,"carry":["{e0}"]}`, status: 404, code: "access.outside"},
	{name: "a village submits", op: "submit", as: "xintan", method: "POST", path: "/ledger/{xintan}/{week}/submissions", body: `{"head":` + headJSON + `}`, status: 403, code: "access.forbidden"},
	{name: "a town submits", op: "submit", as: "lihu", method: "POST", path: "/ledger/{town}/{week}/submissions", body: `{"base":0,"head":` + headJSON + `,"carry":["{v3}"]}`, want: []string{`"version":1`, `"status":"sealed"`, `"unit":"{v3}","version":1`, `"carried":true`, `"state":"returned"`, `"phone":"13800138002"`}},
	{name: "a town submits on what it has not seen", op: "submit", as: "lihu", method: "POST", path: "/ledger/{town}/{week}/submissions", body: `{"base":0,"head":` + headJSON + `}`, status: 409, code: "ledger.moved", want: []string{`"version":1`}},
	{name: "submissions with the number", op: "list-submissions", as: "puning", path: "/ledger/{town}/{week}/submissions", want: []string{`"phone":"13800138002"`}},
	{name: "submissions without the number", op: "list-submissions", as: "linye", path: "/ledger/{town}/{week}/submissions", want: []string{`"phone":"138****8002"`}, not: []string{"13800138002"}},
	{name: "a county locks what no town has sent", op: "submit", as: "puning", method: "POST", path: "/ledger/{county}/2024-03-15/submissions", body: `{"head":` + headJSON + `}`, status: 409, code: "ledger.nothing"},
	{name: "a town locks", op: "submit", as: "lihu", method: "POST", path: "/ledger/{county}/{week}/submissions", body: `{"head":` + headJSON + `}`, status: 404, code: "access.outside"},
	{name: "a city locks", op: "submit", as: "jieyang", method: "POST", path: "/ledger/{county}/{week}/submissions", body: `{"head":` + headJSON + `}`, status: 403, code: "access.forbidden"},

	{name: "the consolidated ledger", op: "consolidated", as: "puning", path: "/ledger/{county}/{week}/consolidated", want: []string{`"unit":"{v0}"`, `"code":"{v1}"`, `"carried":true`, `"changed_cells":`}, not: []string{`"unit":"{v1}"`}},
	{name: "against a week", op: "consolidated", as: "lihu", path: "/ledger/{town}/{week}/consolidated?since={last}", want: []string{`"since":"2024-03-22"`}},
	{name: "against no week", op: "consolidated", as: "lihu", path: "/ledger/{town}/{week}/consolidated?since=2024-03-21", status: 404, code: "ledger.no_week"},
	{name: "a leader's ledger has no number", op: "consolidated", as: "lingdao", path: "/ledger/{town}/{week}/consolidated", not: []string{"13800138002"}},
	{name: "annex 2", op: "consolidated-workbook", as: "puning", path: "/ledger/{county}/{week}/consolidated.xlsx", want: []string{"PK\x03\x04"}},
	{name: "annex 2 against no day", op: "consolidated-workbook", as: "puning", path: "/ledger/{county}/{week}/consolidated.xlsx?since=x", status: 422, code: "api.day"},
	{name: "the form to fill in", op: "prefilled-workbook", as: "lihu", path: "/ledger/{town}/{week}/prefilled.xlsx", want: []string{"PK\x03\x04"}},

	{name: "the board of a county", op: "board", as: "puning", path: "/ledger/{county}/{week}/board", want: []string{`"unit":"{town}"`, `"state":"on_time"`, `"trail":[`, `"locked":false`}},
	{name: "the board of a city", op: "board", as: "jieyang", path: "/ledger/{city}/{week}/board", want: []string{`"unit":"{county}"`, `"unit":"{huilai}"`}},
	{name: "the history of a cell", op: "cell-history", as: "xintan", path: "/ledger/{xintan}/{week}/history/training_attendances", want: []string{`"version":4`, `"to":0`, `"note":"上周误填"`, `"by":"api"`, `"by":"workbook"`, `"file":"流沙东街道台账.xlsx"`}},
	{name: "the history of no cell", op: "cell-history", as: "xintan", path: "/ledger/{xintan}/{week}/history/x", status: 422, code: "ledger.unknown_column"},
	{name: "versions of a row", op: "row-versions", as: "puning", path: "/ledger/{xintan}/{week}/versions", want: []string{`"version":1`, `"version":4`}},
	{name: "two submissions", op: "compare", as: "lihu", path: "/ledger/{town}/compare?a={last}&b={week}:1", want: []string{`"removed":["`, `"{v1}"`, `"diffs":[`}},
	{name: "no such version", op: "compare", as: "lihu", path: "/ledger/{town}/compare?a={last}&b={week}:9", status: 404, code: "ledger.no_version"},
	{name: "versions are counted from one", op: "compare", as: "lihu", path: "/ledger/{town}/compare?a={last}&b={week}:0", status: 422, code: "api.day"},
	{name: "compared with nothing", op: "compare", as: "lihu", path: "/ledger/{town}/compare?a={last}", status: 422, code: "api.request"},

	{name: "statistics by town", op: "statistics", as: "puning", path: "/statistics/{county}/{week}", want: []string{`"columns":[{"key":"`, `"code":"{town}","name":"里湖镇"`, `"total":{"villages":`}},
	{name: "statistics by village", op: "statistics", as: "puning", path: "/statistics/{county}/{week}?by=village", want: []string{`"code":"{v0}"`}},
	{name: "statistics by what is above", op: "statistics", as: "lihu", path: "/statistics/{town}/{week}?by=county", status: 422, code: "statistics.level"},
	{name: "statistics by what is no level", op: "statistics", as: "lihu", path: "/statistics/{town}/{week}?by=street", status: 422, code: "api.request"},
	{name: "annex 3", op: "statistics-workbook", as: "linye", path: "/statistics/{county}/{week}/statistics.xlsx?by=town", want: []string{"PK\x03\x04"}},
	{name: "annex 3 by what is above", op: "statistics-workbook", as: "lihu", path: "/statistics/{town}/{week}/statistics.xlsx?by=city", status: 422, code: "statistics.level"},

	{name: "more time", op: "grant", as: "puning", method: "POST", path: "/ledger/{east}/{week}/grants", body: `{"kind":"extension","until":"2024-03-30T12:00:00+08:00","reason":"暴雨停电"}`, want: []string{`"kind":"extension"`, `"until":"2024-03-30T12:00:00+08:00"`}},
	{name: "more time that is none", op: "grant", as: "puning", method: "POST", path: "/ledger/{east}/{week}/grants", body: `{"kind":"extension","until":"2024-03-29T09:00:00+08:00","reason":"暴雨停电"}`, status: 422, code: "ledger.until"},
	{name: "more time without an end", op: "grant", as: "puning", method: "POST", path: "/ledger/{east}/{week}/grants", body: `{"kind":"extension","reason":"暴雨停电"}`, status: 422, code: "ledger.until"},
	{name: "more time of a kind", op: "grant", as: "puning", method: "POST", path: "/ledger/{east}/{week}/grants", body: `{"kind":"holiday","reason":"暴雨停电"}`, status: 422, code: "api.request"},
	{name: "let off", op: "grant", as: "puning", method: "POST", path: "/ledger/{e2}/{week}/grants", body: `{"kind":"waiver","reason":"整村搬迁"}`, want: []string{`"kind":"waiver"`}, not: []string{`"until"`}},
	{name: "a town lets itself off", op: "grant", as: "lihu", method: "POST", path: "/ledger/{town}/{week}/grants", body: `{"kind":"waiver","reason":"忙"}`, status: 403, code: "access.forbidden"},
	{name: "who was given time", op: "list-grants", as: "lingdao", path: "/ledger/{east}/{week}/grants", want: []string{"暴雨停电", "林晓燕"}},

	{name: "a county sends a town back", op: "return", as: "puning", method: "POST", path: "/ledger/{town}/{week}/return", body: `{"base":1,"reason":"资金对不上"}`, want: []string{`"status":"returned"`, `"version":2`}},
	{name: "a leader sends a town back", op: "return", as: "lingdao", method: "POST", path: "/ledger/{town}/{week}/return", body: `{"reason":"资金对不上"}`, status: 403, code: "access.forbidden"},
	{name: "the town submits again", op: "submit", as: "lihu", method: "POST", path: "/ledger/{town}/{week}/submissions", body: `{"base":2,"head":` + headJSON + `}`, want: []string{`"version":3`}},
	{name: "reopening what is open", op: "reopen", as: "puning", method: "POST", path: "/ledger/{county}/{week}/reopen", body: `{"reason":"更正"}`, status: 409, code: "ledger.not_locked"},
	{name: "the county locks", op: "submit", as: "puning", method: "POST", path: "/ledger/{county}/{week}/submissions", body: `{"base":0,"head":` + headJSON + `}`, want: []string{`"version":1`, `"unit":"{town}","version":3`}},
	{name: "locked twice", op: "submit", as: "puning", method: "POST", path: "/ledger/{county}/{week}/submissions", body: `{"base":1,"head":` + headJSON + `}`, status: 409, code: "ledger.locked"},
	{name: "reporting what is locked", op: "report-row", as: "xintan", method: "PUT", path: "/ledger/{xintan}/{week}/row", body: `{"base":4,"values":{"patrons_visited":9999}}`, status: 409, code: "ledger.locked"},
	{name: "a part of what is locked", op: "report-row", as: "xintan", method: "PUT", path: "/ledger/{xintan}/{week}/row", body: `{"values":{"patrons_visited":9999}}`, status: 409, code: "ledger.locked"},
	{name: "submitting what is locked", op: "submit", as: "lihu", method: "POST", path: "/ledger/{town}/{week}/submissions", body: `{"head":` + headJSON + `}`, status: 409, code: "ledger.locked"},
	{name: "sending back what is locked", op: "return", as: "puning", method: "POST", path: "/ledger/{town}/{week}/return", body: `{"reason":"请核对"}`, status: 409, code: "ledger.locked"},
	{name: "giving time to what is locked", op: "grant", as: "puning", method: "POST", path: "/ledger/{east}/{week}/grants", body: `{"kind":"waiver","reason":"暴雨"}`, status: 409, code: "ledger.locked"},
	{name: "a town reopens", op: "reopen", as: "lihu", method: "POST", path: "/ledger/{county}/{week}/reopen", body: `{"reason":"更正"}`, status: 404, code: "access.outside"},
	{name: "a leader reopens", op: "reopen", as: "lingdao", method: "POST", path: "/ledger/{county}/{week}/reopen", body: `{"reason":"更正"}`, status: 403, code: "access.forbidden"},
	{name: "the county reopens", op: "reopen", as: "puning", method: "POST", path: "/ledger/{county}/{week}/reopen", body: `{"reason":"更正"}`, want: []string{`"status":"reopened"`, `"version":2`, `"reason":"更正"`}},
	{name: "a unit is renamed, to look at", op: "rename-unit", as: "puning-admin", method: "POST", path: "/units/{town}/rename", body: `{"day":"2024-05-01","name":"里湖街道","preview":true}`, same: true, want: []string{`"stored":false`, `"what":"renamed"`}},
	{name: "an office renames", op: "rename-unit", as: "puning", method: "POST", path: "/units/{town}/rename", body: `{"day":"2024-05-01","name":"里湖街道"}`, status: 403, code: "access.forbidden"},
	{name: "a unit is renamed", op: "rename-unit", as: "puning-admin", method: "POST", path: "/units/{town}/rename", body: `{"day":"2024-05-01","name":"里湖街道"}`, want: []string{`"stored":true`}},
	{name: "before that day it keeps its name", op: "get-unit", as: "lihu", path: "/units/{town}?on=2024-04-30", want: []string{`"name":"里湖镇"`}},
	{name: "from that day it has the new one", op: "get-unit", as: "lihu", path: "/units/{town}?on=2024-05-01", want: []string{`"name":"里湖街道"`}},
	{name: "a unit is added", op: "add-unit", as: "puning-admin", method: "POST", path: "/units/{town}/children", body: `{"day":"2024-05-01","code":"445281119290","name":"河东村委会"}`, want: []string{`"what":"begun"`}},
	{name: "two are merged", op: "merge-units", as: "puning-admin", method: "POST", path: "/units/{v5}/merge", body: `{"day":"2024-05-01","units":["{v5}","{v6}"],"name":"合并村委会"}`, want: []string{`"what":"merged"`}},
	{name: "one is split", op: "split-unit", as: "puning-admin", method: "POST", path: "/units/{v7}/split", body: `{"day":"2024-05-01","parts":[{"code":"{v7}","name":"东村委会"},{"code":"445281119291","name":"西村委会"}]}`, want: []string{`"what":"begun"`}},
	{name: "one is moved", op: "move-unit", as: "puning-admin", method: "POST", path: "/units/{v8}/move", body: `{"day":"2024-05-01","to":"445281119292"}`, want: []string{`"what":"moved"`}},
	{name: "one is abolished", op: "abolish-unit", as: "puning-admin", method: "POST", path: "/units/{v9}/abolish", body: `{"day":"2024-05-01"}`, want: []string{`"what":"ended"`}},
	{name: "one outside", op: "abolish-unit", as: "puning-admin", method: "POST", path: "/units/{outside}/abolish", body: `{"day":"2024-05-01"}`, status: 404, code: "access.outside"},
	{name: "and can be reported again", op: "report-row", as: "xintan", method: "PUT", path: "/ledger/{xintan}/{week}/row", body: `{"base":4,"values":{"patrons_visited":9999},"notes":{"patrons_visited":"清明返乡"}}`, want: []string{`"version":5`}},
	{name: "the months of a county", op: "list-bulletins", as: "puning", path: "/bulletins/{county}", want: []string{`"period":"2024-03","begin":true`, `"period":"2024-Q1","begin":true`, `"period":"2024-01"`}},
	{name: "the months of a county outside", op: "list-bulletins", as: "huicheng", path: "/bulletins/{county}", status: 404, code: "access.outside"},
	{name: "a bulletin that is not begun", op: "get-bulletin", as: "puning", path: "/bulletins/{county}/2024-03", status: 404, code: "bulletin.none"},
	{name: "a month that has no week yet", op: "begin-bulletin", as: "puning", method: "POST", path: "/bulletins/{county}/2024-04", status: 422, code: "bulletin.period"},
	{name: "the bulletin of a town", op: "begin-bulletin", as: "puning", method: "POST", path: "/bulletins/{town}/2024-03", status: 422, code: "bulletin.unit"},
	{name: "a bulletin is begun", op: "begin-bulletin", as: "puning", method: "POST", path: "/bulletins/{county}/2024-03", want: []string{`"version":1,"status":"drafted"`, `"ref":"planted_trees+","name":"本期新增已植树"`}},
	{name: "begun twice", op: "begin-bulletin", as: "jieyang", method: "POST", path: "/bulletins/{county}/2024-03", status: 409, code: "bulletin.begun"},
	{name: "a draft and where its figures lead", op: "get-bulletin", as: "puning", path: "/bulletins/{county}/2024-03?version=1", want: []string{`"leads_to":"/api/v1/statistics/{county}/2024-03-29"`, `"leads_to":"/api/v1/ledger/{county}/2024-03-29/board"`, `"leads_to":"/api/v1/ledger/{town}/2024-03-29/rows"`}},
	{name: "a leader reads a draft", op: "get-bulletin", as: "lingdao", path: "/bulletins/{county}/2024-03", status: 404, code: "bulletin.none"},
	{name: "words with a figure there is not", op: "edit-bulletin", as: "puning", method: "PUT", path: "/bulletins/{county}/2024-03/words", body: `{"base":1,"title":"通报","issuers":["专班"],"sections":[{"heading":"一","paragraphs":[{"text":"植树{植多少}株"}]}]}`, status: 422, code: "bulletin.faults",
		want: []string{`"section":0,"paragraph":0,"code":"bulletin.reference","message":"没有“植多少”这个数`}},
	{name: "other words", op: "edit-bulletin", as: "puning", method: "PUT", path: "/bulletins/{county}/2024-03/words", body: `{"base":1,"title":"通报","issuers":["专班"],"sections":[{"heading":"一","paragraphs":[{"text":"植树{已植树}株，{list}"  ,"list":{"of":"missing","at_least":1}}]}]}`, want: []string{`"version":2`, `"text":"植树{planted_trees}株，{list}"`}},
	{name: "words over what has moved", op: "edit-bulletin", as: "jieyang", method: "PUT", path: "/bulletins/{county}/2024-03/words", body: `{"base":1,"title":"通报","issuers":["专班"],"sections":[{"heading":"一","paragraphs":[{"text":"植树"}]}]}`, status: 409, code: "bulletin.moved", want: []string{`"version":2`}},
	{name: "figures anew", op: "redraft-bulletin", as: "puning", method: "POST", path: "/bulletins/{county}/2024-03/redraft", body: `{"base":2}`, want: []string{`"version":3`}},
	{name: "figures anew of what has moved", op: "redraft-bulletin", as: "puning", method: "POST", path: "/bulletins/{county}/2024-03/redraft", body: `{"base":2}`, status: 409, code: "bulletin.moved"},
	{name: "it is submitted", op: "submit-bulletin", as: "puning", method: "POST", path: "/bulletins/{county}/2024-03/submit", body: `{"base":3}`, want: []string{`"status":"submitted"`}},
	{name: "submitted twice", op: "submit-bulletin", as: "puning", method: "POST", path: "/bulletins/{county}/2024-03/submit", body: `{"base":4}`, status: 409, code: "bulletin.status"},
	{name: "approved by who submitted it", op: "approve-bulletin", as: "puning", method: "POST", path: "/bulletins/{county}/2024-03/approve", body: `{"base":4}`, status: 403, code: "bulletin.same_person"},
	{name: "returned without a word", op: "return-bulletin", as: "jieyang", method: "POST", path: "/bulletins/{county}/2024-03/return", body: `{"base":4,"reason":" "}`, status: 422, code: "bulletin.reason"},
	{name: "it is returned", op: "return-bulletin", as: "jieyang", method: "POST", path: "/bulletins/{county}/2024-03/return", body: `{"base":4,"reason":"请核对"}`, want: []string{`"status":"returned","reason":"请核对"`}},
	{name: "it is submitted again", op: "submit-bulletin", as: "puning", method: "POST", path: "/bulletins/{county}/2024-03/submit", body: `{"base":5}`},
	{name: "issued before it is approved", op: "issue-bulletin", as: "puning", method: "POST", path: "/bulletins/{county}/2024-03/issue", body: `{"base":6,"doc_number":"普组通〔2024〕12号","day":"2024-03-29"}`, status: 409, code: "bulletin.status"},
	{name: "it is approved", op: "approve-bulletin", as: "jieyang", method: "POST", path: "/bulletins/{county}/2024-03/approve", body: `{"base":6}`, want: []string{`"status":"approved"`}},
	{name: "issued under no number", op: "issue-bulletin", as: "puning", method: "POST", path: "/bulletins/{county}/2024-03/issue", body: `{"base":7,"doc_number":"十二号","day":"2024-03-29"}`, status: 422, code: "bulletin.number"},
	{name: "issued tomorrow", op: "issue-bulletin", as: "puning", method: "POST", path: "/bulletins/{county}/2024-03/issue", body: `{"base":7,"doc_number":"普组通〔2024〕12号","day":"2024-03-30"}`, status: 422, code: "bulletin.day"},
	{name: "it is issued", op: "issue-bulletin", as: "puning", method: "POST", path: "/bulletins/{county}/2024-03/issue", body: `{"base":7,"doc_number":"普组通[2024]12号","day":"2024-03-29"}`, want: []string{`"status":"issued","doc_number":"普组通〔2024〕12号"`, `"hash":"`, `"files":[{"kind":"docx","sha256":"`}},
	{name: "a village reads it", op: "get-bulletin", as: "xintan", path: "/bulletins/{county}/2024-03", want: []string{`"version":8,"status":"issued"`, `{"kind":"pdf","sha256":"`}, not: []string{"leads_to", `"status":"drafted"`}},
	{name: "a leader corrects it", op: "correct-bulletin", as: "lingdao", method: "POST", path: "/bulletins/{county}/2024-03/erratum", body: `{"base":8,"reason":"单位名称有误"}`, status: 403, code: "access.forbidden"},
	{name: "it is corrected", op: "correct-bulletin", as: "puning", method: "POST", path: "/bulletins/{county}/2024-03/erratum", body: `{"base":8,"reason":"单位名称有误"}`, want: []string{`"status":"drafted"`, `"erratum":"单位名称有误"`}},
	{name: "a quarter's summary is begun", op: "begin-bulletin", as: "puning", method: "POST", path: "/bulletins/{county}/2024-Q1", want: []string{`"title":"普宁市2024年第一季度乡村绿化工作小结"`, `"period":"2024-Q1"`, `"ref":"planted_trees@2024-01-30"`}},
	{name: "which figures stand in a table", op: "edit-bulletin", as: "puning", method: "PUT", path: "/bulletins/{county}/2024-Q1/words", body: `{"base":1,"title":"小结","issuers":["专班"],"sections":[{"heading":"","paragraphs":[{"text":"如下。"}]}],"tables":[{"title":"完成率","unit":"株","columns":[{"title":"","of":"已植树/计划植树"}]}],"charts":[]}`,
		want: []string{`"heads":["已植树/计划植树"]`, `"charts":[]`}},
	{name: "a table of what there is not", op: "edit-bulletin", as: "puning", method: "PUT", path: "/bulletins/{county}/2024-Q1/words", body: `{"base":2,"title":"小结","issuers":["专班"],"sections":[{"heading":"","paragraphs":[{"text":"如下。"}]}],"tables":[{"title":"完成率","unit":"株","columns":[{"title":"","of":"多少"}]}]}`, status: 422, code: "bulletin.faults",
		want: []string{`"field":"tables.0.columns.0.of","code":"bulletin.reference"`}},
	{name: "no rule of ranking", op: "list-ranking-rules", as: "xintan", path: "/bulletins/{county}/ranking", want: []string{`[]`}},
	{name: "the rule of a county outside", op: "list-ranking-rules", as: "huicheng", path: "/bulletins/{county}/ranking", status: 404, code: "access.outside"},
	{name: "a rule for a month that is over", op: "adopt-ranking-rule", as: "puning", method: "POST", path: "/bulletins/{county}/ranking", body: `{"base":0,"from":"2024-02","name":"完成率排名办法","of":["planted_trees/planned_trees%"],"tie":"skip","reason":"比进展"}`, status: 422, code: "bulletin.rule_from"},
	{name: "a rule by how people report", op: "adopt-ranking-rule", as: "puning", method: "POST", path: "/bulletins/{county}/ranking", body: `{"base":0,"from":"2024-03","name":"报送排名办法","of":["on_time/expected%"],"tie":"skip","reason":"比报送"}`, status: 422, code: "bulletin.rule_of"},
	{name: "a rule by a leader", op: "adopt-ranking-rule", as: "lingdao", method: "POST", path: "/bulletins/{county}/ranking", body: `{"base":0,"from":"2024-03","name":"完成率排名办法","of":["planted_trees/planned_trees%"],"tie":"skip","reason":"比进展"}`, status: 403, code: "access.forbidden"},
	{name: "a rule is adopted", op: "adopt-ranking-rule", as: "puning", method: "POST", path: "/bulletins/{county}/ranking", body: `{"base":0,"from":"2024-03","name":"完成率排名办法","of":["planted_trees/planned_trees%"],"tie":"skip","reason":"比进展"}`, want: []string{`"version":1`, `第1版（2024年3月起施行）`, `名次并列，占用后面的名次`}},
	{name: "a rule over what has moved", op: "adopt-ranking-rule", as: "jieyang", method: "POST", path: "/bulletins/{county}/ranking", body: `{"base":0,"from":"2024-03","neutral":true,"reason":"不排名"}`, status: 409, code: "bulletin.rule_moved"},
	{name: "neutral again", op: "adopt-ranking-rule", as: "puning", method: "POST", path: "/bulletins/{county}/ranking", body: `{"base":1,"from":"2024-03","neutral":true,"reason":"不排名"}`, want: []string{`"version":2`, `"neutral":true`}},
	{name: "a leader still reads what was issued", op: "get-bulletin", as: "lingdao", path: "/bulletins/{county}/2024-03", want: []string{`"version":8,"status":"issued"`}},
	{name: "notes of cells that were not sent stay", op: "row-versions", as: "xintan", path: "/ledger/{xintan}/{week}/versions", want: []string{`{"patrons_visited":"清明返乡","training_attendances":"上周误填"}`}},

	{name: "what is recorded", op: "record-kinds", as: "lingdao", path: "/records/kinds", want: []string{`"key":"planting"`, `"type":"species"`, `"key":"members","title":"党员"`}},
	{name: "kinds for nobody", op: "record-kinds", path: "/records/kinds", status: 401, code: "web.signed_out"},
	{name: "nothing recorded yet", op: "list-records", as: "xintan", path: "/records/{xintan}", want: []string{`"records":[]`, `"more":false`}},
	{name: "a village records", op: "enter-record", as: "xintan", method: "POST", path: "/records/{xintan}", body: `{"kind":"planting","day":"2024-03-24","key":"a1","fields":{"work":"new","trees":120,"species":"荔枝80、龙眼40"},"people":{"members":12}}`, status: 201,
		want: []string{`"version":1`, `"says":"新种 120 株 · 荔枝80、龙眼40 · 党员 12 人"`, `"trees":120`, `"on_behalf":false`, `"by":"api"`, `"status":"standing"`}},
	{name: "the same again with its key", op: "enter-record", as: "xintan", method: "POST", path: "/records/{xintan}", body: `{"kind":"planting","day":"2024-03-24","key":"a1","fields":{"work":"new","trees":"120 株","species":"荔枝80、龙眼40"},"people":{"members":12}}`, status: 201, same: true, want: []string{`"version":1`}},
	{name: "something else with that key", op: "enter-record", as: "xintan", method: "POST", path: "/records/{xintan}", body: `{"kind":"planting","day":"2024-03-24","key":"a1","fields":{"work":"new","trees":121}}`, status: 409, code: "record.sent"},
	{name: "what is wrong with a record", op: "enter-record", as: "xintan", method: "POST", path: "/records/{xintan}", body: `{"kind":"planting","day":"2024-03-24","until":"2024-03-25","fields":{"trees":"很多","amount":1},"with":["` + strings.Repeat("局", 61) + `"]}`, status: 422, code: "record.faults",
		want: []string{`"field":"trees","code":"ledger.not_a_number"`, `"field":"work","code":"record.field_missing"`, `"field":"amount","code":"record.field_unknown"`, `"field":"until"`, `"field":"with"`}},
	{name: "a record without a day", op: "enter-record", as: "xintan", method: "POST", path: "/records/{xintan}", body: `{"kind":"planting","fields":{"trees":1}}`, status: 422, code: "api.request"},
	{name: "a record on no day", op: "enter-record", as: "xintan", method: "POST", path: "/records/{xintan}", body: `{"kind":"planting","day":"2024-02-30","fields":{"work":"new","trees":1}}`, status: 422, code: "record.faults", want: []string{`"field":"day","code":"record.day_unread"`}},
	{name: "a field that is a list", op: "enter-record", as: "xintan", method: "POST", path: "/records/{xintan}", body: `{"kind":"planting","day":"2024-03-24","fields":{"work":"new","trees":[1]}}`, status: 422, code: "api.request"},
	{name: "a property that is none", op: "enter-record", as: "xintan", method: "POST", path: "/records/{xintan}", body: `{"kind":"planting","day":"2024-03-24","fields":{},"photo":1}`, status: 422, code: "api.request"},
	{name: "a kind that is none", op: "enter-record", as: "xintan", method: "POST", path: "/records/{xintan}", body: `{"kind":"party","day":"2024-03-24"}`, status: 422, code: "record.kind"},
	{name: "a town records what villages do", op: "enter-record", as: "lihu", method: "POST", path: "/records/{town}", body: `{"kind":"training","day":"2024-03-24","fields":{"attendances":9}}`, status: 422, code: "record.place"},
	{name: "records of a kind", op: "list-records", as: "puning", path: "/records/{county}?kind=planting&from=2024-03-01&to=2024-03-31&limit=1", want: []string{`"unit":"{xintan}"`, `"entered_by":"陈秋月（test）"`}},
	{name: "records of a kind that is none", op: "list-records", as: "puning", path: "/records/{county}?kind=party", status: 422, code: "record.kind"},
	{name: "records from no day", op: "list-records", as: "puning", path: "/records/{county}?from=gestern", status: 422, code: "api.day"},
	{name: "a neighbour's records", op: "list-records", as: "xintan", path: "/records/{e0}", status: 404, code: "access.outside"},
	{name: "a record is corrected", op: "correct-record", as: "xintan", method: "POST", path: "/record/{record}/correction", body: `{"base":1,"reason":"数错一垄","day":"2024-03-24","fields":{"work":"new","trees":110}}`, want: []string{`"version":2`, `"trees":110`, `"reason":"数错一垄"`}},
	{name: "corrected as it was", op: "correct-record", as: "xintan", method: "POST", path: "/record/{record}/correction", body: `{"base":1,"reason":"再改","day":"2024-03-24","fields":{"work":"new","trees":100}}`, status: 409, code: "record.moved", want: []string{`"version":2`}},
	{name: "corrected without a word", op: "correct-record", as: "xintan", method: "POST", path: "/record/{record}/correction", body: `{"base":2,"reason":" ","day":"2024-03-24","fields":{"work":"new","trees":100}}`, status: 422, code: "record.reason"},
	{name: "a department corrects what is not its own", op: "correct-record", as: "linye", method: "POST", path: "/record/{record}/correction", body: `{"base":2,"reason":"改","day":"2024-03-24","fields":{"work":"new","trees":100}}`, status: 403, code: "record.not_yours"},
	{name: "versions of a record", op: "record-versions", as: "lingdao", path: "/record/{record}", want: []string{`"version":1`, `"version":2`, `"trees":120`}},
	{name: "another town's record", op: "record-versions", as: "lihu", path: "/record/{record}", status: 404, code: "record.none"},
	{name: "what the records say of a row", op: "derived-row", as: "xintan", path: "/ledger/{xintan}/{week}/derived", want: []string{`"planted_trees":110`, `"patrons_visited":null`}},
	{name: "of a town there is none", op: "derived-row", as: "puning", path: "/ledger/{east}/{week}/derived", status: 404, code: "ledger.no_village"},
	{name: "the records behind a cell", op: "derived-cell", as: "puning", path: "/ledger/{xintan}/{week}/derived/planted_trees", want: []string{`"value":110`, `"says":"新种 110 株"`, `"new":true`, `"late":false`}},
	{name: "nothing behind a cell", op: "derived-cell", as: "puning", path: "/ledger/{xintan}/{week}/derived/secured_seedlings", want: []string{`"value":null`, `"records":[]`}},
	{name: "behind no cell", op: "derived-cell", as: "puning", path: "/ledger/{xintan}/{week}/derived/x", status: 422, code: "ledger.unknown_column"},
	{name: "who entered it objects", op: "object-to-record", as: "xintan", method: "POST", path: "/record/{record}/objection", body: `{"base":2,"reason":"不对"}`, status: 409, code: "record.own"},
	{name: "a planting needs no approval", op: "approve-record", as: "puning", method: "POST", path: "/record/{record}/approval", body: `{"base":2}`, status: 409, code: "record.approval"},
	{name: "a record is withdrawn", op: "withdraw-record", as: "xintan", method: "POST", path: "/record/{record}/withdrawal", body: `{"base":2,"reason":"记错村"}`, want: []string{`"status":"withdrawn"`}},
	{name: "withdrawn twice", op: "withdraw-record", as: "xintan", method: "POST", path: "/record/{record}/withdrawal", body: `{"base":3,"reason":"记错村"}`, status: 409, code: "record.withdrawn"},
	{name: "the county records a visit for the village", op: "enter-record", as: "puning", method: "POST", path: "/records/{xintan}", body: `{"kind":"visit","day":"2024-03-25","fields":{"patrons":"陈木清、黄秀英"}}`, status: 201, want: []string{`"on_behalf":true`, `"unnamed":{"patrons":2}`}, not: []string{"陈木清"}},
	{name: "its names are the village's", op: "record-versions", as: "xintan", path: "/record/{record}", want: []string{`"patrons":"陈木清、黄秀英"`}},
	{name: "and nobody's above the town", op: "list-records", as: "linye", path: "/records/{xintan}", want: []string{`"unnamed":{"patrons":2}`}, not: []string{"陈木清"}},
	{name: "nor behind a cell", op: "derived-cell", as: "lingdao", path: "/ledger/{xintan}/{week}/derived/patrons_visited", want: []string{`"value":2`, `"unnamed":{"patrons":2}`}, not: []string{"陈木清"}},
	{name: "the village objects", op: "object-to-record", as: "xintan", method: "POST", path: "/record/{record}/objection", body: `{"base":1,"reason":"没有走访过黄秀英"}`, want: []string{`"dispute":"没有走访过黄秀英"`, `"version":2`}},
	{name: "pointed out or objected to", op: "list-records", as: "puning", path: "/records/{county}?pointed=true", want: []string{`"dispute":"没有走访过黄秀英"`}},
	{name: "only those that wait for an answer", op: "list-records", as: "puning", path: "/records/{county}?objected=true", want: []string{`"dispute":"没有走访过黄秀英"`, `"open":true`}},
	{name: "the village answers itself", op: "answer-objection", as: "xintan", method: "POST", path: "/record/{record}/answer", body: `{"base":2,"reason":"是的"}`, status: 403, code: "record.not_answerer"},
	{name: "the county answers", op: "answer-objection", as: "puning", method: "POST", path: "/record/{record}/answer", body: `{"base":2,"reason":"3月25日到过她家"}`, want: []string{`"answer":"3月25日到过她家"`, `"version":3`, `"open":false`}},
	{name: "answered twice", op: "answer-objection", as: "puning", method: "POST", path: "/record/{record}/answer", body: `{"base":3,"reason":"是的"}`, status: 409, code: "record.no_objection"},
	{name: "none waits any more", op: "list-records", as: "puning", path: "/records/{county}?objected=true", want: []string{`"records":[]`}},
	{name: "a planting with its place", op: "enter-record", as: "xintan", method: "POST", path: "/records/{xintan}", body: `{"kind":"planting","day":"2024-03-30","fields":{"work":"tending","trees":9},"position":{"latitude":23.297123,"longitude":116.185321}}`, status: 201, want: []string{`"position":{"latitude":23.297123,"longitude":116.185321}`, `"pointed":["record.future_day"]`, `"open":true`}},
	{name: "a place abroad and a photo that is none", op: "enter-record", as: "xintan", method: "POST", path: "/records/{xintan}", body: `{"kind":"planting","day":"2024-03-24","fields":{"work":"tending","trees":9},"photos":[999],"position":{"latitude":48.85,"longitude":2.35}}`, status: 422, code: "record.faults", want: []string{`"field":"photos","code":"record.photo_gone"`, `"field":"position","code":"record.position_abroad"`}},
	{name: "another town looks", op: "look-at-record", as: "lihu", method: "POST", path: "/record/{record}/look", body: `{"base":1,"reason":"看过"}`, status: 404, code: "record.none"},
	{name: "the village looks", op: "look-at-record", as: "xintan", method: "POST", path: "/record/{record}/look", body: `{"base":1,"reason":"看过"}`, status: 403, code: "access.forbidden"},
	{name: "the county looks", op: "look-at-record", as: "puning", method: "POST", path: "/record/{record}/look", body: `{"base":1,"reason":"明天浇水，先记了"}`, want: []string{`"looked":"明天浇水，先记了"`, `"open":false`, `"pointed":["record.future_day"]`}},
	{name: "looked at twice", op: "look-at-record", as: "puning", method: "POST", path: "/record/{record}/look", body: `{"base":2,"reason":"看过"}`, status: 409, code: "record.nothing_pointed"},
	{name: "a plan", op: "enter-record", as: "xintan", method: "POST", path: "/records/{xintan}", body: `{"kind":"plan","day":"2024-03-25","fields":{"where":"村道两旁","trees":800,"sketched":true}}`, status: 201, want: []string{`"sketched":true`}},
	{name: "a village approves its plan", op: "approve-record", as: "xintan", method: "POST", path: "/record/{record}/approval", body: `{"base":1}`, status: 403, code: "access.forbidden"},
	{name: "the county approves it", op: "approve-record", as: "puning", method: "POST", path: "/record/{record}/approval", body: `{"base":1}`, want: []string{`"status":"approved"`}},
	{name: "a village checks what the county does", op: "check-record", as: "xintan", method: "POST", path: "/record/{record}/check", body: `{"base":2,"verdict":"agreed"}`, status: 403, code: "access.forbidden"},
	{name: "the county has remarks without a word", op: "check-record", as: "puning", method: "POST", path: "/record/{record}/check", body: `{"base":2,"verdict":"remarks","words":" "}`, status: 422, code: "record.reason"},
	{name: "the county has remarks", op: "check-record", as: "puning", method: "POST", path: "/record/{record}/check", body: `{"base":2,"verdict":"remarks","words":"避开行洪断面"}`, want: []string{`"status":"approved"`, `"verdict":"remarks","words":"避开行洪断面"`}},
	{name: "a plan with plots", op: "correct-record", as: "xintan", method: "POST", path: "/record/{record}/correction", body: `{"base":3,"reason":"分块","day":"2024-03-25","fields":{"where":"村道两旁","plots":[{"place":"村口","use":"road","tree":"荔枝","trees":120,"shape":"0,0 500,0 500,500"},{},{"place":"河边","trees":"60 株"}]}}`, want: []string{`"trees":180`, `"sketched":true`, `"plots":[{"place":"村口","shape":"0,0 500,0 500,500","tree":"荔枝","trees":120,"use":"road"},{"place":"河边","trees":60}]`, `"status":"standing"`}, not: []string{`"check"`}},
	{name: "plots that are wrong", op: "correct-record", as: "xintan", method: "POST", path: "/record/{record}/correction", body: `{"base":4,"reason":"分块","day":"2024-03-25","fields":{"where":"村道两旁","plots":[{"place":"村口","use":"x","trees":1.5},{"trees":60,"shape":"NaN,0 1,1 2,2"}]}}`, status: 422, code: "record.faults", want: []string{`"field":"plots.1.use","code":"record.field_choice"`, `"field":"plots.1.trees"`, `"field":"plots.2.place","code":"record.field_missing"`, `"field":"plots.2.shape","code":"record.row_shape"`}},
	{name: "plots that add up to something else", op: "correct-record", as: "xintan", method: "POST", path: "/record/{record}/correction", body: `{"base":4,"reason":"分块","day":"2024-03-25","fields":{"where":"村道两旁","trees":100,"plots":[{"place":"村口","trees":120}]}}`, status: 422, code: "record.faults", want: []string{`"field":"trees","code":"record.rows_sum"`}},
	{name: "plans of a county", op: "list-plans", as: "lingdao", path: "/plans/{county}", want: []string{`"name":"新坛村","record":`, `"approved":false,"plots":2,"drawn":1,"trees":180,"more":0`}},
	{name: "plans of a neighbour", op: "list-plans", as: "xintan", path: "/plans/{e0}", status: 404, code: "access.outside"},
	{name: "areas and who answers for them", op: "enter-record", as: "xintan", method: "POST", path: "/records/{xintan}", body: `{"kind":"grid","day":"2024-03-25","fields":{"list":[{"area":"东片","person":"陈木清"},{"area":"西片","person":"陈木清、黄秀英","post":"网格员"}]}}`, status: 201, want: []string{`"areas":2`, `"responsible":2`, `"person":"陈木清、黄秀英"`}},
	{name: "whose names are the village's", op: "record-versions", as: "puning", path: "/record/{record}", want: []string{`"unnamed":{"list.1.person":1,"list.2.person":2}`, `"responsible":2`}, not: []string{"陈木清"}},
	{name: "the county corrects it and they stay", op: "correct-record", as: "puning", method: "POST", path: "/record/{record}/correction", body: `{"base":1,"reason":"改名","day":"2024-03-25","fields":{"list":[{"was":"2","area":"西片和河边"},{"area":"东片","was":"1"}]}}`, want: []string{`"responsible":2`, `"list.1.person":2`}, not: []string{"陈木清"}},
	{name: "as they were", op: "record-versions", as: "xintan", path: "/record/{record}", want: []string{`{"area":"西片和河边","person":"陈木清、黄秀英"}`}},
	{name: "who answers for the village", op: "enter-record", as: "xintan", method: "POST", path: "/records/{xintan}", body: `{"kind":"liaison","day":"2024-01-15","fields":{"level":"first_secretary","post":"驻新坛村第一书记","sent_by":"普宁市林业局"}}`, status: 201},
	{name: "and what is owed", op: "list-liaisons", as: "puning", path: "/liaisons/{xintan}", want: []string{`"level":"first_secretary","title":"驻村第一书记"`, `"sent_by":"普宁市林业局"`, `"key":"planting"`, `"before":"2024-04-01","state":"open"`}},
	{name: "it is done by who was sent", op: "enter-record", as: "linye", method: "POST", path: "/records/{xintan}", body: `{"kind":"planting","day":"2024-03-20","with":["普宁市林业局"],"fields":{"work":"new","trees":5}}`, status: 201, want: []string{`"with":["普宁市林业局"]`}},
	{name: "it shows", op: "list-liaisons", as: "puning", path: "/liaisons/{county}", want: []string{`"before":"2024-04-01","state":"done","day":"2024-03-20","record":`}},
	{name: "who answers for a neighbour", op: "list-liaisons", as: "xintan", path: "/liaisons/{e0}", status: 404, code: "access.outside"},
	{name: "how a town's tasks stand", op: "tasks-of-unit", as: "lihu", path: "/tasks/{town}?date=2024-03-29", want: []string{`"task":"4"`, `"state":"in_progress"`, `"of":25`, `"name":"里湖镇"`}},
	{name: "a department's", op: "tasks-of-unit", as: "linye", path: "/tasks/{county}?department=普宁市林业局", want: []string{`"department":"市林业局"`, `"rule":"forestry"`}, not: []string{`"rule":"six_measures"`}},
	{name: "the county's, with quotas", op: "tasks-of-unit", as: "puning", path: "/tasks/{county}", want: []string{`"share":30000`, `"key":"online_adoption"`}},
	{name: "a city has no tasks of its own", op: "tasks-of-unit", as: "jieyang", path: "/tasks/445200000000", status: 422, code: "task.level"},
	{name: "a town reports what no record shows", op: "report-task", as: "lihu", method: "POST", path: "/tasks/{town}/reports", body: `{"task":"24","rule":"towns","from":"2024-01-01","day":"2024-03-28","proof":"供销社设了兑换点"}`, status: 201, want: []string{`"id":1`, `"kind":"report"`}},
	{name: "what records show is not reported", op: "report-task", as: "lihu", method: "POST", path: "/tasks/{town}/reports", body: `{"task":"5","rule":"brand","from":"2024-01-01","day":"2024-03-28","proof":"有"}`, status: 422, code: "task.not_reported"},
	{name: "a town confirms itself", op: "decide-report", as: "lihu", method: "POST", path: "/tasks/{town}/decisions", body: `{"report":1,"verdict":"confirm"}`, status: 403, code: "access.forbidden"},
	{name: "the office confirms", op: "decide-report", as: "puning", method: "POST", path: "/tasks/{town}/decisions", body: `{"report":1,"verdict":"confirm"}`, status: 201, want: []string{`"kind":"confirm"`}},
	{name: "it is done", op: "tasks-of-unit", as: "lihu", path: "/tasks/{town}", want: []string{`"decision":"confirm"`, `"on":"2024-03-28"`}},
	{name: "what does not apply", op: "exempt-task", as: "puning", method: "POST", path: "/tasks/{xintan}/exemptions", body: `{"task":"4","rule":"park","reason":"没有空地"}`, status: 201, want: []string{`"kind":"exempt"`}},
	{name: "a reason is wanted", op: "exempt-task", as: "puning", method: "POST", path: "/tasks/{xintan}/exemptions", body: `{"task":"4","rule":"park","reason":" "}`, status: 422, code: "task.text"},
	{name: "the office presses", op: "press-task", as: "puning", method: "POST", path: "/tasks/{town}/pressings", body: `{"task":"1","rule":"six_measures","from":"2024-01-01","by":"2024-04-01","note":"请抓紧"}`, status: 201, want: []string{`"kind":"press"`}},
	{name: "for a task that is not there", op: "press-task", as: "puning", method: "POST", path: "/tasks/{town}/pressings", body: `{"task":"32","rule":"six_measures","from":"2024-01-01","by":"2024-04-01","note":"请抓紧"}`, status: 404, code: "task.none"},
	{name: "the town answers", op: "answer-pressing", as: "lihu", method: "POST", path: "/tasks/{town}/answers", body: `{"pressing":4,"text":"周五前补齐"}`, status: 201, want: []string{`"kind":"answer"`}},
	{name: "nothing was pressed for", op: "answer-pressing", as: "lihu", method: "POST", path: "/tasks/{town}/answers", body: `{"pressing":1,"text":"周五前补齐"}`, status: 404, code: "task.no_pressing"},
	{name: "it confirms twice", op: "decide-report", as: "puning", method: "POST", path: "/tasks/{town}/decisions", body: `{"report":1,"verdict":"decline","note":"不行"}`, status: 409, code: "task.decided"},
	{name: "the dispatch page of a town", op: "dispatch-page", as: "lihu", path: "/dispatch/{town}/weeks/{week}", want: []string{`"name":"里湖镇"`, `"key":"planted_trees"`, `"items":[]`, `"rule":"unplanted"`}},
	{name: "of a week to come", op: "dispatch-page", as: "lihu", path: "/dispatch/{town}/weeks/2024-04-12", status: 404, code: "dispatch.no_week"},
	{name: "a village asks", op: "ask", as: "xintan", method: "POST", path: "/dispatch/{xintan}/requests", body: `{"ask":"money","text":"还差树苗款两万元"}`, status: 201, want: []string{`"id":1`, `"kind":"ask"`}},
	{name: "the same again is the same", op: "ask", as: "xintan", method: "POST", path: "/dispatch/{xintan}/requests", body: `{"ask":"money","text":"还差树苗款两万元"}`, status: 201, want: []string{`"id":1`}, same: true},
	{name: "for what is not on the list", op: "ask", as: "xintan", method: "POST", path: "/dispatch/{xintan}/requests", body: `{"ask":"cars","text":"要车"}`, status: 422, code: "dispatch.ask"},
	{name: "the county sees it", op: "list-requests", as: "puning", path: "/dispatch/{county}/requests", want: []string{`"state":"waiting"`, `"text":"还差树苗款两万元"`}},
	{name: "of a province", op: "list-requests", as: "admin", path: "/dispatch/440000000000/requests", status: 404, code: "access.outside"},
	{name: "the county replies", op: "reply-request", as: "puning", method: "POST", path: "/requests/1/replies", body: `{"text":"已转市林业局"}`, status: 201, want: []string{`"kind":"reply"`}},
	{name: "a village replies to itself", op: "reply-request", as: "xintan", method: "POST", path: "/requests/1/replies", body: `{"text":"好"}`, status: 403, code: "access.forbidden"},
	{name: "it is followed as an item", op: "open-item", as: "puning", method: "POST", path: "/dispatch/{xintan}/items", body: `{"request":1,"to":{"unit":"{county}","department":"市林业局"},"day":"2024-04-12","text":"帮新坛村找树苗款"}`, status: 201, want: []string{`"kind":"open"`, `"id":3`}},
	{name: "and no longer settled by itself", op: "settle-request", as: "puning", method: "POST", path: "/requests/1/settlements", body: `{"text":"已办"}`, status: 409, code: "dispatch.settled"},
	{name: "nor withdrawn", op: "withdraw-request", as: "xintan", method: "POST", path: "/requests/1/withdrawals", body: `{"text":"不用了"}`, status: 409, code: "dispatch.settled"},
	{name: "an item without a day to come", op: "open-item", as: "puning", method: "POST", path: "/dispatch/{town}/items", body: `{"to":{"unit":"{town}"},"day":"2024-03-28","text":"补种"}`, status: 422, code: "dispatch.day"},
	{name: "the department answers", op: "answer-item", as: "linye", method: "POST", path: "/items/3/answers", body: `{"text":"已联系帮扶单位"}`, status: 201, want: []string{`"kind":"answer"`}},
	{name: "the village answers for it", op: "answer-item", as: "xintan", method: "POST", path: "/items/3/answers", body: `{"text":"好"}`, status: 404, code: "access.outside"},
	{name: "the day is put off", op: "extend-item", as: "puning", method: "POST", path: "/items/3/extensions", body: `{"day":"2024-04-19","text":"帮扶单位下周开会"}`, status: 201, want: []string{`"kind":"extend"`}},
	{name: "the wrong way", op: "extend-item", as: "puning", method: "POST", path: "/items/3/extensions", body: `{"day":"2024-04-18","text":"提前"}`, status: 422, code: "dispatch.day"},
	{name: "it is closed", op: "close-item", as: "puning", method: "POST", path: "/items/3/closings", body: `{"text":"到位两万元"}`, status: 201, want: []string{`"kind":"close"`}},
	{name: "and not twice", op: "close-item", as: "puning", method: "POST", path: "/items/3/closings", body: `{"text":"到位"}`, status: 409, code: "dispatch.closed"},
	{name: "the item", op: "get-item", as: "xintan", path: "/items/3", want: []string{`"closed":true`, `"name":"市林业局"`, `"text":"已联系帮扶单位"`}},
	{name: "which is not there", op: "get-item", as: "xintan", path: "/items/1", status: 404, code: "dispatch.none"},
	{name: "it is taken up again", op: "reopen-item", as: "puning", method: "POST", path: "/items/3/reopenings", body: `{"day":"2024-04-26","text":"款还没有到账"}`, status: 201, want: []string{`"kind":"reopen"`}},
	{name: "and not twice", op: "reopen-item", as: "puning", method: "POST", path: "/items/3/reopenings", body: `{"day":"2024-04-26","text":"又"}`, status: 409, code: "dispatch.not_closed"},
	{name: "items of the county", op: "list-items", as: "lingdao", path: "/dispatch/{county}/items", want: []string{`"id":3`, `"closed":false`, `"due":"2024-04-26"`}},
	{name: "of a province", op: "list-items", as: "admin", path: "/dispatch/440000000000/items", status: 404, code: "access.outside"},
	{name: "how a county reads the notice", op: "list-readings", as: "xintan", path: "/readings/{county}", want: []string{`"key":"25.models","about":"第 25 项","says":"打造一批典型户、典型园、典型区域"`, `"print":"{print 25.models}","state":"open"`, `"key":"words.某月底前"`}, not: []string{"有待确认"}},
	{name: "of a neighbour", op: "list-readings", as: "xintan", path: "/readings/{huilai}", status: 404, code: "access.outside"},
	{name: "the office agrees", op: "say-of-reading", as: "puning", method: "POST", path: "/readings/{county}/25.models", body: `{"verdict":"agree","print":"{print 25.models}","base":0}`, status: 201, want: []string{`"number":1`, `"verdict":"agree"`, `"actor":"林晓燕（test）"`}},
	{name: "the same again is the same", op: "say-of-reading", as: "puning", method: "POST", path: "/readings/{county}/25.models", body: `{"verdict":"agree","print":"{print 25.models}","base":0}`, status: 201, want: []string{`"number":1`}, same: true},
	{name: "it reads it otherwise", op: "say-of-reading", as: "puning", method: "POST", path: "/readings/{county}/25.models", body: `{"verdict":"otherwise","text":"每村三处","print":"{print 25.models}","base":1}`, status: 201, want: []string{`"number":2`}},
	{name: "without saying how", op: "say-of-reading", as: "puning", method: "POST", path: "/readings/{county}/26.belt", body: `{"verdict":"otherwise","print":"{print 26.belt}","base":0}`, status: 422, code: "reading.text"},
	{name: "over what a colleague said", op: "say-of-reading", as: "puning", method: "POST", path: "/readings/{county}/25.models", body: `{"verdict":"agree","print":"{print 25.models}","base":1}`, status: 409, code: "reading.moved"},
	{name: "of a wording that is not there", op: "say-of-reading", as: "puning", method: "POST", path: "/readings/{county}/26.belt", body: `{"verdict":"agree","print":"old","base":0}`, status: 409, code: "reading.wording"},
	{name: "of a reading that is not there", op: "say-of-reading", as: "puning", method: "POST", path: "/readings/{county}/99.x", body: `{"verdict":"agree","print":"","base":0}`, status: 404, code: "reading.none"},
	{name: "a city for a county", op: "say-of-reading", as: "jieyang", method: "POST", path: "/readings/{county}/26.belt", body: `{"verdict":"agree","print":"{print 26.belt}","base":0}`, status: 403, code: "reading.unit"},
	{name: "a town", op: "say-of-reading", as: "lihu", method: "POST", path: "/readings/{town}/26.belt", body: `{"verdict":"agree","print":"{print 26.belt}","base":0}`, status: 403, code: "access.forbidden"},
	{name: "taking back what was not said", op: "say-of-reading", as: "puning", method: "POST", path: "/readings/{county}/26.belt", body: `{"verdict":"retract","print":"{print 26.belt}","base":0}`, status: 409, code: "reading.nothing"},
	{name: "all that was said", op: "get-reading", as: "lihu", path: "/readings/{town}/25.models", want: []string{`"state":"otherwise"`, `"text":"每村三处"`, `"history":[{"unit":"{county}","number":2`, `"wording":"“一批”没有数目，每个村有一处即算。\n`}},
	{name: "of a reading that is not there", op: "get-reading", as: "lihu", path: "/readings/{town}/99", status: 404, code: "reading.none"},
	{name: "the city sees who said what", op: "list-readings", as: "jieyang", path: "/readings/{city}", want: []string{`"below":[{"unit":"{county}","number":2,"verdict":"otherwise"`}},
	{name: "a town asks for a village", op: "ask", as: "lihu", method: "POST", path: "/dispatch/{v1}/requests", body: `{"ask":"trees","text":"要 200 株荔枝苗"}`, status: 201, want: []string{`"kind":"ask"`}},
	{name: "the county settles it", op: "settle-request", as: "puning", method: "POST", path: "/requests/8/settlements", body: `{"text":"苗木已送到"}`, status: 201, want: []string{`"kind":"settle"`}},
	{name: "a village asks for people", op: "ask", as: "xintan", method: "POST", path: "/dispatch/{xintan}/requests", body: `{"ask":"people","text":"要两名技术员"}`, status: 201},
	{name: "and takes it back", op: "withdraw-request", as: "xintan", method: "POST", path: "/requests/10/withdrawals", body: `{"text":"镇里已派人"}`, status: 201, want: []string{`"kind":"withdraw"`}},
}

// What is refused along the way leaves no version behind.
func TestScenarios(t *testing.T) {
	on(t, func(s *stage) {
		s.remind()
		for _, c := range scenarios {
			s.play(c)
		}
		if n := s.Versions(testkit.Xintan); n != 5 {
			s.t.Errorf("%d versions of 新坛村, want 5", n)
		}
		if n := s.Submissions(testkit.LihuTown); n != 3 {
			s.t.Errorf("%d versions of 里湖镇, want 3", n)
		}
		if n := s.Submissions(testkit.Puning); n != 2 {
			s.t.Errorf("%d versions of 普宁市, want 2", n)
		}
	})
}

// play runs a scenario. It is no subtest, since those after it stand on it.
func (s *stage) play(c scenario) {
	s.t.Helper()
	if c.method == "" {
		c.method = http.MethodGet
	}
	if c.status == 0 {
		c.status = http.StatusOK
	}
	client := s.as(c.as)
	before := s.Fingerprint()
	reply := client.JSON(c.method, "/api/v1"+s.say(c.path), s.say(c.body))
	changed := s.Fingerprint() != before
	failed := s.t.Failed()
	if c.code != "" {
		refused(s.t, reply, c.status, c.code)
	} else if reply.Status != c.status {
		s.t.Errorf("got %d, want %d: %.600s", reply.Status, c.status, reply.Body)
	}
	for _, text := range c.want {
		if !strings.Contains(reply.Body, s.say(text)) {
			s.t.Errorf("lacks %s: %.900s", s.say(text), reply.Body)
		}
	}
	for _, text := range c.not {
		if strings.Contains(reply.Body, s.say(text)) {
			s.t.Errorf("holds %s", s.say(text))
		}
	}
	if writes := c.method != http.MethodGet && c.code == "" && !c.same; changed != writes {
		s.t.Errorf("written: %t, want %t", changed, writes)
	}
	if s.t.Failed() && !failed {
		s.t.Fatalf("in the scenario “%s” (%s %s)", c.name, c.method, s.say(c.path))
	}
}
