package access_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/unit"
)

// matrix is who may do what, written out a second time, by hand, in another shape than the
// program's table. Columns: 村 village_reporter, 镇 town_clerk, 县 county_office,
// 市 city_office, 部 department, 领 leader, 管 administrator.
const matrix = `
                  村 镇 县 市 部 领 管
ledger.read       y  y  y  y  y  y  y
ledger.report     y  y  y  -  -  -  -
ledger.return     -  y  y  -  -  -  -
ledger.import     -  y  y  y  -  -  -
ledger.submit     -  y  y  -  -  -  -
ledger.sendback   -  -  y  -  -  -  -
ledger.grant      -  -  y  y  -  -  -
ledger.lock       -  -  y  -  -  -  -
ledger.reopen     -  -  y  y  -  -  -
phone.see         -  y  y  y  -  -  y
units.manage      -  -  -  -  -  -  y
accounts.manage   -  -  -  -  -  -  y
audit.read        -  -  y  y  -  -  y
campaign.read     y  y  y  y  y  y  y
feedback.answer   -  -  y  y  -  -  y
records.read      y  y  y  y  y  y  y
records.enter     y  y  y  -  y  -  -
records.approve   -  y  y  -  -  -  -
records.look      -  y  y  -  -  -  -
records.check     -  -  y  -  -  -  -
patrons.keep      y  y  -  -  -  -  -
inbox.read        y  y  y  y  y  -  -
notify.manage     -  y  y  y  -  -  -
tasks.report      y  y  y  -  y  -  -
tasks.steer       -  -  y  -  -  -  -
reading.say       -  -  y  y  -  -  -
dispatch.read     y  y  y  y  y  y  y
dispatch.ask      y  y  y  -  -  -  -
dispatch.answer   y  y  y  -  y  -  -
dispatch.steer    -  y  y  y  -  -  -
bulletin.edit     -  -  y  y  -  -  -
bulletin.approve  -  -  y  y  -  -  -
bulletin.rule     -  -  y  y  -  -  -
`

var columns = []access.Role{access.VillageReporter, access.TownClerk, access.CountyOffice, access.CityOffice,
	access.Department, access.Leader, access.Administrator}

func readMatrix(t *testing.T) map[access.Action]map[access.Role]bool {
	t.Helper()
	read := map[access.Action]map[access.Role]bool{}
	for _, line := range strings.Split(strings.TrimSpace(matrix), "\n")[1:] {
		fields := strings.Fields(line)
		if len(fields) != 1+len(columns) {
			t.Fatalf("line %q has %d fields", line, len(fields))
		}
		read[access.Action(fields[0])] = map[access.Role]bool{}
		for i, role := range columns {
			read[access.Action(fields[0])][role] = fields[1+i] == "y"
		}
	}
	return read
}

const (
	city    unit.Code = 445200000000
	county  unit.Code = 445281000000
	town    unit.Code = 445281119000
	village unit.Code = 445281119201
)

// home is where the test puts each role, and which units lie inside and outside from there.
var homes = map[access.Role]unit.Code{
	access.VillageReporter: village, access.TownClerk: town, access.CountyOffice: county, access.CityOffice: city,
	access.Department: county, access.Leader: county, access.Administrator: county,
}

var everywhere = []unit.Code{unit.Nation, 440000000000, city, county, town, village,
	445281119202, 445281120000, 445281001202, 445224000000, 445224100000, 445224100201, 440100000000, 350100000000}

// Every role, every action, every unit: inside as the matrix says, outside never, and with
// another answer than for what is merely forbidden.
func TestMatrix(t *testing.T) {
	want := readMatrix(t)
	if len(want) != len(access.Actions()) || !slices.Equal(columns, access.Roles()) {
		t.Fatalf("the matrix has %d actions and %d roles, the program %d and %d", len(want), len(columns), len(access.Actions()), len(access.Roles()))
	}
	inside, outside := 0, 0
	for _, role := range access.Roles() {
		actor := access.Actor{Account: 1, Name: "x", Role: role, Unit: homes[role]}
		for _, action := range access.Actions() {
			allowed, known := want[action][role]
			if !known {
				t.Fatalf("the matrix does not know %s for %s", action, role)
			}
			for _, at := range everywhere {
				err := actor.Can(action, at)
				// By the digits of the codes, not by the arithmetic of the program.
				isInside := strings.HasPrefix(at.String(), strings.TrimRight(homes[role].String(), "0"))
				switch {
				case !isInside:
					outside++
					if !errors.Is(err, access.ErrOutside) {
						t.Errorf("%s at %s, %s at %s: %v, want outside", role, homes[role], action, at, err)
					}
				case allowed:
					inside++
					if err != nil {
						t.Errorf("%s, %s at %s: %v, want allowed", role, action, at, err)
					}
				default:
					inside++
					if !errors.Is(err, access.ErrForbidden) {
						t.Errorf("%s, %s at %s: %v, want forbidden", role, action, at, err)
					}
				}
				if actor.May(action, at) != (err == nil) {
					t.Errorf("%s, %s at %s: May and Can disagree", role, action, at)
				}
			}
		}
	}
	if inside == 0 || outside == 0 {
		t.Errorf("walked %d inside and %d outside", inside, outside)
	}
}

// What a unit gives out reaches whoever stands at it, below it or above it, whatever the role.
func TestReceives(t *testing.T) {
	digits := func(c unit.Code) string { return strings.TrimRight(c.String(), "0") }
	near := 0
	for _, role := range access.Roles() {
		actor := access.Actor{Account: 1, Name: "x", Role: role, Unit: homes[role]}
		for _, from := range everywhere {
			want := strings.HasPrefix(from.String(), digits(actor.Unit)) || strings.HasPrefix(actor.Unit.String(), digits(from))
			err := actor.CanReceive(from)
			if want != (err == nil) || !want && !errors.Is(err, access.ErrOutside) {
				t.Errorf("%s at %s, from %s: %v", role, actor.Unit, from, err)
			}
			if want && !actor.Unit.Contains(from) {
				near++
			}
		}
	}
	if near == 0 {
		t.Error("nobody received anything from above")
	}
}

// Who is nobody may do nothing, wherever he claims to stand.
func TestNobody(t *testing.T) {
	for _, actor := range []access.Actor{{}, {Unit: unit.Nation}, {Unit: county, Role: "admin"}, {Unit: county, Role: "Administrator"}} {
		for _, action := range access.Actions() {
			for _, at := range everywhere {
				if err := actor.Can(action, at); err == nil {
					t.Errorf("%+v may %s at %s", actor, action, at)
				}
				if err := actor.CanReceive(at); err == nil {
					t.Errorf("%+v receives from %s", actor, at)
				}
			}
		}
	}
}

// The operator may do everything inside the unit he was given and nothing outside.
func TestOperator(t *testing.T) {
	operator := access.Operator("command line", county)
	for _, action := range access.Actions() {
		for _, at := range everywhere {
			isInside := strings.HasPrefix(at.String(), "445281")
			if operator.May(action, at) != isInside {
				t.Errorf("%s at %s: inside is %t", action, at, isInside)
			}
		}
	}
}

func TestFits(t *testing.T) {
	fits := map[access.Role]string{ // nation, province, city, county, town, village
		access.VillageReporter: "-----y", access.TownClerk: "----y-", access.CountyOffice: "---y--", access.CityOffice: "--y---",
		access.Department: "yyyyy-", access.Leader: "yyyyy-", access.Administrator: "yyyyy-", "nobody": "------",
	}
	for role, levels := range fits {
		for level, want := range levels {
			if role.Fits(unit.Level(level)) != (want == 'y') {
				t.Errorf("%s at level %d: want %c", role, level, want)
			}
		}
	}
}
