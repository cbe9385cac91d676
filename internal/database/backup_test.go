package database_test

import (
	"archive/zip"
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/app"
	"github.com/sangzi/sangzi/internal/bulletin"
	"github.com/sangzi/sangzi/internal/database"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/dispatch"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/notify"
	"github.com/sangzi/sangzi/internal/picture/picturetest"
	"github.com/sangzi/sangzi/internal/reading"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/task"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/test/house"
)

var made = time.Date(2024, 3, 29, 9, 0, 0, 0, time.UTC)

// full is a house with something in every table.
func full(t *testing.T, address string) *house.House {
	t.Helper()
	h := house.Open(t, address)
	ok := func(r house.Reply) {
		t.Helper()
		if r.Status >= 400 {
			t.Fatalf("%d %s", r.Status, r.Body)
		}
	}
	village := h.Villages(testkit.LihuTown)[0].Code.String()
	clerk := h.As("lihu")
	ok(clerk.JSON(http.MethodPut, "/api/v1/ledger/"+village+"/2024-03-29/draft", `{"inputs":{"planted_trees":"很多\n\"株\" <&> 😀"},"notes":{"planted_trees":"\\u0000"}}`))
	ok(h.As("puning").JSON(http.MethodPost, "/api/v1/ledger/445281001000/2024-03-29/grants", `{"kind":"waiver","reason":"暴雨"}`))
	export := clerk.Get("/api/v1/ledger/445281119000/2024-03-29/prefilled.xlsx")
	ok(export)
	ok(clerk.Do(http.MethodPost, "/api/v1/ledger/445281119000/2024-03-29/uploads?file=a.xlsx", "application/octet-stream", export.Body))
	ok(h.Browser("puning-admin").JSON(http.MethodPost, "/api/v1/units/445281119000/rename", `{"day":"2024-05-01","name":"里湖街道"}`))
	ok(h.Browser("xintan").Do(http.MethodPost, "/patrons/445281001202/new", "application/x-www-form-urlencoded", url.Values{"name": {"陈木清"}, "consent_day": {"2024-02-12"}, "consent_how": {"spoken"}, "consent_by": {"陈秋月"}, "phone": {"13900139000"}}.Encode()))
	ok(h.Nobody().Do(http.MethodPost, "/feedback", "application/x-www-form-urlencoded", url.Values{"place": {"里湖镇"}, "content": {"里湖镇数字不对"}, "contact": {"13900139000"}}.Encode()))
	planting := record.Input{Kind: "planting", Unit: testkit.Xintan, With: []string{"市林业局", "团市委"}, Day: house.ThisWeek, Fields: map[string]string{"work": "new", "trees": "60", "place": "\u0000 😀 <&>"}, Source: ledger.Source{Kind: ledger.ByForm}}
	for seed := range uint64(2) { // one of the record, one that waits
		photo, err := h.App.Records.AddPhoto(ctx, testkit.Village, record.PhotoInput{Kind: "planting", Unit: testkit.Xintan, Data: picturetest.Photo(seed, picturetest.Camera{Taken: "2024:03:28 09:15:02"})})
		if err != nil {
			t.Fatal(err)
		}
		planting.Photos = []int64{photo.ID - int64(seed)}
	}
	made, err := h.App.Records.Enter(ctx, testkit.Village, planting)
	if err == nil {
		_, err = h.App.Records.Withdraw(ctx, testkit.Village, record.At{ID: made.ID, Base: 1}, "记错了")
	}
	if err != nil {
		t.Fatal(err)
	}
	ok(h.Browser("lihu").Do(http.MethodPost, "/robots", "application/x-www-form-urlencoded", url.Values{"platform": {"wecom"}, "name": {"群"},
		"address": {"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=0123456789"}}.Encode()))
	remind(t, h)
	ok(h.Browser("lihu").Do(http.MethodPost, "/inbox/read", "application/x-www-form-urlencoded", "newest=1000000"))
	if _, err := h.App.Dispatch.Ask(ctx, testkit.Village, dispatch.AskInput{Unit: testkit.Xintan, Ask: "money", Text: "树苗款 <&> 😀"}); err != nil {
		t.Fatal(err)
	}
	shop := task.Point{Duty: "24", Demand: "towns", Party: record.Party{Unit: testkit.LihuTown}, From: date.MustParse("2024-01-01")}
	if _, err := h.App.Tasks.Report(ctx, testkit.Town, task.ReportInput{Point: shop, Day: house.ThisWeek, Proof: "兑换点 <&> 😀"}); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"words.某月底前", "statistics", "26.belt"} { // in no order
		q, _ := h.App.Pack.Question(key)
		if _, err := h.App.Readings.Say(ctx, testkit.County, reading.SayInput{Unit: testkit.Puning, Key: key, Verdict: reading.Differs, Text: "另 <&> 😀", Print: q.Print}); err != nil {
			t.Fatal(err)
		}
	}
	h.IssueBulletin(bulletin.Period{Year: 2024, Month: time.March})
	if _, err := h.App.Bulletin.AdoptRule(ctx, testkit.County, bulletin.RuleInput{Unit: testkit.Puning, From: bulletin.Period{Year: 2024, Month: time.March}, Name: "完成率 <&> 排名",
		Of: []string{"planted_trees/planned_trees%", "planted_trees"}, Tie: bulletin.TieSkip, Minimum: 3, Reason: "比进展"}); err != nil {
		t.Fatal(err)
	}
	if r := h.Nobody().Do(http.MethodPost, "/login", "application/x-www-form-urlencoded", "account=lihu&password=wrong"); r.Status != 422 {
		t.Fatalf("a wrong password: %d", r.Status)
	}
	return h
}

// remind decides the reminders that are due. What goes out for them fails: the test has no network
// to the platforms, and is not to wait for it.
func remind(t *testing.T, h *house.House) {
	t.Helper()
	stopped, stop := context.WithCancel(ctx)
	n := h.App.Notify
	n.Poster = stopper{stop}
	n.Texter = stopper{stop}
	if _, err := n.Run(stopped); err == nil {
		t.Fatal("nothing was to be sent")
	}
}

// stopper ends a run before anything leaves the machine.
type stopper struct{ stop func() }

func (s stopper) Post(ctx context.Context, _ notify.Post) error { s.stop(); return ctx.Err() }
func (s stopper) Text(ctx context.Context, _, _, _ string) (bool, error) {
	s.stop()
	return false, ctx.Err()
}

func backup(t *testing.T, db *database.DB) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "备份 1.zip")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(db.Backup(ctx, f, made, nil), f.Close()); err != nil {
		t.Fatal(err)
	}
	return path
}

// entries are the parts of a backup by name.
func entries(t *testing.T, path string) map[string]string {
	t.Helper()
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	out := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		out[f.Name] = string(b)
	}
	return out
}

// zipped writes parts as a backup.
func zipped(t *testing.T, parts map[string]string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range parts {
		w, err := z.Create(name)
		if err == nil {
			_, err = io.WriteString(w, text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "made.zip")
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// A backup knows every table of the schema.
func TestBackupKnowsEveryTable(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		var names []string
		for _, line := range tables(t, db) {
			name, _, _ := strings.Cut(line, " ")
			names = append(names, name)
		}
		known := slices.Sorted(slices.Values(database.Tables()))
		if !slices.Equal(names, known) {
			t.Errorf("the schema has %v, a backup %v", names, known)
		}
	})
}

// What is backed up on one engine and restored into the other, and back, is the same byte for
// byte in every table; only sign-ins end.
func TestBackupRoundTrip(t *testing.T) {
	for _, from := range []string{"sqlite", "postgres"} {
		t.Run("from "+from, func(t *testing.T) {
			address, other := "sqlite:"+filepath.Join(t.TempDir(), "库 一.db"), testkit.PostgresURL(t)
			third := "sqlite:" + filepath.Join(t.TempDir(), "new folder", "库?.db")
			if from == "postgres" {
				address, other, third = other, address, testkit.PostgresURL(t)
			}
			h := full(t, address)
			first := backup(t, h.App.DB)
			want := entries(t, first)
			for _, name := range database.Tables() {
				if passing := name == "sessions" || name == "login_failures"; passing != (want["tables/"+name+".jsonl"] == "") {
					t.Errorf("%s: %d bytes in the backup", name, len(want["tables/"+name+".jsonl"]))
				}
			}
			for name, text := range want {
				if strings.Contains(text, "13800138002") || strings.Contains(text, "13900139000") {
					t.Errorf("%s tells a telephone number", name)
				}
			}
			path := first
			for _, into := range []string{other, third} {
				if err := database.Restore(ctx, into, path); err != nil {
					t.Fatal(err)
				}
				db, err := database.OpenThere(ctx, into)
				if err != nil {
					t.Fatal(err)
				}
				path = backup(t, db)
				for name, text := range entries(t, path) {
					if text != want[name] {
						t.Errorf("%s differs: %d bytes, then %d", name, len(want[name]), len(text))
					}
				}
				if err := db.Close(); err != nil {
					t.Error(err)
				}
			}
			goesOn(t, h, other)
		})
	}
}

// goesOn works on a restored database with the key of the first: numbers are given on, telephone
// numbers opened, sums the same.
func goesOn(t *testing.T, h *house.House, restored string) {
	t.Helper()
	if _, err := app.Open(ctx, app.Options{DB: restored, KeyFile: filepath.Join(t.TempDir(), "none.key"), Clock: h.Clock.Now, Hash: house.Cheap}); err == nil {
		t.Error("opened without its key")
	}
	a, err := app.Open(ctx, app.Options{DB: restored, KeyFile: h.App.KeyFile, Clock: h.Clock.Now, Hash: house.Cheap})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	operator := access.Operator("test", unit.Nation)
	for _, one := range []*app.App{h.App, a} {
		subs, err := one.Ledger.Submissions(ctx, operator, testkit.LihuTown, house.LastWeek)
		if err != nil || len(subs) != 1 || subs[0].Head.Phone != "13800138002" {
			t.Errorf("%+v, %v", subs, err)
		}
	}
	if _, err := a.Ledger.Grant(ctx, operator, ledger.GrantInput{Unit: testkit.EastTown, Week: house.ThisWeek, Kind: ledger.Waiver, Reason: "又"}); err != nil {
		t.Errorf("writing on: %v", err)
	}
	if _, err := a.Accounts.CreateDepartment(ctx, operator, testkit.Puning, "普宁市农业农村局"); err != nil {
		t.Errorf("numbering on: %v", err)
	}
	was, err := h.App.Statistics.Table(ctx, operator, testkit.Puning, house.LastWeek, unit.LevelTown)
	if err != nil {
		t.Fatal(err)
	}
	is, err := a.Statistics.Table(ctx, operator, testkit.Puning, house.LastWeek, unit.LevelTown)
	if err != nil || !slices.Equal(was.Total.Now.Sums, is.Total.Now.Sums) || was.Total.Now.Reported == 0 {
		t.Errorf("%v, then %v, %v", was.Total.Now, is.Total.Now, err)
	}
}

// A restore never overwrites.
func TestRestoreNeverOverwrites(t *testing.T) {
	testkit.URLs(t, func(t *testing.T, address string) {
		h := full(t, address)
		good := backup(t, h.App.DB)
		before := h.Fingerprint()
		for _, into := range []string{address, strings.Replace(address, "sqlite:/", "sqlite:///", 1)} {
			if err := database.Restore(ctx, into, good); !errors.Is(err, database.ErrExists) {
				t.Errorf("over what is there: %v", err)
			}
		}
		if h.Fingerprint() != before {
			t.Error("something was changed")
		}
	})
	foreign := testkit.Postgres(t)
	if _, err := foreign.Writer().ExecContext(ctx, `CREATE TABLE somebodys (id BIGINT)`); err != nil {
		t.Fatal(err)
	}
	if err := database.Restore(ctx, foreign.URL, backup(t, testkit.SQLite(t))); !errors.Is(err, database.ErrExists) {
		t.Errorf("into somebody else's database: %v", err)
	}
}

// What is damaged is noticed before anything is made.
func TestRestoreRefuses(t *testing.T) {
	good := backup(t, full(t, "sqlite:"+filepath.Join(t.TempDir(), "sangzi.db")).App.DB)
	data, err := os.ReadFile(good)
	if err != nil {
		t.Fatal(err)
	}
	parts := entries(t, good)
	edited := func(name string, change func(string) string) string {
		e := map[string]string{}
		for n, text := range parts {
			e[n] = text
		}
		if e[name] = change(e[name]); e[name] == parts[name] {
			t.Fatalf("%s is not changed", name)
		}
		return zipped(t, e)
	}
	manifest := func(old, new string) string {
		return edited("manifest.json", func(s string) string { return strings.Replace(s, old, new, 1) })
	}
	flipped := slices.Clone(data)
	flipped[len(flipped)/3] ^= 0xff
	file := func(b []byte) string {
		path := filepath.Join(t.TempDir(), "damaged.zip")
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	cases := []struct {
		name, path string
		want       error
	}{
		{"no file", filepath.Join(t.TempDir(), "none"), database.ErrNotBackup},
		{"empty", file(nil), database.ErrNotBackup},
		{"cut off", file(data[:len(data)/2]), database.ErrNotBackup},
		{"a bit turned", file(flipped), database.ErrNotBackup},
		{"another zip", zipped(t, map[string]string{"a": "b"}), database.ErrNotBackup},
		{"another format", manifest("backup 1", "backup 9"), database.ErrNotBackup},
		{"newer", manifest(`"schema":13`, `"schema":99`), database.ErrNewer},
		{"a line lost", edited("tables/row_versions.jsonl", func(s string) string { return s[strings.Index(s, "\n")+1:] }), database.ErrNotBackup},
		{"half a line", edited("tables/grants.jsonl", func(s string) string { return s[:len(s)-5] }), database.ErrNotBackup},
		{"no whole number", edited("tables/grants.jsonl", func(s string) string { return strings.Replace(s, "[4", "[0.4", 1) }), database.ErrNotBackup},
		{"a column of malice", manifest(`"value"]`, `"value) VALUES (1,2); DROP TABLE units; --"]`), database.ErrNotBackup},
	}
	testkit.URLs(t, func(t *testing.T, into string) {
		for _, c := range cases {
			if err := database.Restore(ctx, into, c.path); !errors.Is(err, c.want) {
				t.Errorf("%s: %v, want %v", c.name, err, c.want)
			}
			if untouched(t, into); t.Failed() {
				t.Fatalf("%s", c.name)
			}
		}
		if err := database.Restore(ctx, into, good); err != nil {
			t.Errorf("afterwards: %v", err)
		}
	})
}

// A backup whose rows the tables refuse leaves a place that can be restored into.
func TestRestoreThatFailsCanBeDoneAgain(t *testing.T) {
	good := backup(t, full(t, "sqlite:"+filepath.Join(t.TempDir(), "sangzi.db")).App.DB)
	parts := entries(t, good)
	line := parts["tables/settings.jsonl"][:strings.Index(parts["tables/settings.jsonl"], "\n")+1]
	count := strings.Count(parts["tables/settings.jsonl"], "\n")
	parts["tables/settings.jsonl"] += line // the key twice
	parts["manifest.json"] = strings.Replace(parts["manifest.json"], fmt.Sprintf(`"settings":{"columns":["name","value"],"rows":%d`, count), fmt.Sprintf(`"settings":{"columns":["name","value"],"rows":%d`, count+1), 1)
	bad := zipped(t, parts)
	testkit.URLs(t, func(t *testing.T, into string) {
		if err := database.Restore(ctx, into, bad); err == nil {
			t.Fatal("restored a key twice")
		}
		if err := database.Restore(ctx, into, good); err != nil {
			t.Fatalf("again: %v", err)
		}
	})
}

func untouched(t *testing.T, address string) {
	t.Helper()
	if path, ok := strings.CutPrefix(address, "sqlite:"); ok {
		left, err := os.ReadDir(filepath.Dir(path))
		if err != nil || len(left) > 0 {
			t.Errorf("left behind: %v, %v", left, err)
		}
		return
	}
	db, err := database.Open(ctx, address)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if left := tables(t, db); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// What does not exist is not backed up, and not made by trying; what is newer is refused.
func TestBackupRefuses(t *testing.T) {
	testkit.URLs(t, func(t *testing.T, address string) {
		db, err := database.OpenThere(ctx, address)
		if err == nil { // a PostgreSQL database exists, empty
			err = errors.Join(db.Backup(ctx, io.Discard, made, nil), db.Close())
		}
		if !errors.Is(err, database.ErrNotThere) {
			t.Errorf("backed up nothing: %v", err)
		}
		untouched(t, address)
	})
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		err := db.Write(ctx, func(tx *sql.Tx) error {
			_, err := tx.ExecContext(ctx, `UPDATE goose_db_version SET version_id = 99 WHERE version_id = 1`)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := db.Backup(ctx, io.Discard, made, nil); !errors.Is(err, database.ErrNewer) {
			t.Errorf("backed up what is newer: %v", err)
		}
	})
}

// A backup taken while clients write is one state: every number up to the counter stands for
// one thing, and every submission's rows are there.
func TestBackupWhileWriting(t *testing.T) {
	testkit.URLs(t, func(t *testing.T, address string) {
		h := house.Open(t, address)
		stop, began := make(chan struct{}), make(chan struct{}, 4)
		var writers sync.WaitGroup
		for w := range 4 {
			writers.Go(func() {
				village := h.Villages(testkit.LihuTown)[w].Code
				for i := 0; ; i++ {
					select {
					case <-stop:
						return
					default:
					}
					in := ledger.ReportInput{Unit: village, Week: house.ThisWeek, Base: ledger.AnyBase, Unchanged: true, Source: ledger.Source{Kind: ledger.ByAPI}}
					if _, err := h.App.Ledger.Report(ctx, testkit.Town, in); err != nil {
						t.Error(err)
					}
					head := ledger.Head{Unit: "里湖镇", Contact: "黄志明", Phone: "1", FilledOn: date.MustParse("2024-03-29")}
					if _, err := h.App.Ledger.Submit(ctx, testkit.Town, ledger.SubmitInput{Unit: testkit.LihuTown, Week: house.ThisWeek, Base: ledger.AnyBase, Head: head}); err != nil {
						t.Error(err)
					}
					if i == 0 {
						began <- struct{}{}
					}
				}
			})
		}
		for range 4 {
			<-began
		}
		var paths []string
		for range 5 {
			paths = append(paths, backup(t, h.App.DB))
		}
		close(stop)
		writers.Wait()
		last := int64(0)
		for _, path := range paths {
			into := "sqlite:" + filepath.Join(t.TempDir(), "copy.db")
			if err := database.Restore(ctx, into, path); err != nil {
				t.Fatal(err)
			}
			last = oneState(t, into, last)
		}
	})
}

func oneState(t *testing.T, address string, before int64) int64 {
	t.Helper()
	db, err := database.Open(context.Background(), address)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	number := func(q string) (n int64) {
		t.Helper()
		if err := db.Reader().QueryRowContext(ctx, q).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	counter := number(`SELECT value FROM counters WHERE name = 'ledger'`)
	things := number(`SELECT (SELECT COUNT(*) FROM row_versions) + (SELECT COUNT(*) FROM submissions) + (SELECT COUNT(*) FROM grants)`)
	newest := number(`SELECT MAX(seq) FROM (SELECT seq FROM row_versions UNION SELECT seq FROM submissions UNION SELECT seq FROM grants)`)
	if counter != things || counter != newest || counter < before {
		t.Errorf("the counter is at %d, %d things, the newest %d, the backup before had %d", counter, things, newest, before)
	}
	lost := number(`SELECT COUNT(*) FROM submissions s, json_each(s.members) m WHERE s.status = 'sealed' AND json_extract(m.value, '$.version') > 0 AND NOT EXISTS
		(SELECT 1 FROM row_versions r WHERE r.week = s.week AND r.unit_code = CAST(json_extract(m.value, '$.unit') AS INTEGER) AND r.version = json_extract(m.value, '$.version'))`)
	if lost > 0 {
		t.Errorf("%d rows of submissions are not there", lost)
	}
	return counter
}
