package accountdb

import (
	"context"
	"database/sql"
	"fmt"
	"math"
	"strings"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/account"
	"github.com/sangzi/sangzi/internal/unit"
)

const accountColumns = `a.id, a.login, a.name, a.role, a.unit_code, a.department_id, d.host_code, d.name, a.phone,
	a.password, a.must_change, a.disabled, a.epoch, a.created_at`

const fromAccounts = ` FROM accounts a LEFT JOIN departments d ON d.id = a.department_id `

// matching narrows a list: a range of codes, a role or any, a part of the login or the name.
const matching = ` WHERE a.unit_code >= $1 AND a.unit_code < $2 AND ($3 = '' OR a.role = $3)
	AND ($4 = '' OR a.login LIKE $5 ESCAPE '\' OR lower(a.name) LIKE $5 ESCAPE '\') `

const (
	// One account by number.
	selectAccount = `SELECT ` + accountColumns + fromAccounts + `WHERE a.id = $1`
	// One account by what is typed at the door.
	selectByLogin = `SELECT ` + accountColumns + fromAccounts + `WHERE a.login = $1`
	// Those who stand at exactly one unit.
	selectAt = `SELECT ` + accountColumns + fromAccounts + `WHERE a.unit_code = $1 ORDER BY a.id`
	// A page of a subtree's accounts.
	selectAccounts = `SELECT ` + accountColumns + fromAccounts + matching + `ORDER BY a.unit_code, a.id LIMIT $6 OFFSET $7`
	// How long the whole list is.
	countAccounts = `SELECT count(*)` + fromAccounts + matching
	// Is the login taken?
	countLogin = `SELECT count(*) FROM accounts WHERE login = $1`

	insertAccount = `INSERT INTO accounts (login, name, role, unit_code, department_id, phone, password, must_change, disabled, epoch, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING id`
	// Everything that may change, but the password; the number stays where $10 is 1.
	updateAccount = `UPDATE accounts SET name = $1, role = $2, unit_code = $3, department_id = $4, phone = CASE WHEN $10 = 1 THEN phone ELSE $5 END,
		must_change = $6, disabled = $7, epoch = $8 WHERE id = $9`
	updatePassword = `UPDATE accounts SET password = $1 WHERE id = $2`
)

type scanner interface{ Scan(dest ...any) error }

func scanAccount(row scanner, seal Sealer) (account.Credentials, error) {
	var (
		c                             account.Credentials
		a                             = &c.Account
		role, phone                   string
		code, must, disabled, created int64
		department, host              sql.NullInt64
		office                        sql.NullString
	)
	err := row.Scan(&a.ID, &a.Login, &a.Name, &role, &code, &department, &host, &office, &phone, &c.Password, &must, &disabled, &a.Epoch, &created)
	if err != nil {
		return c, err
	}
	a.Role, a.Unit, a.MustChange, a.Disabled, a.CreatedAt = access.Role(role), unit.Code(code), must != 0, disabled != 0, fromMillis(created)
	a.Department = account.Department{ID: department.Int64, Host: unit.Code(host.Int64), Name: office.String}
	if a.Phone, err = seal.Open(phone); err != nil {
		return c, fmt.Errorf("phone of account %d: %w", a.ID, err)
	}
	return c, nil
}

func readAccount(ctx context.Context, q queryer, seal Sealer, query string, key any) (account.Credentials, error) {
	c, err := scanAccount(q.QueryRowContext(ctx, query, key), seal)
	return c, oneOf(err, account.ErrNoAccount, "account")
}

func readAccounts(ctx context.Context, q queryer, seal Sealer, query string, args ...any) ([]account.Account, error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("accounts: %w", err)
	}
	defer rows.Close()
	var list []account.Account
	for rows.Next() {
		c, err := scanAccount(rows, seal)
		if err != nil {
			return nil, fmt.Errorf("accounts: %w", err)
		}
		list = append(list, c.Account)
	}
	return list, rows.Err()
}

// Account reads one account.
func (s *Store) Account(ctx context.Context, id int64) (account.Account, error) {
	c, err := readAccount(ctx, s.db.Reader(), s.seal, selectAccount, id)
	return c.Account, err
}

// Credentials reads the account of a login with the hash of its password.
func (s *Store) Credentials(ctx context.Context, login string) (account.Credentials, error) {
	return readAccount(ctx, s.db.Reader(), s.seal, selectByLogin, login)
}

// Accounts reads a page of a subtree's accounts.
func (s *Store) Accounts(ctx context.Context, q account.Query) (account.Page, error) {
	lo, hi := q.Of.Range()
	pattern := "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(q.Text) + "%"
	limit := int64(q.Limit)
	if limit <= 0 {
		limit = math.MaxInt32
	}
	var page account.Page
	err := s.db.View(ctx, func(tx *sql.Tx) error {
		err := tx.QueryRowContext(ctx, countAccounts, int64(lo), int64(hi), string(q.Role), q.Text, pattern).Scan(&page.Total)
		if err != nil {
			return fmt.Errorf("accounts: %w", err)
		}
		page.Accounts, err = readAccounts(ctx, tx, s.seal, selectAccounts, int64(lo), int64(hi), string(q.Role), q.Text, pattern, limit, q.Offset)
		return err
	})
	return page, err
}

func (t *transaction) Account(id int64) (account.Account, error) {
	c, err := t.Credentials(id)
	return c.Account, err
}

func (t *transaction) Credentials(id int64) (account.Credentials, error) {
	return readAccount(t.ctx, t.tx, t.seal, selectAccount, id)
}

func (t *transaction) At(of unit.Code) ([]account.Account, error) {
	return readAccounts(t.ctx, t.tx, t.seal, selectAt, int64(of))
}

func (t *transaction) LoginTaken(login string) (bool, error) {
	var n int
	if err := t.tx.QueryRowContext(t.ctx, countLogin, login).Scan(&n); err != nil {
		return false, fmt.Errorf("login: %w", err)
	}
	return n > 0, nil
}

func (t *transaction) Insert(a account.Account, password string) (account.Account, error) {
	phone, err := t.seal.Seal(a.Phone)
	if err != nil {
		return a, err
	}
	err = t.tx.QueryRowContext(t.ctx, insertAccount, a.Login, a.Name, string(a.Role), int64(a.Unit), departmentID(a), phone, password,
		flag(a.MustChange), flag(a.Disabled), a.Epoch, millis(a.CreatedAt)).Scan(&a.ID)
	if err != nil {
		return a, fmt.Errorf("new account: %w", err)
	}
	return a, nil
}

func (t *transaction) Update(a account.Account) error {
	phone, err := t.seal.Seal(a.Phone)
	if err != nil {
		return err
	}
	_, err = t.tx.ExecContext(t.ctx, updateAccount, a.Name, string(a.Role), int64(a.Unit), departmentID(a), phone,
		flag(a.MustChange), flag(a.Disabled), a.Epoch, a.ID, flag(!access.Readable(a.Phone)))
	if err != nil {
		return fmt.Errorf("account %d: %w", a.ID, err)
	}
	return nil
}

func (t *transaction) SetPassword(id int64, password string) error {
	if _, err := t.tx.ExecContext(t.ctx, updatePassword, password, id); err != nil {
		return fmt.Errorf("password of account %d: %w", id, err)
	}
	return nil
}

func departmentID(a account.Account) sql.NullInt64 {
	return sql.NullInt64{Int64: a.Department.ID, Valid: a.Department.ID != 0}
}
