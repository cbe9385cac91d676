package sheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
)

// pack is the zip that an Office file is, with the cost of its parts watched.
type pack struct {
	files map[string]*zip.File // by lower-case name with forward slashes
	m     *meter
}

func openPackage(data []byte, m *meter) (*pack, error) {
	// Each entry of the directory costs far more memory than the bytes that declare it, so they
	// are counted before the directory is read.
	if n := bytes.Count(data, []byte("PK\x01\x02")); n > m.lim.Entries {
		return nil, ErrBomb.Because(fmt.Errorf("%d entries", n))
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, ErrTruncated.Because(err)
	}
	p := &pack{files: make(map[string]*zip.File, len(z.File)), m: m}
	var sum uint64
	for _, f := range z.File {
		sum += min(f.UncompressedSize64, uint64(m.lim.Unzipped)+1)
		if sum > uint64(m.lim.Unzipped) {
			return nil, ErrBomb.Because(fmt.Errorf("unzips to over %d bytes", sum))
		}
		if f.Flags&1 != 0 {
			return nil, ErrEncrypted
		}
		p.files[partKey(f.Name)] = f
	}
	return p, nil
}

func partKey(name string) string {
	return strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(name, `\`, "/"), "/"))
}

func (p *pack) has(name string) bool { return p.files[partKey(name)] != nil }

// foreign names the OpenDocument or other kind that a "mimetype" entry declares.
func (p *pack) foreign() string {
	if !p.has("mimetype") || p.has("xl/workbook.xml") {
		return ""
	}
	if p.has("content.xml") {
		return "ods"
	}
	return "zip"
}

// open begins to scan a part.
func (p *pack) open(name string, scan *xmlScan) error {
	f := p.files[partKey(name)]
	if f == nil {
		return ErrTruncated.Because(fmt.Errorf("no part %q", name))
	}
	r, err := f.Open()
	if err != nil {
		return ErrTruncated.Because(err)
	}
	return scan.reset(&partReader{r: r, m: p.m, limit: int64(f.CompressedSize64) * int64(p.m.lim.Ratio)})
}

// partReader unzips one part and stops when it, or the file, has grown too much. It closes the
// part at its end, which hands the unzipping memory back for the next part.
type partReader struct {
	r     io.ReadCloser
	m     *meter
	limit int64
	n     int64
}

func (p *partReader) Read(b []byte) (int, error) {
	if p.r == nil {
		return 0, io.EOF
	}
	n, err := p.r.Read(b)
	p.n += int64(n)
	p.m.unzipped += int64(n)
	if p.m.unzipped > p.m.lim.Unzipped || p.n > ratioFloor && p.n > p.limit {
		return 0, ErrBomb.Because(fmt.Errorf("a part unzips to over %d bytes", p.n))
	}
	if err != nil {
		err = errors.Join(err, p.r.Close())
		p.r = nil
		if errors.Is(err, io.EOF) {
			return n, io.EOF
		}
		return n, ErrTruncated.Because(err)
	}
	return n, nil
}

// relation points from one part to another.
type relation struct {
	kind string // the last words of its type tell what it is, in both dialects
	name string
}

// relations reads what a part points to, by id; "" is the package itself.
func (w *workbook) relations(of string) (map[string]relation, error) {
	dir, base := path.Split(of)
	if err := w.pkg.open(dir+"_rels/"+base+".rels", &w.scan); err != nil {
		return nil, err
	}
	s := &w.scan
	found := map[string]relation{}
	for {
		t, err := s.next()
		if err != nil {
			return nil, err
		}
		if t == noToken {
			return found, nil
		}
		if t != startTag || string(s.name) != "Relationship" || s.attrNamed("TargetMode") == "External" {
			continue
		}
		if len(found) == w.m.lim.Entries {
			return nil, ErrBomb.Because(errors.New("too many relations"))
		}
		target := strings.ReplaceAll(s.attrNamed("Target"), `\`, "/")
		if !strings.HasPrefix(target, "/") {
			target = path.Join("/", dir, target)
		}
		found[s.attrNamed("Id")] = relation{
			kind: s.attrNamed("Type"),
			name: strings.TrimPrefix(path.Clean(target), "/"),
		}
	}
}
