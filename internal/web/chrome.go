package web

import (
	"context"

	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/words"
)

// What the layout reads of the request.

func siteOf(ctx context.Context) *Site { return stateOf(ctx).site }

func assetURL(ctx context.Context, name string) string {
	if s := stateOf(ctx).static; s != nil {
		return s.URL(name)
	}
	return Embedded().URL(name)
}

func navigationOf(ctx context.Context) []NavItem {
	if !IsSignedIn(ctx) {
		return nil
	}
	return siteOf(ctx).navigation(ctx, ActorOf(ctx))
}

func menuOf(ctx context.Context) []NavItem {
	if site := siteOf(ctx); site.Menu != nil {
		return site.Menu(ctx, ActorOf(ctx))
	}
	return nil
}

func unreadOf(ctx context.Context) int {
	if site := siteOf(ctx); site.Unread != nil {
		return site.Unread(ctx, ActorOf(ctx))
	}
	return 0
}

func unitNameOf(ctx context.Context) string { return siteOf(ctx).unitName(ctx, ActorOf(ctx)) }

func roleOf(ctx context.Context) string {
	return words.Text("role."+string(ActorOf(ctx).Role), problem.Params{})
}

func documentTitle(p Page) string {
	if p.Title == "" {
		return "桑梓"
	}
	return p.Title + " · 桑梓"
}

func (p Page) scripts() []string {
	var s []string
	if p.Htmx {
		s = append(s, "htmx.js")
	}
	return append(append(s, "app.js"), p.Scripts...)
}

func (s Shape) class() string {
	switch s {
	case Sheet:
		return "sheet"
	case Phone:
		return "phone"
	case Plain:
		return "plain"
	}
	return "desk"
}
