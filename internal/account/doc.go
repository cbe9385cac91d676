// Package account is who may sign in: accounts and their passwords, departments, the tokens of
// programs, and whom to call for a unit. It owns the rules of all these and knows no SQL and no
// HTTP. Who may do what is decided in package access; this package adds only what concerns
// accounts themselves: nobody makes one above himself, nobody locks himself out.
package account
