package account_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/account"
	"github.com/sangzi/sangzi/internal/audit"
	"github.com/sangzi/sangzi/internal/audit/auditdb"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
)

func TestAccounts(t *testing.T) {
	houses(t, func(h *house) {
		cast := h.cast()
		for _, c := range []struct {
			by   string
			q    account.Query
			want string
		}{
			{"head", account.Query{Of: testkit.Puning}, "lin forest leader head chen huang"}, // by unit, then as they came
			{"head", account.Query{Of: testkit.Puning, Limit: 2, Offset: 4}, "chen huang"},
			{"head", account.Query{Of: testkit.Puning, Role: access.TownClerk}, "huang"},
			{"head", account.Query{Of: testkit.Puning, Text: "晓"}, "lin"},
			{"head", account.Query{Of: testkit.Puning, Text: " HUANG "}, "huang"},
			{"head", account.Query{Of: testkit.Puning, Text: "里湖"}, "huang"},   // a town
			{"head", account.Query{Of: testkit.Puning, Text: "新坛村委会"}, "chen"}, // a village
			{"head", account.Query{Of: testkit.Puning, Text: "惠城镇"}, ""},       // outside
			{"head", account.Query{Of: testkit.Puning, Text: "%"}, ""},
			{"head", account.Query{Of: testkit.Puning, Text: "_"}, ""},
			{"head", account.Query{Of: testkit.Puning, Text: `\`}, ""},
			{"top", account.Query{Of: testkit.Jieyang, Text: "惠城"}, "hui"},
		} {
			page, err := h.Accounts(ctx, cast[c.by], c.q)
			h.must(err)
			var logins []string
			for _, a := range page.Accounts {
				logins = append(logins, a.Login)
			}
			if got := strings.Join(logins, " "); got != c.want {
				h.t.Errorf("%+v: %s, want %s", c.q, got, c.want)
			}
			if c.q.Limit > 0 && page.Total != 6 {
				h.t.Errorf("%+v: %d in all, want 6", c.q, page.Total)
			}
		}
	})
}

// Whom to call, by unit: whole numbers for who may see them, the middle hidden for the others,
// and nobody who is disabled or only reads.
func TestContacts(t *testing.T) {
	houses(t, func(h *house) {
		cast := h.cast()
		gone := h.person("gone", "离任者", access.TownClerk, testkit.LihuTown, "13900009999")
		h.must(h.Disable(ctx, cast["head"], gone.Account))
		for by, phones := range map[string][3]string{ // 新坛村, 里湖镇, 普宁市
			"lin":    {"13812341234", "0663-22341221", "2234121"},
			"zheng":  {"13812341234", "0663-22341221", "2234121"},
			"leader": {"138****1234", "0663-22****21", "22***21"},
			"forest": {"138****1234", "0663-22****21", "22***21"},
		} {
			contacts, err := h.Contacts(ctx, cast[by], testkit.Puning)
			h.must(err)
			for i, at := range []unit.Code{testkit.Xintan, testkit.LihuTown, testkit.Puning} {
				list := contacts[at]
				if len(list) != 1 || list[0].Phone != phones[i] || list[0].Whole == strings.Contains(list[0].Phone, "*") {
					h.t.Errorf("%s sees for %s %+v, want %s", by, at, list, phones[i])
				}
			}
			if len(contacts) != 3 {
				h.t.Errorf("%s sees contacts of %d units", by, len(contacts))
			}
		}
		if contacts, err := h.Contacts(ctx, cast["chen"], testkit.Xintan); err != nil || contacts[testkit.Xintan][0].Phone != "138****1234" {
			h.t.Errorf("the village itself: %+v, %v", contacts, err)
		}
		for _, by := range []string{"hui", "huang", "chen"} {
			if _, err := h.Contacts(ctx, cast[by], testkit.Puning); !errors.Is(err, access.ErrOutside) {
				h.t.Errorf("%s: %v", by, err)
			}
		}
	})
}

// The number is sealed in the table, and no event tells it.
func TestPhonesAreNowhereInTheClear(t *testing.T) {
	houses(t, func(h *house) {
		huang := h.person("huang", "黄志明", access.TownClerk, testkit.LihuTown, "13812341234")
		_, err := h.Edit(ctx, operator, huang.Account, account.Input{Name: "黄志明", Role: access.TownClerk, Unit: testkit.LihuTown, Phone: "13912341234"})
		h.must(err)
		var phone string
		h.must(h.db.Reader().QueryRowContext(ctx, `SELECT phone FROM accounts WHERE login = 'huang'`).Scan(&phone))
		if !strings.HasPrefix(phone, "s1.") || strings.Contains(phone, "1391234") {
			h.t.Errorf("the table holds %q", phone)
		}
		events, err := auditdb.Open(h.db).Events(ctx, audit.Query{Of: unit.Nation, Limit: 10})
		h.must(err)
		if len(events) != 2 || events[0].Action != "account.edit" || events[1].Action != "account.create" || events[0].Subject != "huang" || events[0].Unit != testkit.LihuTown {
			h.t.Fatalf("%+v", events)
		}
		if e := events[0]; !strings.Contains(e.Before, "138****1234") || !strings.Contains(e.After, "139****1234") || strings.Contains(e.Before+e.After, "12341234") {
			h.t.Errorf("the event: %+v", e)
		}
	})
}

func TestDepartments(t *testing.T) {
	houses(t, func(h *house) {
		cast := h.cast()
		if got := cast["forest"].Department; got != "普宁市林业局" {
			h.t.Errorf("the actor's department is %q", got)
		}
		made, err := h.CreateDepartment(ctx, cast["head"], testkit.LihuTown, " 林业站 ")
		if err != nil || made.Name != "林业站" {
			h.t.Fatal(made, err)
		}
		if _, err := h.CreateDepartment(ctx, cast["head"], testkit.LihuTown, "林业站"); !errors.Is(err, account.ErrDepartmentTaken) {
			h.t.Errorf("twice: %v", err)
		}
		if _, err := h.CreateDepartment(ctx, cast["head"], testkit.Xintan, "林业站"); !errors.Is(err, account.ErrDepartmentLevel) {
			h.t.Errorf("at a village: %v", err)
		}
		list, err := h.Departments(ctx, cast["head"], testkit.Puning)
		if err != nil || len(list) != 2 || list[0].Name != "普宁市林业局" || list[1] != made {
			h.t.Errorf("%+v, %v", list, err)
		}
		in := account.Input{Name: "站长", Role: access.Department, Unit: testkit.LihuTown}
		for _, bad := range []int64{0, 999, list[0].ID} {
			in.Department = bad
			if _, err := h.Create(ctx, cast["head"], in); !errors.Is(err, account.ErrDepartment) {
				h.t.Errorf("department %d: %v", bad, err)
			}
		}
		in.Department = made.ID
		if one, err := h.Create(ctx, cast["head"], in); err != nil || one.Account.Department != made {
			h.t.Errorf("%+v, %v", one, err)
		}
	})
}

// Logins that nobody thought of are made of the unit's code.
func TestLogins(t *testing.T) {
	houses(t, func(h *house) {
		for i, want := range []string{"445281119", "445281119-2", "445281119-3"} {
			one, err := h.Create(ctx, operator, account.Input{Name: "人" + h.fresh(), Role: access.TownClerk, Unit: testkit.LihuTown})
			if err != nil || one.Account.Login != want {
				h.t.Errorf("%d: %s, %v", i, one.Account.Login, err)
			}
		}
		one, err := h.Create(ctx, operator, account.Input{Name: "村", Role: access.VillageReporter, Unit: testkit.Xintan})
		if err != nil || one.Account.Login != "445281001202" {
			h.t.Errorf("%s, %v", one.Account.Login, err)
		}
		if _, err := h.Create(ctx, operator, account.Input{Login: "445281119", Name: "又一人", Role: access.TownClerk, Unit: testkit.LihuTown}); !errors.Is(err, account.ErrLoginTaken) {
			h.t.Error(err)
		}
	})
}
