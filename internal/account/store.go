package account

import (
	"context"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/audit"
	"github.com/sangzi/sangzi/internal/unit"
)

// Query asks for the accounts of a unit and all below it.
type Query struct {
	Of     unit.Code
	Text   string      // part of the login or the name; empty for all
	Role   access.Role // empty for all
	Offset int
	Limit  int // zero for all
}

// Page is a part of a list, and how long the whole is.
type Page struct {
	Accounts []Account
	Total    int
}

// Credentials are an account with the hash of its password.
type Credentials struct {
	Account  Account
	Password string
}

// Failures are the failed sign-ins counted for one subject: a login or an address.
type Failures struct {
	Count        int
	First        time.Time
	BlockedUntil time.Time
}

// Store is what accounts need of their tables. Reads see what is committed.
type Store interface {
	Account(ctx context.Context, id int64) (Account, error)              // ErrNoAccount
	Credentials(ctx context.Context, login string) (Credentials, error)  // ErrNoAccount
	Accounts(ctx context.Context, q Query) (Page, error)                 // by unit, then ID
	Departments(ctx context.Context, of unit.Code) ([]Department, error) // by host, then name
	Tokens(ctx context.Context, of unit.Code) ([]Token, error)           // newest first
	TokenByHash(ctx context.Context, hash string) (Token, error)         // ErrToken
	Version(ctx context.Context) (int64, error)                          // has risen when anything here was written
	Write(ctx context.Context, fn func(tx Tx) error) error               // all or nothing, one writer at a time
	Failures(ctx context.Context, fn func(FailureTx) error) error        // one transaction on the counters
	SweepFailures(ctx context.Context, before time.Time) error           // those begun and unblocked before
}

// Tx is one write of accounts, with its events.
type Tx interface {
	Account(id int64) (Account, error)         // ErrNoAccount
	Credentials(id int64) (Credentials, error) // ErrNoAccount
	LoginTaken(login string) (bool, error)
	At(of unit.Code) ([]Account, error) // the accounts of exactly this unit
	Insert(a Account, password string) (Account, error)
	Update(a Account) error // all but the login, the password and the day it was made
	SetPassword(id int64, password string) error

	Department(id int64) (Department, error) // ErrDepartment
	InsertDepartment(d Department) (Department, error)

	Token(id int64) (Token, error) // ErrNoToken
	InsertToken(t Token, hash string) (Token, error)
	RevokeToken(id int64, at time.Time) error

	Audit(e audit.Event) error
}

// FailureTx counts failed sign-ins.
type FailureTx interface {
	// Lock reads a subject's failures and holds them until the transaction ends; a subject
	// without any has the zero Failures.
	Lock(subject string) (Failures, error)
	Save(subject string, f Failures) error
	Clear(subject string) error
}
