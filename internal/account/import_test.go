package account_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/account"
	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/testkit"
)

func TestImport(t *testing.T) {
	houses(t, func(h *house) {
		cast := h.cast()
		_, err := h.CreateDepartment(ctx, cast["head"], testkit.LihuTown, "林业站")
		h.must(err)
		const village, town = string(access.VillageReporter), string(access.TownClerk)
		lines := []account.Line{
			{Name: "甲", Role: village, Unit: "新坛村", Phone: "138 1111 2222"},
			{Name: "乙", Role: village, Unit: "流沙东街道新安村委会", Login: "Yi.2024"},
			{Name: "丙", Role: town, Unit: "445281119", Phone: "0663—2234567"},
			{Name: "丁", Role: string(access.Department), Unit: "里湖镇", Department: "林业站"},
			{Name: "戊", Role: string(access.CountyOffice), Unit: "揭阳市普宁市"},
			{Name: "", Role: village, Unit: "新坛村"},
			{Name: "己", Role: "书记", Unit: "新坛村"},
			{Name: "庚", Role: village, Unit: "没有这个村"},
			{Name: "辛", Role: town, Unit: "惠城镇"},
			{Name: "壬", Role: town, Unit: "里湖镇", Phone: "电话"},
			{Name: "癸", Role: village, Unit: "里湖镇"},
			{Name: "丙", Role: town, Unit: "里湖镇"},
			{Name: "子", Role: town, Unit: "里湖镇", Login: "yi.2024"},
			{Name: "丑", Role: town, Unit: "里湖镇", Login: "lin"},
			{Name: "黄志明", Role: town, Unit: "里湖"},
			{Name: "寅", Role: string(access.Department), Unit: "里湖镇", Department: "水务站"},
		}
		for i := range lines {
			lines[i].Row = i + 2
		}
		wants := map[int]struct {
			field account.Field
			err   error
		}{
			7: {account.FieldName, account.ErrName}, 8: {account.FieldRole, account.ErrRole}, 9: {account.FieldUnit, account.ErrUnit},
			10: {account.FieldUnit, account.ErrUnit}, 11: {account.FieldPhone, account.ErrPhone}, 12: {account.FieldRole, account.ErrRoleLevel},
			13: {account.FieldName, account.ErrTwice}, 14: {account.FieldLogin, account.ErrTwice}, 15: {account.FieldLogin, account.ErrLoginTaken},
			16: {account.FieldName, account.ErrDuplicate}, 17: {account.FieldDepartment, account.ErrDepartment},
		}
		before := h.state()
		entries, err := h.Preview(ctx, cast["head"], testkit.Puning, lines)
		h.must(err)
		for _, e := range entries {
			want, wrong := wants[e.Line.Row]
			if !wrong {
				if !e.Good() {
					h.t.Errorf("line %d: %+v", e.Line.Row, e.Faults)
				}
				continue
			}
			if len(e.Faults) != 1 || e.Faults[0].Field != want.field || !errors.Is(e.Faults[0].Err, want.err) {
				h.t.Errorf("line %d: %+v, want %+v", e.Line.Row, e.Faults, want)
			}
		}
		if h.state() != before {
			h.t.Error("the preview changed something")
		}

		made, left, err := h.Import(ctx, cast["head"], testkit.Puning, lines)
		if err != nil || len(made) != 5 || len(left) != len(wants) {
			h.t.Fatalf("%d made, %d left, %v", len(made), len(left), err)
		}
		for i, login := range []string{"445281001202", "yi.2024", "445281119", "445281119-2", "445281"} {
			if made[i].Account.Login != login || !made[i].Account.MustChange {
				h.t.Errorf("made %+v, want %s", made[i].Account, login)
			}
			h.must(h.signsIn(login, made[i].Password))
		}
		// The same workbook again makes nobody twice.
		if again, left, err := h.Import(ctx, cast["head"], testkit.Puning, lines); !errors.Is(err, account.ErrNothing) || len(again) != 0 || len(left) != len(lines) {
			h.t.Errorf("again: %d made, %d left, %v", len(again), len(left), err)
		}
	})
}

// A name that two villages have is an error that names both.
func TestImportNeverGuesses(t *testing.T) {
	h := newHouse(t, testkit.SQLite(t))
	entries, err := h.Preview(ctx, operator, testkit.Jieyang, []account.Line{{Row: 2, Name: "甲", Role: string(access.VillageReporter), Unit: "新安村"}})
	h.must(err)
	p, ok := problem.Of(entries[0].Faults[0].Err)
	if !ok || !errors.Is(p, account.ErrUnitAmbiguous) || !strings.Contains(fmt.Sprint(p.Params["units"]), "流沙东街道新安村") {
		t.Errorf("%+v", entries[0].Faults)
	}
}

func TestImportBounds(t *testing.T) {
	h := newHouse(t, testkit.SQLite(t))
	if _, err := h.Preview(ctx, operator, testkit.Puning, nil); !errors.Is(err, account.ErrNothing) {
		t.Error(err)
	}
	if _, err := h.Preview(ctx, operator, testkit.Puning, make([]account.Line, account.ImportMax+1)); !errors.Is(err, account.ErrTooMany) {
		t.Error(err)
	}
}
