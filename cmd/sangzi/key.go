package main

import (
	"fmt"
	"strings"

	"github.com/sangzi/sangzi/internal/app"
)

type keyCmd struct {
	Renew   keyRenewCmd   `cmd:"" help:"换新密钥；原来的丢了就加 --forget / Give the database a new key; with --forget when the old one is lost."`
	Recover keyRecoverCmd `cmd:"" help:"旧密钥又找到了，把用它加密的号码找回来 / Read again what a key had sealed that has turned up."`
}

// keyFlags name a database and its key.
type keyFlags struct {
	DB      string `name:"db" required:"" placeholder:"sqlite:PATH|postgres://…" help:"哪个库 / The database."`
	KeyFile string `placeholder:"FILE" help:"电话加密密钥文件 / The key that seals telephone numbers."`
}

func (f keyFlags) options() app.Options { return app.Options{DB: f.DB, KeyFile: f.KeyFile} }

type keyRenewCmd struct {
	keyFlags
	Forget bool `help:"原来的密钥丢了，用它加密的号码不要了 / The old key is lost: give up what it sealed."`
	Yes    bool `help:"办理；不写只说会怎样 / Do it; without it only tell what it would come to."`
}

// Help is what stands below the flags.
func (keyRenewCmd) Help() string {
	return `办理前先停下所有用这个库的服务，并做一次备份。

密钥文件还在：所有号码用新密钥重新加密，一个不丢；换下的密钥留在旁边（.until-日期），恢复以前的备份还要用它。
密钥文件丢了：加 --forget。台账、记录、通报都照常；存着的电话号码和群机器人地址不能再读，页面上写“已无法读取（密钥已更换）”，要重新填写。已封存报送的联系电话也在其内，原来的校验值不能再重算，换密钥时另留一个，以后按它核对。以后旧密钥又找到了，用 sangzi key recover 找回。

Stop every server on the database first, and make a backup. With the key at hand everything is sealed anew and nothing is lost; --forget is for a key that is gone.`
}

func (c *keyRenewCmd) Run(w *world) error {
	done, err := app.RenewKey(w.ctx, c.options(), c.Forget, c.Yes)
	if err != nil {
		return err
	}
	fate := "会用新密钥重新加密，都能照常读取"
	if c.Forget {
		fate = "将不能再读取，要重新填写"
	}
	if !c.Yes {
		fmt.Fprintf(w.stdout, "换新密钥后，以下内容%s：\n%s这次没有改动；停下服务、做好备份后，加 --yes 办理\n", fate, sealedLines(&done))
		return nil
	}
	if fate = "已用新密钥重新加密"; c.Forget {
		fate = "不能再读取，要重新填写"
	}
	fmt.Fprintf(w.stdout, "已换新密钥，在 %s，请马上另存一份；多台服务器的，每台都要换上\n以下内容%s：\n%s", done.Path, fate, sealedLines(&done))
	if done.Kept != "" {
		fmt.Fprintf(w.stdout, "原来的密钥文件留在 %s，恢复以前的备份还要用它\n", done.Kept)
	}
	return nil
}

type keyRecoverCmd struct {
	keyFlags
	From string `arg:"" placeholder:"FILE" help:"找到的旧密钥文件 / The old key that has turned up."`
}

func (c *keyRecoverCmd) Run(w *world) error {
	done, err := app.RecoverKey(w.ctx, c.options(), c.From)
	if err != nil {
		return err
	}
	fmt.Fprintf(w.stdout, "已找回：%s\n", done.Said())
	return nil
}

// sealedLines is how many of each kind, a line each.
func sealedLines(c *app.KeyChange) string {
	var b strings.Builder
	for _, one := range c.Counts {
		fmt.Fprintf(&b, "  %s %d %s\n", one.Kind, one.N, one.Measure)
	}
	return b.String()
}
