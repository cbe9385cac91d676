package sheet

import (
	"bytes"
	"fmt"

	"github.com/sangzi/sangzi/internal/problem"
)

// Read reads a whole workbook. The name is only kept, never believed: the format is told from
// the content. Values are copied, so the caller may reuse data. The error is always one of
// this package's problems.
func Read(name string, data []byte, lim Limits) (book *Book, err error) {
	lim = lim.orDefault()
	if len(data) == 0 {
		return nil, ErrEmpty
	}
	if int64(len(data)) > lim.Bytes {
		return nil, ErrTooLarge.With("mib", lim.Bytes>>20)
	}
	// A reader that trips over a damaged file is a bug here, but one clerk's file must not
	// stop the import of all the others.
	defer func() {
		if p := recover(); p != nil {
			book, err = nil, ErrTruncated.Because(fmt.Errorf("reader failed: %v", p))
		}
	}()
	m := &meter{lim: lim}
	book = &Book{Name: name}
	switch {
	case bytes.HasPrefix(data, []byte("PK\x03\x04")), bytes.HasPrefix(data, []byte("PK\x05\x06")):
		book.Format = XLSX
		book.Sheets, err = readXLSX(data, m)
	case len(data) < len(cfbSignature) && bytes.HasPrefix(cfbSignature, data) && len(data) > 1:
		return nil, ErrTruncated
	case bytes.HasPrefix(data, cfbSignature):
		book.Format = XLS
		book.Sheets, err = readCFB(data, m)
	case looksLikeBIFF(data):
		book.Format = XLS
		book.Sheets, err = readBIFF(data, m)
	default:
		book.Format = CSV
		book.Sheets, err = readText(name, data, m)
	}
	if err != nil {
		if _, ok := problem.Of(err); !ok {
			err = ErrTruncated.Because(err)
		}
		return nil, err
	}
	if m.cells == 0 {
		return nil, ErrEmpty
	}
	return book, nil
}
