package ui

import "github.com/a-h/templ"

// ButtonKind is how much a button weighs. A page has one Primary.
type ButtonKind string

// The kinds.
const (
	Primary   ButtonKind = "primary"
	Secondary ButtonKind = "secondary"
	Danger    ButtonKind = "danger" // takes something away: asked again first
	Quiet     ButtonKind = "quiet"  // looks like a link
)

// ButtonData is a button. Without Kind it is Secondary, without Type it submits.
type ButtonData struct {
	Text     string
	Kind     ButtonKind
	Icon     Icon
	Type     string // submit, button, reset
	Name     string
	Value    string
	Form     string // id of the form, where it stands outside
	Big      bool   // 48 px high and as wide as its column, for thumbs
	Disabled bool
	Attrs    templ.Attributes // hx-…, data-…, aria-…
}

func (b ButtonData) kind() string {
	if b.Kind == "" {
		return "secondary"
	}
	return string(b.Kind)
}

func (b ButtonData) typ() string {
	if b.Type == "" {
		return "submit"
	}
	return b.Type
}
