package sheet

import (
	"encoding/binary"
	"unicode/utf16"
	"unicode/utf8"
)

// Flags of a BIFF8 string.
const (
	flagWide     = 0x01 // two bytes a character
	flagPhonetic = 0x04 // phonetic data behind the characters
	flagRich     = 0x08 // formatting runs behind the characters
)

// pieces reads through a record and its continuations as one.
type pieces struct {
	parts [][]byte // parts[0] is what is left of the current one
}

// settle steps over finished parts; it reports whether anything is left.
func (p *pieces) settle() bool {
	for len(p.parts) > 0 && len(p.parts[0]) == 0 {
		p.parts = p.parts[1:]
	}
	return len(p.parts) > 0
}

func (p *pieces) byte() (byte, error) {
	if !p.settle() {
		return 0, errBIFF
	}
	c := p.parts[0][0]
	p.parts[0] = p.parts[0][1:]
	return c, nil
}

// uint reads a little-endian number of n bytes.
func (p *pieces) uint(n int) (int, error) {
	v := 0
	for i := range n {
		c, err := p.byte()
		if err != nil {
			return 0, err
		}
		v |= int(c) << (8 * i)
	}
	return v, nil
}

func (p *pieces) skip(n int) error {
	for n > 0 {
		if !p.settle() {
			return errBIFF
		}
		k := min(n, len(p.parts[0]))
		p.parts[0] = p.parts[0][k:]
		n -= k
	}
	return nil
}

// appendChars reads n characters. Where the text crosses into a continuation, that begins with
// a flag byte of its own: the text may switch between one and two bytes a character there.
func (p *pieces) appendChars(dst []byte, n int, wide bool) ([]byte, error) {
	var high rune
	for n > 0 {
		if len(p.parts[0]) == 0 {
			if !p.settle() {
				return dst, errBIFF
			}
			flags, err := p.byte()
			if err != nil {
				return dst, err
			}
			wide = flags&flagWide != 0
			continue
		}
		part := p.parts[0]
		if !wide {
			k := min(n, len(part))
			for _, c := range part[:k] {
				dst = utf8.AppendRune(dst, rune(c))
			}
			p.parts[0] = part[k:]
			n -= k
			continue
		}
		k := min(n, len(part)/2)
		if k == 0 {
			return dst, errBIFF // half a character
		}
		for i := range k {
			u := rune(binary.LittleEndian.Uint16(part[2*i:]))
			switch {
			case high != 0:
				dst = utf8.AppendRune(dst, utf16.DecodeRune(high, u))
				if !utf16.IsSurrogate(u) {
					dst = utf8.AppendRune(dst, u)
				}
				high = 0
			case u >= 0xd800 && u < 0xdc00:
				high = u
			default:
				dst = utf8.AppendRune(dst, u)
			}
		}
		p.parts[0] = part[2*k:]
		n -= k
	}
	if high != 0 {
		dst = utf8.AppendRune(dst, utf8.RuneError)
	}
	return dst, nil
}

// appendString reads one string: length (of lengthSize bytes), flags, characters, and past
// its formatting and phonetic data.
func (p *pieces) appendString(dst []byte, lengthSize int) ([]byte, error) {
	n, err := p.uint(lengthSize)
	if err != nil {
		return dst, err
	}
	flags, err := p.byte()
	if err != nil {
		return dst, err
	}
	behind := 0
	if flags&flagRich != 0 {
		runs, err := p.uint(2)
		if err != nil {
			return dst, err
		}
		behind = 4 * runs
	}
	if flags&flagPhonetic != 0 {
		size, err := p.uint(4)
		if err != nil {
			return dst, err
		}
		behind += size
	}
	if dst, err = p.appendChars(dst, n, flags&flagWide != 0); err != nil {
		return dst, err
	}
	return dst, p.skip(behind)
}

// biffString reads the string that a record's parts begin with.
func biffString(parts [][]byte, lengthSize int) ([]byte, error) {
	p := &pieces{parts: parts}
	return p.appendString(nil, lengthSize)
}

// readSST reads the shared strings. Their number is what the bytes hold, not what the head
// claims.
func readSST(parts [][]byte, limit int) (sharedStrings, error) {
	p := &pieces{parts: parts}
	if err := p.skip(4); err != nil {
		return sharedStrings{}, err
	}
	count, err := p.uint(4)
	if err != nil {
		return sharedStrings{}, err
	}
	b := stringsBuilder{max: limit}
	var item []byte
	for i := 0; i < count && p.settle(); i++ {
		if item, err = p.appendString(item[:0], 2); err != nil {
			return sharedStrings{}, err
		}
		b.add(item)
	}
	return b.table(), nil
}
