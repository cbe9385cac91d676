package demo

import (
	"context"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/account"
	"github.com/sangzi/sangzi/internal/unit"
)

// Person is one of the cast.
type Person struct {
	Actor access.Actor
	Login string
	Phone string
	What  string // who it is, for the list of those one may log in as
}

// Password is everybody's in a demonstration.
const Password = "sangzi-demo-2024"

// Cast is whom the demonstration knows by name, in the order of their account numbers.
func Cast() []Person {
	person := func(n int64, name string, role access.Role, at unit.Code, login, phone, what string) Person {
		return Person{access.Actor{Account: n, Name: name, Role: role, Unit: at}, login, phone, what}
	}
	cast := []Person{
		person(1, "陈秋月", access.VillageReporter, Village, "xintan", "13800138001", "村：流沙东街道新坛村 填报员"),
		person(2, "黄志明", access.TownClerk, Town, "lihu", "13800138002", "镇：里湖镇 办事员"),
		person(3, "林晓燕", access.CountyOffice, County, "puning", "13800138003", "县：普宁市 专班"),
		person(4, "郑国强", access.CityOffice, City, "jieyang", "13800138004", "市：揭阳市 专班"),
		person(5, "普宁市林业局", access.Department, County, "linye", "13800138005", "部门：普宁市林业局"),
		person(6, "普宁市领导", access.Leader, County, "lingdao", "", "领导：普宁市（只看）"),
		person(7, "惠城镇办事员", access.TownClerk, Outside, "huicheng", "13800138007", "镇：惠来县惠城镇 办事员"),
		person(8, "普宁市管理员", access.Administrator, County, "puning-admin", "", "管理员：普宁市"),
		person(9, "管理员", access.Administrator, City, "admin", "", "管理员：揭阳市"),
	}
	cast[4].Actor.Department = "普宁市林业局"
	return cast
}

// Accounts makes the accounts of the cast and a clerk for every other town of 普宁市.
func Accounts(ctx context.Context, s *account.Service, tree *unit.Tree) error {
	operator := access.Operator("演示", unit.Nation)
	department, err := s.CreateDepartment(ctx, operator, County, "普宁市林业局")
	if err != nil {
		return err
	}
	var list []account.Given
	given := func(p Person) {
		in := account.Input{Login: p.Login, Name: p.Actor.Name, Role: p.Actor.Role, Unit: p.Actor.Unit, Phone: p.Phone}
		if p.Actor.Role == access.Department {
			in.Department = department.ID
		}
		list = append(list, account.Given{Input: in, Password: Password})
	}
	for _, p := range Cast() {
		given(p)
	}
	for i, t := range tree.Towns(County) {
		if t.Code != Town && !OnlyVirtual(tree, t.Code) {
			given(ClerkOf(t, i))
		}
	}
	_, err = s.Provide(ctx, operator, list)
	return err
}

// OnlyVirtual tells whether a town has no village that reports.
func OnlyVirtual(tree *unit.Tree, town unit.Code) bool {
	for _, v := range tree.Villages(town) {
		if v.Kind == unit.Ordinary {
			return false
		}
	}
	return true
}
