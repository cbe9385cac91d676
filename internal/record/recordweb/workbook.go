package recordweb

import (
	"bytes"
	"encoding/base64"
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/office/sheet"
	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/record/workbook"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/web/ui"
	"github.com/sangzi/sangzi/internal/words"
)

// uploadPage is where empty tables are fetched and filled ones handed in.
type uploadPage struct {
	place
	kinds   []ui.Choice
	kind    string
	refused string
}

// askWorkbook is GET /records/{unit}/workbook.
func (p *Pages) askWorkbook(w http.ResponseWriter, r *http.Request) error {
	pl, err := p.at(r)
	if err != nil {
		return err
	}
	return p.renderUpload(w, r, pl, r.URL.Query().Get("kind"), nil)
}

func (p *Pages) renderUpload(w http.ResponseWriter, r *http.Request, pl place, kind string, refused error) error {
	pg := uploadPage{place: pl, kind: kind}
	for _, k := range p.records.Kinds().Kinds {
		pg.kinds = append(pg.kinds, ui.Choice{Value: k.Key, Label: k.Title})
	}
	if kind == "" && len(pg.kinds) > 0 {
		pg.kind = pg.kinds[0].Value
	}
	page := pl.page("批量上传记录", ui.Crumb{Label: "批量上传"})
	if refused != nil {
		page.Status = web.StatusOf(refused)
		pg.refused, _ = sentence(refused)
	}
	return web.Render(w, r, page, uploadBody(&pg))
}

// emptyWorkbook is GET /records/{unit}/workbook/{kind}/template: the empty table of a kind.
func (p *Pages) emptyWorkbook(w http.ResponseWriter, r *http.Request) error {
	kind, ok := p.kindOf(r)
	if !ok {
		return web.ErrNotFound
	}
	var b bytes.Buffer
	if err := workbook.Template(&b, p.records.Kinds(), kind); err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
	h.Set("Content-Disposition", "attachment; filename*=UTF-8''"+url.PathEscape(kind.Title+"记录表.xlsx"))
	_, err := w.Write(b.Bytes())
	return err
}

// previewLine is one row of the file as the preview shows it.
type previewLine struct {
	*workbook.Row
	number  string // with which it is chosen
	place   string
	says    string
	pointed []string
	chosen  bool
}

// previewPage is what a file would record.
type previewPage struct {
	place
	kind    *campaign.RecordKind
	reading *workbook.Reading
	lines   []previewLine
	good    int // rows that are ready and new
	again   int // rows that are there already
	bad     int // rows with something wrong
	content string
	nonce   string
	refused string
}

// readWorkbook is POST /records/{unit}/workbook: the preview. Nothing is kept: the page sends the
// file again when it is confirmed.
func (p *Pages) readWorkbook(w http.ResponseWriter, r *http.Request) error {
	pl, err := p.at(r)
	if err != nil {
		return err
	}
	name, content, err := readFile(r)
	if err != nil {
		return p.refuseFile(w, r, pl, err)
	}
	kind, ok := p.records.Kinds().Kind(r.PostFormValue("kind"))
	if !ok {
		return p.refuseFile(w, r, pl, record.ErrKind.With("kind", r.PostFormValue("kind")))
	}
	reading, err := workbook.Read(r.Context(), p.records, pl.actor, pl.unit.Code, kind, name, content)
	if err != nil {
		return p.refuseFile(w, r, pl, err)
	}
	pg := p.previewOf(pl, kind, reading, content, newKey())
	for i := range pg.lines {
		pg.lines[i].chosen = pg.lines[i].Good()
	}
	return p.renderPreview(w, r, pg, http.StatusOK)
}

func (p *Pages) refuseFile(w http.ResponseWriter, r *http.Request, pl place, err error) error {
	if found, ok := problem.Of(err); !ok || found.Kind != problem.Invalid {
		return err
	}
	return p.renderUpload(w, r, pl, r.PostFormValue("kind"), err)
}

func (p *Pages) previewOf(pl place, kind *campaign.RecordKind, reading *workbook.Reading, content []byte, nonce string) *previewPage {
	pg := &previewPage{place: pl, kind: kind, reading: reading, content: base64.StdEncoding.EncodeToString(content), nonce: nonce}
	for i := range reading.Rows {
		row := &reading.Rows[i]
		l := previewLine{Row: row, number: strconv.Itoa(i)}
		switch {
		case row.Version == nil:
			pg.bad++
		case row.Good():
			pg.good++
		default:
			pg.again++
		}
		if v := row.Version; v != nil {
			l.place, l.says = pl.name(v.Unit), p.records.Says(v)
			if pl.unit.Code.Level() < unit.LevelTown && v.Unit.Level() == unit.LevelVillage {
				l.place = pl.name(v.Unit.At(unit.LevelTown)) + l.place
			}
			for _, code := range v.Pointed {
				if code != record.Again {
					l.pointed = append(l.pointed, words.Text(code, nil))
				}
			}
		}
		pg.lines = append(pg.lines, l)
	}
	return pg
}

func (p *Pages) renderPreview(w http.ResponseWriter, r *http.Request, pg *previewPage, status int) error {
	page := pg.page("核对要记的"+pg.kind.Title, ui.Crumb{Label: "批量上传", Href: listURL(pg.unit.Code) + "/workbook"}, ui.Crumb{Label: pg.reading.File})
	page.Status = status
	return web.Render(w, r, page, previewBody(pg))
}

// takeWorkbook is POST /records/{unit}/workbook/{kind}: what was ticked is recorded, all or none.
func (p *Pages) takeWorkbook(w http.ResponseWriter, r *http.Request) error {
	if err := web.ParseForm(r); err != nil {
		return err
	}
	pl, err := p.at(r)
	if err != nil {
		return err
	}
	kind, ok := p.kindOf(r)
	content, err := base64.StdEncoding.DecodeString(r.PostFormValue("content"))
	if !ok || err != nil || len(r.PostFormValue("nonce")) > 64 {
		return web.ErrForm
	}
	reading, err := workbook.Read(r.Context(), p.records, pl.actor, pl.unit.Code, kind, ledger.FileName(r.PostFormValue("file")), content)
	if err != nil {
		return p.refuseFile(w, r, pl, err)
	}
	pg := p.previewOf(pl, kind, reading, content, r.PostFormValue("nonce"))
	var inputs []record.Input
	for i := range pg.lines {
		l := &pg.lines[i]
		if l.chosen = slices.Contains(r.PostForm["row"], l.number); l.chosen && l.Version != nil {
			in := l.Input
			in.Key = pg.nonce + "-" + l.number
			inputs = append(inputs, in)
		}
	}
	if len(inputs) == 0 {
		pg.refused = "一行也没有勾选，没有记"
		return p.renderPreview(w, r, pg, http.StatusUnprocessableEntity)
	}
	if _, err := p.records.EnterAll(r.Context(), pl.actor, inputs); err != nil {
		said, ok := sentence(err)
		if !ok || web.StatusOf(err) == http.StatusForbidden {
			return err
		}
		pg.refused = said
		return p.renderPreview(w, r, pg, web.StatusOf(err))
	}
	if err := web.Say(w, ui.Notice{Tone: ui.Saved, Title: "已记 " + words.Number(int64(len(inputs))) + " 条", Text: kind.Title + "，来自《" + reading.File + "》", At: p.records.Now()}); err != nil {
		return err
	}
	return web.Redirect(w, r, listURL(pl.unit.Code)+"?kind="+url.QueryEscape(kind.Key))
}

// readFile takes the workbook out of a form.
func readFile(r *http.Request) (name string, content []byte, err error) {
	var tooLarge *http.MaxBytesError
	err = web.ParseForm(r)
	switch {
	case errors.As(err, &tooLarge):
		return "", nil, sheet.ErrTooLarge.With("mib", workbook.MaxFile>>20)
	case err != nil:
		return "", nil, err
	}
	file, head, err := r.FormFile("file")
	if err != nil {
		return "", nil, errNoFile.Because(err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	content, err = io.ReadAll(file)
	return ledger.FileName(head.Filename), content, err
}

// errNoFile: the form came without a file.
var errNoFile = problem.New(problem.Invalid, "record.no_file")
