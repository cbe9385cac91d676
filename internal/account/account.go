package account

import (
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/unit"
)

// Account is one person, or one office, that may sign in.
type Account struct {
	ID         int64
	Login      string
	Name       string
	Role       access.Role
	Unit       unit.Code
	Department Department // for role Department
	Phone      string     // in the clear here, sealed in the table; may be empty
	MustChange bool       // still has its first password
	Disabled   bool
	Epoch      int64 // rises when all its sessions are to end
	CreatedAt  time.Time
}

// Actor is the account as one who acts.
func (a Account) Actor() access.Actor {
	return access.Actor{Account: a.ID, Name: a.Name, Role: a.Role, Unit: a.Unit, Department: a.Department.Name}
}

// Department is an office beside the tree (市直单位) that hangs at a unit.
type Department struct {
	ID   int64
	Host unit.Code
	Name string
}

// Issued is an account with the first password, which is known this once and never again.
type Issued struct {
	Account  Account
	Password string
}
