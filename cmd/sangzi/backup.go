package main

import (
	"fmt"
	"io"
	"time"

	"github.com/sangzi/sangzi/internal/account/keyfile"
	"github.com/sangzi/sangzi/internal/database"
)

type backupCmd struct {
	DB      string `name:"db" required:"" placeholder:"sqlite:PATH|postgres://…" help:"备份哪个库 / The database to back up."`
	KeyFile string `placeholder:"FILE" help:"电话加密密钥文件，不进备份 / The key that seals telephone numbers; it stays outside the backup."`
	Out     string `short:"o" required:"" placeholder:"FILE" help:"备份文件 / The backup to write."`
}

// Run backs up a database as it stands: it is neither made nor brought forward.
func (c *backupCmd) Run(w *world) (err error) {
	db, err := database.OpenThere(w.ctx, c.DB)
	if err != nil {
		return err
	}
	defer db.Close() //nolint:errcheck // nothing is written
	key, err := keyfile.PathFor(db, c.KeyFile)
	if err != nil {
		return err
	}
	var rows int64
	err = writeFile(c.Out, func(f io.Writer) error {
		return db.Backup(w.ctx, f, time.Now(), func(_ string, n int64) { rows += n })
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(w.stdout, "已备份 %d 行到 %s；电话密钥 %s 请另行妥善保存\n", rows, c.Out, key)
	return nil
}

type restoreCmd struct {
	DB   string `name:"db" required:"" placeholder:"sqlite:PATH|postgres://…" help:"恢复到哪里，必须是空的 / Where to; it must be empty."`
	From string `arg:"" placeholder:"FILE" help:"备份文件 / The backup."`
}

func (c *restoreCmd) Run(w *world) error {
	if err := database.Restore(w.ctx, c.DB, c.From); err != nil {
		return err
	}
	fmt.Fprintf(w.stdout, "已从 %s 恢复到 %s；要打开它还需要原来的电话密钥文件\n", c.From, database.Redact(c.DB))
	return nil
}
