package main

import (
	"fmt"
	"log/slog"
)

type notifyCmd struct {
	Run notifyRunCmd `cmd:"" help:"把现在该发的催报提醒发出去，供定时任务用 / Send the reminders that are due now, for cron."`
}

type notifyRunCmd struct {
	dbFlags
}

// Run does once what the server does in its background.
func (c *notifyRunCmd) Run(w *world) error {
	a, err := c.open(w, slog.New(slog.NewTextHandler(w.stderr, &slog.HandlerOptions{Level: slog.LevelWarn})))
	if err != nil {
		return err
	}
	defer a.Close() //nolint:errcheck // what was sent is written down
	r, err := a.Remind(w.ctx)
	fmt.Fprintf(w.stdout, "提醒 %d 个单位；群消息和短信发出 %d 条，待重发 %d 条，失败 %d 条，不用再发 %d 条\n", r.Reminded, r.Sent, r.Retried, r.Failed, r.Dropped)
	return err
}
