package account_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/account"
	"github.com/sangzi/sangzi/internal/account/accountdb"
	"github.com/sangzi/sangzi/internal/database"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/unit/divisions"
)

func TestMain(m *testing.M) { testkit.Main(m) }

// cheap makes hashes cost next to nothing.
var cheap = account.Params{MemoryKiB: 64, Passes: 1, Threads: 1}

const password = "lihu-4471-qingtian"

var (
	ctx      = context.Background()
	operator = access.Operator("命令行", unit.Nation)
)

type house struct {
	*account.Service
	t     *testing.T
	store *accountdb.Store
	clock *testkit.Clock
	db    *database.DB
}

// houses runs the test in a fresh house on each engine.
func houses(t *testing.T, test func(h *house)) {
	t.Helper()
	testkit.Databases(t, func(t *testing.T, db *database.DB) { test(newHouse(t, db)) })
}

func newHouse(t *testing.T, db *database.DB) *house {
	t.Helper()
	box, err := account.NewBox([]byte(strings.Repeat("k", account.KeyBytes)))
	if err != nil {
		t.Fatal(err)
	}
	h := &house{t: t, db: db, store: accountdb.Open(db, box), clock: testkit.NewClock("2024-03-29 16:30")}
	h.Service = h.another()
	return h
}

// another is a second server on the same database.
func (h *house) another() *account.Service {
	h.t.Helper()
	s, err := account.New(account.Config{Store: h.store, Tree: tree(h.t), Now: h.clock.Now, Hash: cheap})
	if err != nil {
		h.t.Fatal(err)
	}
	return s
}

func tree(t *testing.T) func() *unit.Tree {
	t.Helper()
	units, err := divisions.Jieyang()
	if err != nil {
		t.Fatal(err)
	}
	registry, err := unit.NewRegistry(units, nil)
	if err != nil {
		t.Fatal(err)
	}
	at := registry.At(date.MustParse("2024-03-29"))
	return func() *unit.Tree { return at }
}

// person makes an account with a known password and gives it as one who acts.
func (h *house) person(login, name string, role access.Role, at unit.Code, phone string) access.Actor {
	h.t.Helper()
	in := account.Input{Login: login, Name: name, Role: role, Unit: at, Phone: phone}
	if role == access.Department {
		d, err := h.CreateDepartment(ctx, operator, at, name)
		if err != nil {
			h.t.Fatal(err)
		}
		in.Department = d.ID
	}
	made, err := h.Provide(ctx, operator, []account.Given{{Input: in, Password: password}})
	if err != nil {
		h.t.Fatalf("%s: %v", login, err)
	}
	return made[0].Actor()
}

// cast makes everybody, by login.
func (h *house) cast() map[string]access.Actor {
	h.t.Helper()
	return map[string]access.Actor{
		"chen":   h.person("chen", "陈秋月", access.VillageReporter, testkit.Xintan, "13812341234"),
		"huang":  h.person("huang", "黄志明", access.TownClerk, testkit.LihuTown, "0663-22341221"),
		"lin":    h.person("lin", "林晓燕", access.CountyOffice, testkit.Puning, "2234121"),
		"zheng":  h.person("zheng", "郑国强", access.CityOffice, testkit.Jieyang, ""),
		"forest": h.person("forest", "普宁市林业局", access.Department, testkit.Puning, "13500001111"),
		"leader": h.person("leader", "普宁市领导", access.Leader, testkit.Puning, ""),
		"hui":    h.person("hui", "惠城镇办事员", access.TownClerk, testkit.Huicheng, "13700002222"),
		"head":   h.person("head", "普宁市管理员", access.Administrator, testkit.Puning, ""),
		"top":    h.person("top", "揭阳市管理员", access.Administrator, testkit.Jieyang, ""),
	}
}

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) id(login string) int64 {
	h.t.Helper()
	c, err := h.store.Credentials(ctx, login)
	h.must(err)
	return c.Account.ID
}

func (h *house) signsIn(login, password string) error {
	h.t.Helper()
	_, err := h.SignIn(ctx, login, password, "10.1.1.1")
	return err
}

const minute = time.Minute
