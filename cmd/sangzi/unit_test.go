package main

import (
	"bytes"
	"context"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
)

// sangzi runs the program on one database.
type sangzi struct {
	t  *testing.T
	db string
}

func (s sangzi) run(args ...string) (code int, stdout, stderr string) {
	s.t.Helper()
	var out, wrong bytes.Buffer
	code = run(context.Background(), append(args, "--db", s.db, "--today", "2024-03-29"), &out, &wrong)
	return code, out.String(), wrong.String()
}

// Units are listed, changed with a date and told about; each run is a new start of the program.
func TestUnit(t *testing.T) {
	s := sangzi{t, "sqlite:" + filepath.Join(t.TempDir(), "sangzi.db")}
	if code, out, wrong := s.run("unit", "list", "445281"); code != 0 || !strings.Contains(out, "445281119000\t里湖镇\t25 村\n") {
		t.Fatalf("list: %d %s %s", code, out, wrong)
	}
	for _, step := range []struct {
		args []string
		want string
	}{
		{[]string{"rename", "445281119", "里湖街道"}, "更名\t445281119000 里湖镇 → 445281119000 里湖街道\n"},
		{[]string{"add", "445281119301", "河东村委会"}, "新设\t无 → 445281119301 河东村委会\n"},
		{[]string{"merge", "445281119001", "445281119001", "445281119002", "--name", "里湖居委会"}, "并入\t445281119002 石牌居委会 → 445281119001 里湖居委会\n"},
		{[]string{"split", "445281119001", "445281119001=里湖居委会", "445281119050=里湖东居委会"}, "新设\t无 → 445281119050 里湖东居委会\n"},
		{[]string{"abolish", "445281119201", "--successor", "445281119202"}, "并入\t445281119201 新池内村委会 → 445281119202 河头村委会\n"},
		{[]string{"move", "445281119203", "445281119303"}, "改代码\t445281119203 新松村委会 → 445281119303 新松村委会\n"},
	} {
		args := append(append([]string{"unit"}, step.args...), "--on", "2024-04-01")
		if code, out, wrong := s.run(append(args, "--preview")...); code != 0 || out != step.want {
			t.Errorf("%v: preview %d %s %s", step.args, code, out, wrong)
		}
		if code, out, wrong := s.run(args...); code != 0 || out != step.want+"已办理，2024-04-01 起\n" {
			t.Errorf("%v: %d %s %s", step.args, code, out, wrong)
		}
	}
	code, out, _ := s.run("unit", "list", "445281119", "--on", "2024-04-01", "--json")
	var lines []struct{ Code, Name, Level string }
	if err := json.Unmarshal([]byte(out), &lines); err != nil || code != 0 || len(lines) != 25 {
		t.Errorf("as of the day: %d %d lines, %v", code, len(lines), err)
	}
	if _, out, _ = s.run("unit", "show", "445281119"); !strings.Contains(out, "原有 至 2024-04-01\t里湖镇\n2024-04-01 至 今\t里湖街道\n") || !strings.Contains(out, "命令行 unit.rename：里湖镇（445281119000） → 里湖街道（445281119000）（2024-04-01 起）") {
		t.Errorf("show: %s", out)
	}
	for _, args := range [][]string{
		{"unit", "rename", "445281119", "里湖街道", "--on", "2024-04-02"}, {"unit", "rename", "44528111900x", "甲", "--on", "2024-04-02"}, {"unit", "rename", "445281119", "甲"},
		{"unit", "split", "445281119001", "甲", "乙", "--on", "2024-04-02"}, {"unit", "show", "445281119999"}, {"unit", "list", "--on", "gestern"},
	} {
		if code, out, wrong := s.run(args...); code != 1 || out != "" || wrong == "" {
			t.Errorf("%v: %d %q %q", args, code, out, wrong)
		}
	}
}
