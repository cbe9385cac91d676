package record

import (
	"context"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/unit"
)

// Note is what somebody is told of a record in his inbox.
type Note struct {
	Name  string // the same however often it is told
	To    Party
	Title string
	Body  string
	Link  string // the page where one acts
	At    time.Time
}

// Teller puts notes into inboxes.
type Teller interface {
	// Tell keeps notes, of which there are no others of their names, all or none.
	Tell(ctx context.Context, notes []Note) error
	// Department is the department that an account is of; empty: none.
	Department(ctx context.Context, account int64) (string, error)
}

// step is a version, with those before it as far as its notes need them.
type step struct {
	before []Version // oldest first
	v      Version
}

// notes is what is still to be told. What was recorded stands whether or not it could be told: the
// notes are told again later, under the same names.
type notes struct {
	mu      sync.Mutex
	teller  Teller
	pending []step
	day     date.Date // on which told was begun
	told    map[string]bool
}

// lookBack is for how long before its start a server tells again: it may have ended between a
// record and its note.
const lookBack = 48 * time.Hour

// UseNotes names who is to be told of records from now on; nil: nobody is.
func (s *Service) UseNotes(t Teller) {
	s.notes.mu.Lock()
	defer s.notes.mu.Unlock()
	s.notes.teller = t
}

// Retell tells what could not be told when it was recorded, and once after the start what was
// recorded shortly before it.
func (s *Service) Retell(ctx context.Context) error {
	s.notes.mu.Lock()
	steps := s.notes.pending
	s.notes.pending = nil
	s.notes.mu.Unlock()
	since := s.now().Add(-lookBack)
	steps = slices.DeleteFunc(steps, func(p step) bool { return p.v.At.Before(since) })
	return s.tell(ctx, steps...)
}

// tell tells those whom steps concern. What cannot be told waits for Retell.
func (s *Service) tell(ctx context.Context, steps ...step) error {
	s.notes.mu.Lock()
	teller := s.notes.teller
	s.notes.mu.Unlock()
	if teller == nil || len(steps) == 0 {
		return nil
	}
	list, err := s.notesOf(ctx, teller, steps)
	list = s.notes.fresh(list, s.Today())
	if err == nil && len(list) > 0 {
		err = teller.Tell(ctx, list)
	}
	if err == nil {
		s.notes.done(list)
		return nil
	}
	s.notes.mu.Lock()
	defer s.notes.mu.Unlock()
	s.notes.pending = append(s.notes.pending, steps...)
	return err
}

// fresh leaves out what this server has told today.
func (n *notes) fresh(list []Note, today date.Date) []Note {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.day != today {
		n.day, n.told = today, map[string]bool{}
	}
	return slices.DeleteFunc(list, func(one Note) bool { return n.told[one.Name] })
}

func (n *notes) done(list []Note) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for i := range list {
		n.told[list[i].Name] = true
	}
}

// loading gathers, while records are read at the start, those of whom somebody may not have been
// told; versions come by record, oldest first.
type loading struct {
	since time.Time
	chain []Version
	found []step
}

func (l *loading) take(v *Version) {
	if v.Number == 1 {
		l.chain = l.chain[:0]
	}
	if !v.At.Before(l.since) && (v.Number > 1 || v.From != v.Unit) {
		l.found = append(l.found, step{slices.Clone(l.chain), *v})
	}
	l.chain = append(l.chain, *v)
}

// notesOf is what is to be told of steps. Of what was entered for a unit it is told once a day and
// author.
func (s *Service) notesOf(ctx context.Context, t Teller, steps []step) ([]Note, error) {
	var list []Note
	entered := map[string]*forUnit{}
	var order []string
	for i := range steps {
		v := &steps[i].v
		if len(steps[i].before) > 0 {
			more, err := s.noteOf(ctx, t, steps[i].before, v)
			if err != nil {
				return nil, err
			}
			list = append(list, more...)
			continue
		}
		if v.From == v.Unit || v.Unit.Level() < unit.LevelTown {
			continue
		}
		by, err := party(ctx, t, v)
		if err != nil {
			return nil, err
		}
		name := "record.entered." + v.Unit.String() + "." + by.Unit.String() + "." + by.Department + "." + s.dayOf(v).String()
		if entered[name] == nil {
			entered[name] = &forUnit{by: by, first: v}
			order = append(order, name)
		}
		entered[name].count++
	}
	for _, name := range order {
		list = append(list, s.noteEntered(name, entered[name]))
	}
	return list, nil
}

// forUnit is what one author entered for one unit on one day.
type forUnit struct {
	by    Party
	first *Version
	count int
}

// party is who wrote a version.
func party(ctx context.Context, t Teller, v *Version) (Party, error) {
	p := Party{Unit: v.From}
	if v.Account == 0 {
		return p, nil
	}
	name, err := t.Department(ctx, v.Account)
	p.Department = name
	return p, err
}

// dayOf is the day on which a version was written.
func (s *Service) dayOf(v *Version) date.Date {
	return date.FromTime(v.At.In(s.pack.Spec().Location))
}

func (s *Service) partyName(p Party) string {
	if p.Department != "" {
		return p.Department
	}
	if name := s.tree(s.Today()).ShortName(p.Unit); name != "" {
		return name
	}
	return "上级" // the command line for the whole nation, or a unit that is gone
}

// what names a record for people: 3月12日义务植树.
func (s *Service) what(v *Version) string {
	title := v.Kind
	if kind, ok := s.records.Kind(v.Kind); ok {
		title = kind.Title
	}
	return v.Day.ShortChinese() + "的" + title
}

func (s *Service) noteEntered(name string, f *forUnit) Note {
	what := s.what(f.first)
	if f.count > 1 {
		what += "等 " + strconv.Itoa(f.count) + " 条"
	}
	place := "本村"
	if f.first.Unit.Level() == unit.LevelTown {
		place = "本镇"
	}
	return Note{Name: name, To: Party{Unit: f.first.Unit}, Title: s.partyName(f.by) + "替" + place + "记了" + what,
		Body: "请核对；不符的可以提出异议。当天再记的不另外提醒。", Link: "/records/" + f.first.Unit.String(), At: f.first.At}
}

// noteOf is what is to be told of a version after the first.
func (s *Service) noteOf(ctx context.Context, t Teller, before []Version, v *Version) ([]Note, error) {
	last := &before[len(before)-1]
	own := Party{Unit: v.Unit}
	var list []Note
	add := func(to Party, title, body string) {
		if to == (Party{Unit: v.From}) {
			return // nobody is told what he did himself
		}
		list = append(list, Note{Name: "record." + strconv.FormatInt(v.ID, 10) + "." + strconv.Itoa(int(v.Number)) + "." + to.Unit.String(),
			To: to, Title: title, Body: body, Link: "/record/" + strconv.FormatInt(v.ID, 10), At: v.At})
	}
	switch act := v.Act(last); {
	case act == DidObject:
		to, err := party(ctx, t, author(before))
		if err != nil {
			return nil, err
		}
		add(to, s.partyName(Party{Unit: v.From})+"对"+s.what(v)+"有异议", v.Dispute)
	case act == DidAnswer:
		add(own, s.what(v)+"：异议有答复", v.Answer)
	case act == DidCorrect && last.Dispute != "":
		add(own, s.what(v)+"：有异议的记录已更正", v.Reason)
	case act == DidWithdraw && last.Dispute != "":
		add(own, s.what(v)+"：有异议的记录已撤回", v.Reason)
	case act == DidCheck && v.Check.Verdict == Remarks:
		add(own, s.what(v)+"：县级核对有意见", v.Check.Words)
		if v.Unit.Level() == unit.LevelVillage {
			add(Party{Unit: v.Unit.At(unit.LevelTown)}, s.partyName(own)+s.what(v)+"：县级核对有意见", v.Check.Words)
		}
	case act == DidApprove:
		add(own, s.what(v)+"已审定", "从现在起算数。")
	}
	return list, nil
}
