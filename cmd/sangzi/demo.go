package main

import (
	"fmt"
	"log/slog"
	"net"

	"github.com/sangzi/sangzi/internal/app"
	"github.com/sangzi/sangzi/internal/demo"
)

type demoCmd struct {
	DB     string `name:"db" default:"sqlite:data/demo.db" placeholder:"sqlite:PATH|postgres://…" help:"演示库 / The demonstration's database."`
	Reset  bool   `help:"重建演示库 / Make the database anew."`
	Listen string `default:"127.0.0.1:8080" placeholder:"HOST:PORT" help:"监听地址 / Where to listen."`
	Today  string `default:"${today}" placeholder:"DATE" help:"演示的时刻 / The moment of the demonstration."`
}

func (c *demoCmd) Run(w *world) error {
	log := slog.New(slog.NewTextHandler(w.stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
	a, fresh, err := app.OpenDemo(w.ctx, app.DemoOptions{DB: c.DB, Reset: c.Reset, Today: c.Today, Log: log})
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
