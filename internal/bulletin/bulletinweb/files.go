package bulletinweb

import (
	"mime"
	"net/http"
	"strconv"

	"github.com/sangzi/sangzi/internal/bulletin"
	"github.com/sangzi/sangzi/internal/web"
)

func (p *Pages) docx(w http.ResponseWriter, r *http.Request) error {
	return p.file(w, r, ".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", p.Papers.Docx)
}

func (p *Pages) pdf(w http.ResponseWriter, r *http.Request) error {
	return p.file(w, r, ".pdf", "application/pdf", p.Papers.PDF)
}

// file gives a version as a file.
func (p *Pages) file(w http.ResponseWriter, r *http.Request, extension, kind string, made func(bulletin.Draft) ([]byte, error)) error {
	of, m, err := place(r)
	if err != nil {
		return err
	}
	b, err := p.bulletin.Show(r.Context(), web.ActorOf(r.Context()), of, m, number(r.URL.Query().Get("version")))
	if err != nil {
		return err
	}
	data, err := made(b.Version.Draft)
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": p.name(of) + m.Chinese() + m.Kind() + extension}))
	h.Set("Content-Length", strconv.Itoa(len(data)))
	h.Set("Cache-Control", "private, no-store")
	_, err = w.Write(data)
	return err
}
