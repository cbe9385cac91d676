package app_test

import (
	"archive/zip"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/account/keyfile"
	"github.com/sangzi/sangzi/internal/app"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/notify"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/test/house"
)

func TestMain(m *testing.M) { testkit.Main(m) }

const (
	patronPhone = "13912345678"
	letterPhone = "13798765432"
	robotSecret = "SEC0123456789"
)

// numbers are all that is sealed in a house as keyHouse fills it, as far as it is a number.
var numbers = []string{"13800138001", "13800138002", "13800138003", "13800138004", "0663-2281119", "0663-2281003", patronPhone, letterPhone}

var operator = access.Operator("test", unit.Nation)

// keyHouse is a house with something of everything that is sealed, and where its key is.
func keyHouse(t *testing.T, db string) (*house.House, string) {
	t.Helper()
	key := filepath.Join(t.TempDir(), "sangzi.key")
	if path, ok := strings.CutPrefix(db, "sqlite:"); ok {
		key = path + ".key"
	}
	t.Setenv("SANGZI_KEY_FILE", key)
	h := house.Open(t, db)
	post(t, h.Browser("xintan"), "/patrons/"+testkit.Xintan.String()+"/new", url.Values{"name": {"陈少华"}, "phone": {patronPhone},
		"consent_day": {"2024-03-20"}, "consent_how": {"spoken"}, "consent_by": {"陈秋月"}})
	if r := h.Nobody().Do(http.MethodPost, "/feedback", formType, url.Values{"unit": {testkit.Xintan.String()}, "place": {"流沙东街道新坛村"}, "content": {"树没有人管"}, "contact": {letterPhone}}.Encode()); r.Status >= 400 {
		t.Fatalf("feedback: %d %s", r.Status, r.Body)
	}
	addRobot(t, h, "组织委员群")
	return h, key
}

const formType = "application/x-www-form-urlencoded"

func post(t *testing.T, c *house.Client, path string, form url.Values) house.Reply {
	t.Helper()
	r := c.Do(http.MethodPost, path, formType, form.Encode())
	if r.Status >= 400 {
		t.Fatalf("%s: %d %s", path, r.Status, r.Body)
	}
	return r
}

func addRobot(t *testing.T, h *house.House, name string) {
	t.Helper()
	_, err := h.App.Notify.AddRobot(t.Context(), testkit.County, notify.RobotInput{Unit: testkit.Puning, Platform: notify.DingTalk, Name: name,
		Address: "https://oapi.dingtalk.com/robot/send?access_token=abcdefgh1234" + name, Secret: robotSecret})
	if err != nil {
		t.Fatal(err)
	}
}

// walk asks for every page and every reading of the interface as some people, and gives the status
// of each and where a number stood.
func walk(t *testing.T, h *house.House, logins ...string) (status map[string]int, shown map[string]bool) {
	t.Helper()
	status, shown = map[string]int{}, map[string]bool{}
	for _, login := range logins {
		browser, program := h.Browser(login), h.As(login)
		for _, route := range h.App.NewServer(app.ServerOptions{}).Mux.Routes() {
			if route.Method != http.MethodGet || strings.HasSuffix(route.Path, "openapi.json") { // whose examples are invented
				continue
			}
			for _, at := range []unit.Code{testkit.Xintan, testkit.LihuTown, testkit.Puning} {
				for _, week := range []date.Date{house.LastWeek, house.ThisWeek} {
					path := strings.NewReplacer("{unit}", at.String(), "{week}", week.String(), "{column}", "planted_trees", "{kind}", "planting",
						"{period}", "2024-02", "{duty}", "24", "{rule}", "towns", "{from}", "2024-01-01", "{$}", "", "{id}", "1").Replace(route.Path)
					name := login + " " + path
					if _, done := status[name]; done || strings.Contains(path, "{") {
						continue
					}
					c := browser
					if route.Surface != web.ForPeople {
						c = program
					}
					r := c.Get(path)
					status[name] = r.Status
					text := plainText(t, r)
					for _, n := range append(numbers, robotSecret) {
						if strings.Contains(text, n) {
							shown[name] = true
						}
					}
				}
			}
		}
	}
	return status, shown
}

// plainText is an answer's text, of a workbook that of all its parts.
func plainText(t *testing.T, r house.Reply) string {
	t.Helper()
	if !strings.HasPrefix(r.Body, "PK\x03\x04") {
		return r.Body
	}
	z, err := zip.NewReader(strings.NewReader(r.Body), int64(len(r.Body)))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, f := range z.File {
		part, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(&b, part); err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}

// A house whose key file is lost does not open, and says what can be done; with a new key all its
// pages answer as before, without the numbers, which can be typed anew.
func TestForgetKey(t *testing.T) {
	testkit.URLs(t, func(t *testing.T, db string) {
		ctx := context.Background()
		h, key := keyHouse(t, db)
		logins := []string{"lihu", "puning", "admin"}
		if strings.HasPrefix(db, "sqlite:") { // who sees what does not depend on the engine
			logins = append(logins, "xintan", "lingdao")
		}
		before, shown := walk(t, h, logins...)
		for _, page := range []string{"puning /export/445281119000/2024-03-22/ledger.xlsx", "puning /calls", "puning /board/445281000000/2024-03-29", "admin /account/1",
			"puning /feedback/inbox/1", "lihu /ledger/445281119000/2024-03-22", "puning /api/v1/ledger/445281119000/2024-03-22/submissions", "puning /api/v1/units/445281119000/contacts"} {
			if !shown[page] {
				t.Errorf("%s (%d) shows no number, so this test sees nothing of it", page, before[page])
			}
		}
		options := app.Options{DB: db, Clock: h.Clock.Now, Hash: house.Cheap}
		if _, err := app.RenewKey(ctx, options, true, true); !errors.Is(err, keyfile.ErrAtHand) {
			t.Errorf("a key that is there was to be forgotten: %v", err)
		}
		old, err := os.ReadFile(key)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.Remove(key); err != nil {
			t.Fatal(err)
		}
		for range 2 { // not the first start and not the second makes a key
			if _, err := app.Open(ctx, options); !errors.Is(err, keyfile.ErrMissing) {
				t.Fatalf("without its key it opened: %v", err)
			}
		}
		if _, err := app.RenewKey(ctx, options, false, true); !errors.Is(err, keyfile.ErrMissing) {
			t.Errorf("renewed without --forget: %v", err)
		}
		asked, err := app.RenewKey(ctx, options, true, false)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stat(key); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("asking made a key: %v", err)
		}
		for _, one := range asked.Counts {
			if one.N == 0 {
				t.Errorf("%s: none", one.Kind)
			}
		}
		done, err := app.RenewKey(ctx, options, true, true)
		if err != nil || done.Said() != asked.Said() || done.Kept != "" {
			t.Fatalf("%s, asked %s, kept %q, %v", done.Said(), asked.Said(), done.Kept, err)
		}

		again := house.Again(t, db)
		after, shown := walk(t, again, logins...)
		for page := range shown {
			t.Errorf("%s still shows a number", page)
		}
		for page, status := range before {
			if after[page] != status {
				t.Errorf("%s: %d, before %d", page, after[page], status)
			}
		}
		pagesSay(t, again)
		stillSealed(t, again, 3)
		tampered(t, again)
		robotsWait(t, again)
		typeAnew(t, again)

		// The lost key turns up after all.
		found := filepath.Join(t.TempDir(), "found.key")
		if err := os.WriteFile(found, old, 0o600); err != nil {
			t.Fatal(err)
		}
		back, err := app.RecoverKey(ctx, options, found)
		if err != nil {
			t.Fatal(err)
		}
		if back.Sealed() != asked.Sealed()-2 { // what was typed anew is no longer under it
			t.Errorf("%s came back of %s", back.Said(), asked.Said())
		}
		stillSealed(t, house.Again(t, db), 0)
	})
}

// pagesSay holds pages against the words in the number's place.
func pagesSay(t *testing.T, h *house.House) {
	t.Helper()
	puning, lihu, village, admin := h.Browser("puning"), h.Browser("lihu"), h.Browser("xintan"), h.Browser("admin")
	leader := h.Browser("lingdao")
	for _, one := range []struct {
		c          *house.Client
		path, says string
	}{
		{admin, "/accounts/445281000000", access.Unreadable},
		{admin, "/account/1", "原来的号码" + access.Unreadable + "，请重新填写"},
		{puning, "/calls", access.Unreadable},
		{puning, "/robots", "需重新设置"},
		{puning, "/feedback/inbox/1", access.Unreadable},
		{puning, "/export/445281119000/2024-03-22/ledger.xlsx", access.Unreadable},
		{h.Browser("jieyang"), "/ledger/445281119000/2024-03-22", access.Unreadable},
		{lihu, "/ledger/445281119000/2024-03-22", `placeholder="请重新填写"`},
		{lihu, "/ledger/445281119000/2024-03-22/submit", "原来的号码" + access.Unreadable},
		{leader, "/ledger/445281119000/2024-03-22", "****"},
		{village, "/patrons/445281001202", access.Unreadable},
		{village, "/patron/1", access.Unreadable + "，请点“修改”重新填写"},
		{village, "/patron/1/edit", "原来留的号码" + access.Unreadable},
	} {
		if text := plainText(t, one.c.Get(one.path)); !strings.Contains(text, one.says) || strings.Contains(text, "tel:"+access.Unreadable) {
			t.Errorf("%s does not say %s", one.path, one.says)
		}
	}
	for _, form := range []struct {
		c    *house.Client
		path string
	}{{admin, "/account/1"}, {lihu, "/ledger/445281119000/2024-03-29"}, {lihu, "/ledger/445281119000/2024-03-29/submit"}, {puning, "/board/445281000000/2024-03-22/lock"}} {
		if r := form.c.Get(form.path); r.Status != http.StatusOK || strings.Contains(r.Body, `value="`+access.Unreadable) {
			t.Errorf("%s: %d, puts the words where a number is to be typed", form.path, r.Status)
		}
	}
	if text := plainText(t, leader.Get("/ledger/445281119000/2024-03-22")); strings.Contains(text, access.Unreadable) {
		t.Error("who sees numbers masked is told more")
	}
}

// stillSealed verifies last week: nothing is wrong, and of so many submissions the telephone is
// lost.
func stillSealed(t *testing.T, h *house.House, lost int) {
	t.Helper()
	n := 0
	for _, town := range []unit.Code{testkit.EastTown, testkit.LihuTown, testkit.Huicheng} {
		flaws, err := h.App.Ledger.Verify(t.Context(), operator, town, house.LastWeek)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range flaws {
			if !f.Lost {
				t.Errorf("version %d of %s is not what was sealed", f.Version, f.Unit)
			}
			n++
		}
	}
	if n != lost {
		t.Errorf("of %d submissions the telephone is lost, want %d", n, lost)
	}
}

// tampered touches what was sealed before the key was given up, and puts it back.
func tampered(t *testing.T, h *house.House) {
	t.Helper()
	const row, head, hash = `row_versions SET cell_values = $1 WHERE unit_code = 445281119002`, `submissions SET head = $1 WHERE unit_code = 445281119000`,
		`submissions SET hash = $1 WHERE unit_code = 445281119000`
	for _, c := range []struct{ name, read, write, old, new string }{
		{"a row", `SELECT cell_values FROM row_versions WHERE unit_code = 445281119002`, row, ",", ",1"},
		{"a head", `SELECT head FROM submissions WHERE unit_code = 445281119000`, head, "里湖镇", "别处"},
		{"a witness", `SELECT head FROM submissions WHERE unit_code = 445281119000`, head, `"witness"`, `"w"`},
		{"a hash", `SELECT hash FROM submissions WHERE unit_code = 445281119000`, hash, "", "x"},
	} {
		var was string
		if err := h.App.DB.Reader().QueryRowContext(t.Context(), c.read).Scan(&was); err != nil {
			t.Fatal(err)
		}
		write := func(text string) {
			if done, err := h.App.DB.Writer().ExecContext(t.Context(), "UPDATE "+c.write, text); err != nil {
				t.Fatal(err)
			} else if n, err := done.RowsAffected(); n != 1 || err != nil {
				t.Fatalf("%s: %d rows, %v", c.name, n, err)
			}
		}
		write(strings.Replace(was, c.old, c.new, 1))
		flaws, err := h.App.Ledger.Verify(t.Context(), operator, testkit.LihuTown, house.LastWeek)
		if err != nil || len(flaws) != 1 || flaws[0].Lost {
			t.Errorf("%s was touched: %v, %v", c.name, flaws, err)
		}
		write(was)
	}
}

// robotsWait sends reminders: none to a robot whose address is lost, and it says why.
func robotsWait(t *testing.T, h *house.House) {
	t.Helper()
	h.Clock.Set(time.Date(2024, 3, 29, 15, 30, 0, 0, testkit.Shanghai))
	report, err := h.App.Remind(t.Context())
	if err != nil || report.Reminded == 0 || report.Failed == 0 || report.Sent+report.Retried > 0 {
		t.Errorf("%+v, %v", report, err)
	}
	h.Clock.Set(testkit.NewClock(house.Now).Now())
	if r := h.Browser("puning").Get("/reminders"); !strings.Contains(r.Body, "群机器人的地址已无法读取（密钥已更换），要重新设置") {
		t.Error("the list of what was sent does not say why it was not")
	}
}

// typeAnew types numbers in the place of those that were lost.
func typeAnew(t *testing.T, h *house.House) {
	t.Helper()
	ctx := t.Context()
	admin, village := h.Browser("admin"), h.Browser("xintan")
	edit := url.Values{"name": {"陈秋月"}, "role": {"village_reporter"}, "unit": {testkit.Xintan.String()}, "phone": {""}}
	post(t, admin, "/account/1", edit)
	if r := admin.Get("/accounts/445281000000?q=xintan"); !strings.Contains(r.Body, access.Unreadable) {
		t.Error("saved without a number, the lost one is taken away")
	}
	if r := admin.Do(http.MethodPost, "/account/1", formType, url.Values{"name": edit["name"], "role": edit["role"], "unit": edit["unit"], "phone": {access.Unreadable}}.Encode()); r.Status != http.StatusUnprocessableEntity {
		t.Errorf("the words were taken for a number: %d", r.Status)
	}
	edit.Set("phone", "13611112222")
	post(t, admin, "/account/1", edit)
	if r := admin.Get("/account/1"); !strings.Contains(r.Body, "13611112222") {
		t.Error("the new number of the account cannot be read")
	}
	post(t, village, "/patron/1/edit", url.Values{"revision": {"1"}, "name": {"陈少华"}, "phone": {"13622223333"}, "consent_day": {"2024-03-20"}, "consent_how": {"spoken"}, "consent_by": {"陈秋月"}})
	if r := village.Do(http.MethodPost, "/patron/1/phone", formType, ""); !strings.Contains(r.Body, "13622223333") {
		t.Error("the new number of the patron cannot be read")
	}
	head := ledger.Head{Unit: "里湖镇", Contact: "黄志明", Phone: access.Unreadable, FilledOn: house.ThisWeek}
	in := ledger.SubmitInput{Unit: testkit.LihuTown, Week: house.LastWeek, Head: head, Base: ledger.AnyBase, Source: ledger.Source{Kind: ledger.ByGrid}}
	if _, err := h.App.Ledger.ReturnTown(ctx, testkit.County, ledger.ReturnInput{Unit: testkit.LihuTown, Week: house.LastWeek, Reason: "电话要重填"}); err != nil {
		t.Error(err)
	}
	if _, err := h.App.Ledger.Submit(ctx, testkit.Town, in); !errors.Is(err, ledger.ErrHead) {
		t.Errorf("the words were taken for a number: %v", err)
	}
	in.Head.Phone = "0663-2244668"
	if _, err := h.App.Ledger.Submit(ctx, testkit.Town, in); err != nil {
		t.Error(err)
	}
	subs, err := h.App.Ledger.Submissions(ctx, testkit.County, testkit.LihuTown, house.LastWeek)
	if err != nil || len(subs) != 3 || subs[0].Head.Phone != access.Unreadable || subs[1].Head.Phone != access.Unreadable || subs[2].Head.Phone != in.Head.Phone {
		t.Errorf("%+v, %v", subs, err)
	}
	stillSealed(t, h, 3)
	addRobot(t, h, "新群")
}

// With the key at hand a new one loses nothing, as often as it is renewed. A server that has the
// old one stops.
func TestRenewKey(t *testing.T) {
	testkit.URLs(t, func(t *testing.T, db string) {
		ctx := context.Background()
		h, key := keyHouse(t, db)
		options := app.Options{DB: db, Clock: h.Clock.Now, Hash: house.Cheap}
		_, shown := walk(t, h, "puning")
		var kept []string
		for range 2 {
			was, err := os.ReadFile(key)
			if err != nil {
				t.Fatal(err)
			}
			done, err := app.RenewKey(ctx, options, false, true)
			if err != nil || done.Sealed() == 0 {
				t.Fatalf("%s, %v", done.Said(), err)
			}
			if old, err := os.ReadFile(done.Kept); err != nil || string(old) != string(was) {
				t.Errorf("the old key is not kept: %v", err)
			}
			if info, err := os.Stat(key); err != nil || info.Mode().Perm() != 0o600 {
				t.Errorf("the new key can be read by others: %v, %v", info.Mode(), err)
			}
			kept = append(kept, done.Kept)
		}
		if kept[0] == kept[1] {
			t.Error("one old key is written over the other")
		}
		again := house.Again(t, db)
		_, after := walk(t, again, "puning")
		for page := range shown {
			if !after[page] {
				t.Errorf("%s shows no number any more", page)
			}
		}
		stillSealed(t, again, 0)
		r := again.Browser("puning-admin").Get("/audit/445281000000")
		if strings.Count(r.Body, "更换电话密钥") != 2 || !strings.Contains(r.Body, "账号电话") {
			t.Error("the history does not tell of it")
		}
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		if err := h.App.Serve(ctx, l, app.ServerOptions{}); !errors.Is(err, app.ErrKeyChanged) {
			t.Errorf("a server that has the old key: %v", err)
		}
	})
}
