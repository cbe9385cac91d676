package notify

import (
	"context"
	"errors"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/audit"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/unit"
)

// How many robots a unit has, and how long their texts are, in characters.
const (
	MaxRobots = 5
	MaxName   = 30
	maxSecret = 200
)

// RobotInput is a robot to be added at a unit.
type RobotInput struct {
	Unit     unit.Code
	Platform Platform
	Name     string
	Address  string
	Secret   string
	Mention  bool
}

// Robots lists a unit's robots. Addresses are masked and secrets left out.
func (s *Service) Robots(ctx context.Context, a access.Actor, of unit.Code) ([]Robot, error) {
	if err := a.Can(access.ManageNotify, of); err != nil {
		return nil, err
	}
	list, err := s.Store.Robots(ctx, of)
	for i := range list {
		list[i] = masked(list[i])
	}
	return list, err
}

func masked(r Robot) Robot {
	if r.Lost {
		r.Address, r.Secret = "", ""
		return r
	}
	r.Address = MaskAddress(r.Address)
	if r.Secret != "" {
		r.Secret = "****"
	}
	return r
}

// AddRobot adds a robot to a unit's groups. The platform is not asked yet; that is TestRobot.
func (s *Service) AddRobot(ctx context.Context, a access.Actor, in RobotInput) (Robot, error) {
	if err := a.Can(access.ManageNotify, in.Unit); err != nil {
		return Robot{}, err
	}
	r := Robot{Unit: in.Unit, Platform: in.Platform, Name: tidy(in.Name), Address: strings.TrimSpace(in.Address), Secret: strings.TrimSpace(in.Secret),
		Mention: in.Mention && in.Platform != Feishu, Actor: a.Name, Account: a.Account, At: s.now().Truncate(time.Millisecond)}
	if n := utf8.RuneCountInString(r.Name); n < 1 || n > MaxName {
		return Robot{}, ErrRobotName.With("max", MaxName)
	}
	if err := CheckAddress(r.Platform, r.Address, s.Loopback); err != nil {
		return Robot{}, err
	}
	if tidy(r.Secret) != r.Secret || utf8.RuneCountInString(r.Secret) > maxSecret || r.Platform == WeCom && r.Secret != "" {
		return Robot{}, ErrSecret.With("max", maxSecret)
	}
	there, err := s.Store.Robots(ctx, r.Unit)
	if err != nil {
		return Robot{}, err
	}
	for _, other := range there {
		if !other.Lost && other.Address == r.Address { // the group would hear everything twice
			return Robot{}, ErrRobotTwice.With("name", other.Name)
		}
	}
	event := audit.By(a, "notify.add_robot", r.Unit, s.now())
	event.Subject, event.After = r.Name, r.Platform.Name()+" "+MaskAddress(r.Address)
	kept, err := s.Store.AddRobot(ctx, r, MaxRobots, event)
	return masked(kept), err
}

// tidy cuts blanks around a text and control characters out of it.
func tidy(text string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "")))
}

// robot is one robot, for who may manage it.
func (s *Service) robot(ctx context.Context, a access.Actor, id int64) (Robot, error) {
	r, err := s.Store.Robot(ctx, id)
	if err != nil {
		return Robot{}, err
	}
	err = a.Can(access.ManageNotify, r.Unit)
	if errors.Is(err, access.ErrOutside) {
		return Robot{}, ErrNoRobot
	}
	return r, err
}

// RemoveRobot takes a robot away. What waits for it is not sent.
func (s *Service) RemoveRobot(ctx context.Context, a access.Actor, id int64) error {
	r, err := s.robot(ctx, a, id)
	if err != nil {
		return err
	}
	event := audit.By(a, "notify.remove_robot", r.Unit, s.now())
	event.Subject, event.Before = r.Name, r.Platform.Name()
	if !r.Lost {
		event.Before += " " + MaskAddress(r.Address)
	}
	return s.Store.RemoveRobot(ctx, id, s.now(), event)
}

// TestRobot posts a test message at once. What the platform says against it is ErrRefused.
func (s *Service) TestRobot(ctx context.Context, a access.Actor, id int64) (Robot, error) {
	r, err := s.robot(ctx, a, id)
	if err != nil {
		return Robot{}, err
	}
	if r.Lost {
		return masked(r), ErrRobotLost
	}
	now := s.now()
	text := "这是一条测试消息，来自桑梓（" + s.Pack.ShortName + "），" + date.FromTime(now).ShortChinese() + now.Format("15:04") + "。收到说明群机器人已接通。"
	post := s.Poster.Post(ctx, Post{Robot: r, ID: "test." + r.Unit.String(), Text: text})
	event := audit.By(a, "notify.test_robot", r.Unit, now)
	event.Subject, event.After = r.Name, "成功"
	refusal := (*Refusal)(nil)
	switch {
	case post == nil:
	case errors.As(post, &refusal):
		event.After = cut(refusal.Says, 300)
		post = ErrRefused.With("says", event.After)
	default:
		event.After = "没有回应"
		post = ErrUnreachable.Because(post)
	}
	return masked(r), errors.Join(post, s.Store.Record(ctx, event))
}
