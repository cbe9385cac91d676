package main

import (
	"fmt"

	"github.com/sangzi/sangzi/internal/app"
)

type packCmd struct {
	Check packCheckCmd `cmd:"" help:"检查一份专项行动文件 / Check a campaign pack, by line and field."`
}

type packCheckCmd struct {
	File string `arg:"" placeholder:"FILE.yaml"`
}

func (c *packCheckCmd) Run(w *world) error {
	p, err := app.LoadPack(c.File)
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
