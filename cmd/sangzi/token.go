package main

import (
	"fmt"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/account"
	"github.com/sangzi/sangzi/internal/unit"
)

type tokenCmd struct {
	Create tokenCreateCmd `cmd:"" help:"为一个账号建接口令牌，只显示这一次 / Create a token for an account; shown once."`
	List   tokenListCmd   `cmd:"" help:"列出一个账号的令牌 / List an account's tokens."`
	Revoke tokenRevokeCmd `cmd:"" help:"停用令牌 / Revoke a token."`
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
	one, err := a.AccountByLogin(w.ctx, operator, c.Login)
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
	if one.MustChange {
		fmt.Fprintf(w.stderr, "账号 %s 还没有改首次密码，改过之后令牌才能用\n", one.Login)
	}
	return nil
}

// tokenLine is a token as token list gives it to programs; its text is not kept.
type tokenLine struct {
	ID        int64       `json:"id"`
	Name      string      `json:"name"`
	Role      access.Role `json:"role"`
	Unit      string      `json:"unit"`
	ExpiresAt time.Time   `json:"expires_at"`
	Revoked   bool        `json:"revoked"`
}

type tokenListCmd struct {
	dbFlags
	Login string `required:"" help:"归谁 / Whose."`
	JSON  bool   `name:"json" help:"给程序读 / For programs."`
}

func (c *tokenListCmd) Run(w *world) error {
	a, err := c.open(w, nil)
	if err != nil {
		return err
	}
	defer a.Close() //nolint:errcheck // nothing is written
	one, err := a.AccountByLogin(w.ctx, operator, c.Login)
	if err != nil {
		return err
	}
	tokens, err := a.Accounts.Tokens(w.ctx, one.Actor(), one.Unit)
	if err != nil {
		return err
	}
	lines := []tokenLine{}
	for _, t := range tokens {
		if t.Account == one.ID {
			lines = append(lines, tokenLine{t.ID, t.Name, t.Role, t.Unit.String(), t.ExpiresAt, !t.RevokedAt.IsZero()})
		}
	}
	if c.JSON {
		return printJSON(w.stdout, lines)
	}
	for _, l := range lines {
		state := "有效至 " + l.ExpiresAt.In(a.Pack.Spec().Location).Format("2006-01-02")
		if l.Revoked {
			state = "已停用"
		}
		fmt.Fprintf(w.stdout, "%d\t%s\t%s\t%s\t%s\n", l.ID, l.Name, l.Role, l.Unit, state)
	}
	return nil
}

type tokenRevokeCmd struct {
	dbFlags
	Login string `required:"" help:"归谁 / Whose."`
	ID    int64  `arg:"" name:"id" help:"编号，见 token list / Its number, as in token list."`
}

func (c *tokenRevokeCmd) Run(w *world) error {
	a, err := c.open(w, nil)
	if err != nil {
		return err
	}
	defer a.Close() //nolint:errcheck // the writes are committed
	one, err := a.AccountByLogin(w.ctx, operator, c.Login)
	if err != nil {
		return err
	}
	if err := a.Accounts.RevokeToken(w.ctx, one.Actor(), c.ID); err != nil {
		return err
	}
	fmt.Fprintf(w.stdout, "已停用令牌 %d\n", c.ID)
	return nil
}
