package account

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"runtime"
	"strings"

	"golang.org/x/crypto/argon2"
)

// Params are what one hash of a password costs.
type Params struct {
	MemoryKiB uint32
	Passes    uint32
	Threads   uint8
}

// DefaultParams are OWASP's for argon2id: 19 MiB, two passes; about 50 ms on one core.
var DefaultParams = Params{MemoryKiB: 19 * 1024, Passes: 2, Threads: 1}

const (
	saltBytes = 16
	hashBytes = 32
)

var errBadHash = errors.New("account: a stored password is not in the form of argon2id")

// hasher makes and checks hashes of passwords, only so many at once: each needs its memory.
type hasher struct {
	params Params
	slots  chan struct{}
	decoy  string // the hash of nothing anybody could type
}

func newHasher(p Params) (*hasher, error) {
	h := &hasher{params: p, slots: make(chan struct{}, max(2, runtime.NumCPU()))}
	nobody := make([]byte, 32)
	if _, err := rand.Read(nobody); err != nil {
		return nil, err
	}
	var err error
	h.decoy, err = h.hash(context.Background(), string(nobody))
	return h, err
}

// hash gives $argon2id$v=19$m=…,t=…,p=…$salt$hash.
func (h *hasher) hash(ctx context.Context, password string) (string, error) {
	salt := make([]byte, saltBytes)
	if _, err := rand.Read(salt); err != nil {
		return "", err
	}
	key, err := h.key(ctx, password, salt, h.params)
	if err != nil {
		return "", err
	}
	return encode(h.params, salt, key), nil
}

// matches tells whether the password is the one that was hashed.
func (h *hasher) matches(ctx context.Context, password, encoded string) (bool, error) {
	p, salt, want, err := decode(encoded)
	if err != nil {
		return false, err
	}
	got, err := h.key(ctx, password, salt, p)
	if err != nil {
		return false, err
	}
	return subtle.ConstantTimeCompare(got, want) == 1, nil
}

// pretend takes the time of a check for a login that does not exist.
func (h *hasher) pretend(ctx context.Context, password string) error {
	_, err := h.matches(ctx, password, h.decoy)
	return err
}

func (h *hasher) key(ctx context.Context, password string, salt []byte, p Params) ([]byte, error) {
	select {
	case h.slots <- struct{}{}:
		defer func() { <-h.slots }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	return argon2.IDKey([]byte(password), salt, p.Passes, p.MemoryKiB, p.Threads, hashBytes), nil
}

func encode(p Params, salt, key []byte) string {
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, p.MemoryKiB, p.Passes, p.Threads,
		b64.EncodeToString(salt), b64.EncodeToString(key))
}

func decode(encoded string) (p Params, salt, key []byte, err error) {
	parts := strings.Split(encoded, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return p, nil, nil, errBadHash
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &p.MemoryKiB, &p.Passes, &p.Threads); err != nil || p.Passes == 0 || p.Threads == 0 {
		return p, nil, nil, errBadHash
	}
	salt, err = base64.RawStdEncoding.DecodeString(parts[4])
	if err != nil {
		return p, nil, nil, errBadHash
	}
	key, err = base64.RawStdEncoding.DecodeString(parts[5])
	if err != nil || len(key) != hashBytes {
		return p, nil, nil, errBadHash
	}
	return p, salt, key, nil
}
