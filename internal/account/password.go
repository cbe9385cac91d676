package account

import (
	"crypto/rand"
	"math/big"
	"strings"
	"unicode/utf8"
)

// The bounds of a password, in characters and in bytes.
const (
	PasswordMin = 10
	PasswordMax = 128
)

// common are the commonest passwords of ten characters and more, in lower case, and what
// people here add to reach ten.
var common = strings.Fields(`1234567890 0123456789 0987654321 9876543210 12345678910 123456789a a123456789 123456789q
	1234567891 1234512345 1122334455 1231231231 123123123a 123321123321 5201314520 1314520520 5201314521 woaini1314
	woaini520520 woaini1314520 woaini5201314 qwertyuiop qwerty123456 qwerty12345 1q2w3e4r5t 1qaz2wsx3edc qazwsxedcrfv
	q1w2e3r4t5 1qazxsw23edc zxcvbnm123 asdfghjkl123 asdfghjkl; abcd123456 abc1234567 abcdefghij a1234567890 aa123456789
	password123 password1234 password12 passw0rd123 p@ssw0rd123 admin123456 administrator admin12345 admin@1234
	root123456 test123456 iloveyou123 welcome123 letmein123 changeme123 guest12345 user123456 china12345 zhongguo123
	zhongguo2024 jieyang123 jieyang2024 puning1234 puning2024 lvhua12345 lvmeiguangdong sangzi1234 sangzi2024`)

// checkPassword holds a new password against the rules.
func checkPassword(password, login string) error {
	lower := strings.ToLower(password)
	switch {
	case utf8.RuneCountInString(password) < PasswordMin:
		return ErrPasswordShort.With("min", PasswordMin)
	case len(password) > PasswordMax:
		return ErrPasswordLong.With("max", PasswordMax)
	case strings.Contains(lower, login) && len(lower)-len(login) < 4, strings.Contains(login, lower):
		return ErrPasswordLogin
	case isCommon(lower):
		return ErrPasswordCommon
	}
	return nil
}

func isCommon(lower string) bool {
	for _, c := range common {
		if lower == c {
			return true
		}
	}
	return distinctRunes(lower) < 4 || isRun(lower)
}

func distinctRunes(s string) int {
	seen := map[rune]bool{}
	for _, r := range s {
		seen[r] = true
	}
	return len(seen)
}

// isRun tells whether the characters go up, or down, one by one: bcdefghijk, 8765432109.
func isRun(s string) bool {
	runes := []rune(s)
	for _, step := range []rune{1, -1} {
		run := true
		for i := 1; i < len(runes) && run; i++ {
			run = runes[i]-runes[i-1] == step
		}
		if run {
			return true
		}
	}
	return false
}

// Letters and digits that are not taken for one another when read out on the telephone.
const (
	letters = "abcdefghjkmnpqrstuvwxyz"
	digits  = "23456789"
)

// firstPassword is random and easy to read out: four letters, four digits, four letters, 48
// bits in all. It opens the door once, to choosing another.
func firstPassword() (string, error) {
	var b strings.Builder
	for i, alphabet := range []string{letters, digits, letters} {
		if i > 0 {
			b.WriteByte('-')
		}
		for range 4 {
			n, err := rand.Int(rand.Reader, big.NewInt(int64(len(alphabet))))
			if err != nil {
				return "", err
			}
			b.WriteByte(alphabet[n.Int64()])
		}
	}
	return b.String(), nil
}
