package main

import (
	"fmt"
	"os"
	"strings"
	"time"

	"golang.org/x/term"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/account"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/unit"
)

func isTerminal(f *os.File) bool { return term.IsTerminal(int(f.Fd())) }

type accountCmd struct {
	Create accountCreateCmd `cmd:"" help:"建账号，打印首次密码 / Create an account and print its first password."`
	List   accountListCmd   `cmd:"" help:"列出账号 / List accounts."`
	Reset  accountResetCmd  `cmd:"" help:"重设密码 / Give a new first password."`
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
	made, err := a.Accounts.Create(w.ctx, access.Operator("命令行", unit.Nation), account.Input{Login: c.Login, Name: c.Name, Role: access.Role(c.Role), Unit: of, Phone: c.Phone})
	if err != nil {
		return err
	}
	fmt.Fprintf(w.stdout, "登录名 %s\n首次密码 %s\n首次登录时须改密码\n", made.Account.Login, made.Password)
	return nil
}

type accountListCmd struct {
	dbFlags
	Unit string `default:"0" placeholder:"CODE" help:"只列这个单位及以下 / Only this unit and below."`
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
	operator := access.Operator("命令行", unit.Nation)
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

type tokenCmd struct {
	Create tokenCreateCmd `cmd:"" help:"为一个账号建接口令牌，只显示这一次 / Create a token for an account; shown once."`
}

type tokenCreateCmd struct {
	dbFlags
	Login string        `required:"" help:"归谁 / Whose it is."`
	Name  string        `default:"命令行" help:"用途 / What it is for."`
	Role  string        `help:"角色，不写同账号 / Role; the account's by default."`
	Unit  string        `placeholder:"CODE" help:"单位，不写同账号 / Unit; the account's by default."`
	For   time.Duration `default:"2160h" help:"有效期 / How long it is good."`
}

func (c *tokenCreateCmd) Run(w *world) error {
	a, err := c.open(w, nil)
	if err != nil {
		return err
	}
	defer a.Close() //nolint:errcheck // the writes are committed
	one, err := a.AccountByLogin(w.ctx, access.Operator("命令行", unit.Nation), c.Login)
	if err != nil {
		return err
	}
	in := account.TokenInput{Name: c.Name, Role: one.Role, Unit: one.Unit, ExpiresAt: time.Now().Add(c.For)}
	if c.Role != "" {
		in.Role = access.Role(c.Role)
	}
	if c.Unit != "" {
		if in.Unit, err = unit.ParseCode(c.Unit); err != nil {
			return err
		}
	}
	_, text, err := a.Accounts.CreateToken(w.ctx, one.Actor(), in)
	if err != nil {
		return err
	}
	fmt.Fprintln(w.stdout, text)
	return nil
}

type packCmd struct {
	Check packCheckCmd `cmd:"" help:"检查一份专项行动文件 / Check a campaign pack, by line and field."`
}

type packCheckCmd struct {
	File string `arg:"" placeholder:"FILE.yaml"`
}

func (c *packCheckCmd) Run(w *world) error {
	data, err := os.ReadFile(c.File)
	if err != nil {
		return err
	}
	p, err := campaign.Load(c.File, data)
	if err != nil {
		return err
	}
	fmt.Fprintf(w.stdout, "%s：%d 列，%d 项重点任务，没有问题\n", p.Name, len(p.Ledger.Columns), len(p.Tasks))
	return nil
}

type versionCmd struct{}

// version is set by the build.
var version = "development"

func (*versionCmd) Run(w *world) error {
	fmt.Fprintln(w.stdout, "sangzi "+version)
	return nil
}
