package bulletin

import (
	"context"
	"errors"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/unit"
)

// FileKind is a form in which a bulletin is printed.
type FileKind string

// The kinds of files.
const (
	Docx FileKind = "docx"
	PDF  FileKind = "pdf"
)

// FileKinds lists the kinds.
func FileKinds() []FileKind { return []FileKind{Docx, PDF} }

// File is a bulletin as a file. Of an issued version it is the one that was printed when it was issued:
// layout goes on being mended, and a paper that is printed again is the paper that was issued.
type File struct {
	Kind    FileKind
	Hash    string // SHA-256 of Content
	Size    int    // in bytes
	Content []byte
	Kept    bool // since it was issued; else it was made now
}

// Press makes the files of a bulletin.
type Press interface {
	Docx(d Draft) ([]byte, error)
	PDF(d Draft) ([]byte, error)
}

// UsePress lets bulletins be printed.
func (s *Service) UsePress(p Press) { s.press = p }

// Prints tells that bulletins can be printed.
func (s *Service) Prints() bool { return s.press != nil }

// print makes a file of a draft.
func (s *Service) print(d Draft, kind FileKind) (f File, err error) {
	made := s.press.PDF
	if kind == Docx {
		made = s.press.Docx
	}
	f.Kind = kind
	f.Content, err = made(d)
	f.Hash, f.Size = Seal(string(f.Content)), len(f.Content)
	return f, err
}

// printed are the files kept with a version that is issued.
func (s *Service) printed(d Draft) ([]File, error) {
	if s.press == nil {
		return nil, nil
	}
	var list []File
	for _, kind := range FileKinds() {
		f, err := s.print(d, kind)
		if err != nil {
			return nil, err
		}
		list = append(list, f)
	}
	return list, nil
}

// File is a version of a bulletin as a file: of an issued one the file kept since, of others, and of
// those issued before files were kept, one made now. Who may read what is as in Show; ErrFileBroken
// when what was kept is not what was issued, ErrNoFile when nothing can be printed.
func (s *Service) File(ctx context.Context, a access.Actor, of unit.Code, m Period, number int32, kind FileKind) (File, error) {
	b, err := s.Show(ctx, a, of, m, number)
	if err != nil {
		return File{}, err
	}
	if b.Version.Status == Issued {
		f, err := s.store.File(ctx, of, m, b.Version.Number, kind)
		switch {
		case err == nil && Seal(string(f.Content)) != f.Hash:
			return File{}, ErrFileBroken
		case err == nil:
			return f, nil
		case !errors.Is(err, ErrNoFile):
			return File{}, err
		}
	}
	if s.press == nil {
		return File{}, ErrNoFile
	}
	return s.print(b.Version.Draft, kind)
}
