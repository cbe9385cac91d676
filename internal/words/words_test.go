package words

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"gopkg.in/yaml.v3"

	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/problem"
)

func TestText(t *testing.T) {
	for _, c := range []struct {
		code   string
		params problem.Params
		want   string
	}{
		{"ledger.blank", problem.Params{"column": "党员人数"}, "“党员人数”没有填"},
		{"ledger.no_week", problem.Params{"day": date.MustParse("2024-03-30")}, "2024年3月30日 不是报告日"},
		{"sheet.too_many_cells", problem.Params{"what": "rows", "max": 20000}, "表格太大，行数超过 20,000，请只留台账这一张表"},
		{"sheet.not_workbook", problem.Params{"kind": ""}, "这不是表格文件，请上传 .xlsx、.xls 或 .csv"},
		{"sheet.not_workbook", problem.Params{"kind": "pdf"}, "这不是表格文件（是 PDF 文件），请上传 .xlsx、.xls 或 .csv"},
		{"access.forbidden", problem.Params{"role": "leader", "action": "ledger.report"}, "您的角色（领导）不能办理这一项（填报村级台账）"},
		{"web.too_many", problem.Params{"wait": 90 * time.Second}, "操作太频繁，请过 1 分钟 再试"},
		{"ledger.blank", problem.Params{"column": "{value}", "value": "x"}, "“{value}”没有填"},
		{"no.such", nil, "no.such"},
	} {
		if got := Text(c.code, c.params); got != c.want {
			t.Errorf("%s: %q, want %q", c.code, got, c.want)
		}
	}
}

func TestOf(t *testing.T) {
	p := &problem.Problem{Kind: problem.Invalid, Code: "ledger.blank", Params: problem.Params{"column": "工作计划"}}
	if s, ok := Of(fmt.Errorf("reading: %w", p)); !ok || s != "“工作计划”没有填" {
		t.Errorf("%q %v", s, ok)
	}
	if s, ok := Of(errors.New("disk full")); ok || s != "" {
		t.Errorf("internal failure said to people: %q", s)
	}
}

func TestShow(t *testing.T) {
	for want, v := range map[string]any{
		"":            nil,
		"1318":        1318,
		"15,444":      int64(15444),
		"-1,234,567":  -1234567,
		"新坛村、新松村":     []string{"新坛村", "新松村"},
		"3月29日 17:30": time.Date(2024, 3, 29, 17, 30, 0, 0, time.UTC),
		"2 天 3 小时":    51 * time.Hour,
		"1 小时 12 分":   72 * time.Minute,
		"0 秒":         -time.Hour,
	} {
		if got := show(v); got != want {
			t.Errorf("%v: %q, want %q", v, got, want)
		}
	}
	if got := Grouped(1318); got != "1,318" {
		t.Error(got)
	}
	for text, want := range map[string]string{"3032.98": "3,032.98", "-1234567.00": "-1,234,567.00", "908.15": "908.15", "0.00": "0.00", "1234": "1,234"} {
		if got := GroupedDecimal(text); got != want {
			t.Errorf("%s: %s", text, got)
		}
	}
}

// The catalogue keeps to how people here write: no exclamation marks, areas in order so that
// two people appending do not collide, braces closed and known areas behind bars.
func TestCatalogueIsTidy(t *testing.T) {
	var doc yaml.Node
	if err := yaml.NewDecoder(bytes.NewReader(zh)).Decode(&doc); err != nil {
		t.Fatal(err)
	}
	areas := map[string]bool{}
	last := ""
	for i := 0; i < len(doc.Content[0].Content); i += 2 {
		area := doc.Content[0].Content[i].Value
		if area < last {
			t.Errorf("area %s stands after %s", area, last)
		}
		last = area
		areas[area] = true
	}
	for code, s := range catalogue() {
		if strings.ContainsAny(s, "!！") {
			t.Errorf("%s has an exclamation mark", code)
		}
		if strings.Count(s, "{") != strings.Count(s, "}") {
			t.Errorf("%s: braces", code)
		}
		for _, part := range strings.Split(s, "{")[1:] {
			name, _, _ := strings.Cut(part, "}")
			if _, area, ok := strings.Cut(name, "|"); ok && !areas[area] {
				t.Errorf("%s: no area %s", code, area)
			}
		}
	}
}
