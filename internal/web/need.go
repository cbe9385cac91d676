package web

import (
	"github.com/sangzi/sangzi/internal/access"
)

// Need is what a route asks of who calls it.
type Need struct {
	public bool
	action access.Action
}

// The needs. Can asks for an action at the {unit} of the path, or, where the path has none,
// at the actor's own unit; the wing's verbs check again at the unit they touch.
var (
	Public   = Need{public: true}
	SignedIn = Need{}
)

// Can is the need for an action.
func Can(action access.Action) Need { return Need{action: action} }

// IsPublic tells whether the route is open to everybody.
func (n Need) IsPublic() bool { return n.public }

// Action is the action asked for; empty when signing in is enough.
func (n Need) Action() access.Action { return n.action }
