package main

import (
	"context"
	"fmt"
	"os"
	"strings"

	"golang.org/x/term"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/account"
	"github.com/sangzi/sangzi/internal/unit"
)

// operator is who sits at the machine's own command line.
var operator = access.Operator("命令行", unit.Nation)

func isTerminal(f *os.File) bool { return term.IsTerminal(int(f.Fd())) }

type accountCmd struct {
	Create  accountCreateCmd  `cmd:"" help:"建账号，打印首次密码 / Create an account and print its first password."`
	List    accountListCmd    `cmd:"" help:"列出账号 / List accounts."`
	Reset   accountResetCmd   `cmd:"" help:"重设密码 / Give a new first password."`
	Disable accountDisableCmd `cmd:"" help:"停用 / Let an account sign in no more."`
	Enable  accountEnableCmd  `cmd:"" help:"重新启用 / Let it sign in again."`
}

type accountCreateCmd struct {
	dbFlags
	Unit  string `required:"" placeholder:"CODE" help:"所在单位 / The unit it stands at."`
	Role  string `required:"" help:"角色：${enum} / Role." enum:"village_reporter,town_clerk,county_office,city_office,leader,administrator"`
	Name  string `required:"" help:"姓名 / Name."`
	Login string `help:"登录名，不写由单位代码生成 / Login; made from the unit's code by default."`
	Phone string `help:"电话 / Telephone."`
}

func (c *accountCreateCmd) Run(w *world) error {
	of, err := unit.ParseCode(c.Unit)
	if err != nil {
		return err
	}
	a, err := c.open(w, nil)
	if err != nil {
		return err
	}
	defer a.Close() //nolint:errcheck // the writes are committed
	made, err := a.Accounts.Create(w.ctx, operator, account.Input{Login: c.Login, Name: c.Name, Role: access.Role(c.Role), Unit: of, Phone: c.Phone})
	if err != nil {
		return err
	}
	fmt.Fprintf(w.stdout, "登录名 %s\n首次密码 %s\n首次登录时须改密码\n", made.Account.Login, made.Password)
	return nil
}

type accountListCmd struct {
	dbFlags
	Unit string `default:"0" placeholder:"CODE" help:"只列这个单位及以下 / Only this unit and below."`
	JSON bool   `name:"json" help:"给程序读 / For programs."`
}

// accountLine is an account as account list gives it to programs.
type accountLine struct {
	Login    string      `json:"login"`
	Name     string      `json:"name"`
	Role     access.Role `json:"role"`
	Unit     string      `json:"unit"`
	Disabled bool        `json:"disabled"`
}

func (c *accountListCmd) Run(w *world) error {
	of, err := unit.ParseCode(c.Unit)
	if err != nil {
		return err
	}
	a, err := c.open(w, nil)
	if err != nil {
		return err
	}
	defer a.Close() //nolint:errcheck // nothing is written
	page, err := a.Accounts.Accounts(w.ctx, access.Operator("命令行", of), account.Query{Of: of})
	if err != nil {
		return err
	}
	if c.JSON {
		lines := make([]accountLine, 0, len(page.Accounts))
		for _, one := range page.Accounts {
			lines = append(lines, accountLine{one.Login, one.Name, one.Role, one.Unit.String(), one.Disabled})
		}
		return printJSON(w.stdout, lines)
	}
	for _, one := range page.Accounts {
		state := ""
		if one.Disabled {
			state = "停用"
		}
		fmt.Fprintln(w.stdout, strings.TrimRight(strings.Join([]string{one.Login, one.Name, string(one.Role), one.Unit.String(), state}, "\t"), "\t"))
	}
	return nil
}

type accountResetCmd struct {
	dbFlags
	Login string `arg:"" help:"登录名 / Login."`
}

func (c *accountResetCmd) Run(w *world) error {
	a, err := c.open(w, nil)
	if err != nil {
		return err
	}
	defer a.Close() //nolint:errcheck // the writes are committed
	one, err := a.AccountByLogin(w.ctx, operator, c.Login)
	if err != nil {
		return err
	}
	issued, err := a.Accounts.ResetPassword(w.ctx, operator, one.ID)
	if err != nil {
		return err
	}
	fmt.Fprintf(w.stdout, "登录名 %s\n首次密码 %s\n", issued.Account.Login, issued.Password)
	return nil
}

type accountDisableCmd struct{ accountSwitch }

func (c *accountDisableCmd) Run(w *world) error {
	return c.turn(w, "已停用", (*account.Service).Disable)
}

type accountEnableCmd struct{ accountSwitch }

func (c *accountEnableCmd) Run(w *world) error {
	return c.turn(w, "已启用", (*account.Service).Enable)
}

type accountSwitch struct {
	dbFlags
	Login string `arg:"" help:"登录名 / Login."`
}

func (c *accountSwitch) turn(w *world, done string, verb func(*account.Service, context.Context, access.Actor, int64) error) error {
	a, err := c.open(w, nil)
	if err != nil {
		return err
	}
	defer a.Close() //nolint:errcheck // the writes are committed
	one, err := a.AccountByLogin(w.ctx, operator, c.Login)
	if err != nil {
		return err
	}
	if err := verb(a.Accounts, w.ctx, operator, one.ID); err != nil {
		return err
	}
	fmt.Fprintf(w.stdout, "%s %s\n", done, one.Login)
	return nil
}
