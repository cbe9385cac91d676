package main

import (
	"fmt"
	"io"

	"github.com/sangzi/sangzi/internal/database"
)

type backupCmd struct {
	dbFlags
	Out string `short:"o" required:"" placeholder:"FILE" help:"备份文件 / The backup to write."`
}

func (c *backupCmd) Run(w *world) error {
	a, err := c.open(w, nil)
	if err != nil {
		return err
	}
	defer a.Close() //nolint:errcheck // nothing is written
	var rows int64
	err = writeFile(c.Out, func(f io.Writer) error {
		return a.DB.Backup(w.ctx, f, a.Clock(), func(_ string, n int64) { rows += n })
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(w.stdout, "已备份 %d 行到 %s；电话密钥 %s 请另行妥善保存\n", rows, c.Out, a.KeyFile)
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
	fmt.Fprintf(w.stdout, "已从 %s 恢复到 %s\n", c.From, c.DB)
	return nil
}
