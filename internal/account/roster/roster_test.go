package roster_test

import (
	"errors"
	"testing"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/account"
	"github.com/sangzi/sangzi/internal/account/roster"
	"github.com/sangzi/sangzi/internal/office/sheet"
	"github.com/sangzi/sangzi/internal/words"
)

func TestRead(t *testing.T) {
	lines, err := roster.Read("账号.csv", []byte("普宁市填报人员名单,,,,\n序号,姓 名*,联系电话,单位名称,角色,备注\n1,陈秋月,13812341234,新坛村,村级填报员,新\n,,,,,只有备注\n2,黄志明,,里湖镇, 办事员 ,\n3,某人,,里湖镇,书记,\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := []account.Line{
		{Row: 3, Name: "陈秋月", Phone: "13812341234", Unit: "新坛村", Role: string(access.VillageReporter)},
		{Row: 5, Name: "黄志明", Unit: "里湖镇", Role: string(access.TownClerk)},
		{Row: 6, Name: "某人", Unit: "里湖镇", Role: "书记"},
	}
	if len(lines) != len(want) {
		t.Fatalf("%+v", lines)
	}
	for i := range want {
		if lines[i] != want[i] {
			t.Errorf("%+v, want %+v", lines[i], want[i])
		}
	}
	if _, err := roster.Read("x.csv", []byte("村名,株数\n新坛村,12\n")); !errors.Is(err, roster.ErrHead) {
		t.Errorf("another form: %v", err)
	}
	if _, err := roster.Read("x.xlsx", []byte{}); !errors.Is(err, sheet.ErrEmpty) {
		t.Errorf("an empty file: %v", err)
	}
}

// Every role can be written as the pages show it.
func TestRolesAsShown(t *testing.T) {
	for _, role := range access.Roles() {
		shown := words.Text("role."+string(role), nil)
		lines, err := roster.Read("x.csv", []byte("姓名,角色,单位\n甲,"+shown+",里湖镇\n"))
		if err != nil || lines[0].Role != string(role) {
			t.Errorf("%s: %+v, %v", shown, lines, err)
		}
	}
}

// What is written can be read again, and a name that looks like a formula is a text.
func TestWrite(t *testing.T) {
	data, err := roster.Passwords([]roster.Secret{{Unit: "里湖镇", Name: "=1+1", Role: "镇街办事员", Login: "445281119", Password: "kmwt-7394-hqzx"}})
	if err != nil {
		t.Fatal(err)
	}
	book, err := sheet.Read("首次密码.xlsx", data, sheet.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	row := book.Sheets[0].Rows[1]
	for i, want := range []string{"里湖镇", "=1+1", "镇街办事员", "445281119", "kmwt-7394-hqzx"} {
		if row[i].Text != want || row[i].Formula || row[i].Kind != sheet.Text {
			t.Errorf("column %d: %+v, want the text %s", i, row[i], want)
		}
	}
	template, err := roster.Template()
	if err != nil {
		t.Fatal(err)
	}
	if lines, err := roster.Read("账号.xlsx", template); err != nil || len(lines) != 0 {
		t.Errorf("the empty list: %+v, %v", lines, err)
	}
}
