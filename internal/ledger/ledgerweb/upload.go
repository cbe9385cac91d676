package ledgerweb

import (
	"errors"
	"fmt"
	"io"
	"net/http"

	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/ledger/workbook"
	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/web/ui"
)

// errNoFile: the form came without a file.
var errNoFile = problem.New(problem.Invalid, "ledger.no_file")

// askUpload shows where to hand in a workbook.
func (p *Pages) askUpload(w http.ResponseWriter, r *http.Request) error {
	pl, err := p.at(r)
	if err != nil {
		return err
	}
	return p.renderUpload(w, r, pl, nil)
}

func (p *Pages) renderUpload(w http.ResponseWriter, r *http.Request, pl place, refused error) error {
	page := web.Page{Title: "上传表格", Sub: fmt.Sprintf("%s · 第 %d 报告周", pl.name(), pl.sheet.Week.No), Shape: web.Desk, Section: "ledger",
		Crumbs: []ui.Crumb{{Label: pl.name(), Href: pl.url("")}, {Label: "上传表格"}}}
	text := ""
	if refused != nil {
		page.Status, text = web.StatusOf(refused), sentence(refused)
	}
	return web.Render(w, r, page, uploadBody(pl, text))
}

// upload keeps a workbook and leads to its preview. A file that is no ledger is refused in one
// sentence and not kept.
func (p *Pages) upload(w http.ResponseWriter, r *http.Request) error {
	pl, err := p.at(r)
	if err != nil {
		return err
	}
	name, content, err := readFile(r)
	if err == nil {
		_, err = workbook.Read(pl.form, pl.sheet.Tree, pl.unit.Code, name, content)
	}
	if err != nil {
		if !isProblem(err) {
			return err
		}
		return p.renderUpload(w, r, pl, err)
	}
	u, err := p.ledger.SaveUpload(r.Context(), pl.actor, pl.unit.Code, pl.sheet.Week.Due, name, content)
	if err != nil {
		return err
	}
	return web.Redirect(w, r, pl.url("/upload/"+u.ID))
}

// readFile takes the workbook out of a form.
func readFile(r *http.Request) (name string, content []byte, err error) {
	var tooLarge *http.MaxBytesError
	err = web.ParseForm(r)
	switch {
	case errors.As(err, &tooLarge):
		return "", nil, ledger.ErrUploadSize.With("mib", ledger.MaxUpload>>20)
	case err != nil:
		return "", nil, err
	}
	file, head, err := r.FormFile("file")
	if err != nil {
		return "", nil, errNoFile.Because(err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	if head.Size > ledger.MaxUpload {
		return "", nil, ledger.ErrUploadSize.With("mib", ledger.MaxUpload>>20)
	}
	content, err = io.ReadAll(file)
	return ledger.FileName(head.Filename), content, err
}
