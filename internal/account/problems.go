package account

import "github.com/sangzi/sangzi/internal/problem"

// What can be wrong with accounts. Parameters are named behind each.
var (
	// ErrSignIn: the login or the password is wrong; which of the two is not told.
	ErrSignIn = problem.New(problem.Invalid, "account.sign_in")
	// ErrBlocked: too many failures; try again after a while. {until} {wait}
	ErrBlocked = problem.New(problem.Unavailable, "account.blocked")
	// ErrDisabled: told only to who knew the password.
	ErrDisabled = problem.New(problem.Forbidden, "account.disabled")
	// ErrNoAccount: there is no such account, or not for this actor.
	ErrNoAccount = problem.New(problem.NotFound, "account.none")
	// ErrWrongPassword: the present password, asked for before it is changed, is wrong.
	ErrWrongPassword = problem.New(problem.Invalid, "account.wrong_password")

	// ErrPasswordShort and the following: what a new password must not be. {min}
	ErrPasswordShort  = problem.New(problem.Invalid, "account.password_short")
	ErrPasswordLong   = problem.New(problem.Invalid, "account.password_long") // {max}
	ErrPasswordLogin  = problem.New(problem.Invalid, "account.password_login")
	ErrPasswordCommon = problem.New(problem.Invalid, "account.password_common")
	ErrPasswordSame   = problem.New(problem.Invalid, "account.password_same")

	// ErrLogin: not 3 to 32 lower-case letters, digits, dots, hyphens or underscores.
	ErrLogin = problem.New(problem.Invalid, "account.login")
	// ErrLoginPhone: a login that is a mobile number would show what the table seals.
	ErrLoginPhone = problem.New(problem.Invalid, "account.login_phone")
	// ErrLoginTaken: another account has the login. {login}
	ErrLoginTaken = problem.New(problem.Conflict, "account.login_taken")
	// ErrName: empty, too long, or with control characters. {max}
	ErrName = problem.New(problem.Invalid, "account.name")
	// ErrPhone: not a telephone number. {value}
	ErrPhone = problem.New(problem.Invalid, "account.phone")
	// ErrRole: no such role. {value}
	ErrRole = problem.New(problem.Invalid, "account.role")
	// ErrRoleLevel: the role does not stand at units of this level. {role} {unit} {level}
	ErrRoleLevel = problem.New(problem.Invalid, "account.role_level")
	// ErrUnit: no such unit in the actor's subtree. {value}
	ErrUnit = problem.New(problem.Invalid, "account.unit")
	// ErrUnitAmbiguous: a written name fits several units. {value} {units}
	ErrUnitAmbiguous = problem.New(problem.Invalid, "account.unit_ambiguous")
	// ErrDuplicate: the unit already has an account of this name and role. {name} {login}
	ErrDuplicate = problem.New(problem.Conflict, "account.duplicate")
	// ErrTwice: an earlier line of the same workbook is the same. {line}
	ErrTwice = problem.New(problem.Invalid, "account.twice")
	// ErrSelf: an administrator may not disable himself or change his own role or unit.
	ErrSelf = problem.New(problem.Conflict, "account.self")
	// ErrNothing: there is nothing in the workbook that could be taken.
	ErrNothing = problem.New(problem.Invalid, "account.nothing")
	// ErrTooMany: more lines than are taken at once. {max}
	ErrTooMany = problem.New(problem.Invalid, "account.too_many")

	// ErrDepartment: the role needs a department hanging at the account's unit. {value}
	ErrDepartment = problem.New(problem.Invalid, "account.department")
	// ErrDepartmentTaken: the unit already has a department of this name. {name}
	ErrDepartmentTaken = problem.New(problem.Conflict, "account.department_taken")
	// ErrDepartmentLevel: departments hang at a province, city, county or town.
	ErrDepartmentLevel = problem.New(problem.Invalid, "account.department_level")

	// ErrToken: the token is unknown, expired or revoked, or its account is.
	ErrToken = problem.New(problem.Forbidden, "account.token")
	// ErrNoToken: there is no such token, or not for this actor.
	ErrNoToken = problem.New(problem.NotFound, "account.no_token")
	// ErrTokenName: empty or too long. {max}
	ErrTokenName = problem.New(problem.Invalid, "account.token_name")
	// ErrTokenExpiry: not between a day and a year from now. {max}
	ErrTokenExpiry = problem.New(problem.Invalid, "account.token_expiry")
	// ErrTokenBeyond: the token could do what its maker may not.
	ErrTokenBeyond = problem.New(problem.Forbidden, "account.token_beyond")
)
