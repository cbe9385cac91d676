package sheet

import (
	"bytes"
	"errors"
	"io"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// token is one event of an XML part.
type token uint8

const (
	noToken  token = iota // the end of the part
	startTag              // name and attributes
	endTag                // name
	textRun               // text; long text comes in several runs
)

// tagMax bounds one tag, comment or CDATA section. Real ones are a few hundred bytes.
const tagMax = 1 << 20

var errXML = errors.New("xml is cut short or malformed")

// xmlScan is a forward-only scanner for the XML inside workbooks: elements by local name,
// attributes, text and CDATA; UTF-8, UTF-16 and GB18030. It keeps a window of the part in
// memory, never the part. It resolves no document types and no entities but the five of XML
// and character numbers. All slices it gives are valid until the next call of next.
type xmlScan struct {
	src      io.Reader
	buf      []byte
	pos, end int
	srcErr   error

	name  []byte // local name of the tag
	attrs []byte // what stands between the name and the end of a start tag
	text  []byte
	work  []byte

	depth   int
	rooted  bool
	closing bool // the start tag given last was <so/>
}

// reset begins a new part, keeping the window's memory.
func (s *xmlScan) reset(src io.Reader) error {
	if s.buf == nil {
		s.buf = make([]byte, 16<<10)
	}
	*s = xmlScan{src: src, buf: s.buf, work: s.work}
	for s.end < 64 && s.fill() {
	}
	head := s.buf[:s.end]
	switch {
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		s.pos = 3
	case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("\xfe\xff")):
		s.recode(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Reader)
	case bytes.HasPrefix(head, []byte("<?xml")):
		declaration, _, _ := bytes.Cut(bytes.ToLower(head), []byte("?>"))
		if bytes.Contains(declaration, []byte(`encoding="gb`)) || bytes.Contains(declaration, []byte(`encoding='gb`)) {
			s.recode(simplifiedchinese.GB18030.NewDecoder().Reader)
		}
	}
	return s.failure()
}

// recode starts the part again through a decoder.
func (s *xmlScan) recode(decode func(io.Reader) io.Reader) {
	head := bytes.Clone(s.buf[:s.end])
	rest := s.src
	s.src = decode(io.MultiReader(bytes.NewReader(head), rest))
	s.pos, s.end, s.srcErr = 0, 0, nil
}

// failure gives the error of the source, other than its end.
func (s *xmlScan) failure() error {
	if s.srcErr == io.EOF {
		return nil
	}
	return s.srcErr
}

// fill reads more of the part behind what is left of the window, growing the window when a
// token fills it. It reports whether there is anything new.
func (s *xmlScan) fill() bool {
	if s.srcErr != nil {
		return false
	}
	if s.pos > 0 {
		copy(s.buf, s.buf[s.pos:s.end])
		s.end -= s.pos
		s.pos = 0
	}
	if s.end == len(s.buf) {
		if len(s.buf) >= tagMax {
			s.srcErr = errXML
			return false
		}
		s.buf = append(s.buf, make([]byte, len(s.buf))...)
	}
	for range 100 {
		n, err := s.src.Read(s.buf[s.end:])
		s.end += n
		if err != nil {
			s.srcErr = err
		}
		if n > 0 || err != nil {
			return n > 0
		}
	}
	s.srcErr = io.ErrNoProgress
	return false
}

// until finds mark at or after from (counted from pos), reading on as needed, and gives the
// index behind it.
func (s *xmlScan) until(from int, mark string) (int, bool) {
	for {
		if i := bytes.Index(s.buf[min(s.pos+from, s.end):s.end], []byte(mark)); i >= 0 {
			return s.pos + from + i + len(mark), true
		}
		from = max(from, s.end-s.pos-len(mark)+1)
		if !s.fill() {
			return 0, false
		}
	}
}

// next gives the next event. The end of the part is an error unless its root is closed.
func (s *xmlScan) next() (token, error) {
	if s.closing {
		s.closing = false
		s.depth--
		return endTag, nil
	}
	for {
		if s.pos == s.end && !s.fill() {
			if err := s.failure(); err != nil {
				return noToken, err
			}
			if !s.rooted || s.depth > 0 {
				return noToken, errXML
			}
			return noToken, nil
		}
		if s.buf[s.pos] != '<' {
			return textRun, s.scanText()
		}
		for s.end-s.pos < 4 && s.fill() {
		}
		if s.end-s.pos < 2 {
			return noToken, errXML
		}
		switch s.buf[s.pos+1] {
		case '/':
			return endTag, s.scanEnd()
		case '?':
			if !s.skipTo(2, "?>") {
				return noToken, s.broken()
			}
		case '!':
			done, err := s.scanBang()
			if err != nil {
				return noToken, err
			}
			if done {
				return textRun, nil
			}
		default:
			return startTag, s.scanStart()
		}
	}
}

func (s *xmlScan) broken() error {
	if err := s.failure(); err != nil {
		return err
	}
	return errXML
}

func (s *xmlScan) skipTo(from int, mark string) bool {
	end, ok := s.until(from, mark)
	if ok {
		s.pos = end
	}
	return ok
}

// scanText gives the text up to the next tag, or what the window holds of it. An entity is
// not torn in two.
func (s *xmlScan) scanText() error {
	for {
		run := s.buf[s.pos:s.end]
		if i := bytes.IndexByte(run, '<'); i >= 0 {
			s.pos += i
			s.setText(run[:i])
			return nil
		}
		if s.end < len(s.buf) || s.pos > 0 {
			if s.fill() {
				continue
			}
			run = s.buf[s.pos:s.end]
		} else if i := bytes.LastIndexByte(run, '&'); i > len(run)-16 && i > 0 {
			run = run[:i]
		}
		s.pos += len(run)
		s.setText(run)
		return s.failure()
	}
}

func (s *xmlScan) setText(raw []byte) {
	s.text = raw
	if bytes.IndexByte(raw, '&') >= 0 {
		s.work = appendEntities(s.work[:0], raw)
		s.text = s.work
	}
}

// scanBang handles comments, CDATA and document types; done means text is set.
func (s *xmlScan) scanBang() (done bool, err error) {
	for s.end-s.pos < 9 && s.fill() {
	}
	head := s.buf[s.pos:s.end]
	switch {
	case bytes.HasPrefix(head, []byte("<!--")):
		if !s.skipTo(4, "-->") {
			return false, s.broken()
		}
	case bytes.HasPrefix(head, []byte("<![CDATA[")):
		end, ok := s.until(9, "]]>")
		if !ok {
			return false, s.broken()
		}
		s.text = s.buf[s.pos+9 : end-3]
		s.pos = end
		return true, nil
	default:
		end, ok := s.until(2, ">")
		if !ok || bytes.IndexByte(s.buf[s.pos:end], '[') >= 0 {
			return false, s.broken() // no workbook declares its own entities
		}
		s.pos = end
	}
	return false, nil
}

func (s *xmlScan) scanEnd() error {
	end, ok := s.until(2, ">")
	if !ok || s.depth == 0 {
		return s.broken()
	}
	s.name = localName(bytes.TrimRight(s.buf[s.pos+2:end-1], " \t\r\n"))
	s.pos = end
	s.depth--
	return nil
}

func (s *xmlScan) scanStart() error {
	end, ok := s.tagEnd()
	if !ok {
		return s.broken()
	}
	tag := s.buf[s.pos+1 : end-1]
	s.pos = end
	if n := len(tag); n > 0 && tag[n-1] == '/' {
		tag = tag[:n-1]
		s.closing = true
	}
	i := 0
	for i < len(tag) && !isSpace(tag[i]) {
		i++
	}
	s.name, s.attrs = localName(tag[:i]), tag[i:]
	if len(s.name) == 0 {
		return errXML
	}
	s.depth++
	s.rooted = true
	return nil
}

// tagEnd finds the end of a start tag, past any > in quotes.
func (s *xmlScan) tagEnd() (int, bool) {
	for i := 1; ; i++ {
		if s.pos+i == s.end && !s.fill() {
			return 0, false
		}
		switch s.buf[s.pos+i] {
		case '>':
			return s.pos + i + 1, true
		case '"', '\'':
			quote := string(s.buf[s.pos+i : s.pos+i+1])
			end, ok := s.until(i+1, quote)
			if !ok {
				return 0, false
			}
			i = end - 1 - s.pos
		}
	}
}

// skip reads past the end of the element whose start tag was given last.
func (s *xmlScan) skip() error {
	for out := s.depth - 1; s.depth > out; {
		if t, err := s.next(); err != nil {
			return err
		} else if t == noToken {
			return errXML
		}
	}
	return nil
}
