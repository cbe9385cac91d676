package patron

import (
	"context"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/audit"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/unit"
)

// Count is how many a unit's own register has.
type Count struct {
	Unit      unit.Code
	Listed    int
	WithPhone int
	Erased    int
}

// Store is what the register needs of its table.
type Store interface {
	// Add keeps somebody and gives his number; ErrTaken when the unit's register has the name.
	Add(ctx context.Context, p Patron, e audit.Event) (int64, error)
	// Save writes over the revision that was seen, ErrMoved else; with keepPhone the number stays.
	Save(ctx context.Context, p Patron, keepPhone bool, e audit.Event) error
	// Patron reads one, with his number; ErrNone.
	Patron(ctx context.Context, id int64) (Patron, error)
	// Patrons reads those of a unit and all below it, by unit and name, with their numbers.
	Patrons(ctx context.Context, of unit.Code) ([]Patron, error)
	// Counts counts by unit, those with any.
	Counts(ctx context.Context, of unit.Code) ([]Count, error)
	// Note writes down that something was done that changes nothing.
	Note(ctx context.Context, e audit.Event) error
}

// Service is the verbs of the register.
type Service struct {
	store Store
	tree  func() *unit.Tree
	now   func() time.Time
}

// New makes the service; now is in the campaign's zone.
func New(store Store, tree func() *unit.Tree, now func() time.Time) *Service {
	return &Service{store, tree, now}
}

// Sees tells whether an actor is shown the names in a unit's register: people of the village
// itself and of its own town are. No program is, whoever has let it in.
func Sees(a access.Actor, of unit.Code) bool {
	return a.Token == 0 && a.May(access.KeepPatrons, of) && a.Unit.Level() >= unit.LevelTown
}

// at wants a village or town whose register the actor may keep.
func (s *Service) at(a access.Actor, of unit.Code) error {
	if err := a.Can(access.KeepPatrons, of); err != nil {
		return err
	}
	if a.Token != 0 {
		return access.ErrForbidden.With("action", string(access.KeepPatrons)).With("role", string(a.Role))
	}
	if of.Level() < unit.LevelTown {
		return ErrPlace
	}
	if _, ok := s.tree().Unit(of); !ok {
		return ErrPlace
	}
	return nil
}

// List reads the register of a unit and those below it, numbers masked.
func (s *Service) List(ctx context.Context, a access.Actor, of unit.Code) ([]Patron, error) {
	if err := s.at(a, of); err != nil {
		return nil, err
	}
	list, err := s.store.Patrons(ctx, of)
	for i := range list {
		list[i].Phone = shown(list[i].Phone)
	}
	return list, err
}

// Counts is how many the registers of a unit and those below it have, for whoever may read what
// was recorded there.
func (s *Service) Counts(ctx context.Context, a access.Actor, of unit.Code) ([]Count, error) {
	if err := a.Can(access.ReadRecords, of); err != nil {
		return nil, err
	}
	return s.store.Counts(ctx, of)
}

// Names are those a unit can choose from where it writes down whom it visited: its own and its
// town's. It is empty for whoever is not shown them.
func (s *Service) Names(ctx context.Context, a access.Actor, of unit.Code) ([]string, error) {
	if !Sees(a, of) {
		return nil, nil
	}
	list, err := s.store.Patrons(ctx, of)
	var names []string
	for _, p := range list {
		if !p.Erased {
			names = append(names, p.Name)
		}
	}
	return names, err
}

// Show reads one, the number masked.
func (s *Service) Show(ctx context.Context, a access.Actor, id int64) (Patron, error) {
	p, err := s.one(ctx, a, id)
	p.Phone = shown(p.Phone)
	return p, err
}

// shown is a number as the register shows it: its middle hidden, or that it cannot be read, since
// whoever sees it here may ask for the whole.
func shown(phone string) string {
	if !access.Readable(phone) {
		return phone
	}
	return access.MaskPhone(phone)
}

func (s *Service) one(ctx context.Context, a access.Actor, id int64) (Patron, error) {
	p, err := s.store.Patron(ctx, id)
	if err != nil {
		return Patron{}, err
	}
	if !Sees(a, p.Unit) {
		return Patron{}, ErrNone
	}
	return p, nil
}

// Phone is the whole number; who asked for it is written down.
func (s *Service) Phone(ctx context.Context, a access.Actor, id int64) (string, error) {
	p, err := s.one(ctx, a, id)
	if err != nil || p.Phone == "" || !access.Readable(p.Phone) {
		return "", err
	}
	return p.Phone, s.store.Note(ctx, s.event(a, "patron.phone", &p))
}

// Add puts somebody into a unit's register.
func (s *Service) Add(ctx context.Context, a access.Actor, of unit.Code, in Input) (Patron, error) {
	if err := s.at(a, of); err != nil {
		return Patron{}, err
	}
	p, faults := in.read(s.today())
	if len(faults) > 0 {
		return Patron{}, &Faults{ErrFaults.With("count", len(faults)), faults}
	}
	p.Unit, p.Revision, p.Actor, p.At = of, 1, a.Name, s.now().Truncate(time.Millisecond)
	var err error
	p.ID, err = s.store.Add(ctx, p, s.event(a, "patron.add", &p))
	p.Phone = access.MaskPhone(p.Phone)
	return p, err
}

// Edit writes what is typed over the revision that was seen. Without KeepPhone an empty number
// takes the kept one away.
func (s *Service) Edit(ctx context.Context, a access.Actor, id, revision int64, in Input) (Patron, error) {
	before, err := s.open(ctx, a, id, revision)
	if err != nil {
		return Patron{}, err
	}
	in.KeepPhone = in.KeepPhone && in.Phone == "" && before.Phone != ""
	p, faults := in.read(s.today())
	if len(faults) > 0 {
		return Patron{}, &Faults{ErrFaults.With("count", len(faults)), faults}
	}
	p.ID, p.Unit, p.Revision, p.Actor, p.At = id, before.Unit, revision+1, a.Name, s.now().Truncate(time.Millisecond)
	return p, s.store.Save(ctx, p, in.KeepPhone, s.event(a, "patron.edit", &p))
}

// Erase takes away everything personal when consent is withdrawn. That there was somebody, and
// when he was erased, remains; it cannot be undone.
func (s *Service) Erase(ctx context.Context, a access.Actor, id, revision int64) (Patron, error) {
	before, err := s.open(ctx, a, id, revision)
	if err != nil {
		return Patron{}, err
	}
	p := Patron{ID: id, Unit: before.Unit, Revision: revision + 1, Actor: a.Name, At: s.now().Truncate(time.Millisecond), Erased: true}
	return p, s.store.Save(ctx, p, false, s.event(a, "patron.erase", &p))
}

// open is one who may be written to.
func (s *Service) open(ctx context.Context, a access.Actor, id, revision int64) (Patron, error) {
	p, err := s.one(ctx, a, id)
	switch {
	case err != nil:
		return Patron{}, err
	case p.Erased:
		return Patron{}, ErrErased
	case p.Revision != revision:
		return Patron{}, ErrMoved
	}
	return p, nil
}

// event names nobody: the history outlives what it tells of.
func (s *Service) event(a access.Actor, action string, p *Patron) audit.Event {
	e := audit.By(a, action, p.Unit, s.now())
	e.Subject = p.Number()
	return e
}

func (s *Service) today() date.Date { return date.FromTime(s.now()) }
