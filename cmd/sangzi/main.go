// Command sangzi runs a rural-greening campaign: the server, and from the command line
// everything an operator or a clerk without a server does. It parses, calls package app or a
// wing, and prints; it decides nothing.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/demo"
	"github.com/sangzi/sangzi/internal/words"
)

// Exit codes.
const (
	exitFailed  = 1 // nothing could be done; the reason is on stderr
	exitPartial = 3 // done, but something was left out and listed
)

type cli struct {
	Serve      serveCmd    `cmd:"" help:"启动服务 / Start the server."`
	Demo       demoCmd     `cmd:"" help:"建一个演示库并启动服务 / Make a demonstration database and serve it."`
	Ledger     ledgerCmd   `cmd:"" help:"台账：导入、导出、汇总 / The weekly ledger: import, export, merge."`
	Record     recordCmd   `cmd:"" help:"记录：成批导入、列出 / Records of what was done: import, list."`
	Stats      statsCmd    `cmd:"" help:"统计表（附件3） / The statistics, annex 3."`
	Tasks      tasksCmd    `cmd:"" help:"重点任务：一个单位哪天做到哪一步 / How the tasks of a unit stand on a day."`
	Dispatch   dispatchCmd `cmd:"" help:"周调度：一个单位一周的调度页 / The weekly dispatch of a unit."`
	Bulletin   bulletinCmd `cmd:"" help:"月通报 / The monthly bulletin."`
	Account    accountCmd  `cmd:"" help:"账号 / Accounts."`
	Token      tokenCmd    `cmd:"" help:"接口令牌 / Tokens of programs."`
	Unit       unitCmd     `cmd:"" help:"单位：列出、更名、撤并 / Units: list, rename, merge, split, abolish."`
	Notify     notifyCmd   `cmd:"" help:"催报提醒 / Reminders of the weekly report."`
	Campaign   packCmd     `cmd:"" help:"检查专项行动文件 / Check a campaign pack."`
	Backup     backupCmd   `cmd:"" help:"备份（服务运行时也可以） / Back up, also while the server runs."`
	Key        keyCmd      `cmd:"" help:"电话密钥：更换、丢失后换新 / The key that seals telephone numbers: renew it, or go on without the one that is lost."`
	Restore    restoreCmd  `cmd:"" help:"恢复备份，不覆盖已有的库 / Restore a backup; never overwrites."`
	VersionCmd versionCmd  `cmd:"" name:"version" help:"版本 / Version."`
}

// world is the process a command runs in; tests give their own.
type world struct {
	ctx    context.Context
	stdout io.Writer
	stderr io.Writer
}

// partial ends a command that left something out and listed it.
type partial struct{}

func (partial) Error() string { return "left out" }

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// newParser describes the command line; exited is told when it ends the program by itself.
func newParser(c *cli, stdout, stderr io.Writer, exited func(int)) (*kong.Kong, error) {
	parser, err := kong.New(c, kong.Name("sangzi"),
		kong.Description("桑梓：乡村绿化专项行动的周台账、统计与调度。\nsangzi: the weekly ledger, statistics and dispatch of a rural-greening campaign."),
		kong.Writers(stdout, stderr), kong.Vars{"today": demo.Today}, kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
		kong.Exit(exited), kong.ValueFormatter(kong.DefaultHelpValueFormatter))
	if err != nil {
		return nil, err
	}
	parser.Model.HelpFlag.Help = "怎么用 / Show help."
	return parser, nil
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) (code int) {
	var c cli
	exited := -1
	parser, err := newParser(&c, stdout, stderr, func(n int) { exited = n; panic(exit{}) })
	if err != nil {
		fmt.Fprintln(stderr, err)
		return exitFailed
	}
	defer func() {
		if r := recover(); r != nil {
			if _, ok := r.(exit); !ok {
				panic(r)
			}
			code = exited
		}
	}()
	if len(args) == 0 {
		args = []string{"--help"}
	}
	k, err := parser.Parse(args)
	if err != nil {
		fmt.Fprintf(stderr, "sangzi: %v\n写法见 sangzi --help / See sangzi --help.\n", err)
		return exitFailed
	}
	err = k.Run(&world{ctx, stdout, stderr})
	switch {
	case err == nil:
		return 0
	case errors.As(err, &partial{}):
		return exitPartial
	}
	fmt.Fprintln(stderr, "sangzi: "+say(err))
	return exitFailed
}

// exit unwinds kong's own exits (--help) without ending the process.
type exit struct{}

// say tells an error in the user's words; what has none is told as it is, since the operator is
// the one who reads the log.
func say(err error) string {
	if invalid := (*campaign.Invalid)(nil); errors.As(err, &invalid) {
		return invalid.Error()
	}
	if sentence, ok := words.Of(err); ok {
		return sentence
	}
	return err.Error()
}
