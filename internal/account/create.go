package account

import (
	"context"
	"fmt"
	"strings"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/unit"
)

// Input is what an account is made or changed with.
type Input struct {
	Login      string // empty: made from the unit's code
	Name       string
	Role       access.Role
	Unit       unit.Code
	Department int64 // for role Department
	Phone      string
}

// Create makes an account with a random first password, which it gives this once.
func (s *Service) Create(ctx context.Context, a access.Actor, in Input) (Issued, error) {
	in, err := s.clean(a, in)
	if err != nil {
		return Issued{}, err
	}
	password, hash, err := s.issue(ctx)
	if err != nil {
		return Issued{}, err
	}
	var made Account
	err = s.write(ctx, a, func(tx Tx) error {
		made, err = s.insert(tx, a, in, hash)
		return err
	})
	return Issued{made, password}, err
}

// Given is an account whose password is given with it: the first administrator from the
// command line, the cast of a demonstration.
type Given struct {
	Input
	Password string
}

// Provide makes accounts with given passwords that need not be changed. Only the operator may.
func (s *Service) Provide(ctx context.Context, a access.Actor, list []Given) ([]Account, error) {
	hashes := make([]string, len(list))
	for i := range list {
		if !isOperator(a) {
			return nil, access.ErrForbidden.With("action", string(access.ManageAccounts)).With("role", string(a.Role))
		}
		in, err := s.clean(a, list[i].Input)
		if err != nil {
			return nil, err
		}
		list[i].Input = in
		if hashes[i], err = s.hasher.hash(ctx, list[i].Password); err != nil {
			return nil, err
		}
	}
	var made []Account
	err := s.write(ctx, a, func(tx Tx) error {
		for i, g := range list {
			one, err := s.insert(tx, a, g.Input, hashes[i])
			if err != nil {
				return err
			}
			one.MustChange = false
			if err := tx.Update(one); err != nil {
				return err
			}
			made = append(made, one)
		}
		return nil
	})
	return made, err
}

// isOperator tells the command line from accounts: it has no role and may all the same.
func isOperator(a access.Actor) bool {
	return a.Account == 0 && a.Role == "" && a.May(access.ManageAccounts, a.Unit)
}

// clean holds what was typed against the rules that need no table.
func (s *Service) clean(a access.Actor, in Input) (Input, error) {
	if err := s.mayManage(a, in.Unit); err != nil {
		return in, err
	}
	return s.cleanFields(in)
}

func (s *Service) cleanFields(in Input) (Input, error) {
	var err error
	if in.Login = tidy(in.Login); in.Login != "" {
		if in.Login, err = cleanLogin(in.Login); err != nil {
			return in, err
		}
	}
	if in.Name, err = cleanName(in.Name); err != nil {
		return in, err
	}
	if in.Phone, err = cleanPhone(in.Phone); err != nil {
		return in, err
	}
	if err := s.fits(in.Role, in.Unit); err != nil {
		return in, err
	}
	if in.Role != access.Department {
		in.Department = 0
	}
	return in, nil
}

// fits holds the role against the level of the unit.
func (s *Service) fits(role access.Role, at unit.Code) error {
	if !role.Valid() {
		return ErrRole.With("value", string(role))
	}
	tree := s.tree()
	u, ok := tree.Unit(at)
	if !ok {
		return ErrUnit.With("value", at.String())
	}
	// A city without counties, such as 东莞, is a county at once.
	if role.Fits(u.Level()) || role == access.CountyOffice && u.Level() == unit.LevelCity && isCountyToo(tree, at) {
		return nil
	}
	return ErrRoleLevel.With("role", string(role)).With("unit", u.Name).With("level", u.Level().String())
}

func isCountyToo(tree *unit.Tree, city unit.Code) bool {
	counties := tree.Descendants(city, unit.LevelCounty)
	return len(counties) == 1 && counties[0].Code == city
}

func (s *Service) issue(ctx context.Context) (password, hash string, err error) {
	if password, err = firstPassword(); err != nil {
		return "", "", err
	}
	hash, err = s.hasher.hash(ctx, password)
	return password, hash, err
}

// insert stores a cleaned account that is to change its password, with its event.
func (s *Service) insert(tx Tx, a access.Actor, in Input, hash string) (Account, error) {
	one := Account{Login: in.Login, Name: in.Name, Role: in.Role, Unit: in.Unit, Phone: in.Phone,
		MustChange: true, Epoch: 1, CreatedAt: s.now()}
	var err error
	if one.Department, err = departmentOf(tx, in); err != nil {
		return one, err
	}
	if err := duplicate(tx, one); err != nil {
		return one, err
	}
	if one.Login == "" {
		one.Login, err = freeLogin(tx, one.Unit)
	} else {
		err = mustBeFree(tx, one.Login)
	}
	if err != nil {
		return one, err
	}
	if one, err = tx.Insert(one, hash); err != nil {
		return one, err
	}
	e := s.event(a, "account.create", one)
	e.After = s.describe(one)
	return one, tx.Audit(e)
}

func departmentOf(tx Tx, in Input) (Department, error) {
	if in.Role != access.Department {
		return Department{}, nil
	}
	d, err := tx.Department(in.Department)
	if err != nil {
		return Department{}, err
	}
	if d.Host != in.Unit {
		return Department{}, ErrDepartment.With("value", d.Name)
	}
	return d, nil
}

// duplicate refuses the same person in the same place twice, which is mostly a workbook that
// was handed in twice.
func duplicate(tx Tx, one Account) error {
	there, err := tx.At(one.Unit)
	if err != nil {
		return err
	}
	for _, other := range there {
		if other.ID != one.ID && sameSeat(other, one) {
			return ErrDuplicate.With("name", one.Name).With("login", other.Login)
		}
	}
	return nil
}

func sameSeat(a, b Account) bool {
	return a.Name == b.Name && a.Role == b.Role && a.Unit == b.Unit && a.Department.ID == b.Department.ID
}

func mustBeFree(tx Tx, login string) error {
	taken, err := tx.LoginTaken(login)
	if err == nil && taken {
		err = ErrLoginTaken.With("login", login)
	}
	return err
}

// freeLogin is the unit's code without its zeros, or that with the next number behind it.
func freeLogin(tx Tx, at unit.Code) (string, error) {
	stem := at.String()[:[...]int{1, 2, 4, 6, 9, 12}[at.Level()]]
	if at == unit.Nation {
		stem = "000"
	} else if len(stem) == 2 {
		stem += "00"
	}
	for n := 1; ; n++ {
		login := stem
		if n > 1 {
			login = fmt.Sprintf("%s-%d", stem, n)
		}
		taken, err := tx.LoginTaken(login)
		if err != nil || !taken {
			return login, err
		}
	}
}

// describe is an account in the words of the audit: never the number, only whether there is
// one.
func (s *Service) describe(one Account) string {
	parts := []string{one.Name, string(one.Role), one.Unit.String()}
	if name := s.tree().FullName(one.Unit); name != "" {
		parts[2] = name
	}
	if one.Department.ID != 0 {
		parts = append(parts, one.Department.Name)
	}
	if one.Phone != "" {
		parts = append(parts, access.MaskPhone(one.Phone))
	}
	return strings.Join(parts, " · ")
}
