package ledgerweb

import (
	"net/url"

	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/unit"
)

// headValue is a field of the form's head as it is shown.
func headValue(key string, h ledger.Head) string {
	text := ""
	switch key {
	case "unit":
		text = h.Unit
	case "contact":
		text = h.Contact
	case "phone":
		text = h.Phone
	case "filled_on":
		text = h.FilledOn.Chinese()
		if h.FilledOn.IsZero() {
			text = ""
		}
	}
	if text == "" {
		return "—"
	}
	return text
}

func townText(c unit.Code) string {
	if c == 0 {
		return ""
	}
	return c.String()
}

// parsed reads an address of our own making.
func parsed(s string) *url.URL {
	u, err := url.Parse(s)
	if err != nil {
		return &url.URL{Path: s}
	}
	return u
}
