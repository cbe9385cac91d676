package web

import (
	"context"

	"github.com/sangzi/sangzi/internal/access"
)

// Site is what every page shows around its content.
type Site struct {
	Campaign      string // short name beside the brand: 党旗红·乡村绿
	Filing        string // 备案号; empty: 备案号办理中
	FilingURL     string // where it can be looked up; may be empty
	ComplaintURL  string // 投诉与建议: a page of this site; empty: /feedback
	Demonstration bool   // figures are invented, and every page says so

	// Navigation gives the main navigation for an actor.
	Navigation func(ctx context.Context, actor access.Actor) []NavItem
	// Menu gives what stands in the person's own menu beside the password and signing out.
	Menu func(ctx context.Context, actor access.Actor) []NavItem
	// Unread is how many reminders wait for the actor; the head of every page leads to them.
	Unread func(ctx context.Context, actor access.Actor) int
	// UnitName says where the actor stands: 里湖镇, 普宁市委组织部.
	UnitName func(ctx context.Context, actor access.Actor) string
}

// NavItem is one entry of the main navigation. Section is what a Page names as its own.
type NavItem struct {
	Label   string
	Href    string
	Section string
}

func (s *Site) navigation(ctx context.Context, actor access.Actor) []NavItem {
	if s.Navigation == nil {
		return nil
	}
	return s.Navigation(ctx, actor)
}

func (s *Site) unitName(ctx context.Context, actor access.Actor) string {
	if actor.Department != "" {
		return actor.Department
	}
	if s.UnitName == nil {
		return ""
	}
	return s.UnitName(ctx, actor)
}

func (s *Site) complaintURL() string {
	if s.ComplaintURL == "" {
		return "/feedback"
	}
	return s.ComplaintURL
}

func (s *Site) filing() string {
	if s.Filing == "" {
		return "备案号办理中"
	}
	return s.Filing
}
