package ledgerweb

import (
	"fmt"
	"net/http"
	"strconv"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/web/ui"
)

// lockView is the page that asks before a county locks its week.
type lockView struct {
	Unit     unit.Unit
	WeekName string
	Base     int32
	Head     ledger.Head
	FilledOn string // as typed
	Towns    int    // that have submitted
	Missing  []lockTown
	Returned []lockTown
	Partial  []lockTown // submitted with villages missing
	Locked   bool
	Early    bool // the deadline is still ahead
	Error    string
	Action   string
	Cancel   string
}

type lockTown struct{ Name, Text string }

// askLock shows what locking would seal.
func (p *Pages) askLock(w http.ResponseWriter, r *http.Request) error {
	at, err := p.at(r)
	if err != nil {
		return err
	}
	v, err := p.lockView(r, at)
	if err != nil {
		return err
	}
	return p.showLock(w, r, v, 0)
}

func (p *Pages) showLock(w http.ResponseWriter, r *http.Request, v lockView, status int) error {
	return web.Render(w, r, web.Page{Title: "锁定" + v.WeekName + "并上报", Sub: v.Unit.Name, Section: "board", Styles: officeStyles, Status: status}, lockBody(v))
}

func (p *Pages) lockView(r *http.Request, at place) (lockView, error) {
	b, err := p.ledger.Board(r.Context(), at.actor, at.unit.Code, at.sheet.Week.Due)
	if err != nil {
		return lockView{}, err
	}
	v := lockView{Unit: at.unit, WeekName: weekName(at.sheet.Week), Base: b.Office.Chain.Version, Locked: b.Locked,
		Early: p.ledger.Now().Before(b.Office.Due.Deadline), Action: boardURL(at.unit.Code, at.sheet.Week.Due, "/lock"), Cancel: boardURL(at.unit.Code, at.sheet.Week.Due, "")}
	for i := range b.Rows {
		row := &b.Rows[i]
		o := &row.Office
		if o.Expects == 0 && o.Sealed == nil {
			continue
		}
		if o.State == ledger.StateReturned {
			v.Returned = append(v.Returned, lockTown{o.Unit.Name, "退回未改，按上次上报的数锁定"})
		}
		if o.Sealed == nil {
			v.Missing = append(v.Missing, lockTown{o.Unit.Name, fmt.Sprintf("%d 个村", o.Expects)})
			continue
		}
		v.Towns++
		if left := missingOf(o.Sealed); left > 0 {
			v.Partial = append(v.Partial, lockTown{o.Unit.Name, fmt.Sprintf("缺 %d 个村", left)})
		}
	}
	if v.Head, err = p.lockHead(r, at, b); err != nil {
		return v, err
	}
	v.FilledOn = v.Head.FilledOn.String()
	return v, nil
}

func missingOf(s *ledger.Submission) int {
	n := 0
	for _, m := range s.Members {
		if m.Version == 0 {
			n++
		}
	}
	return n
}

// lockHead proposes the head: as the county last had it, else what is known.
func (p *Pages) lockHead(r *http.Request, at place, b ledger.Board) (ledger.Head, error) {
	h := ledger.Head{Unit: at.unit.Name, Contact: at.actor.Name, FilledOn: p.ledger.Today()}
	if p.options.Phone != nil {
		phone, err := p.options.Phone(r.Context(), at.actor)
		if err != nil {
			return h, err
		}
		h.Phone = phone
	}
	last := b.Office.Sealed
	if last == nil && !b.Previous.IsZero() {
		before, err := p.ledger.Sheet(r.Context(), at.actor, at.unit.Code, b.Previous.Due)
		if err != nil {
			return h, nil // the county did not exist then
		}
		last = before.Office(at.unit.Code, p.ledger.Now()).Sealed
	}
	if last != nil {
		h.Unit = last.Head.Unit
		if h.Phone == "" || last.Head.Contact == h.Contact && access.Readable(last.Head.Phone) {
			h.Contact, h.Phone = last.Head.Contact, last.Head.Phone
		}
	}
	return h, nil
}

// lock seals the county's week.
func (p *Pages) lock(w http.ResponseWriter, r *http.Request) error {
	if err := web.ParseForm(r); err != nil {
		return err
	}
	at, err := p.at(r)
	if err != nil {
		return err
	}
	head := ledger.Head{Unit: r.PostForm.Get("unit"), Contact: r.PostForm.Get("contact"), Phone: r.PostForm.Get("phone")}
	filled := r.PostForm.Get("filled_on")
	if day, err := date.Parse(filled); err == nil {
		head.FilledOn = day
	}
	sub, err := p.ledger.Lock(r.Context(), at.actor, ledger.SubmitInput{Unit: at.unit.Code, Week: at.sheet.Week.Due, Base: readBase(r.PostForm.Get("base")), Head: head})
	if err != nil {
		said, fatal := failed(err)
		if fatal != nil {
			return fatal
		}
		v, lerr := p.lockView(r, at)
		if lerr != nil {
			return lerr
		}
		v.Head, v.FilledOn, v.Error = head, filled, said
		return p.showLock(w, r, v, web.StatusOf(err))
	}
	if err := web.Say(w, ui.Notice{Tone: ui.Saved, Title: "已锁定并上报", Text: "第 " + strconv.Itoa(int(sub.Version)) + " 版，" + strconv.Itoa(len(sub.Members)) + " 个镇街", At: sub.At}); err != nil {
		return err
	}
	return web.Redirect(w, r, boardURL(at.unit.Code, at.sheet.Week.Due, ""))
}
