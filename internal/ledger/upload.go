package ledger

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"path"
	"strings"
	"unicode"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/unit"
)

// MaxUpload is the size of the largest workbook that is taken, in bytes.
const MaxUpload = 20 << 20

// ErrUploadSize: the workbook is larger than MaxUpload.
var ErrUploadSize = problem.New(problem.Invalid, "ledger.upload_size")

// maxFileName is how many characters of a file's name are kept.
const maxFileName = 120

// SaveUpload keeps a workbook for its preview. Nothing in it is looked at, and nothing of it
// is taken until it is imported.
func (s *Service) SaveUpload(ctx context.Context, a access.Actor, of unit.Code, due date.Date, file string, content []byte) (Upload, error) {
	if err := a.Can(access.ImportLedger, of); err != nil {
		return Upload{}, err
	}
	if _, err := s.Sheet(ctx, a, of, due); err != nil {
		return Upload{}, err
	}
	if len(content) > MaxUpload {
		return Upload{}, ErrUploadSize.With("mib", MaxUpload>>20)
	}
	sum := sha256.Sum256(content)
	account, actor, at := s.stamp(a)
	u := Upload{ID: rand.Text(), Unit: of, Week: due, File: FileName(file), SHA256: hex.EncodeToString(sum[:]), Content: content,
		Account: account, Actor: actor, At: at}
	return u, s.store.SaveUpload(ctx, u)
}

// Upload gives a workbook kept for a unit's week, to those who may import for that unit.
func (s *Service) Upload(ctx context.Context, a access.Actor, id string) (Upload, error) {
	u, err := s.store.Upload(ctx, id)
	if err != nil {
		return Upload{}, err
	}
	if err := a.Can(access.ImportLedger, u.Unit); err != nil {
		return Upload{}, ErrNoUpload.Because(err)
	}
	u.At, u.TakenAt = s.local(u.At), s.local(u.TakenAt)
	return u, nil
}

// FileName is the last part of a file's name as a browser sends it, without what cannot be
// printed and not too long; its ending stays.
func FileName(name string) string {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	name = strings.TrimSpace(strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, name))
	runes := []rune(name)
	switch {
	case name == "" || name == "." || name == "/":
		return "未命名"
	case len(runes) > maxFileName:
		ending := []rune(path.Ext(name))
		if len(ending) > 8 {
			ending = nil
		}
		return string(runes[:maxFileName-len(ending)]) + string(ending)
	}
	return name
}
