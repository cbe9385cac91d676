package main

import (
	"fmt"
	"log/slog"
	"net"
	"os"
	"runtime/debug"

	"github.com/sangzi/sangzi/internal/app"
)

type serveCmd struct {
	dbFlags
	Listen  string `default:"127.0.0.1:8080" placeholder:"HOST:PORT" help:"监听地址 / Where to listen."`
	HTTPS   bool   `name:"https" help:"只经 https 访问 / Reached by https only."`
	Proxied bool   `help:"前面有自己的反向代理 / Behind a proxy of its own: believe its X-Forwarded headers."`
	Quiet   bool   `help:"只记警告和错误 / Log warnings and errors only."`
}

func (c *serveCmd) Run(w *world) error {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(200) // what a request leaves behind is small beside the ledger in memory
	}
	level := slog.LevelInfo
	if c.Quiet {
		level = slog.LevelWarn
	}
	log := slog.New(slog.NewTextHandler(w.stderr, &slog.HandlerOptions{Level: level}))
	a, err := c.open(w, log)
	if err != nil {
		return err
	}
	defer a.Close() //nolint:errcheck // what was acknowledged is on disk
	l, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return err
	}
	fmt.Fprintf(w.stdout, "桑梓在 http://%s\n", l.Addr())
	return a.Serve(w.ctx, l, app.ServerOptions{HTTPS: c.HTTPS, Proxied: c.Proxied})
}
