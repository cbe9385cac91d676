package account

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"github.com/sangzi/sangzi/internal/access"
)

// KeyBytes is the length of a box's key.
const KeyBytes = 32

// How a sealed text begins: under a database's first key, under one that followed (then the key's
// name and a point), or in place of what could not be read when it was written again.
const (
	sealedFirst = "s1."
	sealedLater = "s2."
	sealedLost  = "s0."
)

var errNotSealed = errors.New("account: the text was not sealed with this key")

// Box seals telephone numbers with AES-256-GCM. The same number sealed twice looks different.
type Box struct {
	aead cipher.AEAD
	id   string          // the name of its key; empty for a database's first
	past map[string]bool // the keys that the database had before
}

// NewBox makes a box from a key of KeyBytes, the first that its database has.
func NewBox(key []byte) (*Box, error) { return NewLaterBox(key, "", nil) }

// NewLaterBox makes a box from a key of KeyBytes that others came before. Names of keys tell one
// from another and say nothing about either; the first key of a database has the empty name.
func NewLaterBox(key []byte, id string, past []string) (*Box, error) {
	if len(key) != KeyBytes {
		return nil, fmt.Errorf("account: a key has %d bytes, not %d", KeyBytes, len(key))
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	b := &Box{id: id, past: map[string]bool{}}
	for _, one := range past {
		b.past[one] = true
	}
	b.aead, err = cipher.NewGCM(block)
	return b, err
}

// prefix begins every text that the box seals; what is sealed holds only behind it.
func (b *Box) prefix() string {
	if b.id == "" {
		return sealedFirst
	}
	return sealedLater + b.id + "."
}

// Seal makes a text unreadable; nothing stays nothing, and what could not be read stays that.
func (b *Box) Seal(plain string) (string, error) {
	if plain == "" {
		return "", nil
	}
	if len(b.past) > 0 && !access.Readable(plain) {
		return sealedLost, nil
	}
	nonce := make([]byte, b.aead.NonceSize())
	if _, err := rand.Read(nonce); err != nil {
		return "", err
	}
	sealed := b.aead.Seal(nonce, nonce, []byte(plain), []byte(b.prefix()))
	return b.prefix() + base64.RawStdEncoding.EncodeToString(sealed), nil
}

// Open reads a sealed text again. What was sealed under a key that the database had before is
// access.Unreadable; a text that was sealed with a key it never had, or touched since, is an
// error.
func (b *Box) Open(sealed string) (string, error) {
	if sealed == "" {
		return "", nil
	}
	id, ok := SealedUnder(sealed)
	switch {
	case len(b.past) > 0 && (sealed == sealedLost || ok && id != b.id && b.past[id]):
		return access.Unreadable, nil
	case !ok || id != b.id:
		return "", errNotSealed
	}
	raw, err := base64.RawStdEncoding.DecodeString(strings.TrimPrefix(sealed, b.prefix()))
	if err != nil || len(raw) < b.aead.NonceSize() {
		return "", errNotSealed
	}
	n := b.aead.NonceSize()
	plain, err := b.aead.Open(nil, raw[:n], raw[n:], []byte(b.prefix()))
	if err != nil {
		return "", errNotSealed
	}
	return string(plain), nil
}

// SealedUnder is the name of the key that a text was sealed under; false when it is under none.
func SealedUnder(sealed string) (id string, ok bool) {
	if strings.HasPrefix(sealed, sealedFirst) {
		return "", true
	}
	rest, ok := strings.CutPrefix(sealed, sealedLater)
	if !ok {
		return "", false
	}
	id, _, ok = strings.Cut(rest, ".")
	return id, ok && id != ""
}
