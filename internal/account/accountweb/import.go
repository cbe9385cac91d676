package accountweb

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"

	"github.com/sangzi/sangzi/internal/account"
	"github.com/sangzi/sangzi/internal/account/roster"
	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/words"
)

// importPage is the upload, with what was wrong with the last file.
type importPage struct {
	Unit  unit.Code
	Error string
}

func (p *Pages) upload(w http.ResponseWriter, r *http.Request) error {
	at, err := web.PathUnit(r)
	if err != nil {
		return err
	}
	return p.showUpload(w, r, importPage{Unit: at}, http.StatusOK)
}

func (p *Pages) showUpload(w http.ResponseWriter, r *http.Request, page importPage, status int) error {
	return web.Render(w, r, web.Page{Title: "从表格导入账号", Section: "accounts", Status: status,
		Crumbs: p.crumbs(r, page.Unit, "/accounts/", "从表格导入")}, uploadBody(page))
}

// previewPage is what a workbook would make.
type previewPage struct {
	Unit    unit.Code
	Entries []account.Entry
	Lines   string // what confirming sends back
	Good    int
	Bad     int
}

func (p *Pages) preview(w http.ResponseWriter, r *http.Request) error {
	at, err := web.PathUnit(r)
	if err != nil {
		return err
	}
	name, data, err := readFile(r)
	if err != nil {
		return err
	}
	lines, err := roster.Read(name, data)
	if err == nil {
		return p.showPreview(w, r, at, lines)
	}
	return p.refuse(w, r, at, err)
}

func (p *Pages) showPreview(w http.ResponseWriter, r *http.Request, at unit.Code, lines []account.Line) error {
	entries, err := p.Accounts.Preview(r.Context(), web.ActorOf(r.Context()), at, lines)
	if err != nil {
		return p.refuse(w, r, at, err)
	}
	page := previewPage{Unit: at, Entries: entries}
	var good []account.Line
	for _, e := range entries {
		if e.Good() {
			good = append(good, e.Line)
		}
	}
	page.Good, page.Bad = len(good), len(entries)-len(good)
	text, err := json.Marshal(good)
	if err != nil {
		return err
	}
	page.Lines = string(text)
	return web.Render(w, r, web.Page{Title: "核对要建立的账号", Section: "accounts", Crumbs: p.crumbs(r, at, "/accounts/", "从表格导入")}, previewBody(page))
}

// refuse shows the upload again when the whole workbook cannot be taken.
func (p *Pages) refuse(w http.ResponseWriter, r *http.Request, at unit.Code, err error) error {
	said, ok := words.Of(err)
	if !ok || web.StatusOf(err) != http.StatusUnprocessableEntity {
		return err
	}
	return p.showUpload(w, r, importPage{Unit: at, Error: said}, http.StatusUnprocessableEntity)
}

// issuedList is what a workbook has made, with the first passwords, shown this once.
type issuedList struct {
	Unit    unit.Code
	Secrets []roster.Secret
	List    string // what the download sends back
	Left    []account.Entry
}

func (p *Pages) confirm(w http.ResponseWriter, r *http.Request) error {
	at, err := web.PathUnit(r)
	if err != nil {
		return err
	}
	var lines []account.Line
	if err := readJSON(r, "lines", &lines); err != nil {
		return err
	}
	made, left, err := p.Accounts.Import(r.Context(), web.ActorOf(r.Context()), at, lines)
	if errors.Is(err, account.ErrNothing) && len(left) > 0 {
		return p.showPreview(w, r, at, lines) // all of it has been made in the meantime: it says so
	}
	if err != nil {
		return p.refuse(w, r, at, err)
	}
	page := issuedList{Unit: at, Left: left}
	for _, one := range made {
		page.Secrets = append(page.Secrets, roster.Secret{Unit: p.unitName(one.Account.Unit), Name: one.Account.Name,
			Role: roleName(one.Account.Role), Login: one.Account.Login, Password: one.Password})
	}
	text, err := json.Marshal(page.Secrets)
	if err != nil {
		return err
	}
	page.List = string(text)
	return web.Render(w, r, web.Page{Title: "账号已建立", Sub: "首次密码只显示这一次，请现在下载或打印", Section: "accounts",
		Crumbs: p.crumbs(r, at, "/accounts/", "从表格导入")}, issuedListBody(page))
}

// passwords gives the list just shown as a workbook. The list comes from the page itself:
// first passwords are kept nowhere.
func (p *Pages) passwords(w http.ResponseWriter, r *http.Request) error {
	var list []roster.Secret
	if err := readJSON(r, "list", &list); err != nil {
		return err
	}
	if len(list) > account.ImportMax {
		return account.ErrTooMany.With("max", account.ImportMax)
	}
	data, err := roster.Passwords(list)
	if err != nil {
		return err
	}
	return sendWorkbook(w, "首次密码.xlsx", data)
}

func (p *Pages) template(w http.ResponseWriter, _ *http.Request) error {
	data, err := roster.Template()
	if err != nil {
		return err
	}
	return sendWorkbook(w, "账号空表.xlsx", data)
}

func sendWorkbook(w http.ResponseWriter, name string, data []byte) error {
	h := w.Header()
	h.Set("Content-Type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
	h.Set("Content-Disposition", "attachment; filename*=UTF-8''"+url.PathEscape(name))
	_, err := w.Write(data)
	return err
}

func readFile(r *http.Request) (name string, data []byte, err error) {
	if err := web.ParseForm(r); err != nil {
		return "", nil, err
	}
	file, header, err := r.FormFile("file")
	if err != nil {
		return "", nil, web.ErrForm.Because(err)
	}
	defer file.Close() //nolint:errcheck // only read
	var b bytes.Buffer
	if _, err := io.Copy(&b, file); err != nil {
		return "", nil, err
	}
	return header.Filename, b.Bytes(), nil
}

func readJSON(r *http.Request, field string, into any) error {
	if err := web.ParseForm(r); err != nil {
		return err
	}
	if err := json.Unmarshal([]byte(r.PostFormValue(field)), into); err != nil {
		return web.ErrForm.Because(err)
	}
	return nil
}

// faultOf is what is wrong with one cell of a line, in words; empty when nothing is.
func faultOf(e account.Entry, field account.Field) string {
	for _, f := range e.Faults {
		if f.Field == field {
			if p, ok := problem.Of(f.Err); ok {
				return words.Text(p.Code, p.Params)
			}
		}
	}
	return ""
}

// asWritten is a role in words where it is one.
func asWritten(role string) string {
	if code := "role." + role; words.Has(code) {
		return words.Text(code, nil)
	}
	return role
}
