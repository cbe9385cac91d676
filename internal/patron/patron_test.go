package patron_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/account"
	"github.com/sangzi/sangzi/internal/audit"
	"github.com/sangzi/sangzi/internal/audit/auditdb"
	"github.com/sangzi/sangzi/internal/database"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/patron"
	"github.com/sangzi/sangzi/internal/patron/patrondb"
	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/unit/divisions"
)

func TestMain(m *testing.M) { testkit.Main(m) }

var (
	ctx       = context.Background()
	eastClerk = access.Actor{Account: 10, Name: "杨海", Role: access.TownClerk, Unit: testkit.EastTown}
	program   = access.Actor{Account: 1, Name: "程序", Role: access.VillageReporter, Unit: testkit.Xintan, Token: 7}
	neighbour = access.Actor{Account: 11, Name: "邻村", Role: access.VillageReporter, Unit: 445281001201}
)

func serve(t *testing.T, db *database.DB) *patron.Service {
	t.Helper()
	units, err := divisions.Jieyang()
	if err != nil {
		t.Fatal(err)
	}
	registry, err := unit.NewRegistry(units, nil)
	if err != nil {
		t.Fatal(err)
	}
	box, err := account.NewBox([]byte(strings.Repeat("k", account.KeyBytes)))
	if err != nil {
		t.Fatal(err)
	}
	clock := testkit.NewClock("2024-03-29 16:18")
	return patron.New(patrondb.Open(db, box), func() *unit.Tree { return registry.At(date.MustParse("2024-03-29")) }, clock.Now)
}

var asked = patron.Input{Name: "陈木清", Lives: "深圳", Relation: "校友会会长", Contact: "陈秋月", ConsentDay: "2024-02-12", ConsentHow: patron.Spoken, ConsentBy: "陈秋月", Phone: "138 0013 8000"}

func code(err error) string {
	if p, ok := problem.Of(err); ok {
		return p.Code
	}
	if err != nil {
		return err.Error()
	}
	return ""
}

// everything is all that the table and the history hold, as text.
func everything(t *testing.T, db *database.DB) string {
	t.Helper()
	var b strings.Builder
	for _, q := range []string{
		`SELECT name || '|' || lives || '|' || relation || '|' || contact || '|' || consent_by || '|' || phone || '|' || consent_how FROM patrons ORDER BY id`,
		`SELECT action || '|' || subject || '|' || before || '|' || after || '|' || actor FROM audit_events ORDER BY id`} {
		rows, err := db.Reader().Query(q)
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			var s string
			if err := rows.Scan(&s); err != nil {
				t.Fatal(err)
			}
			b.WriteString(s + "\n")
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}

// A register is kept by its village and town; numbers are sealed, masked and asked for one by one,
// which is written down; when consent is withdrawn nothing personal remains anywhere.
func TestRegister(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		s := serve(t, db)
		one, err := s.Add(ctx, testkit.Village, testkit.Xintan, asked)
		if err != nil {
			t.Fatal(err)
		}
		if one.Phone == asked.Phone || !strings.Contains(one.Phone, "*") {
			t.Errorf("the number comes back as %s", one.Phone)
		}
		if text := everything(t, db); strings.Contains(text, "0013") || !strings.Contains(text, "patron.add|第1号||") {
			t.Errorf("the tables hold %s", text)
		}
		if _, err := s.Add(ctx, eastClerk, testkit.Xintan, asked); code(err) != "patron.taken" {
			t.Errorf("the same name again: %v", err)
		}
		for _, a := range []access.Actor{testkit.County, testkit.City, testkit.Leader, testkit.Forestry, testkit.CountyHead, testkit.Town, testkit.Outsider, neighbour, program} {
			_, list := s.List(ctx, a, testkit.Xintan)
			_, show := s.Show(ctx, a, one.ID)
			_, phone := s.Phone(ctx, a, one.ID)
			_, erase := s.Erase(ctx, a, one.ID, 1)
			names, err := s.Names(ctx, a, testkit.Xintan)
			if list == nil || show == nil || phone == nil || erase == nil || len(names) > 0 || err != nil {
				t.Errorf("%s: %v %v %v %v %v", a.Name, list, show, phone, erase, names)
			}
		}
		counts, err := s.Counts(ctx, testkit.Leader, testkit.Puning)
		if err != nil || !slices.Equal(counts, []patron.Count{{Unit: testkit.Xintan, Listed: 1, WithPhone: 1}}) {
			t.Errorf("counted %v, %v", counts, err)
		}
		if whole, err := s.Phone(ctx, eastClerk, one.ID); err != nil || whole != asked.Phone {
			t.Errorf("the whole number is %q, %v", whole, err)
		}
		events, err := audit.New(auditdb.Open(db)).Events(ctx, testkit.County, audit.Query{Of: testkit.Xintan})
		if err != nil || len(events) != 2 || events[0].Action != "patron.phone" || events[0].Actor != "杨海" {
			t.Errorf("written down: %v, %v", events, err)
		}

		edit := asked
		edit.Phone, edit.KeepPhone, edit.Lives = "", true, "泰国曼谷"
		if _, err := s.Edit(ctx, testkit.Village, one.ID, 1, edit); err != nil {
			t.Fatal(err)
		}
		if whole, err := s.Phone(ctx, testkit.Village, one.ID); err != nil || whole != asked.Phone {
			t.Errorf("after an edit the number is %q, %v", whole, err)
		}
		if _, err := s.Edit(ctx, testkit.Village, one.ID, 1, edit); code(err) != "patron.moved" {
			t.Errorf("edited as it was: %v", err)
		}
		edit.ConsentDay = ""
		if _, err := s.Edit(ctx, testkit.Village, one.ID, 2, edit); code(err) != "patron.faults" {
			t.Errorf("a number without consent: %v", err)
		}
		edit.KeepPhone = false
		if _, err := s.Edit(ctx, testkit.Village, one.ID, 2, edit); err != nil {
			t.Fatal(err)
		}
		if whole, err := s.Phone(ctx, testkit.Village, one.ID); err != nil || whole != "" {
			t.Errorf("the number is still %q, %v", whole, err)
		}

		if _, err := s.Erase(ctx, testkit.Village, one.ID, 3); err != nil {
			t.Fatal(err)
		}
		text := everything(t, db)
		for _, personal := range []string{"陈木清", "曼谷", "深圳", "校友", "spoken", "s1."} {
			if strings.Contains(text, personal) {
				t.Errorf("%s remains: %s", personal, text)
			}
		}
		gone, err := s.Show(ctx, testkit.Village, one.ID)
		if err != nil || !gone.Erased || gone.Name != "" || gone.Number() != "第1号" {
			t.Errorf("what remains is %+v, %v", gone, err)
		}
		if _, err := s.Edit(ctx, testkit.Village, one.ID, 4, asked); code(err) != "patron.erased" {
			t.Errorf("written to: %v", err)
		}
		if _, err := s.Add(ctx, testkit.Village, testkit.Xintan, asked); err != nil {
			t.Errorf("he agrees again: %v", err)
		}
		if names, err := s.Names(ctx, testkit.Village, testkit.Xintan); err != nil || !slices.Equal(names, []string{"陈木清"}) {
			t.Errorf("offered %v, %v", names, err)
		}
	})
}

// What is wrong is said at its field.
func TestFaults(t *testing.T) {
	s := serve(t, testkit.SQLite(t))
	for field, change := range map[string]func(*patron.Input){
		"name":        func(in *patron.Input) { in.Name = " " },
		"lives":       func(in *patron.Input) { in.Lives = strings.Repeat("长", 121) },
		"phone":       func(in *patron.Input) { in.Phone = "<script>" },
		"consent_day": func(in *patron.Input) { in.ConsentDay = "2024-03-30" },
		"consent_how": func(in *patron.Input) { in.ConsentHow = "guessed" },
		"consent_by":  func(in *patron.Input) { in.ConsentBy = "" },
	} {
		in := asked
		change(&in)
		_, err := s.Add(ctx, testkit.Village, testkit.Xintan, in)
		var found *patron.Faults
		if !errors.As(err, &found) || len(found.Fields) != 1 || found.Fields[field] == nil {
			t.Errorf("%s: %v", field, err)
		}
	}
	two, none := asked, asked
	two.Name = "陈木清、黄秀英"
	none.ConsentDay, none.Phone = "", ""
	if _, err := s.Add(ctx, testkit.Village, testkit.Xintan, two); code(err) != "patron.faults" {
		t.Errorf("two names: %v", err)
	}
	if _, err := s.Add(ctx, testkit.Village, testkit.Xintan, none); err != nil {
		t.Errorf("without consent and number: %v", err)
	}
	if _, err := s.Add(ctx, testkit.County, testkit.Puning, asked); code(err) != "access.forbidden" {
		t.Errorf("a county's register: %v", err)
	}
}
