package main

import (
	"fmt"
	"log/slog"
	"net"
	"strings"

	"github.com/sangzi/sangzi/internal/app"
	"github.com/sangzi/sangzi/internal/demo"
)

type demoCmd struct {
	DB     string `name:"db" placeholder:"sqlite:PATH|postgres://…" help:"演示库，不写用 data/demo.db，别的时刻各有一个 / The demonstration's database; one of its own for each moment by default."`
	Reset  bool   `help:"重建演示库 / Make the database anew."`
	Listen string `default:"127.0.0.1:8080" placeholder:"HOST:PORT" help:"监听地址 / Where to listen."`
	Today  string `default:"${today}" placeholder:"DATE" help:"演示的时刻 / The moment of the demonstration."`
}

func (c *demoCmd) Run(w *world) error {
	log := slog.New(slog.NewTextHandler(w.stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
	a, fresh, err := app.OpenDemo(w.ctx, app.DemoOptions{DB: c.db(), Reset: c.Reset, Today: c.Today, Log: log, Progress: func(week, of int) {
		fmt.Fprintf(w.stdout, "正在生成演示数据：第 %d 周，共 %d 周\n", week, of)
	}})
	if err != nil {
		return err
	}
	defer a.Close() //nolint:errcheck // a demonstration
	l, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return err
	}
	fmt.Fprintf(w.stdout, "桑梓演示：http://%s （数字为虚构，今天是 %s）\n", l.Addr(), c.Today)
	if !fresh {
		fmt.Fprintln(w.stdout, "接着用上次的演示库，要重来加 --reset")
	}
	fmt.Fprintf(w.stdout, "\n密码都是 %s\n", demo.Password)
	for _, p := range demo.Cast() {
		fmt.Fprintf(w.stdout, "  %-14s %s\n", p.Login, p.What)
	}
	fmt.Fprintln(w.stdout, "\n按 Ctrl+C 结束")
	return a.Serve(w.ctx, l, app.ServerOptions{Demonstration: true})
}

// db is the database of the moment.
func (c *demoCmd) db() string {
	switch {
	case c.DB != "":
		return c.DB
	case c.Today == demo.Today:
		return "sqlite:data/demo.db"
	}
	return "sqlite:data/demo-" + strings.ReplaceAll(c.Today, ":", "") + ".db"
}
