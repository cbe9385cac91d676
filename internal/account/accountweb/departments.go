package accountweb

import (
	"errors"
	"net/http"

	"github.com/sangzi/sangzi/internal/account"
	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web"
)

// departmentList is a subtree's departments and the form for another.
type departmentList struct {
	Unit   unit.Code
	Place  string
	Rows   []departmentRow
	Name   string
	Faults faults
}

type departmentRow struct{ Name, Place string }

func (p *Pages) departments(w http.ResponseWriter, r *http.Request) error {
	return p.showDepartments(w, r, http.StatusOK, "", nil)
}

func (p *Pages) showDepartments(w http.ResponseWriter, r *http.Request, status int, name string, f faults) error {
	at, err := web.PathUnit(r)
	if err != nil {
		return err
	}
	list, err := p.Accounts.Departments(r.Context(), web.ActorOf(r.Context()), at)
	if err != nil {
		return err
	}
	d := departmentList{Unit: at, Place: p.unitName(at), Name: name, Faults: f}
	for _, one := range list {
		d.Rows = append(d.Rows, departmentRow{one.Name, p.unitName(one.Host)})
	}
	return web.Render(w, r, web.Page{Title: "部门", Sub: d.Place, Section: "accounts", Status: status, Crumbs: p.crumbs(r, at, "/accounts/", "部门")}, departmentsBody(d))
}

func (p *Pages) createDepartment(w http.ResponseWriter, r *http.Request) error {
	at, err := web.PathUnit(r)
	if err != nil {
		return err
	}
	if err := web.ParseForm(r); err != nil {
		return err
	}
	name := r.PostFormValue("name")
	made, err := p.Accounts.CreateDepartment(r.Context(), web.ActorOf(r.Context()), at, name)
	if err != nil {
		f, other := fault(err, departmentField)
		if other != nil {
			return other
		}
		return p.showDepartments(w, r, web.StatusOf(err), name, f)
	}
	return p.say(w, r, "“"+made.Name+"”已建立", "/departments/"+at.String())
}

func departmentField(e *problem.Problem) string {
	for _, known := range []error{account.ErrName, account.ErrDepartmentTaken, account.ErrDepartmentLevel} {
		if errors.Is(e, known) {
			return "name"
		}
	}
	return ""
}
