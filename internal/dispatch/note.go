package dispatch

import (
	"strconv"

	"github.com/sangzi/sangzi/internal/record"
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

// notes is who is told what of an event. It follows from what is kept alone, so that the same is
// told however often.
func (s *Service) notes(l *Log, e *Event) []Note {
	switch e.Kind {
	case Opens:
		return s.ofOpening(e)
	case Asks:
		if e.Party.Unit.Level() == unit.LevelVillage && e.By == e.Party.Unit {
			town := record.Party{Unit: e.Party.Unit.At(unit.LevelTown)}
			return []Note{noteOf(e, town, "村里提出："+short(e.Text), RequestsLink(town.Unit))}
		}
	case Replies, Settles:
		if r, ok := l.Request(e.Refers); ok {
			title := map[EventKind]string{Replies: "有答复：", Settles: "已办："}[e.Kind] + short(r.Text)
			return []Note{noteOf(e, r.Party, title, RequestsLink(r.Party.Unit))}
		}
	case Answers, Extends, Closes, Reopens:
		if item, ok := l.Item(e.Refers); ok {
			return s.ofStep(item, e)
		}
	case Withdraws: // the village says so itself
	}
	return nil
}

// noteOf is what somebody is told of an event.
func noteOf(e *Event, to record.Party, title, link string) Note {
	name := "dispatch." + strconv.FormatInt(e.ID, 10) + "." + to.Unit.String()
	if to.Department != "" {
		name += "." + to.Department
	}
	return Note{Name: name, To: to, Title: title, Body: e.Text, Link: link, At: e.At}
}

// ofOpening tells who is responsible, and who asked.
func (s *Service) ofOpening(e *Event) []Note {
	var list []Note
	if e.To != (record.Party{Unit: e.By}) {
		n := noteOf(e, e.To, "调度事项，"+e.Day.ShortChinese()+"前办："+short(e.Text), ItemLink(e.ID))
		n.Body = Name(s.Tree(s.Today()), e.Party) + "：" + e.Text
		list = append(list, n)
	}
	if e.Refers > 0 && e.Party != e.To {
		list = append(list, noteOf(e, e.Party, "提出的事已列入调度，"+e.Day.ShortChinese()+"前办", ItemLink(e.ID)))
	}
	return list
}

// ofStep tells the office of an answer, and who is responsible, and who asked, of a decision.
func (s *Service) ofStep(item *Item, e *Event) []Note {
	link := ItemLink(item.ID)
	if e.Kind == Answers {
		// A department and the office it hangs at are one unit: their accounts tell them apart.
		if item.By == e.By && (item.To.Department == "" || item.Account == e.Account) {
			return nil
		}
		return []Note{noteOf(e, record.Party{Unit: item.By}, "有答复："+short(item.Text), link)}
	}
	var list []Note
	if item.To != (record.Party{Unit: e.By}) {
		title := map[EventKind]string{Extends: "延期到" + e.Day.ShortChinese() + "：", Closes: "已办结：", Reopens: "重新办理："}[e.Kind]
		list = append(list, noteOf(e, item.To, title+short(item.Text), link))
	}
	if e.Kind == Closes && item.Request != nil && (len(list) == 0 || item.Request.Party != item.To) {
		list = append(list, noteOf(e, item.Request.Party, "提出的事已办结："+short(item.Request.Text), link))
	}
	return list
}
