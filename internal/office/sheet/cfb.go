package sheet

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/richardlehane/mscfb"
)

// cfbSignature begins every compound file, the container of .xls, .doc, .ppt and of Office
// files with a password.
var cfbSignature = []byte{0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1}

// readCFB finds the workbook stream in a compound file and reads it.
func readCFB(data []byte, m *meter) ([]Sheet, error) {
	container, err := openCFB(data)
	if err != nil {
		return nil, ErrTruncated.Because(err)
	}
	var workbook, book *mscfb.File
	foreign := ""
	for _, f := range container.File {
		if len(f.Path) > 0 { // streams of embedded documents
			continue
		}
		switch f.Name {
		case "EncryptedPackage":
			return nil, ErrEncrypted
		case "Workbook", "WORKBOOK", "workbook":
			workbook = f
		case "Book", "BOOK":
			book = f
		case "WordDocument":
			foreign = "doc"
		case "PowerPoint Document":
			foreign = "ppt"
		}
	}
	switch {
	case workbook != nil:
		stream, err := readStream(workbook, len(data))
		if err != nil {
			return nil, err
		}
		return readBIFF(stream, m)
	case book != nil:
		return nil, ErrOldFormat
	}
	return nil, notWorkbook(foreign)
}

// openCFB opens the container; mscfb panics on some impossible headers.
func openCFB(data []byte) (container *mscfb.Reader, err error) {
	defer func() {
		if p := recover(); p != nil {
			container, err = nil, fmt.Errorf("mscfb: %v", p)
		}
	}()
	return mscfb.New(bytes.NewReader(data))
}

// readStream reads a whole stream; one that claims more than the file holds is not begun.
func readStream(f *mscfb.File, fileSize int) ([]byte, error) {
	if f.Size <= 0 || f.Size > int64(fileSize) {
		return nil, ErrTruncated.Because(fmt.Errorf("stream %s of %d bytes", f.Name, f.Size))
	}
	stream := make([]byte, f.Size)
	n, err := f.Read(stream)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, ErrTruncated.Because(err)
	}
	if n < len(stream) {
		return nil, ErrTruncated.Because(io.ErrUnexpectedEOF)
	}
	return stream, nil
}
