package dispatch

import (
	"context"
	"strconv"

	"github.com/sangzi/sangzi/internal/unit"
)

// ItemLink is the page of an item.
func ItemLink(id int64) string { return "/item/" + strconv.FormatInt(id, 10) }

// RequestsLink is the page of what a unit asked for.
func RequestsLink(of unit.Code) string { return "/dispatch/" + of.String() + "/asks" }

// shortened is how much of a text a title has, in characters.
const shortened = 24

func short(text string) string {
	r := []rune(text)
	if len(r) > shortened {
		return string(r[:shortened]) + "…"
	}
	return text
}

// note is what a unit is told of a step of an item.
func (s *Service) note(i *Item, e Event, to unit.Code, title string) Note {
	return Note{Name: "dispatch." + strconv.FormatInt(e.ID, 10) + "." + to.String(), To: to, Title: title, Body: e.Text, Link: ItemLink(i.ID), At: e.At}
}

// noteOf is what a unit is told of a request.
func (s *Service) noteOf(e Event, to unit.Code, title string) Note {
	return Note{Name: "dispatch." + strconv.FormatInt(e.ID, 10) + "." + to.String(), To: to, Title: title, Body: e.Text, Link: RequestsLink(to), At: e.At}
}

// tellOpened tells who is responsible, and who asked.
func (s *Service) tellOpened(ctx context.Context, e Event) {
	i := Item{Event: e}
	if e.To.Department == "" && e.To.Unit != e.By {
		n := s.note(&i, e, e.To.Unit, "调度事项，"+e.Day.ShortChinese()+"前办："+short(e.Text))
		n.Body = Name(s.Tree(s.Today()), e.Party) + "：" + e.Text
		s.tell(ctx, n)
	}
	if e.Refers > 0 && e.Party.Unit != e.To.Unit {
		n := s.note(&i, e, e.Party.Unit, "提出的事已列入调度，"+e.Day.ShortChinese()+"前办")
		s.tell(ctx, n)
	}
}
