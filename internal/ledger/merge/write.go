package merge

import (
	"bufio"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
)

// writeFile writes a file whole or not at all: beside its place first, then moved there.
func writeFile(path string, write func(io.Writer) error) (err error) {
	tmp, err := os.CreateTemp(filepath.Dir(path), ".sangzi-*")
	if err != nil {
		return ErrCannotWrite.With("path", path).Because(err)
	}
	defer func() {
		if err != nil {
			_ = tmp.Close()           // the first failure is the one to tell
			_ = os.Remove(tmp.Name()) // as above
			err = ErrCannotWrite.With("path", path).Because(err)
		}
	}()
	b := bufio.NewWriterSize(tmp, 1<<16)
	if err = write(b); err != nil {
		return err
	}
	if err = b.Flush(); err != nil {
		return err
	}
	if err = tmp.Chmod(0o644); err != nil {
		return err
	}
	if err = tmp.Close(); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), path)
}

// WriteJSON writes the report as ledger merge --report does.
func (r *Report) WriteJSON(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(r)
}
