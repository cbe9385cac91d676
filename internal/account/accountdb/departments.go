package accountdb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/sangzi/sangzi/internal/account"
	"github.com/sangzi/sangzi/internal/unit"
)

const (
	// The departments of a range of codes.
	selectDepartments = `SELECT id, host_code, name FROM departments WHERE host_code >= $1 AND host_code < $2 ORDER BY host_code, name`
	selectDepartment  = `SELECT id, host_code, name FROM departments WHERE id = $1`
	// A new department; no line comes back when the unit has one of that name.
	insertDepartment = `INSERT INTO departments (host_code, name) VALUES ($1, $2) ON CONFLICT (host_code, name) DO NOTHING RETURNING id`
)

// Departments reads the departments that hang in a subtree.
func (s *Store) Departments(ctx context.Context, of unit.Code) ([]account.Department, error) {
	lo, hi := of.Range()
	rows, err := s.db.Reader().QueryContext(ctx, selectDepartments, int64(lo), int64(hi))
	if err != nil {
		return nil, fmt.Errorf("departments: %w", err)
	}
	defer rows.Close()
	var list []account.Department
	for rows.Next() {
		var (
			d    account.Department
			host int64
		)
		if err := rows.Scan(&d.ID, &host, &d.Name); err != nil {
			return nil, fmt.Errorf("departments: %w", err)
		}
		d.Host = unit.Code(host)
		list = append(list, d)
	}
	return list, rows.Err()
}

func (t *transaction) Department(id int64) (account.Department, error) {
	var (
		d    account.Department
		host int64
	)
	err := t.tx.QueryRowContext(t.ctx, selectDepartment, id).Scan(&d.ID, &host, &d.Name)
	d.Host = unit.Code(host)
	return d, oneOf(err, account.ErrDepartment, "department")
}

func (t *transaction) InsertDepartment(d account.Department) (account.Department, error) {
	err := t.tx.QueryRowContext(t.ctx, insertDepartment, int64(d.Host), d.Name).Scan(&d.ID)
	if errors.Is(err, sql.ErrNoRows) {
		return d, account.ErrDepartmentTaken.With("name", d.Name)
	}
	if err != nil {
		return d, fmt.Errorf("new department: %w", err)
	}
	return d, nil
}
