package bulletinweb

import (
	"mime"
	"net/http"
	"strconv"

	"github.com/sangzi/sangzi/internal/bulletin"
	"github.com/sangzi/sangzi/internal/web"
)

func (p *Pages) docx(w http.ResponseWriter, r *http.Request) error {
	return p.file(w, r, bulletin.Docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
}

func (p *Pages) pdf(w http.ResponseWriter, r *http.Request) error {
	return p.file(w, r, bulletin.PDF, "application/pdf")
}

// file gives a version as a file, an issued one as it was issued.
func (p *Pages) file(w http.ResponseWriter, r *http.Request, kind bulletin.FileKind, mimeType string) error {
	of, m, err := place(r)
	if err != nil {
		return err
	}
	f, err := p.bulletin.File(r.Context(), web.ActorOf(r.Context()), of, m, number(r.URL.Query().Get("version")), kind)
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", mimeType)
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": p.name(of) + m.Chinese() + m.Kind() + "." + string(kind)}))
	h.Set("Content-Length", strconv.Itoa(f.Size))
	h.Set("Cache-Control", "private, no-store")
	_, err = w.Write(f.Content)
	return err
}

func fileName(k bulletin.FileKind) string {
	if k == bulletin.PDF {
		return "PDF 文件"
	}
	return "Word 文件"
}

// kilobytes is a size for people, rounded up.
func kilobytes(n int) string { return strconv.Itoa((n+1023)/1024) + " KB" }
