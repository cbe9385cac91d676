package feedback

import (
	"crypto/rand"
	"strings"
)

// letters are the digits and letters that nobody mistakes for another when reading out: no 0
// and O, no 1, I and L, no U.
const letters = "23456789ABCDEFGHJKMNPQRSTVWXYZ"

// referenceLength letters of 30 are 59 bits: nobody finds one by trying.
const referenceLength = 12

// newReference makes a random reference.
func newReference() string {
	var b strings.Builder
	buf := make([]byte, 32)
	for {
		_, _ = rand.Read(buf) // never fails
		for _, x := range buf {
			if x >= 240 { // 8 × 30: the rest would favour some letters
				continue
			}
			b.WriteByte(letters[x%30])
			if b.Len() == referenceLength {
				return b.String()
			}
		}
	}
}

// Spoken writes a reference in groups of four: 7KQ2-M9XR-4TBC.
func Spoken(reference string) string {
	var b strings.Builder
	for i, c := range reference {
		if i > 0 && i%4 == 0 {
			b.WriteByte('-')
		}
		b.WriteRune(c)
	}
	return b.String()
}

// readReference reads what somebody types: small letters, blanks, any dashes, full width.
func readReference(text string) (string, bool) {
	var b strings.Builder
	for _, r := range text {
		if r >= '！' && r <= '～' {
			r -= '！' - '!'
		}
		if r >= 'a' && r <= 'z' {
			r -= 'a' - 'A'
		}
		switch {
		case r < 128 && strings.ContainsRune(letters, r):
			b.WriteRune(r)
		case strings.ContainsRune("- \t\u3000—–", r):
		default:
			return "", false
		}
	}
	return b.String(), b.Len() == referenceLength
}
