package account

import (
	"context"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/audit"
	"github.com/sangzi/sangzi/internal/unit"
)

// Departments lists the departments that hang at a unit or below it.
func (s *Service) Departments(ctx context.Context, a access.Actor, of unit.Code) ([]Department, error) {
	if err := s.mayManage(a, of); err != nil {
		return nil, err
	}
	return s.store.Departments(ctx, of)
}

// CreateDepartment hangs a department at a unit.
func (s *Service) CreateDepartment(ctx context.Context, a access.Actor, host unit.Code, name string) (Department, error) {
	if err := s.mayManage(a, host); err != nil {
		return Department{}, err
	}
	name, err := cleanName(name)
	if err != nil {
		return Department{}, err
	}
	u, ok := s.tree().Unit(host)
	if !ok {
		return Department{}, ErrUnit.With("value", host.String())
	}
	if !access.Department.Fits(u.Level()) {
		return Department{}, ErrDepartmentLevel
	}
	made := Department{Host: host, Name: name}
	err = s.write(ctx, a, func(tx Tx) error {
		if made, err = tx.InsertDepartment(made); err != nil {
			return err
		}
		e := audit.By(a, "account.create_department", host, s.now())
		e.Subject = name
		return tx.Audit(e)
	})
	return made, err
}
