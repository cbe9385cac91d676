package web

import (
	"context"
	"log/slog"
)

// LogHandler adds the request's number to every line logged with its context.
func LogHandler(next slog.Handler) slog.Handler { return &numbered{next} }

type numbered struct{ slog.Handler }

func (n *numbered) Handle(ctx context.Context, record slog.Record) error {
	if id := RequestID(ctx); id != "" {
		record = record.Clone()
		record.AddAttrs(slog.String("request", id))
	}
	return n.Handler.Handle(ctx, record)
}

func (n *numbered) WithAttrs(attrs []slog.Attr) slog.Handler {
	return &numbered{n.Handler.WithAttrs(attrs)}
}
func (n *numbered) WithGroup(name string) slog.Handler { return &numbered{n.Handler.WithGroup(name)} }
