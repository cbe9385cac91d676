package sheet

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// The records of a BIFF8 stream that matter here, by the names of [MS-XLS] 2.3.
const (
	recFormula     = 0x0006
	recEOF         = 0x000a
	recDateMode    = 0x0022
	recFilePass    = 0x002f
	recContinue    = 0x003c
	recBoundSheet  = 0x0085
	recMulRK       = 0x00bd
	recRString     = 0x00d6
	recXF          = 0x00e0
	recMergedCells = 0x00e5
	recSST         = 0x00fc
	recLabelSST    = 0x00fd
	recNumber      = 0x0203
	recLabel       = 0x0204
	recBoolErr     = 0x0205
	recString      = 0x0207
	recRK          = 0x027e
	recFormat      = 0x041e
	recBOF         = 0x0809
)

const biff8 = 0x0600

var errBIFF = errors.New("record is cut short")

// looksLikeBIFF tells a bare record stream without its container, as some programs save it.
func looksLikeBIFF(data []byte) bool {
	if len(data) < 8 || data[0] != 0x09 {
		return false
	}
	size := binary.LittleEndian.Uint16(data[2:])
	switch data[1] {
	case 0x00, 0x02, 0x04: // BIFF 2 to 4
		return size == 4 || size == 6
	case 0x08:
		return size == 8 || size == 16
	}
	return false
}

// records walks a stream record by record.
type records struct {
	stream []byte
	pos    int
	id     int
	body   []byte
}

// next reads one record. A stream must end with a record that says so, hence the end of the
// bytes is an error like any other.
func (r *records) next() error {
	head := r.stream[r.pos:]
	if len(head) < 4 {
		return errBIFF
	}
	size := int(binary.LittleEndian.Uint16(head[2:]))
	if len(head) < 4+size {
		return errBIFF
	}
	r.id = int(binary.LittleEndian.Uint16(head))
	r.body = head[4 : 4+size]
	r.pos += 4 + size
	return nil
}

// continued gives the record's body and those of the CONTINUE records right behind it.
func (r *records) continued() ([][]byte, error) {
	parts := [][]byte{r.body}
	for len(r.stream)-r.pos >= 2 && binary.LittleEndian.Uint16(r.stream[r.pos:]) == recContinue {
		if err := r.next(); err != nil {
			return nil, err
		}
		parts = append(parts, r.body)
	}
	return parts, nil
}

// begin reads the BOF record at a position and refuses what is older than BIFF8.
func (r *records) begin(at int) error {
	if at < 0 || at > len(r.stream) {
		return errBIFF
	}
	r.pos = at
	if err := r.next(); err != nil {
		return err
	}
	switch {
	case r.id == 0x0009, r.id == 0x0209, r.id == 0x0409:
		return ErrOldFormat
	case r.id != recBOF, len(r.body) < 4:
		return ErrTruncated.Because(fmt.Errorf("record %#x where a sheet should begin", r.id))
	case binary.LittleEndian.Uint16(r.body) != biff8:
		return ErrOldFormat
	}
	return nil
}

// biffTab is a sheet as the workbook lists it.
type biffTab struct {
	name   string
	hidden bool
	sheet  bool
	at     int
}

// biffBook is what the sheets of one .xls share.
type biffBook struct {
	m         *meter
	texts     texts
	tabs      []biffTab
	strings   sharedStrings
	formats   []numberFormat // by extended format
	epoch1904 bool
}

// readBIFF reads a BIFF8 workbook stream.
func readBIFF(stream []byte, m *meter) ([]Sheet, error) {
	b := &biffBook{m: m, texts: texts{max: m.lim.Text}}
	if err := b.readGlobals(stream); err != nil {
		return nil, err
	}
	sheets := make([]Sheet, 0, len(b.tabs))
	for _, tab := range b.tabs {
		if !tab.sheet {
			continue
		}
		s, err := b.readSheet(stream, tab.at)
		if err != nil {
			return nil, err
		}
		s.Name, s.Hidden = tab.name, tab.hidden
		s.indexMerges()
		sheets = append(sheets, s)
	}
	return sheets, nil
}

// readGlobals reads what stands before the sheets. CODEPAGE is passed over: the texts of BIFF8
// are UTF-16, or its lower halves, whatever the record says.
func (b *biffBook) readGlobals(stream []byte) error {
	r := &records{stream: stream}
	if err := r.begin(0); err != nil {
		return err
	}
	custom := map[int]numberFormat{}
	var styles []uint16
	for {
		if err := r.next(); err != nil {
			return err
		}
		body := r.body
		switch r.id {
		case recEOF:
			b.formats = make([]numberFormat, len(styles))
			for i, id := range styles {
				if f, ok := custom[int(id)]; ok {
					b.formats[i] = f
				} else {
					b.formats[i] = builtinFormat(int(id))
				}
			}
			return nil
		case recFilePass:
			return ErrEncrypted
		case recDateMode:
			b.epoch1904 = len(body) >= 2 && body[0] == 1
		case recFormat:
			if len(body) < 5 {
				return errBIFF
			}
			code, err := biffString([][]byte{body[2:]}, 2)
			if err != nil {
				return err
			}
			custom[int(binary.LittleEndian.Uint16(body))] = parseFormat(string(code))
		case recXF:
			if len(body) < 4 {
				return errBIFF
			}
			styles = append(styles, binary.LittleEndian.Uint16(body[2:]))
		case recBoundSheet:
			if err := b.addTab(body); err != nil {
				return err
			}
		case recSST:
			parts, err := r.continued()
			if err != nil {
				return err
			}
			if b.strings, err = readSST(parts, b.m.lim.Text); err != nil {
				return err
			}
		}
	}
}

func (b *biffBook) addTab(body []byte) error {
	if len(body) < 8 {
		return errBIFF
	}
	if len(b.tabs) == b.m.lim.Sheets {
		return tooMany("sheets", b.m.lim.Sheets)
	}
	name, err := biffString([][]byte{body[6:]}, 1)
	if err != nil {
		return err
	}
	b.tabs = append(b.tabs, biffTab{
		name:   b.texts.keep(name),
		hidden: body[4]&3 != 0,
		sheet:  body[5] == 0,
		at:     int(binary.LittleEndian.Uint32(body)),
	})
	return nil
}
