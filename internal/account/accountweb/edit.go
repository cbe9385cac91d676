package accountweb

import (
	"errors"
	"net/http"
	"strconv"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/account"
	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/web/ui"
)

// accountForm is the form of one account, new or not.
type accountForm struct {
	Action      string
	At          unit.Code // whose list it belongs to
	ID          int64     // zero: new
	Self        bool      // the actor's own
	Disabled    bool
	Login       string
	Name        string
	Role        string
	Unit        string // as written
	Department  string // its number
	Phone       string
	Lost        bool // the number that is kept cannot be read
	Departments []ui.Choice
	Faults      faults
}

func (p *Pages) blank(w http.ResponseWriter, r *http.Request) error {
	at, err := web.PathUnit(r)
	if err != nil {
		return err
	}
	return p.showForm(w, r, http.StatusOK, accountForm{At: at, Unit: p.unitName(at)})
}

func (p *Pages) create(w http.ResponseWriter, r *http.Request) error {
	at, err := web.PathUnit(r)
	if err != nil {
		return err
	}
	f, in, err := p.readForm(r, accountForm{At: at})
	if err != nil {
		return err
	}
	if len(f.Faults) > 0 {
		return p.showForm(w, r, http.StatusUnprocessableEntity, f)
	}
	made, err := p.Accounts.Create(r.Context(), web.ActorOf(r.Context()), in)
	if err != nil {
		return p.formAgain(w, r, f, err)
	}
	return p.showIssued(w, r, at, made, "账号已建立")
}

func (p *Pages) show(w http.ResponseWriter, r *http.Request) error {
	one, err := p.pathAccount(r)
	if err != nil {
		return err
	}
	return p.showForm(w, r, http.StatusOK, p.formOf(r, one))
}

func (p *Pages) formOf(r *http.Request, one account.Account) accountForm {
	lost := !access.Readable(one.Phone)
	if lost {
		one.Phone = ""
	}
	return accountForm{Lost: lost, At: one.Unit, ID: one.ID, Self: one.ID == web.ActorOf(r.Context()).Account, Disabled: one.Disabled, Login: one.Login, Name: one.Name,
		Role: string(one.Role), Unit: p.unitName(one.Unit), Department: strconv.FormatInt(one.Department.ID, 10), Phone: one.Phone}
}

func (p *Pages) edit(w http.ResponseWriter, r *http.Request) error {
	one, err := p.pathAccount(r)
	if err != nil {
		return err
	}
	f, in, err := p.readForm(r, p.formOf(r, one))
	if err != nil {
		return err
	}
	if len(f.Faults) > 0 {
		return p.showForm(w, r, http.StatusUnprocessableEntity, f)
	}
	after, err := p.Accounts.Edit(r.Context(), web.ActorOf(r.Context()), one.ID, in)
	if err != nil {
		return p.formAgain(w, r, f, err)
	}
	return p.say(w, r, "“"+after.Name+"”已保存", "/accounts/"+after.Unit.String())
}

func (p *Pages) reset(w http.ResponseWriter, r *http.Request) error {
	one, err := p.pathAccount(r)
	if err != nil {
		return err
	}
	made, err := p.Accounts.ResetPassword(r.Context(), web.ActorOf(r.Context()), one.ID)
	if err != nil {
		return err
	}
	return p.showIssued(w, r, one.Unit, made, "密码已重置")
}

func (p *Pages) disable(w http.ResponseWriter, r *http.Request) error {
	one, err := p.pathAccount(r)
	if err == nil {
		err = p.Accounts.Disable(r.Context(), web.ActorOf(r.Context()), one.ID)
	}
	if err != nil {
		return err
	}
	return p.say(w, r, "“"+one.Name+"”已停用", "/account/"+strconv.FormatInt(one.ID, 10))
}

func (p *Pages) enable(w http.ResponseWriter, r *http.Request) error {
	one, err := p.pathAccount(r)
	if err == nil {
		err = p.Accounts.Enable(r.Context(), web.ActorOf(r.Context()), one.ID)
	}
	if err != nil {
		return err
	}
	return p.say(w, r, "“"+one.Name+"”已重新启用", "/account/"+strconv.FormatInt(one.ID, 10))
}

func (p *Pages) pathAccount(r *http.Request) (account.Account, error) {
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if err != nil {
		return account.Account{}, web.ErrNotFound.Because(err)
	}
	return p.Accounts.Account(r.Context(), web.ActorOf(r.Context()), id)
}

// readForm reads what was typed over a form; a unit that cannot be made out is its fault.
func (p *Pages) readForm(r *http.Request, f accountForm) (accountForm, account.Input, error) {
	if err := web.ParseForm(r); err != nil {
		return f, account.Input{}, err
	}
	if f.ID == 0 {
		f.Login = r.PostFormValue("login")
	}
	f.Name, f.Role, f.Unit, f.Department, f.Phone = r.PostFormValue("name"), r.PostFormValue("role"), r.PostFormValue("unit"), r.PostFormValue("department"), r.PostFormValue("phone")
	in := account.Input{Login: f.Login, Name: f.Name, Role: access.Role(f.Role), Phone: f.Phone}
	if n, err := strconv.ParseInt(f.Department, 10, 64); err == nil {
		in.Department = n
	}
	actor := web.ActorOf(r.Context())
	var err error
	if in.Unit, err = p.Accounts.UnitNamed(actor, actor.Unit, in.Role, f.Unit); err != nil {
		f.Faults, err = fault(err, accountField)
	}
	return f, in, err
}

func (p *Pages) formAgain(w http.ResponseWriter, r *http.Request, f accountForm, err error) error {
	wrong, other := fault(err, accountField)
	if other != nil {
		return other
	}
	f.Faults = wrong
	return p.showForm(w, r, web.StatusOf(err), f)
}

func accountField(e *problem.Problem) string {
	for field, list := range map[string][]error{
		"login":      {account.ErrLogin, account.ErrLoginPhone, account.ErrLoginTaken},
		"name":       {account.ErrName, account.ErrDuplicate},
		"role":       {account.ErrRole, account.ErrRoleLevel, account.ErrSelf},
		"unit":       {account.ErrUnit, account.ErrUnitAmbiguous},
		"department": {account.ErrDepartment},
		"phone":      {account.ErrPhone},
	} {
		for _, known := range list {
			if errors.Is(e, known) {
				return field
			}
		}
	}
	return ""
}

func (p *Pages) showForm(w http.ResponseWriter, r *http.Request, status int, f accountForm) error {
	actor := web.ActorOf(r.Context())
	departments, err := p.Accounts.Departments(r.Context(), actor, actor.Unit)
	if err != nil {
		return err
	}
	f.Departments = []ui.Choice{{Value: "", Label: "不是部门账号"}}
	for _, d := range departments {
		f.Departments = append(f.Departments, ui.Choice{Value: strconv.FormatInt(d.ID, 10), Label: p.unitName(d.Host) + " · " + d.Name})
	}
	page := web.Page{Title: "新建账号", Section: "accounts", Status: status, Crumbs: p.crumbs(r, f.At, "/accounts/", "新建账号")}
	f.Action = "/accounts/" + f.At.String() + "/new"
	if f.ID != 0 {
		f.Action = "/account/" + strconv.FormatInt(f.ID, 10)
		page.Title, page.Sub = f.Name, "登录名 "+f.Login
		page.Crumbs = p.crumbs(r, f.At, "/accounts/", f.Login)
	}
	return web.Render(w, r, page, formBody(f))
}

// issuedNote is a first password, shown this once.
type issuedNote struct {
	account.Issued
	Place string
	Back  string
}

func (p *Pages) showIssued(w http.ResponseWriter, r *http.Request, at unit.Code, made account.Issued, title string) error {
	note := issuedNote{made, p.unitName(made.Account.Unit), "/accounts/" + at.String()}
	return web.Render(w, r, web.Page{Title: title, Section: "accounts", Crumbs: p.crumbs(r, at, "/accounts/", made.Account.Login)}, issuedBody(note))
}
