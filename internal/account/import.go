package account

import (
	"context"
	"strconv"
	"sync"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/unit"
)

// ImportMax is how many accounts are made at once.
const ImportMax = 3000

// Field is a column of the workbook of accounts.
type Field string

// The columns.
const (
	FieldLogin      Field = "login"
	FieldName       Field = "name"
	FieldRole       Field = "role"
	FieldUnit       Field = "unit"
	FieldDepartment Field = "department"
	FieldPhone      Field = "phone"
)

// Line is one line of the workbook as written. Role is already a role, or what could not be
// read as one.
type Line struct {
	Row                                        int // as the workbook counts, from 1
	Login, Name, Role, Unit, Department, Phone string
}

// Fault is what is wrong with one cell of a line.
type Fault struct {
	Field Field
	Err   error
}

// Entry is a line with what it means and what is wrong with it.
type Entry struct {
	Line   Line
	Input  Input
	Place  string // the unit's full name
	Faults []Fault
}

// Good tells whether the line can be taken.
func (e Entry) Good() bool { return len(e.Faults) == 0 }

// Preview reads lines for a unit and says of each what it would make or what is wrong with it.
// Nothing is stored.
func (s *Service) Preview(ctx context.Context, a access.Actor, of unit.Code, lines []Line) ([]Entry, error) {
	if err := s.mayManage(a, of); err != nil {
		return nil, err
	}
	if len(lines) == 0 {
		return nil, ErrNothing
	}
	if len(lines) > ImportMax {
		return nil, ErrTooMany.With("max", ImportMax)
	}
	there, err := s.store.Accounts(ctx, Query{Of: of})
	if err != nil {
		return nil, err
	}
	departments, err := s.store.Departments(ctx, of)
	if err != nil {
		return nil, err
	}
	r := reading{service: s, tree: s.tree(), of: of, departments: departments, seats: map[string]string{}, seatRows: map[string]int{}, loginRows: map[string]int{}}
	for _, one := range there.Accounts {
		r.seats[seat(one.Name, one.Role, one.Unit, one.Department.ID)] = one.Login
	}
	entries := make([]Entry, 0, len(lines))
	for _, line := range lines {
		e := r.read(line)
		if e.Input.Login != "" && e.Good() {
			if _, err := s.store.Credentials(ctx, e.Input.Login); err == nil {
				e.Faults = append(e.Faults, Fault{FieldLogin, ErrLoginTaken.With("login", e.Input.Login)})
			}
		}
		entries = append(entries, e)
	}
	return entries, nil
}

// Import makes the accounts of the lines that are good, all or none, and gives their first
// passwords, this once. Lines are read anew: what has become wrong since the preview, or was
// wrong in it, is left out and given back.
func (s *Service) Import(ctx context.Context, a access.Actor, of unit.Code, lines []Line) (made []Issued, left []Entry, err error) {
	entries, err := s.Preview(ctx, a, of, lines)
	if err != nil {
		return nil, nil, err
	}
	var good []Entry
	for _, e := range entries {
		if e.Good() {
			good = append(good, e)
		} else {
			left = append(left, e)
		}
	}
	if len(good) == 0 {
		return nil, left, ErrNothing
	}
	passwords, hashes, err := s.issueMany(ctx, len(good))
	if err != nil {
		return nil, nil, err
	}
	err = s.write(ctx, a, func(tx Tx) error {
		made = made[:0]
		for i, e := range good {
			one, err := s.insert(tx, a, e.Input, hashes[i])
			if p, ok := problem.Of(err); ok {
				return p.With("line", e.Line.Row)
			}
			if err != nil {
				return err
			}
			made = append(made, Issued{one, passwords[i]})
		}
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	return made, left, nil
}

// issueMany hashes on all cores; the hasher bounds how many at once.
func (s *Service) issueMany(ctx context.Context, n int) (passwords, hashes []string, err error) {
	passwords, hashes = make([]string, n), make([]string, n)
	errs := make([]error, n)
	var wg sync.WaitGroup
	next := make(chan int)
	for range cap(s.hasher.slots) {
		wg.Go(func() {
			for i := range next {
				passwords[i], hashes[i], errs[i] = s.issue(ctx)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, nil, err
		}
	}
	return passwords, hashes, nil
}

// reading is a workbook being read against what is there already.
type reading struct {
	service     *Service
	tree        *unit.Tree
	of          unit.Code
	departments []Department
	seats       map[string]string // taken seats → login
	seatRows    map[string]int    // seats of earlier lines
	loginRows   map[string]int    // logins of earlier lines
}

func seat(name string, role access.Role, at unit.Code, department int64) string {
	return name + "|" + string(role) + "|" + at.String() + "|" + strconv.FormatInt(department, 10)
}

func (r *reading) read(line Line) Entry {
	e := Entry{Line: line}
	wrong := func(field Field, err error) {
		if err != nil {
			e.Faults = append(e.Faults, Fault{field, err})
		}
	}
	var err error
	if tidy(line.Login) != "" {
		e.Input.Login, err = cleanLogin(line.Login)
		wrong(FieldLogin, err)
	}
	e.Input.Name, err = cleanName(line.Name)
	wrong(FieldName, err)
	e.Input.Phone, err = cleanPhone(line.Phone)
	wrong(FieldPhone, err)
	if e.Input.Role = access.Role(line.Role); !e.Input.Role.Valid() {
		wrong(FieldRole, ErrRole.With("value", line.Role))
	}
	e.Input.Unit, err = r.unit(e.Input.Role, line.Unit)
	wrong(FieldUnit, err)
	if !e.Good() {
		return e
	}
	e.Place = r.tree.FullName(e.Input.Unit)
	wrong(FieldRole, r.service.fits(e.Input.Role, e.Input.Unit))
	if e.Input.Role == access.Department {
		e.Input.Department, err = r.department(e.Input.Unit, line.Department)
		wrong(FieldDepartment, err)
	}
	if !e.Good() {
		return e
	}
	r.once(&e, wrong)
	return e
}

// once refuses what is there already or stands in an earlier line.
func (r *reading) once(e *Entry, wrong func(Field, error)) {
	key := seat(e.Input.Name, e.Input.Role, e.Input.Unit, e.Input.Department)
	if login, taken := r.seats[key]; taken {
		wrong(FieldName, ErrDuplicate.With("name", e.Input.Name).With("login", login))
	} else if row, again := r.seatRows[key]; again {
		wrong(FieldName, ErrTwice.With("line", row))
	}
	if login := e.Input.Login; login != "" {
		if row, again := r.loginRows[login]; again {
			wrong(FieldLogin, ErrTwice.With("line", row))
		}
		r.loginRows[login] = e.Line.Row
	}
	r.seatRows[key] = e.Line.Row
}

// UnitNamed is the unit that a written code or name means, inside a unit that the actor manages
// and for a role. Several that fit are an error that names them.
func (s *Service) UnitNamed(a access.Actor, of unit.Code, role access.Role, text string) (unit.Code, error) {
	if err := s.mayManage(a, of); err != nil {
		return 0, err
	}
	r := reading{service: s, tree: s.tree(), of: of}
	return r.unit(role, text)
}

// UnitWithin is UnitNamed inside the actor's own unit, for who makes a token for himself.
func (s *Service) UnitWithin(a access.Actor, role access.Role, text string) (unit.Code, error) {
	if err := a.Can(access.ReadCampaign, a.Unit); err != nil {
		return 0, err
	}
	r := reading{service: s, tree: s.tree(), of: a.Unit}
	return r.unit(role, text)
}

// unit resolves a written unit; several that fit at the level of the role are an error that
// names them.
func (r *reading) unit(role access.Role, text string) (unit.Code, error) {
	text = tidy(text)
	found := resolve(r.tree, r.of, text)
	if len(found) != 1 || role.Valid() && r.service.fits(role, found[0].Code) != nil {
		switch role {
		case access.VillageReporter:
			if villages := r.tree.Resolve(r.of, text); len(villages) > 0 {
				found = villages
			}
		case access.TownClerk:
			if towns := r.tree.ResolveTown(r.of, text); len(towns) > 0 {
				found = towns
			}
		}
	}
	switch len(found) {
	case 0:
		return 0, ErrUnit.With("value", text)
	case 1:
		return found[0].Code, nil
	}
	names := make([]string, 0, 5)
	for _, u := range found[:min(len(found), 5)] {
		names = append(names, r.tree.FullName(u.Code))
	}
	return 0, ErrUnitAmbiguous.With("value", text).With("units", names)
}

func (r *reading) department(host unit.Code, name string) (int64, error) {
	name = tidy(name)
	for _, d := range r.departments {
		if d.Host == host && d.Name == name {
			return d.ID, nil
		}
	}
	return 0, ErrDepartment.With("value", name)
}
