// Package roster reads and writes the workbooks of accounts: the list an office hands in, the
// empty one to fill in, and the list of first passwords that is handed out once. It knows
// columns and the words people use for roles, and nothing of what may be made.
package roster

import (
	"strings"

	"golang.org/x/text/width"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/account"
	"github.com/sangzi/sangzi/internal/office/sheet"
	"github.com/sangzi/sangzi/internal/problem"
)

// ErrHead: no sheet has a row with 姓名, 角色 and 单位.
var ErrHead = problem.New(problem.Invalid, "account.roster_head")

// titles are the heads that are understood, without blanks and stars.
var titles = map[string]account.Field{
	"登录名": account.FieldLogin, "账号": account.FieldLogin, "帐号": account.FieldLogin, "用户名": account.FieldLogin, "登录账号": account.FieldLogin,
	"姓名": account.FieldName, "名字": account.FieldName, "填报人": account.FieldName, "联系人": account.FieldName,
	"角色": account.FieldRole, "身份": account.FieldRole, "岗位": account.FieldRole,
	"单位": account.FieldUnit, "所属单位": account.FieldUnit, "单位名称": account.FieldUnit, "单位代码": account.FieldUnit, "单位名称或代码": account.FieldUnit,
	"部门": account.FieldDepartment, "部门名称": account.FieldDepartment,
	"电话": account.FieldPhone, "手机": account.FieldPhone, "手机号": account.FieldPhone, "手机号码": account.FieldPhone, "联系电话": account.FieldPhone, "电话号码": account.FieldPhone,
}

// roles are what people write for a role.
var roles = map[string]access.Role{
	"村级填报员": access.VillageReporter, "填报员": access.VillageReporter, "村填报员": access.VillageReporter, "村级": access.VillageReporter,
	"镇街办事员": access.TownClerk, "办事员": access.TownClerk, "镇办事员": access.TownClerk, "镇街": access.TownClerk, "镇级": access.TownClerk,
	"县级专班": access.CountyOffice, "县专班": access.CountyOffice, "市级专班": access.CityOffice, "市专班": access.CityOffice,
	"部门": access.Department, "责任单位": access.Department, "领导": access.Leader, "领导(只读)": access.Leader, "管理员": access.Administrator,
}

// headWithin is how many rows may stand above the head.
const headWithin = 20

// Read finds the list in a workbook and gives its lines as written. Rows that are blank in all
// its columns are left out; what is wrong with a line is for others to say.
func Read(name string, data []byte) ([]account.Line, error) {
	book, err := sheet.Read(name, data, sheet.Limits{})
	if err != nil {
		return nil, err
	}
	for _, s := range book.Sheets {
		if row, columns, ok := head(s); ok && !s.Hidden {
			return lines(s, row, columns), nil
		}
	}
	return nil, ErrHead
}

func head(s sheet.Sheet) (row int, columns map[account.Field]int, ok bool) {
	for row := range min(len(s.Rows), headWithin) {
		columns := map[account.Field]int{}
		for c, cell := range s.Rows[row] {
			field, known := titles[bare(cell.Text)]
			if _, taken := columns[field]; known && !taken {
				columns[field] = c
			}
		}
		_, name := columns[account.FieldName]
		_, role := columns[account.FieldRole]
		_, unit := columns[account.FieldUnit]
		if name && role && unit {
			return row, columns, true
		}
	}
	return 0, nil, false
}

func bare(text string) string {
	return strings.NewReplacer("*", "", ":", "", " ", "", "\n", "", "\t", "", "\u00a0", "").Replace(width.Fold.String(text))
}

func lines(s sheet.Sheet, head int, columns map[account.Field]int) []account.Line {
	var list []account.Line
	for r := head + 1; r < len(s.Rows); r++ {
		text := func(f account.Field) string {
			c, ok := columns[f]
			if !ok || c >= len(s.Rows[r]) {
				return ""
			}
			return strings.TrimSpace(s.Rows[r][c].Text)
		}
		l := account.Line{Row: r + 1, Login: text(account.FieldLogin), Name: text(account.FieldName), Role: text(account.FieldRole),
			Unit: text(account.FieldUnit), Department: text(account.FieldDepartment), Phone: text(account.FieldPhone)}
		if l == (account.Line{Row: l.Row}) {
			continue
		}
		if role, ok := roles[bare(l.Role)]; ok {
			l.Role = string(role)
		}
		list = append(list, l)
	}
	return list
}
