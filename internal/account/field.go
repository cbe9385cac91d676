package account

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

const (
	nameMax  = 30
	tokenMax = 40
)

// tidy makes full-width characters narrow and drops blanks around and doubled ones inside.
func tidy(s string) string { return strings.Join(strings.Fields(width.Fold.String(s)), " ") }

// cleanLogin gives a login as it is kept.
func cleanLogin(s string) (string, error) {
	login := strings.ToLower(tidy(s))
	if len(login) < 3 || len(login) > 32 {
		return "", ErrLogin
	}
	for _, r := range login {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') && !strings.ContainsRune("._-", r) {
			return "", ErrLogin
		}
	}
	if isMobile(login) {
		return "", ErrLoginPhone
	}
	return login, nil
}

func cleanName(s string) (string, error) {
	name := tidy(s)
	bad := name == "" || !utf8.ValidString(name) || utf8.RuneCountInString(name) > nameMax
	for _, r := range name {
		bad = bad || unicode.IsControl(r) || unicode.Is(unicode.Cf, r)
	}
	if bad {
		return "", ErrName.With("max", nameMax)
	}
	return name, nil
}

// cleanPhone gives a telephone number in digits with at most one hyphen: 13812341234,
// 0663-2234121, 2234121. The empty text is no number.
func cleanPhone(s string) (string, error) {
	phone := strings.NewReplacer(" ", "", "(", "", ")", "-", "—", "-", "–", "-", "‐", "-", "+86", "").Replace(tidy(s))
	phone = strings.Trim(phone, "-")
	if phone == "" && tidy(s) == "" {
		return "", nil
	}
	bare := strings.ReplaceAll(phone, "-", "")
	if isMobile(bare) {
		return bare, nil
	}
	for _, r := range bare {
		if r < '0' || r > '9' {
			return "", ErrPhone.With("value", tidy(s))
		}
	}
	if len(bare) < 5 || len(bare) > 16 || strings.Count(phone, "-") > 2 {
		return "", ErrPhone.With("value", tidy(s))
	}
	return phone, nil
}

func isMobile(s string) bool {
	if len(s) != 11 || s[0] != '1' || s[1] < '3' {
		return false
	}
	return strings.Trim(s, "0123456789") == ""
}
